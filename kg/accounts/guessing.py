"""Guessing passwords is slowed: for one who guesses at an account, and for one who goes from account to account.

Counted for each client apart, so that nobody can shut a person out by guessing from elsewhere. Kept in the database:
several processes, and those after a restart, know of it. Source: OWASP cheat sheet on authentication (throttling).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kg.accounts.tables import AttemptRow
from kg.database import Database, now
from kg.errors import TooManyAttempts

FORGOTTEN_AFTER = timedelta(hours=1)
LONGEST_WAIT = timedelta(minutes=15)


@dataclass(frozen=True)
class Limit:
    """What is counted together, and how many failures cost nothing."""

    kind: str
    free: int


OF_ACCOUNT, OF_CLIENT = Limit("account", 5), Limit("client", 30)
REGISTERING, OF_ERRANDS = Limit("registering", 10), Limit("errands", 100)


class Guessing:
    """Counts attempts and says when there were too many.

    Args:
        database: where they are counted.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, *counted: tuple[Limit, str]) -> None:
        """Count an attempt before it is looked at, so that those made at once are all counted.

        Args:
            counted: limits, each with what is counted under it.

        Raises:
            TooManyAttempts: nothing is looked at before some time has passed; this one was not counted.
        """
        try:
            self._count(counted)
        except IntegrityError:  # two first attempts at once: the other one has made the row by now
            self._count(counted)

    def forgive(self, *counted: tuple[Limit, str], all: bool = False) -> None:
        """Take an attempt back since it was none: the password was right. `all`: and those before it."""
        with self._database.changing() as session:
            for limit, what in counted:
                row = session.get(AttemptRow, _key(limit, what), with_for_update=True)
                if row is not None:
                    row.failures = 0 if all else max(0, row.failures - 1)
                    row.until = row.last

    def _count(self, counted: tuple[tuple[Limit, str], ...]) -> None:
        moment = now()
        with self._database.changing() as session:
            # nobody waits for a clock to come round again that was ahead when they tried
            gone = or_(AttemptRow.last < moment - FORGOTTEN_AFTER, AttemptRow.last > moment + LONGEST_WAIT)
            session.execute(delete(AttemptRow).where(gone))
            rows = [(limit, _row(session, _key(limit, what), moment)) for limit, what in counted]
            wait = max((row.until - moment for _, row in rows), default=timedelta())
            if wait > timedelta():
                raise TooManyAttempts(int(wait.total_seconds()))
            for limit, row in rows:
                row.failures, row.last = row.failures + 1, moment
                row.until = moment + _pause(row.failures - limit.free)


def _row(session: Session, key: str, moment: datetime) -> AttemptRow:
    row = session.scalar(select(AttemptRow).where(AttemptRow.key == key).with_for_update())
    if row is None:
        row = AttemptRow(key=key, failures=0, last=moment, until=moment)
        session.add(row)
        session.flush()
    return row


def _pause(over: int) -> timedelta:
    """After the free ones: 2, 4, 8 … seconds."""
    return min(timedelta(seconds=2 ** min(over, 12)), LONGEST_WAIT) if over > 0 else timedelta()


def _key(limit: Limit, what: str) -> str:
    return hashlib.sha256(f"{limit.kind} {what}".encode("utf-8", "surrogatepass")).hexdigest()
