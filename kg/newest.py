"""What a long-running process keeps open of the base: something made from the newest published revision."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from kg.contributing import home, open_base
from kg.settings import Settings
from kg.store import Reader


class OfRevision(Protocol):
    """Something that is made from one revision."""

    @property
    def revision(self) -> int:
        """Which one."""


T = TypeVar("T", bound=OfRevision)


class Newest(Generic[T]):
    """Hands out what is made from the newest published revision; safe to ask from several threads.

    Args:
        settings: where the store lies.
        make: makes it; called once for each revision that is asked for.
    """

    def __init__(self, settings: Settings, make: Callable[[Reader], T]) -> None:
        self.settings = settings
        self._make, self._home = make, home(settings)
        self._lock = threading.Lock()
        self._opened: T | None = None

    def current(self) -> T:
        """That of the newest revision; the first call makes or mends the store where that is needed.

        Raises:
            StoreHeld, StoreTooNew, StoreDamaged: the base cannot be opened.
        """
        opened = self._opened
        if opened is None or opened.revision != self._home.snapshots.newest():
            with self._lock:
                opened = self._refreshed()
        return opened

    def at_hand(self, revision: int) -> T | None:
        """That of this revision, where it is open already."""
        opened = self._opened
        return opened if opened is not None and opened.revision == revision else None

    def _refreshed(self) -> T:
        if self._opened is None:
            self._opened = self._make(open_base(self.settings))
        elif self._opened.revision != self._home.snapshots.newest():  # another thread may have been first
            self._opened = self._make(self._home.reader(self.settings.memory_limit_quads))
        return self._opened
