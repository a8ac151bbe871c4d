"""The command line as people meet it: the real program, in a process of its own or called in this one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.settings import Settings
from tests.conftest import copied

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def filled(seeded: Settings) -> Path:
    """A data folder with the seed data in it; not to be written to."""
    return seeded.data


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    """A data folder of the test's own, with the seed data in it."""
    return copied(filled, tmp_path / "base")


def runner(folder: Path, **settings: str) -> Run:
    """Runs `gapbridge` on a data folder."""

    def run(*words: str, given: str | None = None, **environment: str) -> Result:
        env = {"GAPBRIDGE_DATA": str(folder), **settings, **environment}
        return CliRunner().invoke(main, words, input=given, env=env, catch_exceptions=False)

    return run


@pytest.fixture
def read(filled: Path) -> Run:
    """Runs commands that only read, from the disk: to hold the base in memory for each would take a second."""
    return runner(filled, GAPBRIDGE_MEMORY_LIMIT_QUADS="1")


@pytest.fixture
def run(data: Path) -> Run:
    """Runs any command."""
    return runner(data)
