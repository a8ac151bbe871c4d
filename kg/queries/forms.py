"""Questions of those who make forms: what is asked for, what can be chosen, what fits."""

from __future__ import annotations

from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class FieldRow:
    """A property shape: what a form says and asks; numbers are 0 and texts empty where the shape says nothing."""

    target: str
    shape: str
    property: str
    name: str
    help: str
    message: str
    order: int
    group: str
    heading: str
    place: int
    datatype: str
    cls: str
    scheme: str
    node: str
    least: int
    most: int
    shortest: int
    longest: int
    pattern: str
    severity: str


@dataclass(frozen=True)
class ChoiceRow:
    """Something to choose, of a scheme or class."""

    of: str
    value: str
    label: str
    definition: str
    phrase: str
    position: int


@dataclass(frozen=True)
class Shaped:
    """A class that has a shape."""

    cls: str
    label: str
    meaning: str


@dataclass(frozen=True)
class RelationEnd:
    """A class that a relation may start at (`from`) or end at (`to`)."""

    relation: str
    end: str
    cls: str
    label: str


@dataclass(frozen=True)
class _Fitting:
    thing: str


def form_fields(reader: Reader, of: str) -> list[FieldRow]:
    """The property shapes for things of a class, those of classes above it included."""
    return fetch(reader, "form_fields", FieldRow, of=of)


def choices(reader: Reader, of: list[str]) -> list[ChoiceRow]:
    """What can be chosen from schemes and out of classes, in order."""
    return fetch(reader, "choices", ChoiceRow, of=of)


def shaped_classes(reader: Reader) -> dict[str, Shaped]:
    """The classes with a shape of their own."""
    return {row.cls: row for row in fetch(reader, "shaped_classes", Shaped)}


def relation_ends(reader: Reader) -> list[RelationEnd]:
    """What each relation of a claim connects."""
    return fetch(reader, "relation_ends", RelationEnd)


def those_of_class(reader: Reader, things: list[str], cls: str) -> set[str]:
    """Those of some things that are of a class, or of a kind of it."""
    return {row.thing for row in fetch(reader, "those_of_class", _Fitting, thing=things, cls=cls)}
