"""Paths: from a cause to sources, or between any two things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.model import Hop, Path, Standing
from kg.namespaces import kind_of, local_of, thing
from kg.paths import MOST_PATHS, Found, between, from_cause, spread
from kg.queries import warnings
from webui.api.answers.asked import Asked
from webui.api.answers.parts import CAUTIONS, NOTE, NOTHING, mark, ref, refs, weakest
from webui.api.problems import ApiError
from webui.api.records import Honesty, HopStep, Iri, PathFound, PathsAnswer
from webui.words import many

TYPED_STEPS = 3
"""How many steps a path from a cause has: to a phase, a tactic, a source."""
Warned = Mapping[str, Sequence[tuple[str, str]]]
"""The claims that warn of a thing, each with its stance."""


def paths_answer(asked: Asked) -> PathsAnswer:
    start, end, through = asked.thing("from"), asked.thing("to"), asked.thing("through")
    found = _found(asked, start, end, through)
    shown = found.paths[: asked.values["limit"]]
    warned = _warned(asked, shown)
    named = refs(asked.reader, [iri for iri in (start, end, through) if iri])
    return PathsAnswer(
        revision=asked.opened.revision,
        honesty=_honesty(shown, warned),
        start=named[start],
        end=named.get(end),
        through=named.get(through),
        length=asked.values["length"],
        found=len(found.paths),
        complete=found.complete,
        explanation=_explained(asked, found, start == end),
        paths=tuple(_path(path, warned) for path in shown),
    )


def _found(asked: Asked, start: str, end: str, through: str) -> Found:
    limit = Standing.of(thing("link-basis", asked.values["standing"]))
    length = asked.values["length"]
    if end:
        return between(asked.reader, start, end, length=length, most=MOST_PATHS, through=through, weakest=limit)
    if kind_of(start) != "failure-cause":
        told = f"“{local_of(start)}” is no cause of failure: say also where the paths should lead to."
        raise ApiError("cannot-be-answered", told, parameter="to")
    ways = spread(asked.reader, from_cause(asked.reader, start))
    fit = (way for way in ways if way.standing <= limit and len(way.hops) <= length)
    return Found(tuple(way for way in fit if not through or through in way.things), True)


def _explained(asked: Asked, found: Found, same: bool) -> str:
    """What was found; of nothing, whether nothing is recorded or the search came to its limit."""
    length, standing = asked.values["length"], asked.values["standing"]
    kept = "" if standing == "curator-inference" else f" with no step weaker than “{standing}”"
    if same:
        return "Both ends are the same thing."
    if found.paths:
        more = "" if found.complete else "; the search stopped at its limit, so there may be more"
        return f"{many(len(found.paths), 'path')} of up to {many(length, 'step')} found{kept}{more}."
    if not found.complete:
        return "No path was found before the search stopped at its limit; there may be some."
    return f"Nothing recorded here joins them in {many(length, 'step')} or fewer{kept}."


def _warned(asked: Asked, paths: Sequence[Path]) -> Warned:
    passed = sorted({iri for path in paths for iri in path.things})
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in warnings(asked.reader, passed):
        found[row.thing].append((row.claim, row.stance))
    return found


def _counts(things: Sequence[str], warned: Warned) -> tuple[int, int]:
    """How many claims about things caution or dispute, and how many report a gap."""
    claims = {claim: stance for iri in things for claim, stance in warned.get(iri, ())}
    against = sum(stance in CAUTIONS for stance in claims.values())
    return against, len(claims) - against


def _honesty(paths: Sequence[Path], warned: Warned) -> Honesty:
    cautions, gaps = _counts([iri for path in paths for iri in path.things], warned)
    standings = [mark(path.standing) for path in paths]
    return Honesty(weakest(standings), sum(s.inferred for s in standings), cautions, gaps, NOTE if paths else NOTHING)


def _path(path: Path, warned: Warned) -> PathFound:
    cautions, gaps = _counts(path.things, warned)
    start, end = path.hops[0], path.hops[-1]
    told = f"From “{start.start_label}” to “{end.end_label}” in {many(len(path.hops), 'step')}"
    return PathFound(
        things=(ref(start.start, start.start_label), *(ref(hop.end, hop.end_label) for hop in path.hops)),
        standing=mark(path.standing),
        sentence=f"{told}; the weakest step is {path.standing.words}.",
        hops=tuple(map(_hop, path.hops)),
        cautions=cautions,
        gaps=gaps,
    )


def _hop(hop: Hop) -> HopStep:
    return HopStep(
        start=ref(hop.start, hop.start_label),
        end=ref(hop.end, hop.end_label),
        relation=Iri(hop.relation),
        forward=hop.forward,
        standing=mark(hop.standing),
        sentence=hop.sentence,
        claims=tuple(Iri(claim) for claim in hop.claims),
    )
