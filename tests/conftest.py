"""A store with the seed data in it, made once for all tests that want one."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kg.contributing import open_base
from kg.settings import Settings, read_settings


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose store holds the seed data; not to be written to."""
    settings = read_settings({"GAPBRIDGE_DATA": str(tmp_path_factory.mktemp("seeded") / "base")})
    open_base(settings)
    return settings


@pytest.fixture
def fresh(seeded: Settings, tmp_path: Path) -> Settings:
    """Settings with a copy of that store, the test's own."""
    folder = tmp_path / "fresh"
    shutil.copytree(seeded.data, folder, ignore=shutil.ignore_patterns("dumps"))
    return replace(seeded, data=folder)
