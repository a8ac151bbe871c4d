"""Where tokens are kept: told once, kept only as their SHA-256."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from kg.accounts.account import Account
from kg.accounts.moved_tokens import move_tokens
from kg.accounts.people import account_of
from kg.accounts.secret import digest, new_secret
from kg.accounts.tables import AccountRow, TokenRow
from kg.accounts.token import PREFIX, RIGHTS, ROLE_FOR, Token
from kg.database import Database, now
from kg.errors import BadInput, NotFound
from kg.namespaces import thing

LONGEST_NAME = 60
_NOTED_EVERY = timedelta(minutes=5)
_PROJECT = thing("agent", "gapbridge")


class Tokens:
    """All tokens.

    Args:
        database: where they are kept.
        folder: the data folder; tokens that an earlier program kept in a file there are taken over.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        move_tokens(database, folder)

    def create(self, name: str, rights: Sequence[str], agent: str = "", days: int | None = None) -> str:
        """Make a token of the project's own.

        Args:
            name: what to call it.
            rights: what its holder may do.
            agent: address of who answers for it; the project's own where none is given.
            days: how long it lasts; for ever where nothing is given.

        Returns:
            Its secret, which nobody can tell a second time.

        Raises:
            BadInput: the name is taken or none, or there is no such right.
        """
        return self._create(None, name, rights, agent or _PROJECT, days)

    def create_for(self, account: Account, name: str, rights: Sequence[str], days: int | None = None) -> str:
        """Make a token for a person; as `create`.

        Raises:
            BadInput: also where their role does not reach for a right.
        """
        for right in rights:
            if right in ROLE_FOR and not account.may(ROLE_FOR[right]):
                raise BadInput(f"The right “{right}” needs the role “{ROLE_FOR[right]}”.")
        return self._create(account.id, name, rights, account.agent, days)

    def find(self, secret: str) -> Token | None:
        """The token with this secret; None where there is none, its time is over, or its person is kept out.

        A person's token has only rights for which they still have the role.
        """
        if not secret.startswith(PREFIX):
            return None
        with self.database.reading() as session:
            found = session.execute(_joined().where(TokenRow.digest == digest(secret))).first()
        if found is None:
            return None
        row, owner = found
        token, moment = _token(row, owner), now()
        if token.expired or (owner is not None and owner.disabled is not None):
            return None
        if row.used is None or row.used < moment - _NOTED_EVERY:
            self._note(row.id, moment)
        return token

    def list(self) -> tuple[Token, ...]:
        """All tokens, by name."""
        return self._list(_joined())

    def list_of(self, account: str) -> tuple[Token, ...]:
        """The tokens of an account, by name."""
        return self._list(_joined().where(TokenRow.account == account))

    def revoke(self, name: str, mail: str = "") -> None:
        """Make a token worthless, at once.

        Args:
            name: the token's.
            mail: of whose it is; the project's own where none is given.

        Raises:
            NotFound: there is none of that name.
        """
        wanted = AccountRow.mail == mail.strip().lower() if mail else TokenRow.account.is_(None)
        with self.database.changing() as session:
            found = session.execute(_joined().where(wanted)).all()
            row = next((row for row, _ in found if row.name == name), None)
            if row is None:
                raise NotFound(name, sorted(row.name for row, _ in found)[:5])
            session.delete(row)

    def revoke_own(self, account: str, id: str) -> None:
        """Make a token of an account worthless, where there is such a one."""
        with self.database.changing() as session:
            row = session.get(TokenRow, id)
            if row is not None and row.account == account:
                session.delete(row)

    def _create(self, account: str | None, name: str, rights: Sequence[str], agent: str, days: int | None) -> str:
        name = " ".join(name.split()) if name.isprintable() else ""
        _check(name, rights)
        secret, moment = new_secret(PREFIX), now()
        ends = moment + timedelta(days=days) if days else None
        row = TokenRow(
            account=account, name=name, rights=",".join(rights), agent=agent, digest=digest(secret), ends=ends
        )
        try:
            with self.database.changing() as session:
                session.add(row)
        except IntegrityError as error:
            taken = f"There is a token called “{name}” already. Revoke it first, or choose another name."
            raise BadInput(taken) from error
        return secret

    def _list(self, wanted: Select[TokenRow, AccountRow]) -> tuple[Token, ...]:
        with self.database.reading() as session:
            found = session.execute(wanted.order_by(TokenRow.name, TokenRow.created, TokenRow.id)).all()
        return tuple(_token(row, owner) for row, owner in found)

    def _note(self, id: str, moment: datetime) -> None:
        with self.database.changing() as session:
            row = session.get(TokenRow, id)
            if row is not None:
                row.used = moment


def _joined() -> Select[TokenRow, AccountRow]:
    return select(TokenRow, AccountRow).outerjoin(AccountRow, AccountRow.id == TokenRow.account)


def _token(row: TokenRow, owner: AccountRow | None) -> Token:
    rights = tuple(right for right in row.rights.split(",") if right)
    if owner is not None:
        account = account_of(owner)
        rights = tuple(right for right in rights if account.may(ROLE_FOR[right]))
    created, ends, used = (moment.isoformat() if moment else "" for moment in (row.created, row.ends, row.used))
    mail, name = (owner.mail, owner.name) if owner is not None else ("", "")
    return Token(row.id, row.name, rights, row.agent, created, ends, used, mail, row.account or "", name)


def _check(name: str, rights: Sequence[str]) -> None:
    if not name or len(name) > LONGEST_NAME:
        raise BadInput(f"A token needs a name of up to {LONGEST_NAME} characters.")
    if not rights or set(rights) - set(RIGHTS):
        raise BadInput(f"A token needs rights; there are: {', '.join(RIGHTS)}.")
