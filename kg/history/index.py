"""Which revision touched which thing: an index of the journal, made once and followed from then on.

It lies in a file beside the store and may be removed at any time. The first revision is left out: it can be the whole
base, and whatever no later one put in came with it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from kg.namespaces import PREFIXES, gap
from kg.store import Journal, statements_in

FILE = "history.sqlite"
FIRST = 1
"""The number of the first revision."""
CLAIM_OF = tuple(gap(name) for name in ("claimSubject", "claimObject", "assertedIn", "voicedBy"))
MEMBER_OF = PREFIXES["skos"] + "inScheme"
_ROLES = frozenset((*CLAIM_OF, MEMBER_OF))
_TABLES = """
CREATE TABLE IF NOT EXISTS touched (subject TEXT, revision INTEGER, PRIMARY KEY (subject, revision)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pointing (value TEXT, role TEXT, subject TEXT, PRIMARY KEY (value, role, subject))
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS followed (revision INTEGER PRIMARY KEY, seal TEXT);
"""
_AT_ONCE = 500
_WAIT_SECONDS = 30


class Index:
    """The index of a journal; safe to ask from several threads and processes.

    Args:
        journal: the patches.
        folder: where the index lies; where nothing can be written there, it is held in memory.
    """

    def __init__(self, journal: Journal, folder: Path) -> None:
        self.journal = journal
        self._file, self._lock = folder / FILE, threading.Lock()
        self._opened: sqlite3.Connection | None = None

    def touching(self, subjects: Iterable[str], until: int) -> list[int]:
        """The revisions after the first, up to one, that say or take back something of any of these, newest first."""
        return sorted({revision for _, revision in self.touches(subjects, until)}, reverse=True)

    def touched(self, subjects: Iterable[str], until: int) -> set[str]:
        """Those of these things that any revision after the first, up to one, says something of."""
        return {subject for subject, _ in self.touches(subjects, until)}

    def pointing(self, value: str, until: int) -> set[tuple[str, str]]:
        """What was ever put in or taken out with a thing as its value after the first revision: role and subject.

        Only what makes a claim the thing's own, or a member part of it.
        """
        if until <= FIRST:
            return set()
        with self._lock:
            rows = self._followed(until).execute("SELECT role, subject FROM pointing WHERE value = ?", (value,))
            return {(role, subject) for role, subject in rows}

    def touches(self, subjects: Iterable[str], until: int) -> Iterator[tuple[str, int]]:
        """Which of these things revisions after the first, up to one, say something of, each with the revision."""
        wanted = list(subjects) if until > FIRST else []  # nothing is made for a base that never changed
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            asked = f"SELECT subject, revision FROM touched WHERE subject IN ({marks}) AND revision <= ?"  # noqa: S608 - question marks alone
            with self._lock:
                yield from self._followed(until).execute(asked, (*some, until)).fetchall()

    def _followed(self, until: int) -> sqlite3.Connection:
        """The index, with all revisions up to one in it."""
        if self._opened is None:
            self._opened = self._open()
        done, seal = self._opened.execute("SELECT revision, seal FROM followed").fetchone() or (FIRST, "")
        if done < until or (seal and seal != self.journal.seal(done)):
            with self._opened:
                self._opened.execute("BEGIN IMMEDIATE")  # another process may be at it
                self._follow(self._opened, until)
        return self._opened

    def _follow(self, index: sqlite3.Connection, until: int) -> None:
        done, seal = index.execute("SELECT revision, seal FROM followed").fetchone() or (FIRST, "")
        if seal and (self.journal.head < done or seal != self.journal.seal(done)):  # another journal lies there now
            for table in ("touched", "pointing", "followed"):
                index.execute(f"DELETE FROM {table}")  # noqa: S608 - the three above
            done = FIRST
        for number in range(done + 1, until + 1):
            _enter(index, number, self.journal)
        if until > done:
            index.execute("DELETE FROM followed")
            index.execute("INSERT INTO followed VALUES (?, ?)", (until, self.journal.seal(until)))

    def _open(self) -> sqlite3.Connection:
        with suppress(sqlite3.Error):  # a folder that can only be read, or a file that is none of ours
            return _prepared(str(self._file))
        return _prepared(":memory:")


def _prepared(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")  # what a power cut takes is followed again
    connection.executescript(_TABLES)
    return connection


def _enter(index: sqlite3.Connection, number: int, journal: Journal) -> None:
    subjects, pointing = set[str](), set[tuple[str, str, str]]()
    for subject, predicate, value in statements_in(journal.text(number)):
        subjects.add(subject)
        if predicate in _ROLES:
            pointing.add((value, predicate, subject))
    index.executemany("INSERT OR IGNORE INTO touched VALUES (?, ?)", [(subject, number) for subject in subjects])
    index.executemany("INSERT OR IGNORE INTO pointing VALUES (?, ?, ?)", pointing)
