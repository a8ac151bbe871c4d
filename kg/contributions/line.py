"""Who writes next: those who came first, each for a bounded time."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import ServerBusy

LONGEST = 6
BUSY = "Others are changing the evidence base just now. Nothing was changed; please try again."


class Line:
    """A lock that is handed on in the order in which it was asked for; safe to use from several threads.

    Python's own locks go to whoever happens to be awake, so that among fifty somebody may wait until they give up.
    """

    def __init__(self) -> None:
        self._lock, self._waiting, self._served = threading.Lock(), deque[threading.Event](), 0

    @property
    def length(self) -> int:
        """How many stand in it, whoever has the turn included."""
        return len(self._waiting)

    @contextmanager
    def turn(self, seconds: float) -> Iterator[None]:
        """Wait for one's turn, and have it.

        Args:
            seconds: how long one waits while nobody gets on; while the line moves, up to `LONGEST` times as long.

        Raises:
            ServerBusy: it did not come within this time.
        """
        mine = threading.Event()
        with self._lock:
            self._waiting.append(mine)
            if self._waiting[0] is mine:
                mine.set()
        try:
            if not self._comes(mine, seconds):
                raise ServerBusy(BUSY)
            yield
        finally:
            with self._lock:
                self._waiting.remove(mine)
                self._served += 1
                if self._waiting:
                    self._waiting[0].set()  # who has it already is not changed by that

    def _comes(self, mine: threading.Event, seconds: float) -> bool:
        """Whether a turn comes: who stands in a line that moves is patient."""
        for _ in range(LONGEST):
            served = self._served
            if mine.wait(seconds):
                return True
            if self._served == served:
                return False
        return mine.is_set()
