"""One contribution: what it changes, what stands against it, what was said, what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.contributions import OPEN
from kg.namespaces import slug_of
from kg.queries import names
from webui.addresses import href as thing_href
from webui.base import Opened
from webui.contexts.fields import Fault, Field
from webui.contexts.page import Link, Page, crumbs, frame
from webui.contexts.reviewing.changed import Before, Problem, ThingLine, changes, checks
from webui.contexts.reviewing.common import (
    KINDS,
    OWN,
    REVIEW,
    batch_href,
    edit_href,
    href,
    state_words,
    time_of,
)
from webui.contexts.reviewing.deciding import Action, Needed, buttons_of, hint_for, needed, needs_told, said_field

if TYPE_CHECKING:
    from kg.contributions import Batch, Contribution, Event, Person, Trial


@dataclass(frozen=True)
class Moment:
    """Something that was done with a contribution."""

    what: str
    who: str
    at: str
    text: str


@dataclass(frozen=True, kw_only=True)
class OnePage(Page):
    """One contribution.

    Attributes:
        done: what was just done, in a sentence.
        faults: what is wrong in what was sent.
        state, mark: how it stands, in words and as a name.
        contested: whether a reviewer disputes it.
        facts: who made it, when, about what.
        interest: the author's interest statement as it was when it was handed in.
        things: what it changes, thing by thing.
        left_out: how many more there are.
        unreadable: why it cannot be told; empty where it can.
        added, removed: the same as Turtle.
        patch: the same, statement by statement.
        checks: what came of trying it; `refusals`, `warnings` and `overtaken` say what stands against it.
        moments: what was done with it, oldest first.
        action: where the form is sent; empty where there is nothing to do for this person.
        version: the version at hand.
        saying: the field for what one says.
        buttons: what can be done.
        needs: what else its author has proposed and this refers to, and `needs_told` what that means.
        edit: where it is written in.
        onward: where its author makes a claim from it, before it is accepted.
        sample: where the batch is, while one looks at its sample.
    """

    done: str
    faults: tuple[Fault, ...]
    state: str
    mark: str
    contested: bool
    facts: tuple[tuple[str, Link], ...]
    interest: str
    things: tuple[ThingLine, ...]
    left_out: str
    unreadable: str
    added: str
    removed: str
    patch: str
    checks: str
    refusals: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    overtaken: tuple[Before, ...]
    moments: tuple[Moment, ...]
    action: str
    version: int
    saying: Field
    buttons: tuple[Action, ...]
    needs: tuple[Needed, ...]
    needs_told: str
    edit: str
    onward: str
    sample: str


def one_page(
    opened: Opened,
    row: Contribution,
    events: Sequence[Event],
    who: Person,
    trial: Trial | None,
    *,
    needs: Sequence[Contribution] = (),
    batch: Batch | None = None,
    done: str = "",
    text: str = "",
    faults: tuple[Fault, ...] = (),
) -> OnePage:
    """One contribution, for its author or a reviewer.

    Args:
        opened: the base.
        row: the contribution.
        events: what was done with it.
        who: who looks at it.
        trial: what came of trying it; None where it is not open.
        needs: what else its author has proposed and this refers to.
        batch: the batch it came with, for a reviewer.
        done: what was just done.
        text: what was typed.
        faults: what was wrong with that.
    """
    own = who.id == row.author.id
    up = Link("Your contributions", OWN) if own else Link("Review", REVIEW)
    crumb = crumbs(up, Link(row.title, "", True))
    buttons = buttons_of(row, events, who, trial, needs, batch)
    return OnePage(
        **frame(opened, row.title, eyebrow=KINDS[row.kind], title=f"{KINDS[row.kind]}: {row.title}", crumbs=crumb),
        **_as_it_stands(opened, row, events),
        **changes(opened, row, needs),
        **checks(opened, trial),
        **_ways_on(row, own, batch),
        done=done,
        faults=faults,
        action=href(row.id) if buttons else "",
        saying=said_field(text, hint_for(own), faults),
        buttons=buttons,
        needs=tuple(needed(one, own) for one in needs),
        needs_told=needs_told(needs),
    )


def _as_it_stands(opened: Opened, row: Contribution, events: Sequence[Event]) -> dict[str, Any]:
    return {
        "state": state_words(row),
        "mark": row.state,
        "contested": row.contested,
        "facts": tuple(_facts(opened, row)),
        "interest": row.interest,
        "moments": tuple(map(_moment, events)),
        "version": row.version,
    }


def _ways_on(row: Contribution, own: bool, batch: Batch | None) -> dict[str, str]:
    """Where its author goes on with it, and a reviewer with the sample of its batch."""
    mine = row.state in OPEN and own
    sampled = batch and any(one.id == row.id for one in batch.sample)
    return {
        "edit": edit_href(row) if mine else "",
        "onward": _onward(row) if mine else "",
        "sample": batch_href(row.batch) if sampled else "",
    }


def _facts(opened: Opened, row: Contribution) -> Iterable[tuple[str, Link]]:
    yield "Made by", Link(row.author.name, "")
    yield "Begun", Link(time_of(row.created), "")
    if row.submitted:
        yield "Handed in", Link(time_of(row.submitted), "")
    if row.source:
        called = names(opened.reader, [row.source]).get(row.source, row.source)
        yield "Source", Link(called, thing_href(row.source))
    if row.batch:
        yield "Came with", Link(f"Batch {row.batch[:8]}", batch_href(row.batch))
    if row.revision:
        yield "Accepted in", Link(f"Revision {row.revision}", f"/id/revision/{row.revision}")
    elif row.base:
        yield "Written on", Link(f"Revision {row.base}", f"/id/revision/{row.base}")


def _onward(row: Contribution) -> str:
    return f"/contribute/claim?source={slug_of(row.source)}" if row.kind == "source" and row.source else ""


def _moment(event: Event) -> Moment:
    return Moment(event.what, event.who.name, time_of(event.at), event.text)
