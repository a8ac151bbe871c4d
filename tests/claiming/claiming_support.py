"""A claim as somebody types it, over the seed data."""

from __future__ import annotations

from datetime import date
from functools import cache

from kg.claiming import Curator, Fault, Kit, Proposal, check_proposal, claim_form, propose, thing_forms
from kg.namespaces import thing
from tests.data_support import whole

CURATOR = Curator(thing("agent", "first-reader"), "First reader")
DAY = date(2026, 11, 22)
MINIMAL = {
    "claimSubject": "tactic/action-research",
    "claimPredicate": "leadsTo",
    "claimObject": "outcome/policy-drift",
    "gist": "Routine action research may slow the drift of a policy.",
    "stance": "supports",
    "force": "asserts",
    "assertedIn": "source/gold-2017",
    "locator": "p. 4",
    "claimBasis": "uncited-argument",
    "linkBasis": "as-stated",
}


@cache
def kit() -> Kit:
    reader = whole()
    return Kit(reader, claim_form(reader), thing_forms(reader))


def typed(**more: str | tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The minimal claim with other or further values; an empty text leaves the field out. `__` stands for a dot."""
    given = MINIMAL | {key.replace("__", "."): value for key, value in more.items()}
    return {key: value if isinstance(value, tuple) else (value,) for key, value in given.items() if value}


def proposed(**more: str | tuple[str, ...]) -> Proposal:
    return propose(kit(), typed(**more), CURATOR, DAY)


def refused(**more: str | tuple[str, ...]) -> dict[str, str]:
    """What is wrong, by field."""
    return by_field(check_proposal(kit(), proposed(**more))[0])


def warned(**more: str | tuple[str, ...]) -> dict[str, str]:
    """What is worth another look, by field."""
    return by_field(check_proposal(kit(), proposed(**more))[1])


def by_field(faults: list[Fault]) -> dict[str, str]:
    return {fault.field: str(fault) for fault in faults}
