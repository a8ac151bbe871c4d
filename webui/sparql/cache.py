"""Answers kept for whoever asks the same next: of one revision, and bounded by their bytes."""

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
    """The most recently used answers of the revision that is answered from; safe to use from several threads.

    Those of another revision go with the first answer that is kept of a newer one: nobody can ask for them again, and
    where the base changes all day they would fill all the place there is.

    Args:
        most: bytes they may have in all, questions counted too.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._size, self._revision = most, 0, 0
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

    @property
    def size(self) -> int:
        """How many bytes they have in all."""
        return self._size

    def put(self, key: Hashable, kept: Kept, revision: int = 0) -> None:
        """Keep an answer.

        Args:
            key: what it is found by, the revision among it where it hangs on that.
            kept: the answer.
            revision: of which revision it is; 0 where it hangs on none.
        """
        if len(kept.body) > LARGEST:
            return
        with self._lock:
            if revision != self._revision:  # not “newer”: a backup put in place has a lower one
                self._kept.clear()
                self._size, self._revision = 0, revision
            before = self._kept.pop(key, None)
            self._size += _cost(kept) - (_cost(before) if before else 0)
            self._kept[key] = kept
            while self._size > self._most:
                self._size -= _cost(self._kept.popitem(last=False)[1])


def _cost(kept: Kept) -> int:
    headers = sum(len(name) + len(value) for name, value in kept.headers)
    return _OVERHEAD + kept.asked + len(kept.body) + headers
