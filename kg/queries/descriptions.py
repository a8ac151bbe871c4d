"""Questions whose answers describe things to other programs: graphs, what points where, what became of a thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.queries.rows import fetch, fetch_graph
from kg.store import Reader, Triple

_MOST_VALUES = 500
"""How many values one query is bound to (engines.md, “Beyond one machine”)."""


@dataclass(frozen=True)
class Pointing:
    """Something that has a thing as a value."""

    other: str
    property: str


@dataclass(frozen=True)
class Fate:
    """What is recorded of the withdrawal of a thing; fields are empty where nothing is."""

    why: str
    at: str
    agent: str
    agentLabel: str
    replacement: str
    replacementLabel: str
    merged: str


@dataclass(frozen=True)
class ShapeValue:
    """What a shape asks of the values of a property."""

    property: str
    datatype: str
    cls: str
    kind: str


@dataclass(frozen=True)
class GraphSize:
    """A named graph and how many statements it holds."""

    graph: str
    statements: int


def describe_things(reader: Reader, things: Sequence[str]) -> list[Triple]:
    """The statements of things, of their summaries and of the activities behind their records."""
    return [t for part in _parts(things) for t in fetch_graph(reader, "describe_things", thing=part)]


def describe_claims(reader: Reader, claims: Sequence[str]) -> list[Triple]:
    """The statements of claims, their passages and these passages' places."""
    return [t for part in _parts(claims) for t in fetch_graph(reader, "describe_claims", claim=part)]


def describe_names(reader: Reader, things: Sequence[str]) -> list[Triple]:
    """Class, names and definition of things, and the gist of claims."""
    return [t for part in _parts(things) for t in fetch_graph(reader, "describe_names", thing=part)]


def pointing(reader: Reader, thing: str) -> list[Pointing]:
    """What points at a thing: at most 5000 rows."""
    return fetch(reader, "pointing", Pointing, thing=thing)


def fate(reader: Reader, thing: str) -> list[Fate]:
    """The record of a thing's withdrawal, a row for each replacement; empty for a thing that stands."""
    return fetch(reader, "fate", Fate, thing=thing)


def shape_values(reader: Reader) -> list[ShapeValue]:
    """What the shapes ask of each property's values."""
    return fetch(reader, "shape_values", ShapeValue)


def graph_sizes(reader: Reader) -> list[GraphSize]:
    """The named graphs with how many statements each holds."""
    return fetch(reader, "graph_sizes", GraphSize)


def graph_content(reader: Reader, graph: str) -> list[Triple]:
    """The statements of a named graph."""
    return fetch_graph(reader, "graph_content", graph=graph)


def _parts(values: Sequence[str]) -> list[list[str]]:
    return [list(values[at : at + _MOST_VALUES]) for at in range(0, len(values), _MOST_VALUES)]
