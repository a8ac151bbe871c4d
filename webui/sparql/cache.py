"""Answers kept for whoever asks the same next, bounded by their bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

MOST_BYTES = 64 << 20
LARGEST = 4 << 20
"""An answer larger than this is not kept."""
_OVERHEAD = 1000


@dataclass(frozen=True)
class Kept:
    """An answer as it is sent.

    Attributes:
        media: its media type.
        body: its bytes.
        encoding: in which these are packed; empty where they are not.
        asked: how many characters the question had.
        headers: those it is sent with, where the media type does not say all.
    """

    media: str
    body: bytes
    encoding: str = ""
    asked: int = 0
    headers: tuple[tuple[str, str], ...] = ()


class Cache:
    """The most recently used answers; safe to use from several threads.

    Args:
        most: bytes they may have in all, questions counted too.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._size = most, 0
        self.counted: Callable[[bool], object] = bool
        """Told of each question whether its answer was here."""
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    def get(self, key: Hashable) -> Kept | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        self.counted(found is not None)
        return found

    def put(self, key: Hashable, kept: Kept) -> None:
        if len(kept.body) > LARGEST:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self._size += _cost(kept) - (_cost(before) if before else 0)
            self._kept[key] = kept
            while self._size > self._most:
                self._size -= _cost(self._kept.popitem(last=False)[1])


def _cost(kept: Kept) -> int:
    headers = sum(len(name) + len(value) for name, value in kept.headers)
    return _OVERHEAD + kept.asked + len(kept.body) + headers
