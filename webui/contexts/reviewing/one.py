"""One contribution: what it changes, what stands against it, what was said, what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.contributions import OPEN, Wording, as_turtle, in_words, statements
from kg.errors import BadInput
from kg.namespaces import slug_of
from webui.addresses import href as thing_href
from webui.addresses import is_ours
from webui.base import Opened
from webui.contexts.fields import Fault, Field, fault_of
from webui.contexts.page import Link, Page, crumbs, frame
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
from webui.words import many

if TYPE_CHECKING:
    from kg.contributions import Batch, Contribution, Event, Person, Said, Trial
    from kg.errors import Meanwhile, Violation

_MOST = 100
"""So many things are told in words; the others stand in the RDF."""
_LONGEST_RDF = 200_000


@dataclass(frozen=True)
class StatementLine:
    """A statement in words; `sign` says whether it is added or removed."""

    sign: str
    about: str
    value: Link


@dataclass(frozen=True)
class ThingLine:
    """What is changed of one thing."""

    link: Link
    fate: str
    sentence: str
    lines: tuple[StatementLine, ...]


@dataclass(frozen=True)
class Problem:
    """Something that stands against a contribution, or is worth a look."""

    text: str
    mend: str
    thing: str


@dataclass(frozen=True)
class Before:
    """A statement that somebody else changed first, what stands there now, and the revision that changed it."""

    wanted: str
    now: tuple[str, ...]
    revision: Link | None


@dataclass(frozen=True)
class Moment:
    """Something that was done with a contribution."""

    what: str
    who: str
    at: str
    text: str


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
    buttons = _with_needs(_buttons(row, events, who, batch), needs)
    if trial and not trial.passes:
        buttons = tuple(button for button in buttons if button.name not in ("accept", WITH, "look"))
    return OnePage(
        **frame(
            opened, row.title, eyebrow=KINDS[row.kind], title=f"{KINDS[row.kind]}: {row.title}",
            crumbs=crumbs(up, Link(row.title, "", True)),
        ),
        done=done,
        faults=faults,
        state=state_words(row),
        mark=row.state,
        contested=row.contested,
        facts=tuple(_facts(opened, row)),
        interest=row.interest,
        **_changes(opened, row, needs),
        **_checks(opened, trial),
        moments=tuple(map(_moment, events)),
        action=href(row.id) if buttons else "",
        version=row.version,
        saying=said_field(text, _hint(own), faults),
        buttons=buttons,
        needs=tuple(_needed(one, own) for one in needs),
        needs_told=_needs_told(needs),
        edit=edit_href(row) if row.state in OPEN and own else "",
        onward=_onward(row) if row.state in OPEN and own else "",
        sample=batch_href(row.batch) if batch and any(one.id == row.id for one in batch.sample) else "",
    )  # fmt: skip


def said_field(text: str, hint: str, faults: tuple[Fault, ...]) -> Field:
    """The field for what somebody says to a decision."""
    return Field("text", "What you say to it", text, "words", hint, fault=fault_of(faults, "text"), most=10_000)


def _facts(opened: Opened, row: Contribution) -> Iterable[tuple[str, Link]]:
    yield "Made by", Link(row.author.name, "")
    yield "Begun", Link(time_of(row.created), "")
    if row.submitted:
        yield "Handed in", Link(time_of(row.submitted), "")
    if row.source:
        called = opened.reader and _name(opened, row.source)
        yield "Source", Link(called, thing_href(row.source))
    if row.batch:
        yield "Came with", Link(f"Batch {row.batch[:8]}", batch_href(row.batch))
    if row.revision:
        yield "Accepted in", Link(f"Revision {row.revision}", f"/id/revision/{row.revision}")
    elif row.base:
        yield "Written on", Link(f"Revision {row.base}", f"/id/revision/{row.base}")


def _onward(row: Contribution) -> str:
    return f"/contribute/claim?source={slug_of(row.source)}" if row.kind == "source" and row.source else ""


def _name(opened: Opened, iri: str) -> str:
    from kg.queries import names

    return names(opened.reader, [iri]).get(iri, iri)


WITH = "accept-with"
"""The button that accepts a contribution together with those it cannot do without."""


def _waits(row: Contribution) -> bool:
    return row.state == "submitted" and not row.contested and not row.accepting


def _with_needs(buttons: tuple[Action, ...], needs: Sequence[Contribution]) -> tuple[Action, ...]:
    """What can be done where others have to go in first: all of them together, or nothing of it."""
    if not needs:
        return buttons
    together = Action(WITH, "Accept it with what it needs", True)
    kept = (together if button.name == "accept" else button for button in buttons)
    return tuple(one for one in kept if all(map(_waits, needs)) or one.name not in (WITH, "look"))


def _needed(row: Contribution, own: bool) -> Needed:
    seen = own or row.submitted is not None
    return Needed(Link(row.title, href(row.id) if seen else ""), state_words(row), f"{row.id}:{row.version}")


def _needs_told(needs: Sequence[Contribution]) -> str:
    if not needs:
        return ""
    told = "This refers to what its author has proposed and nobody has accepted yet."
    if all(map(_waits, needs)):
        return f"{told} It goes in after these, or together with them as one change; read them as well."
    return f"{told} It cannot go in before these are handed in, and free of disputes."


def _changes(opened: Opened, row: Contribution, needs: Sequence[Contribution]) -> dict[str, object]:
    try:
        told = in_words(row, opened.reader, needs)
        turtle = {"added": as_turtle(row.added)[:_LONGEST_RDF], "removed": as_turtle(row.removed)[:_LONGEST_RDF]}
    except BadInput as error:
        lost: dict[str, object] = {"things": (), "left_out": "", "unreadable": str(error), "added": "", "removed": ""}
        return lost | {"patch": _patch(row)}
    left = many(len(told) - _MOST, "more thing") if len(told) > _MOST else ""
    found: dict[str, object] = {"things": tuple(map(_thing, told[:_MOST])), "left_out": left, "unreadable": ""}
    return found | turtle | {"patch": _patch(row)}


def _patch(row: Contribution) -> str:
    lines = [*(f"D {line}" for line in row.removed.splitlines()), *(f"A {line}" for line in row.added.splitlines())]
    return "\n".join(line for line in lines if len(line) > 2)[:_LONGEST_RDF]


_FATES = {"added": "Added", "changed": "Changed", "taken out": "Taken out"}


def _thing(said: Said) -> ThingLine:
    lines = tuple(
        StatementLine("Added" if line.added else "Removed", line.about, _value(line.value, line.address))
        for line in said.lines
    )
    return ThingLine(_value(said.label, said.thing), _FATES[said.fate], said.sentence, lines)


def _value(words: str, address: str) -> Link:
    return Link(words, thing_href(address) if is_ours(address) else "")


def _checks(opened: Opened, trial: Trial | None) -> dict[str, object]:
    if trial is None:
        return {"checks": "", "refusals": (), "warnings": (), "overtaken": ()}
    if not trial.tried:
        told = "The base is too large to try this beforehand: the checks run when it is accepted."
    elif trial.passes:
        told = "The checks find nothing that speaks against taking this in."
    else:
        told = "It cannot be accepted as it is:"
    unreadable = (Problem(trial.unreadable, "", ""),) if trial.unreadable else ()
    refusals = (*unreadable, *map(_problem, trial.violations))
    warnings = tuple(map(_problem, trial.warnings))
    return {
        "checks": told,
        "refusals": refusals,
        "warnings": warnings,
        "overtaken": tuple(_before(opened, row) for row in trial.overtaken),
    }


def _before(opened: Opened, row: Meanwhile) -> Before:
    wanted = "".join(_in_words(opened, row.statement))
    revision = Link(f"Revision {row.revision}", f"/id/revision/{row.revision}") if row.revision else None
    return Before(wanted, tuple(words for text in row.now for words in _in_words(opened, text)), revision)


def _in_words(opened: Opened, statement: str) -> list[str]:
    quads = statements(f"{statement} .\n")
    lines = [wording.line(quad) for wording in [Wording(quads, (), opened.reader)] for quad in quads]
    return [f"{line.about}: {line.value}" for line in lines]


def _problem(row: Violation) -> Problem:
    return Problem(row.message, row.mend, row.thing)


def _moment(event: Event) -> Moment:
    return Moment(event.what, event.who.name, time_of(event.at), event.text)


def _hint(own: bool) -> str:
    if own:
        return "A remark for whoever reviews this. Plain text."
    return "Needed when you ask for changes, reject or dispute. The author reads it. Plain text."


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
