"""Links that work once: an invitation to make an account, or a way to choose a new password.

Who has the link has what it gives, so it is told once, kept as its SHA-256, and ends by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from kg.accounts.account import Account
from kg.accounts.people import account_of, add_row, check_role, clean_mail, keep_password, new_row
from kg.accounts.secret import digest, new_secret
from kg.accounts.tables import AccountRow, LinkRow
from kg.database import Database, now
from kg.errors import BadInput, NoLongerKept

LASTS = timedelta(days=7)
_OVER = "This link has been used, was withdrawn, or its time is over. An administrator of this site can make a new one."


@dataclass(frozen=True)
class Link:
    """What a link is for.

    Attributes:
        id: how the database knows it.
        mail: of whom it is for.
        role: what an invitation makes them; empty where it lets them choose a new password.
        ends: until when it works.
    """

    id: str
    mail: str
    role: str
    ends: datetime


class Links:
    """All links.

    Args:
        database: where they are kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def invite(self, mail: str, role: str, made_by: str | None = None) -> str:
        """Invite somebody; an earlier invitation of theirs ends.

        Args:
            mail, role: those of the account that may be made with it.
            made_by: the id of whose doing it is; nobody's on the command line.

        Returns:
            The link's secret, which nobody can tell a second time.

        Raises:
            BadInput: there is no such role, this is no mail address, or it has an account.
        """
        mail, secret = clean_mail(mail), new_secret()
        check_role(role)
        with self._database.changing() as session:
            if session.scalar(select(AccountRow.id).where(AccountRow.mail == mail)):
                raise BadInput("There is an account with this mail address already.")
            session.execute(delete(LinkRow).where(LinkRow.mail == mail, LinkRow.account.is_(None)))
            session.add(_row(secret, mail=mail, role=role, made_by=made_by))
        return secret

    def reset(self, account: Account, made_by: str | None = None) -> str:
        """Let somebody choose a new password; an earlier link of theirs ends. Gives the new one's secret."""
        secret = new_secret()
        with self._database.changing() as session:
            session.execute(delete(LinkRow).where(LinkRow.account == account.id))
            session.add(_row(secret, mail=account.mail, account=account.id, made_by=made_by))
        return secret

    def invitation(self, secret: str) -> Link:
        """For whom this invitation is.

        Raises:
            NoLongerKept: it is none, or does not work any more.
        """
        with self._database.reading() as session:
            return _link(invitation(session, secret))

    def new_password(self, secret: str) -> Link:
        """For whom this link to a new password is.

        Raises:
            NoLongerKept: it is none, or does not work any more.
        """
        with self._database.reading() as session:
            return _link(_found(session, secret, LinkRow.account.is_not(None)))

    def accept(self, secret: str, name: str, password: str, interest: str = "") -> Account:
        """Make the account to which somebody was invited.

        Args:
            secret: the invitation's.
            name, password, interest: as for any account; no password where they sign in elsewhere.

        Raises:
            NoLongerKept: the invitation does not work, or not any more.
            BadInput: one of these cannot be taken.
        """
        link = self.invitation(secret)
        row = new_row(  # slow, so before the database waits for it
            name, link.mail, link.role, password, interest, self._database.password_list
        )
        with self._database.changing() as session:
            session.delete(invitation(session, secret))
            add_row(session, row)
            return account_of(row)

    def choose_password(self, secret: str, password: str) -> Account:
        """Set the password that somebody has chosen; all their sessions end.

        Raises:
            NoLongerKept: the link does not work, or not any more.
            BadInput: the password will not do.
        """
        with self._database.changing() as session:
            found = _found(session, secret, LinkRow.account.is_not(None))
            row = session.get(AccountRow, found.account)
            if row is None or row.disabled is not None:
                raise NoLongerKept(_OVER)
            keep_password(session, row, password, self._database.password_list)
            session.delete(found)
            return account_of(row)

    def invitations(self) -> tuple[Link, ...]:
        """Invitations that nobody has used, the newest first."""
        with self._database.changing() as session:
            session.execute(delete(LinkRow).where(LinkRow.ends <= now()))
            open_ones = select(LinkRow).where(LinkRow.account.is_(None))
            rows = session.scalars(open_ones.order_by(LinkRow.created.desc(), LinkRow.mail))
            return tuple(_link(row) for row in rows)

    def withdraw(self, id: str) -> None:
        """Make an invitation worthless, where there is such a one."""
        with self._database.changing() as session:
            session.execute(delete(LinkRow).where(LinkRow.id == id, LinkRow.account.is_(None)))


def _row(secret: str, **more: str | None) -> LinkRow:
    return LinkRow(digest=digest(secret), ends=now() + LASTS, **more)


def invitation(session: Session, secret: str) -> LinkRow:
    """The row of an invitation; of two who use it at once, one waits and then finds none.

    Raises:
        NoLongerKept: it is none, or does not work any more.
    """
    return _found(session, secret, LinkRow.account.is_(None))


def _found(session: Session, secret: str, kind: ColumnElement[bool]) -> LinkRow:
    wanted = select(LinkRow).where(LinkRow.digest == digest(secret), LinkRow.ends > now(), kind)
    row = session.scalar(wanted.with_for_update())
    if row is None:
        raise NoLongerKept(_OVER)
    return row


def _link(row: LinkRow) -> Link:
    return Link(row.id, row.mail, row.role, row.ends)
