"""What can be done with a contribution, by whom, and what it needs before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.contributions import OPEN
from webui.contexts.fields import Fault, Field, fault_of
from webui.contexts.page import Link
from webui.contexts.reviewing.common import (
    href,
    state_words,
)

if TYPE_CHECKING:
    from kg.contributions import Batch, Contribution, Event, Person, Trial


WITH = "accept-with"
"""The button that accepts a contribution together with those it cannot do without."""


@dataclass(frozen=True)
class Action:
    """A button.

    Attributes:
        name: what it does, as it is sent.
        label: what stands on it.
        first: whether it is the one that most want.
    """

    name: str
    label: str
    first: bool = False


@dataclass(frozen=True)
class Needed:
    """A contribution that has to go in before another, or with it.

    Attributes:
        link: to it, where this person may see it.
        state: how it stands.
        read: its id and version, as the form sends them back.
    """

    link: Link
    state: str
    read: str


def buttons_of(
    row: Contribution,
    events: Sequence[Event],
    who: Person,
    trial: Trial | None,
    needs: Sequence[Contribution],
    batch: Batch | None,
) -> tuple[Action, ...]:
    """What somebody can do with a contribution as it stands; nothing that would take it in where checks refuse it."""
    buttons = _with_needs(_buttons(row, events, who, batch), needs)
    if trial and not trial.passes:
        return tuple(button for button in buttons if button.name not in ("accept", WITH, "look"))
    return buttons


def _buttons(row: Contribution, events: Sequence[Event], who: Person, batch: Batch | None) -> tuple[Action, ...]:
    if row.accepting:
        return ()
    if who.id == row.author.id:
        return (*_of_author(row), Action("comment", "Add a remark"))
    wrote = {event.who.id for event in events if event.what == "saved"}
    decide = _of_reviewer(row, events, who, batch) if who.reviews and who.id not in wrote else ()
    return (*decide, Action("comment", "Add a remark"))


def _of_author(row: Contribution) -> Iterable[Action]:
    if row.state in ("draft", "changes-asked"):
        yield Action("submit", "Hand in for review", True)
    if row.state in OPEN:
        yield Action("give-up", "Give up")
    if row.state in ("rejected", "given-up"):
        yield Action("take-up", "Take up again", True)


def _of_reviewer(row: Contribution, events: Sequence[Event], who: Person, batch: Batch | None) -> Iterable[Action]:
    if row.state == "rejected":
        yield Action("take-up", "Take up again", True)
    if row.state != "submitted":
        return
    if batch and any(one.id == row.id and not one.looked for one in batch.sample):
        yield Action("look", "This one is right", True)
    if not row.contested:
        yield Action("accept", "Accept", True)
    yield Action("ask", "Ask for changes")
    yield Action("reject", "Reject")
    raised = {event.who.id for event in events if event.what == "disputed"}
    if not row.contested:
        yield Action("dispute", "Dispute")
    elif who.id in raised or who.role == "administrator":
        yield Action("settle", "Settle the dispute")


def _with_needs(buttons: tuple[Action, ...], needs: Sequence[Contribution]) -> tuple[Action, ...]:
    """What can be done where others have to go in first: all of them together, or nothing of it."""
    if not needs:
        return buttons
    together = Action(WITH, "Accept it with what it needs", True)
    kept = (together if button.name == "accept" else button for button in buttons)
    return tuple(one for one in kept if all(map(_waits, needs)) or one.name not in (WITH, "look"))


def _waits(row: Contribution) -> bool:
    return row.state == "submitted" and not row.contested and not row.accepting


def needed(row: Contribution, own: bool) -> Needed:
    """One that has to go in before, with the way to it where this person may see it."""
    seen = own or row.submitted is not None
    return Needed(Link(row.title, href(row.id) if seen else ""), state_words(row), f"{row.id}:{row.version}")


def needs_told(needs: Sequence[Contribution]) -> str:
    """What it means that others have to go in before."""
    if not needs:
        return ""
    told = "This refers to what its author has proposed and nobody has accepted yet."
    if all(map(_waits, needs)):
        return f"{told} It goes in after these, or together with them as one change; read them as well."
    return f"{told} It cannot go in before these are handed in, and free of disputes."


def said_field(text: str, hint: str, faults: tuple[Fault, ...]) -> Field:
    """The field for what somebody says to a decision."""
    return Field("text", "What you say to it", text, "words", hint, fault=fault_of(faults, "text"), most=10_000)


def hint_for(own: bool) -> str:
    """What is said beside that field to the author, or to a reviewer."""
    if own:
        return "A remark for whoever reviews this. Plain text."
    return "Needed when you ask for changes, reject or dispute. The author reads it. Plain text."
