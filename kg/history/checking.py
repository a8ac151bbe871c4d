"""Whether the index of the journal says what the journal says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kg.history.index import FILE, FIRST
from kg.store import Journal, statements_in


def differing(journal: Journal, folder: Path, newest: int = 0) -> tuple[int, list[int]]:
    """Up to which revision the index beside a store goes, and those that it tells otherwise than the journal.

    Where there is none, it goes to 0: it is made when somebody asks for a history.

    Args:
        journal: the patches.
        folder: where the index lies.
        newest: how many of the newest revisions to compare; 0: all.

    Raises:
        OSError: the index cannot be read; it may be removed at any time.
    """
    if not (folder / FILE).exists():
        return 0, []
    try:
        with closing(sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)) as index:
            done, _ = index.execute("SELECT revision, seal FROM followed").fetchone() or (0, "")
            last = min(done, journal.head)
            numbers = range(max(FIRST + 1, last - newest + 1) if newest else FIRST + 1, last + 1)
            return done, [number for number in numbers if _indexed(index, number) != _written(journal, number)]
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def _indexed(index: sqlite3.Connection, number: int) -> set[str]:
    return {row[0] for row in index.execute("SELECT subject FROM touched WHERE revision = ?", (number,))}


def _written(journal: Journal, number: int) -> set[str]:
    return {subject for subject, _, _ in statements_in(journal.text(number))}
