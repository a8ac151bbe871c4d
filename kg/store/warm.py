"""The base in memory, kept between two changes by a process that makes many: the next need not read it anew."""

from __future__ import annotations

import os
import threading

from kg.store.engine import Engine
from kg.store.journal import Journal

MOST_REMOVED = 20_000
"""After so many statements were taken out, tried ones and those put back among them, the base is read anew: in memory
what was taken out keeps its place, some 600 bytes a statement."""
_Mark = tuple[int, int]


class Warm:
    """Holds the base for whoever takes it next; they have it alone until they give it back, or it is lost.

    Safe to use from several threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: tuple[Engine, _Mark] | None = None

    def take(self, journal: Journal, revision: int) -> Engine | None:
        """The base at a revision, with what others did since it was given back; None where it is not at hand."""
        with self._lock:
            held, self._held = self._held, None
        if held is None or _mark(journal, held[0].revision) != held[1]:
            return None  # somebody has put a backup in its place
        engine, _ = held
        if engine.revision > revision:
            self.give(engine, journal)
            return None
        for number in range(engine.revision + 1, revision + 1):
            patch = journal.read(number)
            engine.replace(patch.removed, patch.added)
        engine.revision = revision
        return engine

    def give(self, engine: Engine, journal: Journal) -> None:
        """Keep the base for the next one, unless too much was taken out of it."""
        mark = _mark(journal, engine.revision)
        if mark is not None and engine.taken_out <= MOST_REMOVED:
            with self._lock:
                self._held = engine, mark


def _mark(journal: Journal, revision: int) -> _Mark | None:
    """By which a journal's entry is told from another one of the same number."""
    try:
        file = os.stat(journal.path(revision))
    except FileNotFoundError:
        return None
    return file.st_ino, file.st_mtime_ns
