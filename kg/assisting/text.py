"""Answers as text to read, in the order of the objects: what to know first, then cautions and gaps, then the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import singledispatch
from itertools import groupby

from kg.assisting.answers import (
    CauseAnswer,
    Citation,
    ClaimTold,
    Description,
    GapsAnswer,
    HitTold,
    LinkTold,
    PathsAnswer,
    QueryAnswer,
    SearchAnswer,
    SourceTold,
    TacticTold,
    ThingTold,
    WayTold,
)
from kg.assisting.marks import status_line
from kg.namespaces import local_of

_LONGEST_CELL = 400


@singledispatch
def lines(answer: object) -> Iterator[str]:
    """The lines of an answer."""
    raise TypeError(f"{type(answer).__name__} is no answer")


def text(answer: object) -> str:
    """An answer as text."""
    return "\n".join(lines(answer))


@lines.register
def _(answer: Description) -> Iterator[str]:
    yield f"{answer.thing.label} ({local_of(answer.thing.thing)}, {answer.thing.kind}) <{answer.thing.thing}>"
    yield from _first(answer.read_this_first)
    if answer.definition:
        yield f"\nWhat is meant: {answer.definition}"
    yield from _claims("Cautions and disputes", answer.cautions)
    yield from _claims("Gaps: what is said not to be known", answer.gaps)
    yield from _section("Links that follow from the record", (_link(link) for link in answer.links))
    yield from _section("Sources beside it", _sources(answer.sources))
    yield from _claims("Other claims", answer.claims)
    if answer.claims_left_out:
        yield f"({answer.claims_left_out} more; a higher “limit” gives them.)"
    yield from _section("Parts", (f"- {_named(member)}" for member in answer.members))
    yield from _section("Record", (f"- {fact.property}: {fact.value}" for fact in answer.facts))
    yield _revision(answer.revision)


@lines.register
def _(answer: SearchAnswer) -> Iterator[str]:
    yield from _first(answer.read_this_first)
    yield from _section("Found", (line for hit in answer.hits for line in _hit(hit)))
    yield _revision(answer.revision)


@lines.register
def _(answer: GapsAnswer) -> Iterator[str]:
    if answer.about:
        yield f"What is said not to be known about {_named(answer.about)}"
    yield from _first(answer.read_this_first)
    yield from _claims("Gaps", answer.gaps)
    if answer.left_out:
        yield f"({answer.left_out} more; a higher “limit” gives them.)"
    yield _revision(answer.revision)


@lines.register
def _(answer: PathsAnswer) -> Iterator[str]:
    yield f"From {_named(answer.start)}" + (f" to {_named(answer.end)}" if answer.end else "")
    yield from _first(answer.read_this_first)
    for number, way in enumerate(answer.ways, start=1):
        yield from _way(number, way)
    for phase in answer.phases:
        yield from _phase(phase)
    yield from _section("Onward from it", (_link(link) for link in answer.onward))
    yield _revision(answer.revision)


@lines.register
def _(answer: QueryAnswer) -> Iterator[str]:
    yield from _first(answer.read_this_first)
    if answer.kind == "graph":
        yield f"\n{answer.turtle}"
    elif answer.kind == "ask":
        yield f"\n{'true' if answer.truth else 'false'}"
    else:
        yield "\n" + " | ".join(answer.columns)
        yield from (" | ".join(_cell(cell) for cell in row) for row in answer.rows)
        yield f"({len(answer.rows)} rows)" if not answer.rows_left_out else _cut(answer)
    yield from _section(
        "What stands in it", (line for thing in answer.things for line in _hit(replace(thing, text="")))
    )
    yield _revision(answer.revision)


@lines.register
def _(answer: Citation) -> Iterator[str]:
    yield f"How to cite {_named(answer.thing)}" + (f", {answer.place}" if answer.place else "")
    yield from _first(answer.read_this_first)
    for found in answer.references:
        yield f"\n- {found.role}: {found.reference} <{found.source}>"
        yield f"  {'. '.join(part for part in (found.reading_status, found.note) if part)}"
    yield f"\nData set: {answer.data_set}"
    yield _revision(answer.revision)


def _first(notes: Iterable[str]) -> Iterator[str]:
    found = list(notes)
    if found:
        yield "Read this first:"
        yield from (f"* {note}" for note in found)


def _section(heading: str, found: Iterable[str]) -> Iterator[str]:
    rows = list(found)
    if rows:
        yield f"\n{heading}"
        yield from rows


def _hit(hit: HitTold) -> Iterator[str]:
    yield f"- {hit.label} ({local_of(hit.thing)})" + (f": {hit.text}" if hit.text else "")
    if hit.note:
        yield f"  {hit.note}"


def _claims(heading: str, claims: Iterable[ClaimTold]) -> Iterator[str]:
    return _section(heading, (line for claim in claims for line in _claim(claim)))


def _claim(claim: ClaimTold) -> Iterator[str]:
    yield f"- {claim.says}"
    place = f"{claim.voice}, in " * bool(claim.voice) + f"{claim.read_in.label}, {claim.place}"
    yield f"  {claim.stance}; {claim.force}; {claim.basis}; {claim.standing}. {place}."
    if claim.note:
        yield f"  {claim.note}"
    if claim.cited:
        yield "  " + "; ".join(f"{cited.role}: {cited.label}" for cited in claim.cited)
    yield f"  {local_of(claim.claim)}"


def _link(link: LinkTold) -> str:
    return f"- {link.relation} {_named(link.thing)}: {_marked(link.standing, link.note)}"


def _marked(standing: str, note: str) -> str:
    return f"{standing}. {note}".strip()


def _sources(sources: Iterable[SourceTold]) -> Iterator[str]:
    for (relation, note), found in groupby(sources, key=lambda source: (source.relation, source.note)):
        yield f"- {relation}. {note}"
        yield from (f"  - {s.label} ({local_of(s.source)}; {s.evidence_type}; {s.reading_status})" for s in found)


def _way(number: int, way: WayTold) -> Iterator[str]:
    yield f"\n{number}. Weakest step: {_marked(way.weakest_step, way.note)}"
    for hop in way.hops:
        yield f"   {hop.sentence} {hop.note}".rstrip()


def _phase(phase: CauseAnswer) -> Iterator[str]:
    put = f"{phase.standing}, {phase.force.lower()}"
    yield f"\nPhase set against it: {_named(phase.phase)} ({put}). {phase.note}".rstrip()
    for tactic in phase.tactics:
        yield from _tactic(tactic)


def _tactic(tactic: TacticTold) -> Iterator[str]:
    put = f"{tactic.standing}, {tactic.force.lower()}"
    yield f"- Tactic: {_named(tactic.tactic)} (in this phase: {put}). {tactic.note}".rstrip()
    if tactic.status:
        yield f"  {status_line(tactic.status)}"
    for note, found in _grouped(tactic.sources).items():
        yield f"  {found[0].relation}: {', '.join(s.thing.label for s in found)}. {note}"
    if not tactic.sources:
        yield "  No source is recorded beside it."


def _grouped(sources: Iterable[LinkTold]) -> dict[str, list[LinkTold]]:
    found: dict[str, list[LinkTold]] = {}
    for source in sources:
        found.setdefault(source.note, []).append(source)
    return found


def _named(thing: ThingTold) -> str:
    return f"{thing.label} ({local_of(thing.thing)})"


def _cell(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= _LONGEST_CELL else value[:_LONGEST_CELL] + "…"


def _cut(answer: QueryAnswer) -> str:
    return f"({len(answer.rows)} rows; {answer.rows_left_out} more were found: a higher “limit” or OFFSET gives them)"


def _revision(revision: int) -> str:
    return f"\nRevision {revision} of the base."
