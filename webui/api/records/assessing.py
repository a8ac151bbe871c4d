"""Frameworks, their questions, and assessments."""

from __future__ import annotations

from dataclasses import dataclass

from webui.api.records.common import Answer, Href, Iri, Paged, Ref, StandingMark


@dataclass(frozen=True)
class FrameworkItem:
    """A framework.

    Attributes:
        kind: what sort of framework: slug in the scheme framework-kind.
        note: the curator's note, with the rule where the text has one.
        members: how many members it has.
        step: its place in the set applied to one policy; 0 where it has none.
        condition: when that step applies; empty for always.
    """

    iri: Iri
    label: str
    definition: str
    kind: str
    note: str
    members: int
    step: int
    condition: str
    href: Href


@dataclass(frozen=True, kw_only=True)
class FrameworksAnswer(Paged):
    """The frameworks: first those applied to one policy, in order of use, then the others by name."""

    items: tuple[FrameworkItem, ...]


@dataclass(frozen=True)
class MemberLine:
    """A member of a framework.

    Attributes:
        position: its place in the source's order, from 1; 0 where the source gives no order.
        claims: how many claims are about it.
    """

    iri: Iri
    label: str
    definition: str
    position: int
    claims: int


@dataclass(frozen=True)
class Place:
    """The place of a type in a matrix."""

    member: Iri
    ambiguity: str
    conflict: str


@dataclass(frozen=True, kw_only=True)
class FrameworkAnswer(Answer):
    """A framework with its members in order.

    Attributes:
        whose: where it comes from.
        described_in: the documents that describe it.
        stated_count: how many members the document says it has; empty where it does not.
        complete: whether every member the document names is listed: yes, no, or empty.
        matrix: the places of its types, where it is a matrix.
        questions: what to answer when it is applied to a policy.
    """

    framework: FrameworkItem
    whose: tuple[Ref, ...]
    described_in: tuple[Ref, ...]
    stated_count: str
    complete: str
    members: tuple[MemberLine, ...]
    matrix: tuple[Place, ...]
    questions: Href


@dataclass(frozen=True)
class Question:
    """Something to be answered; `item` is what to send as the answer's item."""

    iri: Iri
    label: str
    item: str


@dataclass(frozen=True)
class Value:
    """A value that may be given; `value` is what to send."""

    iri: Iri
    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class QuestionsAnswer(Answer):
    """What a framework asks of a policy.

    Attributes:
        applied: false for an argument, which is read and not applied.
        in_words: whether each answer needs a reason in words.
    """

    framework: Ref
    kind: str
    applied: bool
    in_words: bool
    items: tuple[Question, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Said:
    """A claim and what it says."""

    iri: Iri
    gist: str


@dataclass(frozen=True)
class Follows:
    """An answer as given, or something that follows from the answers.

    Attributes:
        kind: `met`, `partly-met`, `not-met`, `unknown`, `low`, `high`: an answer; `unanswered`; else what follows.
        answered: whether it only repeats what was answered.
        thing: what it is about.
        sentence: it in words.
        claims: the claims it rests on; none for an answer.
        standing: the weakest standing of these claims; null without claims.
    """

    kind: str
    answered: bool
    thing: Ref
    sentence: str
    claims: tuple[Said, ...]
    standing: StandingMark | None


@dataclass(frozen=True, kw_only=True)
class AssessmentAnswer(Answer):
    """A policy looked at through a framework. It is somebody's judgement and no finding about the policy.

    Attributes:
        stored: always false: nothing is kept.
        on: the day.
    """

    policy: Ref
    framework: Ref
    kind: str
    by: Ref
    on: str
    remarks: str
    stored: bool
    findings: tuple[Follows, ...]
