"""After restoring: the database of accounts may know of revisions that the base no longer has.

What was accepted in them waits for its reviewers again, imports in them can be taken up again, and who follows
something has seen no more than there is. So nothing that anybody wrote is lost by going back.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kg.batches.model import STOPPED
from kg.batches.tables import BatchRow
from kg.contributing import PROJECT
from kg.contributions.model import SUBMITTED, Person
from kg.contributions.records import move
from kg.contributions.tables import ContributionRow
from kg.database import Database, now
from kg.followers.following import FollowRow

_US = Person("", "Gapbridge", PROJECT)


@dataclass(frozen=True)
class Reopened:
    """What waits again.

    Attributes:
        contributions: how many that had been accepted.
        batches: how many imports that had gone in whole.
    """

    contributions: int = 0
    batches: int = 0


def reopen(database: Database, revision: int) -> Reopened:
    """Make the database fit to a base that ends at a revision."""
    why = f"The base was restored to revision {revision}, from before this was accepted."
    with database.changing() as session:
        for column in (FollowRow.seen, FollowRow.mailed):
            session.execute(update(FollowRow).where(column > revision).values({column: revision}))
        return Reopened(_contributions(session, revision, why), _batches(session, revision, why))


def _contributions(session: Session, revision: int, why: str) -> int:
    rows = session.scalars(select(ContributionRow).where(ContributionRow.revision > revision)).all()
    for row in rows:
        row.revision = 0
        move(session, row, SUBMITTED, "waits again", _US, why)
    return len(rows)


def _batches(session: Session, revision: int, why: str) -> int:
    rows = session.scalars(select(BatchRow).where(BatchRow.revision > revision)).all()
    for row in rows:
        row.state, row.revision, row.problem, row.changed = STOPPED, 0, why, now()
    return len(rows)
