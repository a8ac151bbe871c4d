"""Accepts what waits at a desk, in a process of its own that can be killed: `python -m tests.contributions.busy_desk`.

For each line it reads it forks a process that accepts all that waits, and writes that one's number; then it waits
until that one has ended, and writes a line again. So all is loaded when a round begins.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.contributing import home
from kg.contributions import Desk, accepting
from kg.database import Database, open_database
from kg.settings import Settings, read_settings
from kg.store import Warm, Writer
from tests.contributions.desk_support import BEN


def plain_writer(settings: Settings, wait: float = 0, warm: Warm | None = None) -> Writer:
    """A writer without rules and checks: these are not what is tested, and take their time."""
    return Writer(home(settings), lambda reader: [], [], memory_limit=10_000, wait=wait, warm=warm)


def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the desk write with it."""
    monkeypatch.setattr(accepting, "writer", plain_writer)


def settings_in(folder: Path) -> Settings:
    """Settings for a base in a folder."""
    return replace(read_settings({}), data=folder)


def accept_all(settings: Settings) -> None:
    """Accept all that waits, the oldest first."""
    database: Database = open_database(settings)
    desk = Desk(database, settings)
    for row in desk.queue().rows:
        desk.accept(row.id, BEN, row.version)


def main(folder: Path) -> None:
    accepting.writer = plain_writer
    settings = settings_in(folder)
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            try:
                accept_all(settings)
            finally:
                os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("ended", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
