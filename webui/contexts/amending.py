"""The forms that amend what is recorded: undoing a revision, withdrawing a thing.

Each shows what it would do and what stands in its way before anything is handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.history import Obstacle, Undoing, told_apart
from kg.namespaces import local_of
from kg.queries import gists, names
from kg.withdrawing import Referring
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.differences import ChangedThing, changed_things, property_name
from webui.contexts.fields import Fault, Field, fault_of
from webui.contexts.page import Link, Page, crumbs, frame
from webui.contexts.things import Thing
from webui.words import many

_MOST = 60


@dataclass(frozen=True)
class InTheWay:
    """Something that was changed again since."""

    thing: Link
    property: str
    now: str
    revisions: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class AmendPage(Page):
    """A form that amends something.

    Attributes:
        action: where it is sent.
        faults: what is wrong in it.
        obstacles: what stands in the way; the form is shown where there is nothing.
        fields: what is typed.
        along: the words beside the box that withdraws what leans on the thing; empty where nothing does.
        along_chosen: whether it is ticked.
        leaning, referring: what cannot stand without the thing, and what else names it.
        things: what would be changed.
        count: how many things these are.
        button: what the button says.
    """

    action: str
    faults: tuple[Fault, ...]
    obstacles: tuple[InTheWay, ...]
    fields: tuple[Field, ...]
    along: str
    along_chosen: bool
    leaning: tuple[Link, ...]
    referring: tuple[Link, ...]
    things: tuple[ChangedThing, ...]
    count: str
    button: str


def undo_page(
    opened: Opened, number: int, iri: str, found: Undoing, why: str, faults: Sequence[Fault] = ()
) -> AmendPage:
    """The form that undoes a revision, wholly or for one thing."""
    what = f"revision {number}" + (f" for {local_of(iri)}" if iri else "")
    differences = told_apart(found.removed, found.added)
    nothing = () if differences or found.obstacles else (Fault("", "All of this was undone already."),)
    return AmendPage(
        **_frame(opened, f"Undo {what}", Link(f"Revision {number}", f"/revision/{number}")),
        action=f"/undo?revision={number}" + (f"&thing={local_of(iri)}" if iri else ""),
        faults=(*faults, *nothing),
        obstacles=_in_the_way(opened, found.obstacles),
        fields=(_reason(why, faults, "Why should it be undone?"),) if differences else (),
        along="",
        along_chosen=False,
        leaning=(),
        referring=(),
        things=changed_things(opened, differences[:_MOST]),
        count=many(len(differences), "entry", "entries"),
        button="Hand in for review",
    )


def withdraw_page(
    opened: Opened,
    item: Thing,
    leaning: Sequence[str],
    referring: Sequence[Referring],
    typed: Mapping[str, str],
    faults: Sequence[Fault] = (),
) -> AmendPage:
    """The form that withdraws a thing, with what leans on it told before."""
    others = [row.iri for row in referring if row.iri not in leaning]
    called = _called(opened, [*leaning, *others[:_MOST]])
    hint = "As it stands in its address, such as claim/name or tactic/name. Leave it empty where nothing does."
    instead = Field("instead", "What stands in its place", typed.get("instead", ""), hint=hint)
    claims = many(len(leaning), "claim that cannot stand without it", "claims that cannot stand without it")
    return AmendPage(
        **_frame(opened, f"Withdraw: {item.label}", Link(item.label, href(item.iri))),
        action=f"/withdraw/{local_of(item.iri)}",
        faults=tuple(faults),
        obstacles=(),
        fields=(_reason(typed.get("why", ""), faults, "Why is it withdrawn?"), instead),
        along=f"Withdraw the {claims} as well" if leaning else "",
        along_chosen=bool(typed.get("along")),
        leaning=tuple(Link(called.get(iri) or short(iri), href(iri)) for iri in leaning),
        referring=tuple(Link(called.get(iri) or short(iri), href(iri)) for iri in others[:_MOST]),
        things=(),
        count="",
        button="Hand in for review",
    )


def _frame(opened: Opened, heading: str, way: Link) -> dict[str, object]:
    lead = "Nothing changes before somebody else has looked at it. What is recorded now stays readable in its history."
    return frame(opened, heading, lead=lead, crumbs=crumbs(way, Link(heading, "", True)))


def _reason(why: str, faults: Iterable[Fault], label: str) -> Field:
    hint = "A sentence or two. It stays on record for everybody to read."
    return Field("why", label, why, "words", hint, fault=fault_of(faults, "why"), required=True, most=2000)


def _in_the_way(opened: Opened, obstacles: Sequence[Obstacle]) -> tuple[InTheWay, ...]:
    called = _called(opened, sorted({iri for found in obstacles for iri in (found.thing, found.property)}))
    return tuple(
        InTheWay(
            Link(called.get(found.thing) or short(found.thing), href(found.thing)),
            property_name(found.property, called),
            ", ".join(found.now) or "nothing",
            tuple(Link(f"revision {number}", f"/revision/{number}") for number in found.revisions),
        )
        for found in obstacles[:_MOST]
    )


def _called(opened: Opened, iris: Sequence[str]) -> dict[str, str]:
    return names(opened.reader, list(iris)) | gists(opened.reader, list(iris))
