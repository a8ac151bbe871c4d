"""Questions that the page of a cause or a tactic asks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.namespaces import gap
from kg.queries.claims import on_links
from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class Around:
    """A claim about a cause (`about` is `cause`) or a tactic against it (`tactic`), and what it can be chosen by."""

    claim: str
    about: str
    phase: str
    stance: str
    force: str
    standing: str
    document: str
    source: str
    evidence: str
    year: int
    level: str


@dataclass(frozen=True)
class TacticAgainst:
    """A tactic held to address a cause, one way in which that came about, and what its claims amount to."""

    tactic: str
    label: str
    definition: str
    how: str
    phase: str
    phaseLabel: str
    status: str
    statusLabel: str
    supports: int
    cautions: int
    gaps: int


@dataclass(frozen=True)
class PhaseAgainst:
    """A phase, and a claim that sets it against a cause (empty where none does) with one of the curators' notes."""

    phase: str
    label: str
    definition: str
    claim: str
    gist: str
    standing: str
    forceLabel: str
    forceMeaning: str
    documentLabel: str
    locator: str
    note: str


@dataclass(frozen=True)
class _Phase:
    phase: str
    label: str
    definition: str
    position: int


@dataclass(frozen=True)
class _Setting:
    phase: str
    claim: str
    gist: str
    standing: str
    forceLabel: str
    forceMeaning: str
    documentLabel: str
    locator: str
    note: str


_NO_CLAIM = _Setting(*[""] * 9)


@dataclass(frozen=True)
class OutcomeOf:
    """What a policy is said to have come to, and the claim that says so."""

    policy: str
    outcome: str
    outcomeLabel: str
    claim: str
    gist: str
    stance: str
    standing: str


def claims_around(reader: Reader, cause: str, part: tuple[int, int] | None = None) -> list[Around]:
    """The claims about a cause and about the tactics against it; a row for each work a claim rests on.

    Args:
        reader: the base.
        cause: the cause.
        part: how many claims to pass over and how many to take at most, those about the cause itself first.
    """
    return fetch(reader, "claims_around", Around, part, cause=cause)


def tactics_against(reader: Reader, cause: str, part: tuple[int, int] | None = None) -> list[TacticAgainst]:
    """The tactics held to address a cause, or a part of them; a row for each way the link came about and each phase."""
    return fetch(reader, "tactics_against", TacticAgainst, part, cause=cause)


def phases_against(reader: Reader, cause: str, part: tuple[int, int] | None = None) -> list[PhaseAgainst]:
    """The four phases and others set against a cause, with the claims that set them there; a row for each note.

    Args:
        reader: the base.
        cause: the cause.
        part: how many phases to pass over and how many to take at most; None for all.
    """
    phases = fetch(reader, "phases_against", _Phase, part, cause=cause)
    links = on_links(reader, [row.phase for row in phases], gap("respondsTo"), [cause])
    claims: dict[str, list[_Setting]] = defaultdict(list)
    for row in fetch(reader, "claims_setting", _Setting, claim=[claim for found in links.values() for claim in found]):
        claims[row.phase].append(row)
    return [_set(phase, row) for phase in phases for row in claims[phase.phase] or [_NO_CLAIM]]


def _set(phase: _Phase, row: _Setting) -> PhaseAgainst:
    told = {name: text for name, text in vars(row).items() if name != "phase"}
    return PhaseAgainst(phase.phase, phase.label, phase.definition, **told)


def outcomes_of_users(reader: Reader, tactic: str) -> list[OutcomeOf]:
    """What is told to have come of the policies that used a tactic."""
    return fetch(reader, "outcomes_of_users", OutcomeOf, tactic=tactic)
