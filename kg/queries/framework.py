"""Questions about frameworks."""

from __future__ import annotations

from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class Member:
    """A member of a framework."""

    member: str
    label: str
    definition: str
    position: int
    claims: int


@dataclass(frozen=True)
class _Member:
    member: str


@dataclass(frozen=True)
class _Alone:
    member: str
    label: str
    definition: str
    position: int


@dataclass(frozen=True)
class MatrixPlace:
    """A type of a matrix and its place on the two axes."""

    member: str
    label: str
    ambiguity: str
    conflict: str


def members_counted(reader: Reader, framework: str, most: int) -> int:
    """How many members a framework has, counted up to so many."""
    return len(fetch(reader, "members_counted", _Member, (0, most), framework=framework))


def members_alone(reader: Reader, framework: str) -> list[Member]:
    """The members of a framework in order, their claims not counted: of a hub that takes long."""
    rows = fetch(reader, "members_alone", _Alone, framework=framework)
    return [Member(row.member, row.label, row.definition, row.position, 0) for row in rows]


def members(reader: Reader, framework: str) -> list[Member]:
    """The members of a framework or other scheme, in order."""
    return fetch(reader, "members", Member, framework=framework)


def matrix_places(reader: Reader, framework: str) -> list[MatrixPlace]:
    """The types of a matrix with their places; empty for other frameworks."""
    return fetch(reader, "matrix_places", MatrixPlace, framework=framework)
