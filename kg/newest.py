"""What a long-running process keeps open of the base: the newest published revision, with what can be found in it.

From one revision to the next both move on by the journal's patches; only where that cannot be are they made anew.
"""

from __future__ import annotations

import contextlib
import ctypes
import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from kg.contributing import home, open_base
from kg.search import Search, Searches
from kg.settings import Settings
from kg.store import Moving, Reader


def searching(settings: Settings, reader: Reader) -> Search:
    """What can be found of a base that was just opened, for whoever looks once; of a large one it is kept on disk."""
    return Searches(home(settings)).of(reader)


def give_back_memory() -> None:
    """Give memory that was needed for a moment, and is free now, back to the system where the C library can.

    To move an index on takes 20 MB for as long as it is written.
    """
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


class OfRevision(Protocol):
    """Something that is made from one revision."""

    @property
    def revision(self) -> int:
        """Which one."""


T = TypeVar("T", bound=OfRevision)


class Newest(Generic[T]):
    """Hands out what is made from the newest published revision; safe to ask from several threads.

    Whoever got something reads one revision in it for as long as they hold it, and should not hold it for long: what
    is in memory moves on when nobody does.

    Args:
        settings: where the store lies.
        make: makes it of a reader and what can be found; called once for each revision that is asked for.
        apart: whether the index of a large base, where there is none, is made by another process; `current` refuses
            meanwhile, and does not wait.
    """

    def __init__(self, settings: Settings, make: Callable[[Reader, Search], T], *, apart: bool = False) -> None:
        self.settings = settings
        self._make, self._home = make, home(settings)
        self._moving = Moving(self._home, settings.memory_limit_quads)
        self._searches = Searches(self._home, apart=apart)
        self._lock = threading.Lock()
        self._opened: T | None = None
        self._begun = False

    def current(self) -> T:
        """That of the newest revision; the first call makes or mends the store where that is needed.

        Raises:
            StoreHeld, StoreTooNew, StoreDamaged: the base cannot be opened.
            SearchBeingMade: its index is being made, by another process.
        """
        found = self.at_hand(self._home.snapshots.newest()) if self._begun else None
        if found is None:  # and nothing older is held here while others may wait for it
            with self._lock:
                found = self._refreshed()
        return found

    def at_hand(self, revision: int) -> T | None:
        """That of this revision, where it is open already."""
        opened = self._opened
        return opened if opened is not None and opened.revision == revision else None

    def _refreshed(self) -> T:
        while True:
            found = self.at_hand(self._home.snapshots.newest()) if self._begun else None
            if found is not None:  # another thread may have been first
                return found
            self._opened = None
            found = self._made()
            if found is not None:
                self._opened = found

    def _made(self) -> T | None:
        """That of a revision which was the newest just now; None where another process was quicker."""
        reader = self._moving.newest() if self._begun else self._moving.lend(open_base(self.settings))
        self._begun = True
        search = self._searches.of(reader)
        give_back_memory()
        return self._make(reader, search) if search.revision == reader.revision else None
