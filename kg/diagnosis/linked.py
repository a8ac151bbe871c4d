"""The tactics on record for causes and factors, with how each link came about and the claims it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.diagnosis.covering import Option
from kg.model import Standing
from kg.namespaces import gap, local_of, slug_of
from kg.queries import TacticFor, on_links, tactics_for
from kg.store import Reader

_STANDINGS = {
    "addressesAsStated": Standing.STATED,
    "addressesByPhase": Standing.BY_PHASE,
    "addressesByMapping": Standing.MAPPED,
    "addressesByInference": Standing.INFERRED,
}
STATUSES = ("established", "emerging", "informed", "proposed", "no-claims", "contested", "counter-evidence")
"""Statuses as ties are broken by them: what speaks for a tactic first, what speaks against it last (§2.3)."""


@dataclass(frozen=True)
class Tactic:
    """A tactic on record.

    Attributes:
        iri, label: its address and name.
        status, status_label: slug and name of its status by the rules.
        phase, phase_label: where it is placed; empty for none.
        links: the best standing of its link with each thing, by address.
    """

    iri: str
    label: str
    status: str
    status_label: str
    phase: str
    phase_label: str
    links: Mapping[str, Standing]

    def option(self, wanted: Sequence[str], weakest: Standing = Standing.INFERRED) -> Option:
        """The tactic as something to choose, by its links of this standing or better."""
        counted = {t: s for t, s in self.links.items() if t in wanted and s <= weakest}
        standing = max(counted.values(), default=Standing.STATED)
        return Option(self.iri, self.label, frozenset(counted), int(standing), STATUSES.index(self.status))


def tactics_by_thing(reader: Reader, things: Sequence[str]) -> dict[str, Tactic]:
    """The tactics held to address any of these things, by address, in order of name."""
    by_tactic: dict[str, list[TacticFor]] = defaultdict(list)
    for row in tactics_for(reader, things):
        by_tactic[row.tactic].append(row)
    found = (_tactic(rows) for rows in by_tactic.values())
    return {tactic.iri: tactic for tactic in sorted(found, key=lambda t: (t.label, t.iri))}


def _tactic(rows: Sequence[TacticFor]) -> Tactic:
    links: dict[str, Standing] = {}
    for row in rows:
        standing = _STANDINGS[local_of(row.how)]
        links[row.thing] = min(standing, links.get(row.thing, standing))
    one = rows[0]
    return Tactic(one.tactic, one.label, slug_of(one.status), one.statusLabel, one.phase, one.phaseLabel, links)


def claims_behind(reader: Reader, tactics: Sequence[Tactic], things: Sequence[str]) -> dict[tuple[str, str], list[str]]:
    """The claims behind the links of tactics with things, by tactic and thing.

    A link by phase rests on two: what sets the phase against the cause, and what places the tactic in the phase.
    """
    iris, phases = [t.iri for t in tactics], sorted({t.phase for t in tactics if t.phase})
    direct = on_links(reader, iris, gap("addresses"), list(things))
    against = on_links(reader, phases, gap("respondsTo"), list(things))
    placed = on_links(reader, iris, gap("inPhase"), phases)
    found: dict[tuple[str, str], list[str]] = {}
    for tactic in tactics:
        for thing in (t for t in tactic.links if t in things):
            by_phase = against.get((tactic.phase, thing), []) and [
                *against[tactic.phase, thing],
                *placed.get((tactic.iri, tactic.phase), []),
            ]
            found[tactic.iri, thing] = list(dict.fromkeys([*direct.get((tactic.iri, thing), []), *by_phase]))
    return found
