"""Questions behind the evidence status."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.namespaces import gap
from kg.queries.narrowed import Narrowed, narrowed
from kg.queries.rows import FOLDER, fetch, fetch_some
from kg.store import NamedNode, Reader

_APPRAISES = NamedNode(gap("appraises"))


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


@dataclass(frozen=True)
class OnSide:
    """An accepted claim about a tactic, what it rests on, and how its link came about."""

    claim: str
    basis: str
    standing: str


def footing(reader: Reader, only: Sequence[str] | None = None) -> list[Footing]:
    """The footing of every accepted claim about a tactic, or about these tactics only."""
    return fetch(reader, "footing", Footing) if only is None else fetch_some(reader, "footing", Footing, only)


def footing_of(reader: Reader, tactic: str, claims: Iterable[str]) -> list[Footing]:
    """The footing of these claims, as far as they are accepted and about a tactic."""
    return fetch_some(reader, "footing", Footing, [(tactic, claim) for claim in sorted(claims)])


def claims_taking_side(reader: Reader, tactic: str, stance: str, most: int) -> list[OnSide]:
    """Accepted claims about a tactic that take a stance, at most so many."""
    return fetch(reader, "claims_taking_side", OnSide, (0, most), thing=tactic, wanted=stance)


def claims_on_read_data(reader: Reader, tactic: str, stance: str, most: int) -> list[OnSide]:
    """Those of them that cite a work with data which the project has read, at most so many."""
    return fetch(reader, "claims_on_read_data", OnSide, (0, most), thing=tactic, wanted=stance)


def established_by_appraisal(reader: Reader, only: Sequence[str] | None = None) -> list[Established]:
    """The tactics, or those of these, that have sound, relevant, undisputed works by the appraisals on file."""
    if not reader.holds(_APPRAISES):
        return []  # none is on file, and to find that out for each tactic takes long
    if only is not None:
        return fetch_some(reader, "established_by_appraisal", Established, only)
    return fetch(reader, "established_by_appraisal", Established)


def summaries(reader: Reader, things: Sequence[str]) -> dict[str, Summary]:
    """The stored statuses of things that have one."""
    return {row.thing: row for row in fetch(reader, "summary", Summary, thing=list(things))}


def summary(reader: Reader, thing: str) -> Summary | None:
    """The stored status of a thing; None where it has none."""
    return summaries(reader, [thing]).get(thing)


def tactic_names(reader: Reader, only: Sequence[str] | None = None) -> list[str]:
    """The addresses of all tactics, or those of these that are tactics."""
    rows = fetch(reader, "tactic_names", _Tactic) if only is None else fetch_some(reader, "tactic_names", _Tactic, only)
    return [row.tactic for row in rows]


def behind_statuses() -> tuple[Narrowed, ...]:
    """The queries that a status rests on; each tells which changes touch it."""
    return tuple(narrowed(FOLDER / f"{name}.rq") for name in ("footing", "established_by_appraisal", "tactic_names"))
