"""What follows from a source in the base: what rests on it, what it argues with, what cites it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.queries import CitedWork, Disagreement, Resting
from webui.addresses import href, short
from webui.contexts.page import Link
from webui.contexts.parts import SourceLine
from webui.words import RESTING, many

_SHORT = 12
"""Longer lists are opened on request."""
_OWN = 4
"""So many pairs within a source are shown; the others stand on the pages of their claims."""


@dataclass(frozen=True)
class RestingGroup:
    """The things on which a source bears in one way."""

    slug: str
    heading: str
    meaning: str
    count: str
    things: tuple[Link, ...]
    collapsed: bool


@dataclass(frozen=True)
class Pair:
    """Two claims of which one limits or contradicts the other: the one that does so comes first."""

    said: Link
    said_in: str
    how: str
    other: Link
    other_in: str


@dataclass(frozen=True)
class Arguing:
    """Where claims of a source meet resistance or offer it, with other documents and within itself.

    Attributes:
        others: with claims of other documents.
        own, own_count, left_out: within the source, how often, and how many are not shown.
    """

    others: tuple[Pair, ...]
    own: tuple[Pair, ...]
    own_count: str
    left_out: str


@dataclass(frozen=True)
class CitedGroup:
    """Works that cite a source, or that it cites."""

    heading: str
    count: str
    works: tuple[SourceLine, ...]
    collapsed: bool


def resting(rows: Sequence[Resting]) -> tuple[RestingGroup, ...]:
    """What rests on a source, what speaks against things first."""
    found: dict[str, list[Link]] = {}
    for row in rows:
        found.setdefault(short(row.relation), []).append(Link(row.label, href(row.thing)))
    return tuple(
        RestingGroup(
            slug, *RESTING[slug], many(len(found[slug]), "thing"), tuple(found[slug]), len(found[slug]) > _SHORT
        )
        for slug in RESTING
        if slug in found
    )


def arguing(rows: Sequence[Disagreement], source: str, label: str) -> Arguing | None:
    """The disagreements and limits that claims of a source state or meet.

    Args:
        rows: them all.
        source: the source.
        label: how it is called in short.
    """
    others = tuple(dict.fromkeys(_pair(row, label) for row in rows if row.document != source))
    own = tuple(_pair(row, label) for row in rows if row.document == source and row.direction == "to")
    left = f"{len(own) - _OWN} more stand on the pages of their claims." if len(own) > _OWN else ""
    return Arguing(others, own[:_OWN], many(len(own), "pair"), left) if rows else None


_HOW = {"disagreesWith": "cannot well be held together with", "qualifies": "sets a limit to"}


def _pair(row: Disagreement, label: str) -> Pair:
    here = (Link(row.gist, href(row.claim)), label)
    there = (Link(row.otherGist, href(row.other)), row.documentLabel)
    first, second = (here, there) if row.direction == "to" else (there, here)
    return Pair(*first, _HOW[short(row.relation)], *second)


def citing(rows: Sequence[CitedWork]) -> tuple[CitedGroup, ...]:
    """Who cites a source, and what it cites, as far as the documents read here tell."""
    headings = {"from": "Cited or listed by", "to": "It cites or lists"}
    groups = []
    for direction, heading in headings.items():
        lines = tuple(
            SourceLine(Link(row.label, href(row.other)), row.title, row.evidenceType, row.readingStatus)
            for row in rows
            if row.direction == direction
        )
        if lines:
            groups.append(CitedGroup(heading, many(len(lines), "work"), lines, len(lines) > _SHORT))
    return tuple(groups)
