"""Questions about single things and their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.namespaces import gap
from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class ThingRow:
    """A class and name of a thing."""

    cls: str
    label: str
    definition: str
    scheme: str
    schemeLabel: str


@dataclass(frozen=True)
class Fact:
    """A property of a thing and one of its values."""

    property: str
    value: str
    valueLabel: str


@dataclass(frozen=True)
class Named:
    """A thing and one of the texts it is known by."""

    thing: str
    property: str
    text: str


@dataclass(frozen=True)
class Unsettled:
    """A thing that does not stand as an ordinary entry: `deprecated`, `withdrawn`, `draft` or `contested`."""

    thing: str
    how: str


@dataclass(frozen=True)
class Passage:
    """A passage with its place in the normalised text."""

    passage: str
    source: str
    locator: str
    start: int
    end: int
    quoteHash: str
    textHash: str


@dataclass(frozen=True)
class Held:
    """A passage of a document and what it holds: `section`, `claim`, `framework`, or `left out` with the reason."""

    source: str
    sourceLabel: str
    kind: str
    holder: str
    locator: str
    start: int
    end: int
    reason: str
    textHash: str


@dataclass(frozen=True)
class _Name:
    thing: str
    label: str


def thing(reader: Reader, iri: str) -> list[ThingRow]:
    """What a thing is; empty where there is no such thing."""
    return fetch(reader, "thing", ThingRow, thing=iri)


def facts(reader: Reader, iri: str) -> list[Fact]:
    """All that is said of a thing itself."""
    return fetch(reader, "facts", Fact, thing=iri)


def own_facts(reader: Reader, iri: str) -> list[Fact]:
    """What is said of a thing itself, without the links that claims stand behind: a hub has very many of these."""
    return fetch(reader, "own_facts", Fact, thing=iri)


def names(reader: Reader, iris: Sequence[str]) -> dict[str, str]:
    """The preferred names of things."""
    return {row.thing: row.label for row in fetch(reader, "names", _Name, thing=list(iris))}


def of_class(reader: Reader, cls: str) -> list[str]:
    """The things of a class (`Outcome`, …), by name."""
    return list(dict.fromkeys(row.thing for row in fetch(reader, "of_class", _Name, cls=gap(cls))))


def everything_named(reader: Reader) -> list[Named]:
    """Every thing with the texts it is known by; what search is built from."""
    return fetch(reader, "everything_named", Named)


def unsettled(reader: Reader) -> list[Unsettled]:
    """What is no longer held, and the claims that are not settled."""
    return fetch(reader, "unsettled", Unsettled)


def passages(reader: Reader) -> list[Passage]:
    """Every passage."""
    return fetch(reader, "passages", Passage)


def coverage(reader: Reader) -> list[Held]:
    """Which passages of the documents hold what, in the order of each text."""
    return fetch(reader, "coverage", Held)
