"""Questions about what is linked with what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.store import Reader

Part = tuple[int, int] | None
"""How many rows to pass over and how many to take at most; None for all."""


@dataclass(frozen=True)
class PathRow:
    """One way from a cause by its phase and a tactic to a source; no source where none is recorded."""

    phase: str
    phaseLabel: str
    phaseStanding: str
    phaseForce: str
    tactic: str
    tacticLabel: str
    tacticStanding: str
    tacticForce: str
    relation: str
    relationLabel: str
    source: str
    sourceLabel: str


@dataclass(frozen=True)
class Addressing:
    """A tactic and one way in which it is held to address something."""

    tactic: str
    label: str
    how: str
    howLabel: str
    phase: str
    phaseLabel: str


@dataclass(frozen=True)
class TacticFor:
    """A tactic and one way in which it is held to address one of several things."""

    thing: str
    tactic: str
    label: str
    how: str
    status: str
    statusLabel: str
    phase: str
    phaseLabel: str


@dataclass(frozen=True)
class Factor:
    """Something held to contribute to one of several things, and a claim that says so."""

    thing: str
    factor: str
    label: str
    definition: str
    claim: str
    standing: str


@dataclass(frozen=True)
class Addressed:
    """Something a tactic is held to address, and one way in which that link came about."""

    cause: str
    label: str
    how: str
    howLabel: str


@dataclass(frozen=True)
class SourceRow:
    """A source and one way in which it bears on a thing."""

    thing: str
    relation: str
    relationLabel: str
    meaning: str
    source: str
    sourceLabel: str
    title: str
    evidenceType: str
    readingStatus: str


@dataclass(frozen=True)
class BornOn:
    """A cause or tactic and one way in which a source bears on it."""

    source: str
    relation: str
    relationLabel: str
    thing: str
    label: str


@dataclass(frozen=True)
class Onward:
    """A thing one link away that is neither tactic nor source, and how the link came about and is put."""

    relation: str
    direction: str
    phrase: str
    other: str
    otherLabel: str
    standing: str
    standingLabel: str
    forceLabel: str


@dataclass(frozen=True)
class Edge:
    """A neighbour and the claim that joins it."""

    thing: str
    direction: str
    relation: str
    other: str
    claim: str
    standing: str
    stance: str


@dataclass(frozen=True)
class ReadIn:
    """What a document speaks of, and the claim in which it does."""

    other: str
    claim: str
    standing: str
    stance: str


@dataclass(frozen=True)
class Link:
    """A link that the rules wrote out."""

    subject: str
    relation: str
    object: str


def domain_links(reader: Reader) -> list[Link]:
    """All links that the rules wrote out, between things and to sources."""
    return fetch(reader, "domain_links", Link)


def path(reader: Reader, cause: str, part: Part = None) -> list[PathRow]:
    """The ways from a cause to the sources behind or against the tactics of its phase; of a part of these tactics."""
    return fetch(reader, "path", PathRow, part, cause=cause)


def addressing(reader: Reader, thing: str, part: Part = None) -> list[Addressing]:
    """The tactics held to address a thing, or a part of them; a row for each way the link came about."""
    return fetch(reader, "addressing", Addressing, part, thing=thing)


def tactics_for(reader: Reader, things: Sequence[str]) -> list[TacticFor]:
    """The tactics held to address any of these things, with their status; a row for each way a link came about."""
    return fetch(reader, "tactics_for", TacticFor, thing=list(things))


def factors_of(reader: Reader, things: Sequence[str]) -> list[Factor]:
    """What is held to contribute to any of these things; a row for each claim that says so."""
    return fetch(reader, "factors_of", Factor, thing=list(things))


def addressed(reader: Reader, tactic: str, part: Part = None) -> list[Addressed]:
    """What a tactic is held to address, or a part of it; a row for each way the link came about."""
    return fetch(reader, "addressed", Addressed, part, thing=tactic)


def sources_of(reader: Reader, *things: str, part: Part = None) -> list[SourceRow]:
    """The sources behind or against things, or a part of them; a row for each kind of link."""
    return fetch(reader, "sources_of", SourceRow, part, thing=list(things))


def things_by_source(reader: Reader, sources: Sequence[str]) -> list[BornOn]:
    """The causes and tactics on which sources bear; a row for each kind of link."""
    return fetch(reader, "things_by_source", BornOn, source=list(sources))


def onward(reader: Reader, thing: str) -> list[Onward]:
    """Factors, outcomes, policies and the like one link away."""
    return fetch(reader, "onward", Onward, thing=thing)


def neighbours(reader: Reader, things: Sequence[str], part: Part = None) -> list[Edge]:
    """What is one claim away from any of these things, or a part of it."""
    return fetch(reader, "neighbours", Edge, part, thing=list(things))


def read_in(reader: Reader, source: str) -> list[ReadIn]:
    """What a document speaks of."""
    return fetch(reader, "read_in", ReadIn, thing=source)
