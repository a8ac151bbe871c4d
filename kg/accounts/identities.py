"""Whose identity elsewhere belongs to which account, and who is on an errand to a provider just now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from kg.accounts.account import Account
from kg.accounts.identity import Asked, Identity
from kg.accounts.links import invitation as invitation_of
from kg.accounts.people import account_of, add_row, new_row
from kg.accounts.secret import digest, new_secret
from kg.accounts.tables import AccountRow, ErrandRow, IdentityRow
from kg.database import Database, now
from kg.errors import BadInput, IdentityRefused

_USED = "This way back was used before, or took too long. Start again from the page to sign in."
LASTS = timedelta(minutes=15)


@dataclass(frozen=True)
class Errand:
    """Somebody who was sent to a provider.

    Attributes:
        asked: what they must come back with.
        provider: the provider's key.
        way_back: where they go on here.
        account: id of who wants to be known there too; empty where somebody signs in.
        invitation: the secret of the invitation with which they make an account.
    """

    asked: Asked
    provider: str
    way_back: str = ""
    account: str = ""
    invitation: str = ""


@dataclass(frozen=True)
class Linked:
    """An identity that belongs to an account."""

    issuer: str
    subject: str
    since: datetime


class Errands:
    """Who is on their way to a provider and back.

    Args:
        database: where they are kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, provider: str, way_back: str = "", account: str = "", invitation: str = "") -> Errand:
        """Note that somebody is sent away; the arguments are as in `Errand`."""
        asked, moment = Asked(new_secret(), new_secret(), new_secret()), now()
        with self._database.changing() as session:
            session.execute(delete(ErrandRow).where(ErrandRow.created < moment - LASTS))
            session.add(
                ErrandRow(
                    digest=digest(asked.state), provider=provider, nonce=asked.nonce, verifier=asked.verifier,
                    way_back=way_back, account=account or None, invitation=invitation,
                )
            )  # fmt: skip
        return Errand(asked, provider, way_back, account, invitation)

    def end(self, provider: str, state: str) -> Errand:
        """The errand of who comes back with this state, which nobody can come back with again.

        Raises:
            IdentityRefused: there is none, or it took too long.
        """
        with self._database.changing() as session:
            wanted = select(ErrandRow).where(ErrandRow.digest == digest(state), ErrandRow.provider == provider)
            row = session.scalar(wanted.where(ErrandRow.created >= now() - LASTS).with_for_update())
            if row is None:
                raise IdentityRefused(_USED)
            session.delete(row)
            asked = Asked(state, row.nonce, row.verifier)
            return Errand(asked, row.provider, row.way_back, row.account or "", row.invitation)


class Identities:
    """All identities that belong to accounts.

    Args:
        database: where they are kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, identity: Identity) -> Account | None:
        """Whose identity this is; None where it is nobody's."""
        with self._database.reading() as session:
            wanted = select(AccountRow).join(IdentityRow, IdentityRow.account == AccountRow.id)
            row = session.scalar(
                wanted.where(IdentityRow.issuer == identity.issuer, IdentityRow.subject == identity.subject)
            )
            return account_of(row) if row else None

    def list_of(self, account: str) -> tuple[Linked, ...]:
        """The identities of an account."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(IdentityRow).where(IdentityRow.account == account).order_by(IdentityRow.issuer)
            )
            return tuple(Linked(row.issuer, row.subject, row.created) for row in rows)

    def link(self, account: str, identity: Identity) -> None:
        """Let somebody sign in with this identity from now on.

        Raises:
            BadInput: it belongs to another account.
        """
        owner = self.find(identity)
        if owner and owner.id == account:
            return
        try:
            with self._database.changing() as session:
                session.add(IdentityRow(issuer=identity.issuer, subject=identity.subject, account=account))
        except IntegrityError as error:
            raise BadInput("This identity belongs to another account here.") from error

    def unlink(self, account: str, issuer: str) -> None:
        """Let nobody sign in to an account with its identity at this provider any more.

        Raises:
            BadInput: there would be no way left to sign in.
        """
        with self._database.changing() as session:
            row = session.get(AccountRow, account, with_for_update=True)
            mine = IdentityRow.account == account
            others = session.scalar(select(func.count()).where(mine, IdentityRow.issuer != issuer))
            if row is not None and not row.password and not others:
                raise BadInput("Choose a password first: this is your only way to sign in.")
            session.execute(delete(IdentityRow).where(mine, IdentityRow.issuer == issuer))

    def make_account(
        self, identity: Identity, name: str, mail: str, role: str, interest: str = "", invitation: str = ""
    ) -> Account:
        """Make an account for somebody who will sign in with this identity.

        Args:
            identity: the provider's proof.
            name, mail, role, interest: as for any account; mail and role are the invitation's where there is one.
            invitation: its secret.

        Raises:
            NoLongerKept: the invitation does not work, or not any more.
            BadInput: one of these cannot be taken, or the identity belongs to another account.
        """
        with self._database.changing() as session:
            if invitation:
                link = invitation_of(session, invitation)
                mail, role = link.mail, link.role
                session.delete(link)
            row = new_row(name, mail, role, "", interest)
            add_row(session, row)
            try:
                session.add(IdentityRow(issuer=identity.issuer, subject=identity.subject, account=row.id))
                session.flush()
            except IntegrityError as error:
                raise BadInput("This identity belongs to another account here.") from error
            return account_of(row)
