"""A policy looked at through a framework; nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from kg.assessment import (
    ANSWERS,
    Answer,
    Assessment,
    Choices,
    Finding,
    assess,
    choices,
    findings,
    statements,
    to_answer,
)
from kg.contributing import PROJECT
from kg.errors import BadInput
from kg.model import Standing
from kg.namespaces import thing
from kg.turtle import format_turtle
from webui.api.answers.asked import Asked
from webui.api.answers.parts import NOTE, mark, ref, refs, weakest
from webui.api.problems import ApiError, from_library
from webui.api.records import AssessmentAnswer, Follows, Honesty, Iri, Said
from webui.api.requests import AnswerGiven, AssessmentRequest

_NOTE = "Somebody’s judgement of a policy, and no finding about it. " + NOTE


def assessment_answer(asked: Asked) -> AssessmentAnswer:
    made = _made(asked)
    found = [follows(finding) for finding in findings(asked.reader, made)]
    named = refs(asked.reader, [made.policy, made.framework, made.creator])
    return AssessmentAnswer(
        revision=asked.opened.revision,
        honesty=_honesty(found),
        policy=named[made.policy],
        framework=named[made.framework],
        kind=made.kind,
        by=named[made.creator],
        on=made.created.isoformat(),
        remarks=made.remarks,
        stored=False,
        findings=tuple(found),
    )


def assessment_turtle(asked: Asked) -> str:
    """The assessment as it could be loaded into a base."""
    try:
        written = statements(_made(asked))
    except BadInput as error:
        raise from_library(error, "framework") from None
    return format_turtle("".join(f"{s} {p} {o} .\n" for s, p, o in written), "the assessment")


def _made(asked: Asked) -> Assessment:
    request: AssessmentRequest = asked.body
    scheme = request.framework if "/" in request.framework else f"scheme/{request.framework}"
    framework, policy = asked.resolve(scheme, "framework"), asked.resolve(request.policy, "policy")
    creator = asked.resolve(request.by, "by") if request.by else PROJECT
    try:
        given = _answers(choices(asked.reader, framework), request.answers)
        return assess(
            asked.reader, policy, framework, given, creator=creator, created=_day(request.on), remarks=request.remarks
        )
    except BadInput as error:
        raise from_library(error) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else datetime.now(UTC).date()
    except ValueError:
        raise ApiError("cannot-be-answered", f"There is no day {text}.", parameter="on") from None


def _answers(offered: Choices, given: Sequence[AnswerGiven]) -> list[Answer]:
    items = {to_answer(item.iri): item.iri for item in offered.items}
    values = {to_answer(value): value for value in offered.values}
    return [
        Answer(
            _known(items, answer.item, f"answers[{n}].item"),
            _known(values, answer.value, f"answers[{n}].value"),
            answer.reason,
        )
        for n, answer in enumerate(given)
    ]


def _known(offered: Mapping[str, str], name: str, at: str) -> str:
    """The address of an item or value, which may be told by its last part or by its address."""
    if name in offered:
        return offered[name]
    if name in offered.values():
        return name
    told = f"“{name}” is not one of what this framework asks or takes."
    raise ApiError("cannot-be-answered", told, parameter=at, known=list(offered))


def follows(finding: Finding) -> Follows:
    """An answer as given, or something that follows."""
    return Follows(
        kind=finding.kind,
        answered=finding.kind in (*ANSWERS, "unanswered"),
        thing=ref(finding.thing, finding.label),
        sentence=finding.sentence,
        claims=tuple(Said(Iri(c), words) for c, words in zip(finding.claims, finding.words, strict=True)),
        standing=mark(Standing.of(thing("link-basis", finding.standing))) if finding.standing else None,
    )


def _honesty(found: Sequence[Follows]) -> Honesty:
    standings = [follows.standing for follows in found if follows.standing]
    return Honesty(weakest(standings), sum(s.inferred for s in standings), 0, 0, _NOTE)
