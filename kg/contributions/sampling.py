"""Accepting a whole batch after a random sample of it was looked at one by one, and none of it refused."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from kg.contributions.model import CHANGES_ASKED, REJECTED, SUBMITTED, Batch, Person, Sampled, sample_size
from kg.contributions.records import note, refuse, reviewable, stop, writers
from kg.contributions.tables import ContributionRow, EventRow
from kg.errors import NotFound

DRAWN, LOOKED = "drawn for the sample", "found right"


def batch_of(session: Session, batch: str, who: Person) -> Batch:
    """How far a batch has come for a reviewer.

    Raises:
        NotFound: there is none of this id.
    """
    rows = _rows(session, batch)
    first, drawn = rows[0], _marked(session, batch, DRAWN)
    looked = {(id, version) for id, version, account in _marked(session, batch, LOOKED) if account == who.id}
    mine = {id for id, _, account in drawn if account == who.id}
    refused = {id for id, _, _ in drawn} & {row.id for row in rows if row.state in (REJECTED, CHANGES_ASKED)}
    waiting = [row for row in rows if _waits(row)]
    sample = [row for row in waiting if row.id in mine]
    return Batch(
        id=batch,
        author=Person(first.author_id, first.author_name, first.author_agent),
        total=len(rows),
        waiting=len(waiting),
        needed=sample_size(len(waiting)),
        sample=tuple(Sampled(row.id, row.title, row.version, (row.id, row.version) in looked) for row in sample),
        refused=tuple(sorted(refused)),
        own=_wrote(who, {(row.author_id, row.author_agent) for row in rows}),
    )


def draw(session: Session, batch: str, who: Person) -> None:
    """Draw a sample for a reviewer at random, or what is missing of it.

    Raises:
        NotFound, NotAllowed: there is no such batch, or this person does not review it.
    """
    found = batch_of(session, batch, who)
    refuse(not who.reviews, "Only reviewers decide about contributions.")
    refuse(found.own, "You wrote this yourself: somebody else decides about it.")
    there = {one.id for one in found.sample}
    others = [row for row in _rows(session, batch) if _waits(row) and row.id not in there]
    missing = max(0, found.needed - len(there))
    for row in secrets.SystemRandom().sample(others, min(missing, len(others))):
        note(session, row, DRAWN, who)


def look(session: Session, id: str, who: Person, version: int) -> None:
    """Note that a reviewer looked at a contribution and found it right."""
    note(session, reviewable(session, id, who, version), LOOKED, who)


def ready_rows(session: Session, batch: str, who: Person) -> list[ContributionRow]:
    """The rows of a batch that may be accepted at once.

    Raises:
        NotFound, NotAllowed, OutOfTurn: there is no such batch, or it may not.
    """
    found = batch_of(session, batch, who)
    stop(bool(found.refused), "Some of the sample were refused: the others are decided one by one.")
    stop(not found.ready, "The sample was not looked at to its end yet.")
    wanted = select(ContributionRow).where(ContributionRow.batch == batch).order_by(ContributionRow.id)
    rows = [row for row in session.scalars(wanted.with_for_update()) if _waits(row)]
    refuse(any(_wrote(who, writers(session, row.id)) for row in rows), "You wrote in some of these yourself.")
    return rows


def _rows(session: Session, batch: str) -> list[ContributionRow]:
    wanted = select(ContributionRow).where(ContributionRow.batch == batch, ContributionRow.submitted.is_not(None))
    rows = list(session.scalars(wanted.order_by(ContributionRow.id)))
    if not batch or not rows:
        raise NotFound(f"batch {batch[:40]}")
    return rows


def _marked(session: Session, batch: str, what: str) -> list[tuple[str, int, str]]:
    wanted = (
        select(EventRow.contribution_id, EventRow.version, EventRow.who_id)
        .join(ContributionRow, ContributionRow.id == EventRow.contribution_id)
        .where(ContributionRow.batch == batch, EventRow.what == what)
    )
    return [(id, version, who) for id, version, who in session.execute(wanted)]


def _waits(row: ContributionRow) -> bool:
    return row.state == SUBMITTED and not row.contested and not row.accepting


def _wrote(who: Person, wrote: Iterable[tuple[str, str]]) -> bool:
    return any(who.id == account or who.address == agent for account, agent in wrote)
