"""Which causes have tactics in which phases, and by how good a link: the coverage board in rows and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.model import Standing
from kg.namespaces import local_of
from kg.queries import PhaseCovered

_WAYS = {
    "addressesAsStated": Standing.STATED,
    "addressesByPhase": Standing.BY_PHASE,
    "addressesByInference": Standing.INFERRED,
    "addressesByMapping": Standing.MAPPED,
}


@dataclass(frozen=True)
class Covering:
    """A tactic of a phase that is held to address a cause, with the best standing (a slug) of its links."""

    cause: str
    phase: str
    tactic: str
    label: str
    standing: str


@dataclass(frozen=True)
class Covered:
    """A cause and a phase that holds tactics for it: how many, by the best standing of each."""

    cause: str
    phase: str
    tactics: int
    stated: int
    by_phase: int
    mapped: int
    inferred: int


def covering(found: Sequence[PhaseCovered]) -> Iterator[Covering]:
    """The tactics of each cause and phase, the best founded first."""
    for rows in _together(found):
        yield from _best(rows)


def covered(found: Sequence[PhaseCovered]) -> Iterator[Covered]:
    """The pairs of cause and phase that have tactics."""
    for rows in _together(found):
        held = Counter(row.standing for row in _best(rows))
        ways = (Standing.STATED, Standing.BY_PHASE, Standing.MAPPED, Standing.INFERRED)
        yield Covered(rows[0].cause, rows[0].phase, held.total(), *(held[way.slug] for way in ways))


def _together(found: Sequence[PhaseCovered]) -> Iterator[list[PhaseCovered]]:
    return (list(rows) for _, rows in groupby(found, key=lambda row: (row.cause, row.phase)))


def _best(rows: Sequence[PhaseCovered]) -> Iterable[Covering]:
    best: dict[str, PhaseCovered] = {}
    for row in sorted(rows, key=_standing):
        best.setdefault(row.tactic, row)
    ordered = sorted(best.values(), key=lambda row: (_standing(row), row.tacticLabel.casefold()))
    return (Covering(row.cause, row.phase, row.tactic, row.tacticLabel, _standing(row).slug) for row in ordered)


def _standing(row: PhaseCovered) -> Standing:
    return _WAYS[local_of(row.how)]
