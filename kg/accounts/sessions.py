"""Sessions: who is signed in, on which device, until when.

Source: OWASP cheat sheet on session management (256 random bits, a new one at each sign-in, ends by itself).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from kg.accounts.account import Account
from kg.accounts.people import account_of
from kg.accounts.secret import digest, new_secret
from kg.accounts.tables import AccountRow, SessionRow
from kg.database import Database, now

IDLE, LONGEST = timedelta(days=3), timedelta(days=30)
"""A session ends when it was not used for so long, and in any case after so long."""
LATELY = timedelta(minutes=30)
"""Who signed in within this time need not do so again before they open their account, or others', to somebody else."""
_NOTED_EVERY = timedelta(minutes=5)
"""That a session is used is written no more often."""
_LONGEST_DEVICE = 80


@dataclass(frozen=True)
class OpenSession:
    """A session as the person it belongs to sees it."""

    id: str
    device: str
    created: datetime
    used: datetime


@dataclass(frozen=True)
class Found:
    """Whose session it is, and which."""

    account: Account
    session: str
    begun: datetime

    @property
    def lately(self) -> bool:
        """Whether they signed in only a while ago."""
        return now() - self.begun < LATELY


class Sessions:
    """All sessions.

    Args:
        database: where they are kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, account: str, device: str = "") -> str:
        """Sign somebody in; gives the secret that their browser keeps."""
        secret, moment = new_secret(), now()
        with self._database.changing() as session:
            over = or_(SessionRow.used < moment - IDLE, SessionRow.created < moment - LONGEST)
            session.execute(delete(SessionRow).where(over))
            session.add(SessionRow(digest=digest(secret), account=account, device=device[:_LONGEST_DEVICE]))
        return secret

    def find(self, secret: str) -> Found | None:
        """Whose session this is; None where it has ended, or they are kept out."""
        moment = now()
        with self._database.reading() as session:
            rows = session.execute(
                select(SessionRow, AccountRow)
                .join(AccountRow, AccountRow.id == SessionRow.account)
                .where(SessionRow.digest == digest(secret), AccountRow.disabled.is_(None))
                .where(SessionRow.used >= moment - IDLE, SessionRow.created >= moment - LONGEST)
            ).first()
            if rows is None:
                return None
            row, found = rows[0], Found(account_of(rows[1]), rows[0].id, rows[0].created)
        if row.used < moment - _NOTED_EVERY:
            self._note(row.id, moment)
        return found

    def list(self, account: str) -> tuple[OpenSession, ...]:
        """The sessions of an account, the one used last first."""
        moment = now()
        with self._database.reading() as session:
            rows = session.scalars(
                select(SessionRow)
                .where(SessionRow.account == account)
                .where(SessionRow.used >= moment - IDLE, SessionRow.created >= moment - LONGEST)
                .order_by(SessionRow.used.desc(), SessionRow.created.desc(), SessionRow.id)
            )
            return tuple(OpenSession(row.id, row.device, row.created, row.used) for row in rows)

    def end(self, account: str, id: str) -> None:
        """End one session of an account, where there is such a one."""
        with self._database.changing() as session:
            session.execute(delete(SessionRow).where(SessionRow.account == account, SessionRow.id == id))

    def end_all(self, account: str, but: str = "") -> None:
        """End all sessions of an account, save perhaps the one at hand."""
        with self._database.changing() as session:
            session.execute(delete(SessionRow).where(SessionRow.account == account, SessionRow.id != but))

    def _note(self, id: str, moment: datetime) -> None:
        with self._database.changing() as session:
            row = session.get(SessionRow, id)
            if row is not None:
                row.used = moment
