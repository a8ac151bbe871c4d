"""An assessment: who looked at which policy by which framework, and what they answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.assessment.instruments import instrument
from kg.assessment.matrix import AXES, rated, scale
from kg.errors import BadInput
from kg.namespaces import local_of, slug_of, thing
from kg.queries import list_of, members
from kg.store import Reader

DRAFT = thing("review-status", "draft")
UNKNOWN = thing("answer", "unknown")


@dataclass(frozen=True)
class Answer:
    """One answer.

    Attributes:
        element: address of the member answered; for a matrix, of the axis: `gap:ambiguity` or `gap:conflict`.
        value: address in the scheme `answer`; for a matrix in the scheme `level`, or `answer/unknown`.
        rationale: what the answer rests on, in English. A question is answered by it.
    """

    element: str
    value: str
    rationale: str = ""


@dataclass(frozen=True)
class Rating:
    """An answer as it is recorded: always one member of the framework, met, partly met, not met or unknown.

    Attributes:
        element: address of the member.
        value: address in the scheme `answer`.
        rationales: the reasons; for a matrix, one line for each axis answered.
    """

    element: str
    value: str
    rationales: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assessment:
    """The use of one framework on one policy by someone on some day.

    Attributes:
        iri: its address.
        policy, framework: addresses of what is looked at and through what.
        kind: slug of the framework's kind.
        answers: as they were given, in the framework's order.
        ratings: as they are recorded.
        creator: address of a person or body.
        created: the day.
        remarks: on the assessment as a whole.
        status: address in the scheme `review-status`.
    """

    iri: str
    policy: str
    framework: str
    kind: str
    answers: tuple[Answer, ...]
    ratings: tuple[Rating, ...]
    creator: str
    created: date
    remarks: str = ""
    status: str = DRAFT

    @property
    def by_element(self) -> dict[str, Answer]:
        """The answers by what they answer."""
        return {a.element: a for a in self.answers}


def assess(
    reader: Reader,
    policy: str,
    framework: str,
    answers: Sequence[Answer],
    *,
    creator: str,
    created: date,
    remarks: str = "",
    slug: str = "",
) -> Assessment:
    """Assess a policy by a framework; nothing is stored.

    Args:
        reader: the graph that holds both.
        policy, framework: their addresses.
        answers: at most one for each member (or axis); what is left out stays unanswered.
        creator: address of who answers.
        created: the day.
        remarks: on the assessment as a whole, in English.
        slug: of its address; by default made of policy, framework, who and when.

    Raises:
        BadInput: there is no such policy or framework, an answer is for something outside the framework or given
            twice, a value is not on the scale, a question is answered without words, or the framework is an
            argument, which is not applied.
    """
    if policy not in {row.thing for row in list_of(reader, "Policy")}:
        raise BadInput(f"There is no policy “{local_of(policy)}” here.")
    made = apply(reader, framework, answers)
    name = slug or "-".join((slug_of(policy), slug_of(framework), slug_of(creator), f"{created:%Y%m%d}"))
    iri = thing("assessment", name)
    return replace(made, iri=iri, policy=policy, creator=creator, created=created, remarks=remarks.strip())


def apply(reader: Reader, framework: str, answers: Sequence[Answer]) -> Assessment:
    """Apply a framework to a policy that is not in the base: findings follow, but there is nothing to save.

    Args:
        reader: the graph that holds the framework.
        framework: its address.
        answers: at most one for each member (or axis).

    Raises:
        BadInput: as `assess`, but for the policy.
    """
    kind = instrument(reader, framework).kind
    given = _in_order(reader, framework, kind, answers)
    ratings = _recorded(reader, framework, kind, given)
    return Assessment("", "", framework, kind, given, ratings, creator="", created=date.min)


def elements(reader: Reader, framework: str, kind: str) -> dict[str, str]:
    """What is to be answered, in order, with its name: the axes of a matrix, else the members.

    An argument is not applied (§6.1), so nothing of it is to be answered.
    """
    if kind == "argument":
        return {}
    if kind == "matrix":
        return AXES
    return {m.member: m.label for m in members(reader, framework)}


@dataclass(frozen=True)
class Item:
    """Something to be answered: a member of a framework, or an axis of a matrix."""

    iri: str
    label: str


@dataclass(frozen=True)
class Choices:
    """What a framework asks and what may be answered: addresses of the values, with their names."""

    items: tuple[Item, ...]
    values: dict[str, str]


def choices(reader: Reader, framework: str) -> Choices:
    """What is to be answered by whoever applies a framework; nothing where it is an argument.

    Raises:
        BadInput: there is no such framework.
    """
    kind = instrument(reader, framework).kind
    items = tuple(Item(iri, label) for iri, label in elements(reader, framework, kind).items())
    return Choices(items, scale(reader, matrix=kind == "matrix"))


def to_answer(iri: str) -> str:
    """What to type for an item or a value: the last part of its address."""
    return slug_of(local_of(iri)).rpartition("/")[2]


def _in_order(reader: Reader, framework: str, kind: str, answers: Sequence[Answer]) -> tuple[Answer, ...]:
    allowed = list(elements(reader, framework, kind))
    if kind == "argument" and answers:
        raise BadInput(f"“{local_of(framework)}” is an argument: it can be read, but not applied to a policy.")
    values = scale(reader, matrix=kind == "matrix")
    for element, times in Counter(a.element for a in answers).items():
        if times > 1:
            raise BadInput(f"“{local_of(element)}” is answered {times} times.")
    for answer in answers:
        _check(answer, framework, kind, allowed, values)
    tidy = [replace(a, rationale=a.rationale.strip()) for a in answers]
    return tuple(sorted(tidy, key=lambda a: allowed.index(a.element)))


def _check(answer: Answer, framework: str, kind: str, allowed: Sequence[str], values: dict[str, str]) -> None:
    name = local_of(answer.element)
    if answer.element not in allowed:
        raise BadInput(f"“{name}” is not in the framework “{local_of(framework)}”.")
    if answer.value not in values:
        raise BadInput(f"“{local_of(answer.value)}” is no answer for “{name}”: choose {', '.join(values.values())}.")
    if kind == "questions" and answer.value != UNKNOWN and not answer.rationale.strip():
        raise BadInput(f"“{name}” is a question: answer it in words.")


def _recorded(reader: Reader, framework: str, kind: str, answers: Sequence[Answer]) -> tuple[Rating, ...]:
    if kind == "matrix":
        given = [(a.element, a.value, a.rationale) for a in answers]
        return tuple(Rating(*row) for row in rated(reader, framework, given))
    return tuple(Rating(a.element, a.value, (a.rationale,) if a.rationale else ()) for a in answers)
