"""Questions behind the coverage board: where tactics, sources and cases are missing."""

from __future__ import annotations

from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class PhaseCovered:
    """A tactic of a phase that is held to address a cause, and how that link came about; empty where there is none."""

    cause: str
    causeLabel: str
    phase: str
    phaseLabel: str
    tactic: str
    tacticLabel: str
    how: str


@dataclass(frozen=True)
class Phase:
    """A phase of policy support."""

    thing: str
    label: str


@dataclass(frozen=True)
class Unbacked:
    """A tactic for which no work, experience or opinion is recorded."""

    tactic: str
    label: str
    phase: str
    phaseLabel: str
    documents: int


@dataclass(frozen=True)
class CauseShown:
    """A cause and a policy that shows it; empty where none is recorded."""

    cause: str
    causeLabel: str
    policy: str
    policyLabel: str
    claim: str
    standing: str


@dataclass(frozen=True)
class GapAlone:
    """A thing about which a document reports a gap and for which no source speaks."""

    thing: str
    label: str
    document: str
    documentLabel: str


def phase_coverage(reader: Reader) -> list[PhaseCovered]:
    """For each cause and phase the tactics, each with how its link to the cause came about."""
    return fetch(reader, "phase_coverage", PhaseCovered)


def phases_covered(reader: Reader) -> list[PhaseCovered]:
    """The same without the pairs that have no tactic, of which a large base has very many."""
    return fetch(reader, "phases_covered", PhaseCovered)


def phases_in_order(reader: Reader) -> list[Phase]:
    """The phases of policy support, in the order of the text that sets each out."""
    return fetch(reader, "phases_in_order", Phase)


def unbacked_tactics(reader: Reader) -> list[Unbacked]:
    """The tactics with no source behind them, by phase."""
    return fetch(reader, "unbacked_tactics", Unbacked)


def policies_of_causes(reader: Reader) -> list[CauseShown]:
    """The policies that show each cause."""
    return fetch(reader, "policies_of_causes", CauseShown)


def gaps_alone(reader: Reader) -> list[GapAlone]:
    """The things of which documents say that evidence is missing, and for which no source speaks."""
    return fetch(reader, "gaps_alone", GapAlone)
