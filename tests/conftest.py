"""A store with the seed data in it, and a server of databases, made once for all tests that want one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.contributing import open_base
from kg.database import Database, open_database
from kg.settings import Settings, read_settings
from tests.database_support import KINDS, Server, postgresql


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


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A PostgreSQL server of the tests' own; skipped where there can be none."""
    with postgresql() as server:
        yield server


@pytest.fixture(params=KINDS)
def database_address(request: pytest.FixtureRequest) -> str:
    """An address for GAPBRIDGE_DATABASE, of each kind in turn; empty for SQLite in the data folder."""
    if request.param == "sqlite":
        return ""
    server: Server = request.getfixturevalue("postgresql_server")
    return server.new_database()


@pytest.fixture
def database(database_address: str, tmp_path: Path) -> Iterator[Database]:
    """A new database in its newest form, of each kind in turn."""
    opened = open_database(read_settings({"GAPBRIDGE_DATA": str(tmp_path), "GAPBRIDGE_DATABASE": database_address}))
    yield opened
    opened.close()
