"""A diagnosis as somebody makes it: a policy in their words, and their answers, step by step. Nothing of it is kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.errors import BadInput

LONGEST_NAME, LONGEST_SENTENCE, LONGEST_ANSWER = 120, 300, 300
"""Characters; all together must fit an address (`kg.diagnosis.address`)."""
Given = Mapping[str, Mapping[str, str]]
"""By the name of a step: what was answered, by address, and the answer: a value of the step, or words."""

_UNSEEN = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of text: they could make a brief read otherwise than it was written."""


@dataclass(frozen=True)
class Policy:
    """A policy, by name or out of the base.

    Attributes:
        slug: of a policy in the base; empty for one's own.
        name: its name; empty for one of the base's.
        level: slug in the scheme `policy-level`; may be empty.
        sentence: what it is to bring about, or what worries one about it; may be empty.
    """

    slug: str = ""
    name: str = ""
    level: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Diagnosis:
    """A policy and what was answered about it so far."""

    policy: Policy = Policy()
    given: Given = field(default_factory=dict)

    def answers(self, step: str) -> Mapping[str, str]:
        """What was answered in a step."""
        return self.given.get(step, {})

    def answered(self, step: str, answers: Mapping[str, str]) -> Diagnosis:
        """The same with these answers in a step."""
        given = {name: found for name, found in self.given.items() if name != step}
        return Diagnosis(self.policy, given | {step: dict(answers)} if answers else given)


def clean(text: str, most: int, what: str) -> str:
    """One line of text without characters that cannot be seen or would turn the line round.

    Args:
        text: as it was typed.
        most: how many characters it may have.
        what: how the field is called, for the error.

    Raises:
        BadInput: it is longer.
    """
    plain = unicodedata.normalize("NFC", text)
    kept = "".join(" " if unicodedata.category(c) in _UNSEEN else c for c in plain if c not in _TURNING)
    line = " ".join(kept.split())
    if len(line) > most:
        raise BadInput(f"{what} may have {most} characters; this has {len(line)}. Shorten it.")
    return line
