"""Questions behind the evidence status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class Footing:
    """An accepted claim about a tactic, with one of the works cited for it (empty where none is)."""

    thing: str
    claim: str
    stance: str
    force: str
    basis: str
    standing: str
    document: str
    work: str
    evidenceType: str
    carriesData: str
    readingStatus: str
    group: str
    documentStatus: str = ""
    workStatus: str = ""


@dataclass(frozen=True)
class Established:
    """How many sound works the appraisals on file find for a tactic."""

    tactic: str
    groups: int
    reviews: int


@dataclass(frozen=True)
class Summary:
    """The stored status of a thing, with the counts behind it."""

    thing: str
    summary: str
    status: str
    statusLabel: str
    meaning: str
    supports: int
    cautions: int
    gaps: int
    independent: int
    ruleVersion: str


@dataclass(frozen=True)
class _Tactic:
    tactic: str


def footing(reader: Reader) -> list[Footing]:
    """The footing of every accepted claim about a tactic."""
    return fetch(reader, "footing", Footing)


def established_by_appraisal(reader: Reader) -> list[Established]:
    """The tactics that have sound, relevant, undisputed works by the appraisals on file."""
    return fetch(reader, "established_by_appraisal", Established)


def summaries(reader: Reader, things: Sequence[str]) -> dict[str, Summary]:
    """The stored statuses of things that have one."""
    return {row.thing: row for row in fetch(reader, "summary", Summary, thing=list(things))}


def summary(reader: Reader, thing: str) -> Summary | None:
    """The stored status of a thing; None where it has none."""
    return summaries(reader, [thing]).get(thing)


def tactic_names(reader: Reader) -> list[str]:
    """The addresses of all tactics."""
    return [row.tactic for row in fetch(reader, "tactic_names", _Tactic)]
