"""The base as it is now: one open reader and its text index, taken anew when a newer revision is published."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from flask import current_app, g

from kg.contributing import home, open_base
from kg.queries import revisions
from kg.search import Search
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.store import Reader


@dataclass(frozen=True)
class Opened:
    """One revision, open for reading."""

    reader: Reader
    search: Search

    @property
    def revision(self) -> int:
        return self.reader.revision

    @cached_property
    def changed_at(self) -> datetime:
        """When this revision was made."""
        newest = next(iter(revisions(self.reader)), None)
        return datetime.fromisoformat(newest.at) if newest else datetime.fromtimestamp(0, UTC)


class Base:
    """Hands out the newest published revision; safe to ask from several threads.

    Args:
        settings: where the store lies.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._home = home(settings)
        self._lock = threading.Lock()
        self._opened: Opened | None = None

    def current(self) -> Opened:
        """The newest revision; the first call makes or mends the store where that is needed."""
        opened = self._opened
        if opened is None or opened.revision != self._home.snapshots.newest():
            with self._lock:
                opened = self._refreshed()
        return opened

    def at_hand(self, revision: int) -> Reader | None:
        """The reader of this revision, where it is open already."""
        opened = self._opened
        return opened.reader if opened and opened.revision == revision else None

    def _refreshed(self) -> Opened:
        if self._opened is None:
            self._opened = _open(open_base(self.settings))
        elif self._opened.revision != self._home.snapshots.newest():  # another thread may have been first
            self._opened = _open(self._home.reader(self.settings.memory_limit_quads))
        return self._opened


def _open(reader: Reader) -> Opened:
    return Opened(reader, Search(reader))


def opened() -> Opened:
    """The newest revision as the request at hand began: all of a page shows the same one."""
    if "opened" not in g:
        base: Base = current_app.extensions["gapbridge"]
        g.opened = base.current()
    found: Opened = g.opened
    return found
