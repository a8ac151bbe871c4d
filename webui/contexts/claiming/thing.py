"""The page on which a thing is proposed by itself: a cause, tactic, policy, outcome, framework or the like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.claiming import KINDS, Fault, first
from webui.base import Opened
from webui.contexts.claiming.fields import FieldView, Filled, field_view
from webui.contexts.claiming.finding import kit, near
from webui.contexts.claiming.form import Sitting, kind_label
from webui.contexts.fields import Option
from webui.contexts.page import Link, Page, crumbs, frame


@dataclass(frozen=True, kw_only=True)
class ThingFormPage(Page):
    """The form for a thing.

    Attributes:
        kind: of which kind; empty where that is to be chosen first.
        kinds: those that can be proposed.
        faults: what is wrong.
        warnings: what could be better.
        sitting: where it stands in the work.
        fields: what is asked.
        near: what comes near its name.
        sure: whether somebody said that it is none of these.
        doubted: why that must be said; empty where it need not.
        turtle: the same as statements; empty before it is looked at.
    """

    kind: str
    kinds: tuple[Link, ...]
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    sitting: Sitting
    fields: tuple[FieldView, ...]
    near: tuple[Option, ...]
    sure: bool
    doubted: str
    turtle: str


def thing_page(
    opened: Opened,
    kind: str,
    filled: Filled,
    sitting: Sitting,
    *,
    faults: Sequence[Fault] = (),
    warnings: Sequence[Fault] = (),
    turtle: str = "",
) -> ThingFormPage:
    """The form as it stands.

    Args:
        opened: the base.
        kind: which kind; empty where that is to be chosen first.
        filled: what stands in it.
        sitting: where it stands in the work.
        faults: what is wrong with it.
        warnings: what could be better.
        turtle: the same as statements.
    """
    heading = f"Propose: {kind_label(kind).lower()}" if kind else "Propose something new"
    asked = kit(opened).things.get(kind)
    way = crumbs(Link("Your contributions", "/contributions"), Link(heading, "", True))
    name = first(filled.typed, asked.name.key) if asked else ""
    return ThingFormPage(
        **frame(opened, heading, lead=asked.form.meaning if asked else _LEAD, crumbs=way),
        kind=kind,
        kinds=tuple(Link(kind_label(each), f"/contribute/thing?kind={each}", each == kind) for each in KINDS),
        faults=tuple(faults),
        warnings=tuple(warnings),
        sitting=sitting,
        fields=tuple(_fields(opened, kind, filled)) if asked else (),
        near=_near(opened, name, kind) if name else (),
        sure=bool(first(filled.typed, "sure")),
        doubted=filled.faults.get("sure", ""),
        turtle=turtle,
    )


_LEAD = "Most things come with the first claim about them. Here one can be proposed by itself."


def _fields(opened: Opened, kind: str, filled: Filled) -> list[FieldView]:
    asked = kit(opened).things[kind]
    views = [field_view(opened, field, filled) for field in asked.asked]
    if asked.kind.own_list:
        source = kit(opened).claim["assertedIn"]
        views.insert(2, field_view(opened, source, filled))
    return [replace(view, is_thing=False) if view.key in _ELSEWHERE else view for view in views]


_ELSEWHERE = ("hasLegalBasis",)
"""What stands elsewhere has an address that is typed; there is nothing to look up."""


def _near(opened: Opened, name: str, kind: str) -> tuple[Option, ...]:
    found = near(opened, name, KINDS[kind].folder or kind)
    return tuple(Option(one.value, one.label, f"{one.kind}. {one.meaning}"[:200], False, "") for one in found)
