"""The frameworks in the order in which they are put to use on one policy."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import BadInput
from kg.namespaces import local_of, slug_of
from kg.queries import frameworks
from kg.store import Reader


@dataclass(frozen=True)
class Instrument:
    """A framework and when to use it.

    Attributes:
        framework: its address.
        label, definition: its name and what it is.
        kind: slug in the scheme `framework-kind`.
        note: the curator's note, which tells the rule of a checklist where the text has one.
        members: how many members it has.
        step: its place in the applied set, from 1; 0 for the frameworks that the set does not name.
        condition: when this step applies; empty for always.
    """

    framework: str
    label: str
    definition: str
    kind: str
    note: str
    members: int
    step: int
    condition: str


_SET: tuple[tuple[int, str, str], ...] = (
    (1, "matland-type", ""),
    (2, "australian-criterion", ""),
    (2, "australian-plan-domain", "if one or more of the criteria are met"),
    (3, "failure-cause", ""),
    (3, "overoptimism-factor", "if overly optimistic expectations are a cause"),
    (4, "support-phase", ""),
    (4, "tactic", "those of the phase reached"),
    (5, "compliance-barrier", ""),
    (6, "ifg-recommendation", "if there is a delivery unit"),
    (6, "education-unit-lesson", "if there is a delivery unit"),
    (7, "support-purpose", ""),
    (8, "review-question", ""),
    (9, "support-program-criterion", ""),
)
"""Applied set for one policy, in order of use. Source: ontology-model.md §6.1, last paragraph."""


def instruments(reader: Reader) -> list[Instrument]:
    """All frameworks: the applied set in its order of use, then the others by name."""
    places = {slug: (number, step, when) for number, (step, slug, when) in enumerate(_SET)}
    last = (len(_SET), 0, "")
    found = sorted(frameworks(reader), key=lambda f: places.get(slug_of(f.framework), last)[0])
    return [
        Instrument(
            f.framework, f.label, f.definition, slug_of(f.kind), f.note, f.members,
            *places.get(slug_of(f.framework), last)[1:],
        )
        for f in found
    ]  # fmt: skip


def instrument(reader: Reader, framework: str) -> Instrument:
    """One framework as an instrument.

    Raises:
        BadInput: there is no such framework.
    """
    for found in instruments(reader):
        if found.framework == framework:
            return found
    raise BadInput(f"There is no framework “{local_of(framework)}” here.")
