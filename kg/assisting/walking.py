"""Ways from a worry to what stands behind an answer, each step with its standing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.assisting.answers import (
    CauseAnswer,
    HopTold,
    LinkTold,
    PathsAnswer,
    TacticTold,
    ThingTold,
    WayTold,
)
from kg.assisting.desk import Opened, at_most
from kg.assisting.marks import FEW_DOCUMENTS, SOURCE_NOTES, STANDING_NOTES, status_told
from kg.errors import BadInput
from kg.model import Hop, Path, Standing
from kg.namespaces import kind_of, local_of, thing
from kg.paths import DEFAULT_LENGTH, CausePath, PhaseStep, SourceStep, TacticStep, between, from_cause
from kg.queries import Onward, members

MOST_LENGTH = 6
MOST_WAYS = 50
_WEAKEST = "A way is as firm as its weakest step: tell the standing of every step that you pass on."
_PUT_FORWARD = (
    "The tactics are those that documents put forward in a phase that is set against this cause. That a tactic stands "
    "here does not mean that it was tried against this cause, or that anything was found: see the status of each."
)
_NONE = "No such way is recorded. That does not mean that there is no connection: try a greater length."
_STOPPED = "The search stopped at its limit; there may be more ways."


def find_paths(
    opened: Opened, start: str, end: str = "", *, through: str = "", length: int = DEFAULT_LENGTH, limit: int = 10
) -> PathsAnswer:
    """The ways from a thing.

    Args:
        opened: the base.
        start: where to begin; without an end, a cause of failure.
        end: where to arrive; empty: phases, tactics and sources.
        through: a thing that every way has to pass.
        length: the most steps of a way with an end.
        limit: how many ways with an end.

    Raises:
        NotFound, Ambiguous, BadInput: as the words say.
    """
    length, limit = at_most(length, "length", MOST_LENGTH), at_most(limit, "limit", MOST_WAYS)
    first = opened.thing(start)
    last = opened.thing(end) if end.strip() else None
    passing = opened.thing(through).thing if through.strip() else ""
    if last:
        return _between(opened, first, last, passing, length, limit)
    if first.kind != "failure-cause":
        raise BadInput(f"“{local_of(first.thing)}” is no cause of failure; say in “end” where the way should lead to.")
    return _from_cause(opened, first, passing)


def _between(opened: Opened, first: ThingTold, last: ThingTold, passing: str, length: int, limit: int) -> PathsAnswer:
    found = between(opened.reader, first.thing, last.thing, length=length, most=limit, through=passing)
    complete = found.complete and len(found.paths) == found.count
    told = tuple(_way(path) for path in found.paths)
    return PathsAnswer(
        read_this_first=(*([_WEAKEST] if told else [_NONE]), *([] if complete else [_STOPPED]), FEW_DOCUMENTS),
        start=first,
        end=last,
        ways=told,
        phases=(),
        onward=(),
        complete=complete,
        revision=opened.revision,
    )


def _way(path: Path) -> WayTold:
    return WayTold(path.standing.words, STANDING_NOTES[path.standing], tuple(_hop(hop) for hop in path.hops))


def _hop(hop: Hop) -> HopTold:
    return HopTold(
        start=ThingTold(hop.start, kind_of(hop.start) or "", hop.start_label),
        end=ThingTold(hop.end, kind_of(hop.end) or "", hop.end_label),
        sentence=hop.sentence,
        standing=hop.standing.words,
        note=STANDING_NOTES[hop.standing],
        claims=hop.claims,
    )


def _from_cause(opened: Opened, cause: ThingTold, passing: str) -> PathsAnswer:
    found: CausePath = from_cause(opened.reader, cause.thing)
    by_label = {m.label: Standing.of(m.member) for m in members(opened.reader, thing("scheme", "link-basis"))}
    phases = tuple(_only((_phase(phase, by_label) for phase in found.phases), passing))
    return PathsAnswer(
        read_this_first=(_PUT_FORWARD if phases else _NONE, _WEAKEST, FEW_DOCUMENTS),
        start=cause,
        end=None,
        ways=(),
        phases=phases,
        onward=tuple(_onward(row) for row in found.onward),
        complete=True,
        revision=opened.revision,
    )


def _only(phases: Iterable[CauseAnswer], passing: str) -> Iterator[CauseAnswer]:
    """The phases on whose ways a thing stands, with only the tactics on those ways."""
    for phase in phases:
        tactics = tuple(t for t in phase.tactics if passing in ("", phase.phase.thing, *_on_the_way(t)))
        if tactics:
            yield replace(phase, tactics=tactics)


def _on_the_way(tactic: TacticTold) -> list[str]:
    return [tactic.tactic.thing, *(source.thing.thing for source in tactic.sources)]


def _phase(step: PhaseStep, standings: dict[str, Standing]) -> CauseAnswer:
    standing = standings[step.standing]
    return CauseAnswer(
        phase=ThingTold(step.phase, kind_of(step.phase) or "", step.label),
        standing=standing.words,
        note=STANDING_NOTES[standing],
        force=step.force,
        claims=step.claims,
        tactics=tuple(_tactic(tactic, standings) for tactic in step.tactics),
    )


def _tactic(step: TacticStep, standings: dict[str, Standing]) -> TacticTold:
    standing = standings[step.standing]
    order = list(SOURCE_NOTES)
    sources = sorted(step.sources, key=lambda s: order.index(local_of(s.relation)))
    return TacticTold(
        tactic=ThingTold(step.tactic, kind_of(step.tactic) or "", step.label),
        standing=standing.words,
        note=STANDING_NOTES[standing],
        force=step.force,
        status=status_told(step.summary),
        sources=tuple(_source(source) for source in sources),
        claims=step.claims,
    )


def _source(step: SourceStep) -> LinkTold:
    source = ThingTold(step.source, "source", step.label)
    return LinkTold(step.relation_label, source, "derived by rule", SOURCE_NOTES[local_of(step.relation)], step.claims)


def _onward(row: Onward) -> LinkTold:
    standing = Standing.of(row.standing)
    other = ThingTold(row.other, kind_of(row.other) or "", row.otherLabel)
    note = " ".join(part for part in (f"Force: {row.forceLabel.lower()}.", STANDING_NOTES[standing]) if part)
    return LinkTold(row.phrase, other, standing.words, note)
