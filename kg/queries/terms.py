"""Questions about the ontology itself."""

from __future__ import annotations

from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class TermRow:
    """A class or property of the ontology."""

    term: str
    type: str
    label: str
    definition: str
    example: str
    domain: str
    range: str
    inverse: str


@dataclass(frozen=True)
class Super:
    """A term and what it stands under or is related to."""

    term: str
    how: str
    other: str


@dataclass(frozen=True)
class Header:
    """The ontology's header."""

    ontology: str
    title: str
    description: str
    version: str
    versionAddress: str
    licence: str


@dataclass(frozen=True)
class Usable:
    """A class or property, and as which of the two it is used."""

    term: str
    use: str


def terms(reader: Reader) -> list[TermRow]:
    """The terms, classes first."""
    return fetch(reader, "terms", TermRow)


def term_supers(reader: Reader) -> list[Super]:
    """Broader and related terms."""
    return fetch(reader, "term_supers", Super)


def vocabulary(reader: Reader) -> list[Usable]:
    """The classes and properties that a query may use: what an editor offers while one types."""
    return fetch(reader, "vocabulary", Usable)


def ontology_header(reader: Reader) -> Header | None:
    """The header; None in a base without the ontology."""
    return next(iter(fetch(reader, "ontology_header", Header)), None)


@dataclass(frozen=True)
class _Phrase:
    relation: str
    forward: str
    backward: str


def phrases(reader: Reader) -> dict[str, tuple[str, str]]:
    """How each relation reads from subject to object and the other way."""
    return {row.relation: (row.forward, row.backward) for row in fetch(reader, "phrases", _Phrase)}
