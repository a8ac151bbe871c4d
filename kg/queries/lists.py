"""Questions whose answer is a list of everything of a kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.namespaces import gap
from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class Cause:
    """A broad cause of policy failure."""

    cause: str
    label: str
    definition: str
    claims: int


@dataclass(frozen=True)
class Sign:
    """A factor that feeds a cause, or a policy that shows it, and how that link came about."""

    cause: str
    relation: str
    sign: str
    label: str
    definition: str
    standing: str


@dataclass(frozen=True)
class Listed:
    """A thing in a list."""

    thing: str
    label: str
    definition: str
    kind: str
    kindLabel: str
    claims: int


@dataclass(frozen=True)
class TacticListed:
    """A tactic in the list by phase."""

    tactic: str
    label: str
    phase: str
    phaseLabel: str
    status: str
    statusLabel: str
    supports: int
    cautions: int
    gaps: int


@dataclass(frozen=True)
class SourceListed:
    """A source in the list of sources."""

    source: str
    label: str
    title: str
    year: str
    evidenceType: str
    readingStatus: str
    publicationStatus: str
    claims: int


@dataclass(frozen=True)
class SourceValue:
    """A value that sources can be chosen by."""

    property: str
    value: str
    label: str
    sources: int


@dataclass(frozen=True)
class RevisionRow:
    """One accepted change."""

    number: int
    at: str
    agent: str
    message: str


@dataclass(frozen=True)
class Pack:
    """A pack of data."""

    pack: str
    title: str
    version: str
    licence: str


@dataclass(frozen=True)
class Wanted:
    """A thing on a work list, and why it is there; of a work not read, `weight` accepted claims rest on it."""

    kind: str
    thing: str
    label: str
    why: str
    weight: int


WORKLISTS = {
    "missing-definition": "Missing definitions",
    "missing-year": "Missing years",
    "missing-author": "Missing authors",
    "known-by-citation": "Works known only by citation",
    "unreviewed-inference": "Inferences not yet settled by a second reader",
    "cause-without-tactic": "Causes that no tactic of a phase addresses",
    "only-recommended": "Tactics with nothing behind them but the recommendation",
}
"""The work lists by kind, with what each holds, in the order in which they are shown."""


@dataclass(frozen=True)
class _InPhase:
    phase: str
    tactics: int


@dataclass(frozen=True)
class _OfTactic:
    tactic: str
    phase: str
    label: str


@dataclass(frozen=True)
class _Count:
    cls: str
    count: int


def causes(reader: Reader, part: tuple[int, int] | None = None) -> list[Cause]:
    """The broad causes, in the order of the text; a part of them where asked, as for `tactics`."""
    return fetch(reader, "causes", Cause, part)


def counts(reader: Reader) -> dict[str, int]:
    """How many there are, by local name of the class (`Claim`, `Source`, …; `Gap` for gap reports)."""
    return {row.cls.removeprefix(gap("")): row.count for row in fetch(reader, "counts", _Count)}


def signs_of_causes(reader: Reader, part: tuple[int, int] | None = None) -> list[Sign]:
    """What shows each cause, the best founded first; a row for each way a link came about.

    Args:
        reader: the base.
        part: which causes, in the order of `causes`: how many to pass over and how many to take; None for all.
    """
    return fetch(reader, "signs_of_causes", Sign, part)


def causes_signed(reader: Reader, signs: Sequence[str]) -> list[Sign]:
    """The causes that factors and policies are tied to, the best founded links first."""
    return fetch(reader, "causes_signed", Sign, sign=list(signs))


def list_of(reader: Reader, cls: str) -> list[Listed]:
    """All things of a class (`Policy`, `Outcome`, …, or an address) that stand, by name; a row for each kind."""
    return fetch(reader, "list_of", Listed, cls=cls if ":" in cls else gap(cls))


def tactics(reader: Reader, part: tuple[int, int] | None = None) -> list[TacticListed]:
    """The tactics by phase; a part of them where asked: how many to pass over, and how many to give at most."""
    return fetch(reader, "tactics", TacticListed, part)


def tactics_in_phases(reader: Reader) -> dict[str, int]:
    """How many tactics stand in each phase; under the empty text those that stand in none."""
    return {row.phase: row.tactics for row in fetch(reader, "tactics_in_phases", _InPhase)}


def phases_of(reader: Reader, tactics: Sequence[str]) -> dict[str, str]:
    """The name of the first phase that each of these tactics stands in; none for those that stand in none."""
    rows = fetch(reader, "phases_of", _OfTactic, tactic=list(tactics))
    return {row.tactic: row.label for row in reversed(rows)}


def sources(reader: Reader, part: tuple[int, int] | None = None) -> list[SourceListed]:
    """The sources, by name.

    Args:
        reader: the base.
        part: how many to pass over and how many to give at most; None for all.
    """
    return fetch(reader, "sources", SourceListed, part)


def values_of_sources(reader: Reader) -> list[SourceValue]:
    """What sources can be chosen by, and how many have it, by property and name."""
    return fetch(reader, "values_of_sources", SourceValue)


def revisions(reader: Reader) -> list[RevisionRow]:
    """The newest revisions, newest first."""
    return fetch(reader, "revisions", RevisionRow)


def packs(reader: Reader) -> list[Pack]:
    """The packs of data."""
    return fetch(reader, "packs", Pack)


def worklist(reader: Reader, most: int | None = None) -> list[Wanted]:
    """What still wants work, in the order of `WORKLISTS`; of works not read, those that most rests on come first.

    Args:
        reader: the base.
        most: how many of each list at most; None for all.
    """
    order, part = list(WORKLISTS), (0, most) if most else None
    return sorted(fetch(reader, "worklist", Wanted, part), key=lambda row: order.index(row.kind))
