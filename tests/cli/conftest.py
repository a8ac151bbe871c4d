"""The command line as people meet it: the real program, in a process of its own or called in this one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.settings import Settings

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def filled(seeded: Settings) -> Path:
    """A data folder with the seed data in it; not to be written to."""
    return seeded.data


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    """A data folder of the test's own, with the seed data in it."""
    folder = tmp_path / "base"
    shutil.copytree(filled, folder, ignore=shutil.ignore_patterns("dumps"))
    return folder


def runner(folder: Path) -> Run:
    """Runs `gapbridge` on a data folder."""

    def run(*words: str, given: str | None = None, **environment: str) -> Result:
        env = {"GAPBRIDGE_DATA": str(folder), **environment}
        return CliRunner().invoke(main, words, input=given, env=env, catch_exceptions=False)

    return run


@pytest.fixture
def read(filled: Path) -> Run:
    """Runs commands that only read."""
    return runner(filled)


@pytest.fixture
def run(data: Path) -> Run:
    """Runs any command."""
    return runner(data)
