"""The typed path: cause → phase set against it → tactics of that phase → claims → sources behind or against each.

It holds the rows of the query `path.rq` and nothing else, so page, command line and endpoint agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.namespaces import gap
from kg.queries import (
    Onward,
    PathRow,
    Summary,
    by_inference,
    in_context,
    linking_sources,
    names,
    on_links,
    onward,
    path,
    summaries,
)
from kg.store import Reader


@dataclass(frozen=True)
class SourceStep:
    """The last hop: how a source bears on a tactic, and by which claims."""

    relation: str
    relation_label: str
    source: str
    label: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class TacticStep:
    """A tactic of a phase, with how it came to stand there and what its claims amount to."""

    tactic: str
    label: str
    standing: str
    force: str
    claims: tuple[str, ...]
    sources: tuple[SourceStep, ...]
    summary: Summary | None


@dataclass(frozen=True)
class PhaseStep:
    """A phase set against a cause, with how that came about."""

    phase: str
    label: str
    standing: str
    force: str
    claims: tuple[str, ...]
    tactics: tuple[TacticStep, ...]


@dataclass(frozen=True)
class CausePath:
    """All typed ways from a cause, and what lies onward: factors, outcomes, policies that show it."""

    cause: str
    label: str
    phases: tuple[PhaseStep, ...]
    onward: tuple[Onward, ...]


def from_cause(reader: Reader, cause: str) -> CausePath:
    """The typed ways from a failure cause.

    Args:
        cause: the cause's address; a thing that is no cause gives no phases.
    """
    rows = path(reader, cause)
    behind = _Behind(reader, cause, rows)
    phases = tuple(_phase(behind, list(group)) for _, group in groupby(rows, key=lambda r: r.phase))
    return CausePath(cause, names(reader, [cause]).get(cause, cause), phases, tuple(onward(reader, cause)))


class _Behind:
    """The claims behind every hop and the status of every tactic, asked for all at once."""

    def __init__(self, reader: Reader, cause: str, rows: Sequence[PathRow]) -> None:
        self.cause = cause
        phases, tactics = (list(dict.fromkeys(r)) for r in ((r.phase for r in rows), (r.tactic for r in rows)))
        self.set_against = on_links(reader, phases, gap("respondsTo"), [cause])
        self.placed = on_links(reader, tactics, gap("inPhase"), phases)
        self.linking = linking_sources(reader, tactics)
        self.context = in_context(reader, phases)
        self.inferred = by_inference(reader, tactics)
        self.summaries = summaries(reader, tactics)

    def source(self, row: PathRow) -> list[str]:
        """The claims by which a source came to stand beside a tactic."""
        if row.relation == gap("contextualWork"):
            return self.context.get((row.phase, row.source), [])
        if row.relation == gap("relatedWork"):
            return self.inferred.get((row.tactic, row.source), [])
        return self.linking.get((row.tactic, row.relation, row.source), [])


def _phase(behind: _Behind, rows: Sequence[PathRow]) -> PhaseStep:
    first = rows[0]
    return PhaseStep(
        phase=first.phase,
        label=first.phaseLabel,
        standing=first.phaseStanding,
        force=first.phaseForce,
        claims=tuple(behind.set_against[first.phase, behind.cause]),
        tactics=tuple(_tactic(behind, list(group)) for _, group in groupby(rows, key=lambda r: r.tactic)),
    )


def _tactic(behind: _Behind, rows: Sequence[PathRow]) -> TacticStep:
    first = rows[0]
    return TacticStep(
        tactic=first.tactic,
        label=first.tacticLabel,
        standing=first.tacticStanding,
        force=first.tacticForce,
        claims=tuple(behind.placed[first.tactic, first.phase]),
        sources=tuple(
            SourceStep(row.relation, row.relationLabel, row.source, row.sourceLabel, tuple(behind.source(row)))
            for row in rows
            if row.source
        ),
        summary=behind.summaries.get(first.tactic),
    )
