"""The base as it is now: one open reader and its text index, moved on when a newer revision is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.assisting.answers import ThingTold
from kg.errors import BadInput
from kg.namespaces import gap, kind_of, slug_of
from kg.newest import Newest
from kg.queries import everything_named, names
from kg.search import Hit, Search
from kg.settings import Settings
from kg.store import Reader


@dataclass(frozen=True)
class Opened:
    """One revision, open for reading."""

    reader: Reader
    search: Search

    @property
    def revision(self) -> int:
        """The revision that is read."""
        return self.reader.revision

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of things that can be searched for."""
        return frozenset(kind for row in everything_named(self.reader) if (kind := kind_of(row.thing)))

    @cached_property
    def gists(self) -> dict[str, str]:
        """The claim behind each gist."""
        return {row.text: row.thing for row in everything_named(self.reader) if row.property == gap("gist")}

    def hits(self, iris: Sequence[str]) -> list[Hit]:
        """Things that are known here out of many addresses or texts, with their names."""
        return [hit for iri in iris if (hit := self.search.get(iri))]

    def things(self, iris: Sequence[str]) -> dict[str, ThingTold]:
        """Things by address, with their names."""
        labels = names(self.reader, iris)
        return {iri: ThingTold(iri, kind_of(iri) or "", labels.get(iri, slug_of(iri))) for iri in iris}

    def thing(self, name: str) -> ThingTold:
        """The thing that somebody names.

        Raises:
            NotFound, Ambiguous: as `Search.resolve` says.
        """
        iri = self.search.resolve(name)
        return self.things([iri])[iri]


class Desk(Newest[Opened]):
    """Hands out the newest published revision; safe to ask from several threads.

    Args:
        settings: where the store lies.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings, Opened)


def at_most(value: int, name: str, most: int) -> int:
    """A number that an assistant gave, if it is in bounds.

    Raises:
        BadInput: it is not.
    """
    if not 1 <= value <= most:
        raise BadInput(f"“{name}” takes a whole number from 1 to {most}, not {value}.")
    return value
