"""Parts that several pages show: standing, sources by kind of link, things linked, details."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.model import Standing
from kg.namespaces import ID, gap, thing
from kg.queries import (
    Edge,
    SourceRow,
    gists,
    names,
    neighbours,
    phrases,
)
from webui.addresses import href, kind, short
from webui.base import Opened
from webui.contexts.page import Link
from webui.words import COLLAPSED, LINK_ORDER, SOURCE_HEADINGS, SUPPORT_ORDER, kind_words, many

MOST_NEAR, MOST_SOURCES = 120, 60
"""Of a hub of a large base a page shows so many claims by which things are linked with it, and sources behind it."""


@dataclass(frozen=True)
class Mark:
    """A term of a scheme as a chip or swatch: `slug` names its style, the words say what it is."""

    slug: str
    label: str
    href: str = ""


@dataclass(frozen=True)
class SourceLine:
    """A source in one line."""

    link: Link
    title: str
    evidence_type: str
    reading_status: str


@dataclass(frozen=True)
class SourceGroup:
    """The sources that bear on a thing in one way, with what that way means."""

    slug: str
    heading: str
    meaning: str
    sources: tuple[SourceLine, ...]
    count: str
    collapsed: bool


@dataclass(frozen=True)
class LinkedThing:
    """A thing one claim away, with how the best of the links came about."""

    link: Link
    standing: Mark
    stance: Mark
    plain: bool
    claims: str


@dataclass(frozen=True)
class LinkedGroup:
    """The things that stand in one relation to another."""

    relation: str
    phrase: str
    things: tuple[LinkedThing, ...]


def standing_mark(basis: str) -> Mark:
    """How a link came about, in words; `basis` is an address or a slug of the scheme `link-basis`."""
    iri = basis if basis.startswith("http") else thing("link-basis", basis)
    words = Standing.of(iri).words
    return Mark(short(iri), words[0].upper() + words[1:], href(iri))


def source_groups(rows: Sequence[SourceRow]) -> tuple[SourceGroup, ...]:
    """Sources by kind of link, what speaks against first."""
    by_kind: dict[str, list[SourceRow]] = defaultdict(list)
    for row in rows:
        by_kind[short(row.relation)].append(row)
    return tuple(_source_group(slug, by_kind[slug]) for slug in SUPPORT_ORDER if slug in by_kind)


def _source_group(slug: str, rows: Sequence[SourceRow]) -> SourceGroup:
    lines = tuple(
        SourceLine(Link(row.sourceLabel, href(row.source)), row.title, row.evidenceType, row.readingStatus)
        for row in rows
    )
    return SourceGroup(slug, SOURCE_HEADINGS[slug], rows[0].meaning, lines, many(len(lines), "work"), slug in COLLAPSED)


_APART = {gap("backedBy"), gap("assertedIn")}
_PLAIN = {"supports", "describes"}


def linked(opened: Opened, iri: str, *, without: Iterable[str] = ()) -> tuple[LinkedGroup, ...]:
    """What is one claim away from a thing, by relation.

    Args:
        opened: the base.
        iri: the thing.
        without: local names of relations that the page shows elsewhere.
    """
    left_out = _APART | {gap(name) for name in without}
    near = neighbours(opened.reader, [iri], opened.part(MOST_NEAR))
    edges = [edge for edge in near if edge.relation not in left_out]
    labels, verbs = names(opened.reader, list({e.other for e in edges})), phrases(opened.reader)
    groups: dict[tuple[str, bool], list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.relation, edge.direction == "to"].append(edge)
    return tuple(
        LinkedGroup(short(key[0]), _sentence_case(verbs[key[0]][0 if key[1] else 1]), _things(groups[key], labels))
        for key in sorted(groups, key=_telling_first)
    )


def _telling_first(key: tuple[str, bool]) -> tuple[int, bool, str]:
    relation = short(key[0])
    last = relation == "bearsOn"
    place = LINK_ORDER.index(relation) if relation in LINK_ORDER else len(LINK_ORDER)
    return place + last, not key[1], relation


def _things(edges: Sequence[Edge], labels: dict[str, str]) -> tuple[LinkedThing, ...]:
    by_other: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        by_other[edge.other].append(edge)
    found = (_linked_thing(labels.get(other, short(other)), rows) for other, rows in by_other.items())
    return tuple(sorted(found, key=lambda item: item.link.label.lower()))


def _linked_thing(label: str, edges: Sequence[Edge]) -> LinkedThing:
    best = min(edges, key=lambda edge: Standing.of(edge.standing))
    stance = short(best.stance)
    mark = Mark(stance, STANCE_WORDS.get(stance, stance))
    count = len({edge.claim for edge in edges})
    return LinkedThing(
        Link(label, href(best.other)), standing_mark(best.standing), mark, stance in _PLAIN, many(count, "claim")
    )


STANCE_WORDS = {
    "supports": "Supports",
    "conditional": "Supports with conditions",
    "describes": "Describes",
    "cautions": "Cautions",
    "disputes": "Disputes",
    "gap": "Reports an evidence gap",
}
"""For rows that carry a stance's address alone."""


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def near_links(opened: Opened, found: Sequence[str]) -> tuple[Link, ...]:
    """Things that come near a name, given as `kind/slug`, with their kind where their name alone is not enough."""
    iris = [ID + local for local in found]
    labels = names(opened.reader, iris) | gists(opened.reader, iris)
    return tuple(Link(_with_kind(labels.get(iri, short(iri)), iri), href(iri)) for iri in iris)


def _with_kind(label: str, iri: str) -> str:
    words = kind_words(kind(iri))
    return f"{label} ({words.one.lower()})" if words else label


@dataclass(frozen=True)
class Detail:
    """A fact of a thing: a name and its values."""

    name: str
    values: tuple[Link, ...]


def detail(name: str, *values: Link | str) -> Detail | None:
    """A fact; None where it has no value."""
    links = tuple(value if isinstance(value, Link) else Link(value, "") for value in values if value)
    return Detail(name, links) if links else None


def details(*found: Detail | None) -> tuple[Detail, ...]:
    """The facts that have a value."""
    return tuple(item for item in found if item)
