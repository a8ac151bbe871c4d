"""Questions about the grounds of everything: what claims rest on, what was drawn from what, who counts as one."""

from __future__ import annotations

from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class Rest:
    """An accepted claim, the document it is read in, and a work cited for it (empty where none is)."""

    claim: str
    document: str
    work: str


@dataclass(frozen=True)
class Premise:
    """A claim and one from which a curator drew it."""

    claim: str
    premise: str


@dataclass(frozen=True)
class AppraisedWork:
    """A claim “for” a tactic with a sound work cited for it, or a claim “against” it."""

    tactic: str
    side: str
    claim: str
    work: str
    group: str
    isReview: str


@dataclass(frozen=True)
class Grouped:
    """A source and its independence group."""

    source: str
    label: str
    group: str


def claim_rests(reader: Reader) -> list[Rest]:
    """What every accepted claim rests on."""
    return fetch(reader, "claim_rests", Rest)


def premises(reader: Reader) -> list[Premise]:
    """From which accepted claims others were drawn."""
    return fetch(reader, "premises", Premise)


def appraised_works(reader: Reader) -> list[AppraisedWork]:
    """The sound works by the appraisals on file, and the disputes, for every tactic."""
    return fetch(reader, "appraised_works", AppraisedWork)


def groups_of_sources(reader: Reader) -> list[Grouped]:
    """Which sources count as one, by short name."""
    return fetch(reader, "groups_of_sources", Grouped)
