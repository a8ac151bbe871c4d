"""Between the desk's tables and what is handed out, and what may be written into them at all."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kg.contributions.model import KINDS, Contribution, Draft, Event, Person
from kg.contributions.tables import ContributionRow, EventRow
from kg.database import now
from kg.errors import BadInput, EditedMeanwhile, NotAllowed, NotFound, OutOfTurn

LONGEST_TITLE, LONGEST_TEXT = 300, 10_000
LARGEST_FORM, LARGEST_STATEMENTS = 1 << 20, 32 << 20
SAVED = "saved"


def fresh(session: Session, id: str, version: int | None = None) -> ContributionRow:
    """A row that nobody else changes before this session ends.

    Raises:
        NotFound: there is none of this id.
        EditedMeanwhile: it has another version than the one that was at hand.
    """
    row = kept(session, id, alone=True)
    if version is not None:
        refuse_stale(row, version)
    return row


def refuse_stale(row: ContributionRow, version: int, sent: object = None) -> None:
    """Refuse to go on from another version than the one that is kept.

    Raises:
        EditedMeanwhile: it is another; the error carries what is kept, so ask first whether it may be seen.
    """
    if row.version != version:
        raise EditedMeanwhile(contribution_of(row), sent)


def kept(session: Session, id: str, *, alone: bool = False) -> ContributionRow:
    """A row; `alone`: others wait until this session ends.

    Raises:
        NotFound: there is none of this id.
    """
    row = session.get(ContributionRow, id, with_for_update=True if alone else None)
    if row is None:
        raise NotFound(f"contribution {id[:40]}")
    return row


def contribution_of(row: ContributionRow) -> Contribution:
    """A row as it is handed out."""
    return Contribution(
        id=row.id,
        kind=row.kind,
        title=row.title,
        state=row.state,
        author=Person(row.author_id, row.author_name, row.author_agent),
        interest=row.interest,
        form=row.form,
        added=row.added,
        removed=row.removed,
        base=row.base,
        source=row.source,
        batch=row.batch,
        contested=row.contested,
        created=row.created,
        changed=row.changed,
        submitted=row.submitted,
        version=row.version,
        revision=row.revision,
        accepting=row.accepting,
    )


def event_of(row: EventRow) -> Event:
    """An event as it is handed out."""
    who = Person(row.who_id, row.who_name, row.who_agent, row.who_role)
    return Event(row.what, who, row.text, row.at, row.version, row.added, row.removed)


def new_row(draft: Draft, who: Person) -> ContributionRow:
    """A row for a draft that is saved for the first time."""
    row = ContributionRow(
        state="draft", author_id=who.id, author_name=who.name, author_agent=who.address, interest=who.interest
    )
    write(row, draft)
    return row


def write(row: ContributionRow, draft: Draft) -> None:
    """Put what was typed into a row.

    Raises:
        BadInput: it is too large, or of no kind.
    """
    _refuse_unfit(draft)
    row.kind, row.title, row.form = draft.kind, clean(draft.title, LONGEST_TITLE, "The title"), dict(draft.form)
    row.added, row.removed, row.base = clean(draft.added), clean(draft.removed), draft.base
    row.source, row.batch = clean(draft.source), draft.batch


def note(session: Session, row: ContributionRow, what: str, who: Person, text: str = "") -> EventRow:
    """Note what was done; saving a draft again and again makes one event, at the time of the last."""
    row.changed = now()
    if what == SAVED and (last := _last(session, row.id)) and (last.what, last.who_id) == (SAVED, who.id):
        last.at, last.version = row.changed, row.version
        return last
    event = EventRow(
        contribution_id=row.id, what=what, text=clean(text, LONGEST_TEXT, "What you say"), at=row.changed,
        version=row.version, who_id=who.id, who_name=who.name, who_agent=who.address, who_role=who.role,
    )  # fmt: skip
    session.add(event)
    return event


def move(session: Session, row: ContributionRow, state: str, what: str, who: Person, text: str = "") -> EventRow:
    """Bring a row into a state, and note that."""
    row.state = state
    row.version += 1
    return note(session, row, what, who, text)


def reviewable(session: Session, id: str, who: Person, version: int | None) -> ContributionRow:
    """A row that somebody may decide about: handed in, and written by others.

    Raises:
        NotFound, EditedMeanwhile: as in `fresh`.
        NotAllowed: it is not for this person to decide.
        OutOfTurn: there is nothing to decide.
    """
    row = fresh(session, id, version)
    refuse(not who.reviews, "Only reviewers decide about contributions.")
    wrote = writers(session, id)
    own = any(who.id == account or who.address == agent for account, agent in wrote)
    refuse(own, "You wrote this yourself, or in it: somebody else decides about it.")
    stop(row.state != "submitted" or bool(row.accepting), "This is not waiting to be decided.")
    return row


def refuse(wrong: bool, why: str) -> None:
    """Refuse what is for others to do.

    Raises:
        NotAllowed: with the reason.
    """
    if wrong:
        raise NotAllowed(why)


def stop(wrong: bool, why: str) -> None:
    """Refuse what cannot be done as things stand.

    Raises:
        OutOfTurn: with the reason.
    """
    if wrong:
        raise OutOfTurn(why)


def demand(text: str, what: str) -> None:
    """Make sure that something was said.

    Raises:
        BadInput: nothing was.
    """
    if not text.strip():
        raise BadInput(what)


def writers(session: Session, id: str) -> set[tuple[str, str]]:
    """Everybody who wrote in a contribution: their accounts and their addresses in the record."""
    wrote = select(EventRow.who_id, EventRow.who_agent).where(
        EventRow.contribution_id == id, EventRow.what.in_((SAVED, "submitted"))
    )
    row = session.get_one(ContributionRow, id)
    return {(row.author_id, row.author_agent), *((account, agent) for account, agent in session.execute(wrote))}


def clean(text: str, most: int | None = None, what: str = "") -> str:
    """A text as every database takes it.

    Raises:
        BadInput: it is too long.
    """
    if most is not None and len(text) > most:
        raise BadInput(f"{what} may have {most:,} characters; this has {len(text):,}.")
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _last(session: Session, id: str) -> EventRow | None:
    newest = select(EventRow).where(EventRow.contribution_id == id).order_by(EventRow.id.desc()).limit(1)
    return session.scalars(newest).first()


def _refuse_unfit(draft: Draft) -> None:
    if draft.kind not in KINDS:
        raise BadInput(f"“{draft.kind[:40]}” is no kind of contribution. Known: {', '.join(KINDS)}.")
    if not draft.title.strip():
        raise BadInput("A contribution needs a title: say in a line what it is.")
    if len(_text(draft.form)) > LARGEST_FORM:
        raise BadInput("This form is larger than can be kept.")
    if len(draft.added) + len(draft.removed) > LARGEST_STATEMENTS:
        raise BadInput("These are more statements than one contribution may hold. Divide it.")


def _text(form: Any) -> str:
    try:
        return json.dumps(dict(form), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise BadInput("What was typed cannot be kept as JSON.") from error
