"""Questions whose answers are numbers: how much of what the base, each graph and each pack holds."""

from __future__ import annotations

from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class Size:
    """How much there is of something."""

    statements: int
    subjects: int
    objects: int
    properties: int
    classes: int
    entities: int


@dataclass(frozen=True)
class GraphStatistics:
    """How much a named graph holds."""

    graph: str
    statements: int
    subjects: int
    objects: int
    properties: int
    classes: int
    entities: int


@dataclass(frozen=True)
class ClassPartition:
    """A class and how many things are of it."""

    cls: str
    entities: int


@dataclass(frozen=True)
class PropertyPartition:
    """A property and how often it is used."""

    property: str
    statements: int
    subjects: int
    objects: int


@dataclass(frozen=True)
class PackContent:
    """A pack of data, one of the documents it is drawn from, and how many claims were read there."""

    pack: str
    title: str
    description: str
    version: str
    licence: str
    created: str
    creator: str
    document: str
    claims: int


@dataclass(frozen=True)
class Dates:
    """When the base came about and when it was last changed; empty where no revision is recorded."""

    issued: str
    modified: str


@dataclass(frozen=True)
class _Thing:
    thing: str


def dataset_statistics(reader: Reader) -> Size:
    """How much the base holds, all graphs together."""
    return fetch(reader, "dataset_statistics", Size)[0]


def graph_statistics(reader: Reader) -> list[GraphStatistics]:
    """How much each named graph holds."""
    return fetch(reader, "graph_statistics", GraphStatistics)


def class_partitions(reader: Reader) -> list[ClassPartition]:
    """How many things there are of each class."""
    return fetch(reader, "class_partitions", ClassPartition)


def property_partitions(reader: Reader) -> list[PropertyPartition]:
    """How often each property is used."""
    return fetch(reader, "property_partitions", PropertyPartition)


def pack_contents(reader: Reader) -> list[PackContent]:
    """The packs, a row for each document that they are drawn from."""
    return fetch(reader, "pack_contents", PackContent)


def dataset_dates(reader: Reader) -> Dates:
    """Since when there is the base, and when it was last changed."""
    return fetch(reader, "dataset_dates", Dates)[0]


def things_with_pages(reader: Reader) -> list[str]:
    """The things that have a page worth finding."""
    return [row.thing for row in fetch(reader, "things_with_pages", _Thing)]
