"""The few things that are neither rows of a query nor words of a page: hops, paths and their standing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from kg.namespaces import slug_of


class Standing(IntEnum):
    """How a link came about, best first. Paths are ranked by the weakest of their hops.

    Source: architecture.md, decision 10; the scheme `link-basis`.
    """

    STATED = 0
    BY_TABLE = 1
    BY_PHASE = 2
    MAPPED = 3
    INFERRED = 4

    @classmethod
    def of(cls, link_basis: str) -> Standing:
        """The standing that an address of the scheme `link-basis` stands for."""
        return _BASES[slug_of(link_basis)]

    @property
    def words(self) -> str:
        """The standing in words for a page."""
        return _WORDS[self]

    @property
    def slug(self) -> str:
        """The standing's slug in the scheme `link-basis`."""
        return next(slug for slug, standing in _BASES.items() if standing is self)


_BASES = {
    "as-stated": Standing.STATED,
    "by-table": Standing.BY_TABLE,
    "by-phase": Standing.BY_PHASE,
    "pack-mapping": Standing.MAPPED,
    "curator-inference": Standing.INFERRED,
}
_WORDS = {
    Standing.STATED: "stated in the source",
    Standing.BY_TABLE: "taken from a table of the source",
    Standing.BY_PHASE: "drawn from the phase and the table",
    Standing.MAPPED: "mapped by a pack of data",
    Standing.INFERRED: "inferred by a curator",
}


@dataclass(frozen=True)
class Hop:
    """One step of a path.

    Attributes:
        start, end: addresses of the two things, in the direction of walking.
        relation: address of the relation.
        forward: whether the relation points the way we walk.
        standing: how the link came about, the best of its claims.
        claims: the claims behind it, best first.
        stance: slug of the side that the best claim takes; empty where no claim is told.
        start_label, end_label: the things' names.
        phrase: how the relation reads in the direction of walking.
        sentence: the step told in one plain sentence.
    """

    start: str
    end: str
    relation: str
    forward: bool
    standing: Standing
    claims: tuple[str, ...]
    stance: str = ""
    start_label: str = ""
    end_label: str = ""
    phrase: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Path:
    """A way from one thing to another, hop by hop.

    Attributes:
        hops: its steps.
        sentence: the whole way told in one plain sentence, with its weakest step.
    """

    hops: tuple[Hop, ...]
    sentence: str = ""

    @property
    def standing(self) -> Standing:
        """The weakest standing on the way."""
        return max(hop.standing for hop in self.hops)

    @property
    def things(self) -> tuple[str, ...]:
        """The things on the way, from start to end."""
        return (self.hops[0].start, *(hop.end for hop in self.hops))
