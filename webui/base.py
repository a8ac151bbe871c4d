"""The base as it is now: one open reader and its text index, moved on when a newer revision is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from flask import current_app, g

from kg.contributing import home
from kg.history import Index
from kg.newest import Newest
from kg.overview import Keeper, Live, Overview
from kg.queries import added_packs, revisions, things_from_packs
from kg.queries.notices import Notice, notices
from kg.search import Search
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.store import Reader


@dataclass(frozen=True)
class Opened:
    """One revision, open for reading."""

    reader: Reader
    search: Search
    keeper: Keeper | None = None

    @property
    def revision(self) -> int:
        return self.reader.revision

    @property
    def overview(self) -> Overview:
        """What is asked of the base as a whole; in a large one, perhaps as of an older revision."""
        return (self.keeper.kept(self.revision) if self.keeper else None) or self._live

    def part(self, most: int) -> tuple[int, int] | None:
        """Which rows of a hub a page looks up: the first so many in a large base, all in a small one (None)."""
        return (0, most) if self.keeper and self.keeper.is_large(self.revision) else None

    @cached_property
    def _live(self) -> Live:
        return Live(self.reader)

    @cached_property
    def notices(self) -> dict[str, Notice]:
        """The works that were retracted, corrected or put in doubt."""
        return notices(self.reader)

    @cached_property
    def from_packs(self) -> dict[str, str]:
        """The things that came with packs which were added, each with its pack."""
        return {row.thing: row.pack for row in things_from_packs(self.reader)}

    @cached_property
    def counting_packs(self) -> frozenset[str]:
        """The packs whose claims were chosen to count as read."""
        return frozenset(row.pack for row in added_packs(self.reader) if row.counts)

    @cached_property
    def changed_at(self) -> datetime:
        """When this revision was made."""
        newest = next(iter(revisions(self.reader)), None)
        return datetime.fromisoformat(newest.at) if newest else datetime.fromtimestamp(0, UTC)


class Base(Newest[Opened]):
    """Hands out the newest published revision; safe to ask from several threads.

    Args:
        settings: where the store lies.
    """

    def __init__(self, settings: Settings) -> None:
        keeper = Keeper(home(settings), settings.memory_limit_quads)
        super().__init__(settings, lambda reader, search: Opened(reader, search, keeper), apart=True)

    def reader_at_hand(self, revision: int) -> Reader | None:
        """The reader of this revision, where it is open already."""
        opened = self.at_hand(revision)
        return opened.reader if opened else None

    @cached_property
    def index(self) -> Index:
        """Which change touched what; `index.journal` holds each of them as it was accepted."""
        return Index(self._home.journal, self._home.folder)


def base() -> Base:
    """The base that the application serves."""
    found: Base = current_app.extensions["gapbridge"]
    return found


def opened() -> Opened:
    """The newest revision as the request at hand began: all of a page shows the same one."""
    if "opened" not in g:
        g.opened = base().current()
    found: Opened = g.opened
    return found


def let_go(_: BaseException | None = None) -> None:
    """Let go of what the request at hand has read, as it ends: what is held cannot move on to the next revision.

    Otherwise templates hold it, whose contexts and `g` lie in a circle, until the garbage is collected.
    """
    g.pop("opened", None)
