"""Frameworks, their members, and what they ask of a policy."""

from __future__ import annotations

from kg.assessment import Choices, Instrument, choices, instruments, to_answer
from kg.namespaces import gap, local_of, slug_of, thing
from kg.queries import Fact, Member, facts, matrix_places, members
from webui.api.answers.asked import Asked
from webui.api.answers.parts import no_claims, ref
from webui.api.operations import ROOT
from webui.api.problems import ApiError
from webui.api.records import (
    FrameworkAnswer,
    FrameworkItem,
    FrameworksAnswer,
    Href,
    Iri,
    MemberLine,
    Place,
    Question,
    QuestionsAnswer,
    Ref,
    Value,
)


def frameworks_answer(asked: Asked) -> FrameworksAnswer:
    found = instruments(asked.reader)
    return FrameworksAnswer(
        revision=asked.opened.revision,
        honesty=no_claims(),
        **asked.paging(len(found)),
        items=tuple(map(_item, asked.part(found))),
    )


def framework_answer(asked: Asked) -> FrameworkAnswer:
    found = _find(asked)
    told = facts(asked.reader, found.framework)
    places = matrix_places(asked.reader, found.framework)
    return FrameworkAnswer(
        revision=asked.opened.revision,
        honesty=no_claims(),
        framework=_item(found),
        whose=_links(told, "originSource"),
        described_in=_links(told, "describedIn"),
        stated_count=_text(told, "statedCount"),
        complete=_text(told, "completeList"),
        members=tuple(map(_member, members(asked.reader, found.framework))),
        matrix=tuple(Place(Iri(p.member), p.ambiguity, p.conflict) for p in places),
        questions=Href(f"{ROOT}/frameworks/{slug_of(found.framework)}/questions"),
    )


def questions_answer(asked: Asked) -> QuestionsAnswer:
    found = _find(asked)
    offered: Choices = choices(asked.reader, found.framework)
    return QuestionsAnswer(
        revision=asked.opened.revision,
        honesty=no_claims(),
        framework=ref(found.framework, found.label),
        kind=found.kind,
        applied=found.kind != "argument",
        in_words=found.kind == "questions",
        items=tuple(Question(Iri(i.iri), i.label, to_answer(i.iri)) for i in offered.items),
        values=tuple(Value(Iri(iri), label, to_answer(iri)) for iri, label in offered.values.items()),
    )


def _find(asked: Asked) -> Instrument:
    iri = thing("scheme", asked.values["slug"])
    for found in instruments(asked.reader):
        if found.framework == iri:
            return found
    near = [slug_of(name) for name in asked.opened.search.nearest(asked.values["slug"], ("scheme",))]
    raise ApiError(
        "not-found", f"There is no framework “{local_of(iri)}” here.", parameter="slug",
        nearest=[name.removeprefix("scheme/") for name in near],
    )  # fmt: skip


def _item(found: Instrument) -> FrameworkItem:
    return FrameworkItem(
        iri=Iri(found.framework),
        label=found.label,
        definition=found.definition,
        kind=found.kind,
        note=found.note,
        members=found.members,
        step=found.step,
        condition=found.condition,
        href=Href(f"{ROOT}/frameworks/{slug_of(found.framework)}"),
    )


def _member(row: Member) -> MemberLine:
    return MemberLine(Iri(row.member), row.label, row.definition, row.position, row.claims)


def _links(told: list[Fact], name: str) -> tuple[Ref, ...]:
    return tuple(ref(fact.value, fact.valueLabel) for fact in told if fact.property == gap(name))


def _text(told: list[Fact], name: str) -> str:
    return next((fact.value for fact in told if fact.property == gap(name)), "")
