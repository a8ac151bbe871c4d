"""Paths: from a cause to sources, or between any two things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.errors import BadInput
from kg.model import Hop, Path, Standing
from kg.namespaces import thing
from kg.paths import Found, Nothing, Question, explain, find
from kg.queries import warnings
from webui.api.answers.asked import Asked
from webui.api.answers.parts import CAUTIONS, NOTE, NOTHING, mark, ref, refs, weakest
from webui.api.problems import ApiError
from webui.api.records import Honesty, HopStep, Iri, PathFound, PathsAnswer, WhyNone
from webui.words import many

Warned = Mapping[str, Sequence[tuple[str, str]]]
"""The claims that warn of a thing, each with its stance."""


def paths_answer(asked: Asked) -> PathsAnswer:
    question = _question(asked)
    found = _found(asked, question)
    shown = found.paths[: asked.values["limit"]]
    warned = _warned(asked, shown)
    nothing = _nothing(asked, question, found)
    ends = [question.start, question.end, question.through, *nothing.ends, *nothing.starts]
    named = refs(asked.reader, [iri for iri in ends if iri])
    return PathsAnswer(
        revision=asked.opened.revision,
        honesty=_honesty(shown, warned),
        start=named[question.start],
        end=named.get(question.end),
        through=named.get(question.through),
        kinds=question.kinds,
        length=question.length,
        found=found.count,
        complete=found.complete,
        explanation=_explained(question, found, nothing),
        reasons=tuple(WhyNone(r.why, r.sentence, tuple(map(Iri, r.claims))) for r in nothing.reasons),
        nearest=tuple(named[iri] for iri in (*nothing.ends, *nothing.starts)),
        paths=tuple(_path(path, warned) for path in shown),
    )


def _question(asked: Asked) -> Question:
    return Question(
        start=asked.thing("from"),
        end=asked.thing("to"),
        through=asked.thing("through"),
        kinds=tuple(dict.fromkeys(kind for kind in (asked.values["kinds"] or "").split(",") if kind)),
        length=asked.values["length"],
        weakest=Standing.of(thing("link-basis", asked.values["standing"])),
    )


def _found(asked: Asked, question: Question) -> Found:
    try:
        return find(asked.reader, question)
    except BadInput as error:
        raise ApiError("cannot-be-answered", str(error), parameter="to") from error


def _nothing(asked: Asked, question: Question, found: Found) -> Nothing:
    if found.paths or not question.end:
        return Nothing(())
    return explain(asked.reader, question, complete=found.complete)


def _explained(question: Question, found: Found, nothing: Nothing) -> str:
    """What was found; of nothing, why."""
    inferred = question.weakest is Standing.INFERRED
    kept = "" if inferred else f" with no step weaker than “{question.weakest.slug}”"
    if found.paths:
        more = "" if found.complete else "; the search stopped at its limit, so there may be more"
        return f"{many(found.count, 'path')} of up to {many(question.length, 'step')} found{kept}{more}."
    if nothing.reasons:
        return " ".join(reason.sentence for reason in nothing.reasons)
    return f"Nothing recorded here leads on from it in {many(question.length, 'step')} or fewer{kept}."


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
    return PathFound(
        things=(ref(path.hops[0].start, path.hops[0].start_label), *(ref(hop.end, hop.end_label) for hop in path.hops)),
        standing=mark(path.standing),
        sentence=path.sentence,
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
