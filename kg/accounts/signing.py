"""Signing in with a password."""

from __future__ import annotations

from sqlalchemy import select

from kg.accounts import passwords
from kg.accounts.account import CONTRIBUTOR, Account
from kg.accounts.guessing import OF_ACCOUNT, OF_CLIENT, REGISTERING, Guessing
from kg.accounts.people import People, account_of
from kg.accounts.tables import AccountRow
from kg.database import Database
from kg.errors import BadInput, WrongPassword

_LONGEST = 300


class Door:
    """Lets people in who know their password.

    Args:
        database: where accounts are kept.
    """

    def __init__(self, database: Database) -> None:
        self._database, self._guessing = database, Guessing(database)

    def admit(self, mail: str, password: str, client: str) -> Account:
        """The account whose mail address and password these are.

        Args:
            mail, password: as typed.
            client: from where; guessing is counted for each apart.

        Raises:
            WrongPassword: there is no such account, it is disabled, or the password is another: nobody learns which.
            TooManyAttempts: there were too many wrong ones from there.
        """
        mail = mail.strip().lower()[:_LONGEST]
        counted = ((OF_ACCOUNT, f"{mail} {client}"), (OF_CLIENT, client))
        self._guessing.count(*counted)
        row = self._row(mail)
        right = passwords.verify(row.password if row else "", password[: passwords.LONGEST + 1])
        if row is None or not right or row.disabled is not None:
            raise WrongPassword("There is no account with this mail address and password.")
        self._guessing.forgive(counted[0], all=True)
        self._guessing.forgive(counted[1])
        if passwords.outdated(row.password):
            self._keep(row.id, passwords.hashed(password))
        return account_of(row)

    def register(self, name: str, mail: str, password: str, interest: str, client: str) -> Account:
        """Make an account for somebody who was not invited; whether that is open to them is not asked here.

        Args:
            name, mail, password, interest: as for any account.
            client: from where; nobody fills the database from one place.

        Raises:
            BadInput: one of these cannot be taken, or the mail address has an account.
            TooManyAttempts: there were too many from there.
        """
        self._guessing.count((REGISTERING, client))
        if not password:
            raise BadInput("Choose a password.")
        return People(self._database).add(name, mail, CONTRIBUTOR, password, interest)

    def _row(self, mail: str) -> AccountRow | None:
        with self._database.reading() as session:
            return session.scalar(select(AccountRow).where(AccountRow.mail == mail))

    def _keep(self, id: str, kept: str) -> None:
        with self._database.changing() as session:
            row = session.get(AccountRow, id)
            if row is not None:
                row.password = kept
