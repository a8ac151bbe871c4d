"""What requests to the JSON interface hold that have a body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST_WORDS = 200
_NO_NUL = r"^[^\u0000]*$"


def _text(least: int = 0, most: int = LONGEST_WORDS, **more: Any) -> Mapping[str, Any]:
    return {"minLength": least, "maxLength": most, "pattern": _NO_NUL, **more}


@dataclass(frozen=True)
class AnswerGiven:
    """One answer.

    Attributes:
        item: what is answered: an item of the framework's questions.
        value: the answer: a value of the framework's questions.
        reason: what the answer rests on; a question needs it.
    """

    item: str = field(metadata=_text(1))
    value: str = field(metadata=_text(1))
    reason: str = field(default="", metadata=_text(most=5000))


@dataclass(frozen=True)
class AssessmentRequest:
    """A policy to be looked at through a framework.

    Attributes:
        policy: name, slug, kind/slug or address of a policy.
        framework: slug, kind/slug or address of a framework.
        answers: the answers; what is left out stays unanswered.
        by: who answers: a person or body in the base; the project where not given.
        on: the day, as 2026-01-31; today where not given.
        remarks: on the assessment as a whole.
    """

    policy: str = field(metadata=_text(1))
    framework: str = field(metadata=_text(1))
    answers: tuple[AnswerGiven, ...] = field(metadata={"maxItems": 200})
    by: str = field(default="", metadata=_text())
    on: str = field(default="", metadata=_text(most=10, pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"))
    remarks: str = field(default="", metadata=_text(most=5000))
