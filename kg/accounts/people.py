"""Accounts: made, changed, disabled; there is always an administrator left."""

from __future__ import annotations

import re
import secrets
import unicodedata
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kg.accounts import passwords
from kg.accounts.account import ADMINISTRATOR, ROLES, Account
from kg.accounts.tables import AccountRow, SessionRow
from kg.database import Database, now
from kg.errors import BadInput, NoAccount, NotFound
from kg.namespaces import thing

LONGEST_NAME, LONGEST_MAIL, LONGEST_INTEREST = 80, 254, 1000
_SITE = "gapbridge"
_MAIL = re.compile(r"[^\s@<>\"',;:()\\]+@[^\s@<>\"',;:()\\]+\.[^\s@<>\"',;:()\\.]+")


class People:
    """All accounts.

    Args:
        database: where they are kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, mail: str, role: str, password: str = "", interest: str = "") -> Account:
        """Make an account.

        Args:
            name, mail, role, interest: as in `Account`.
            password: none where this person signs in elsewhere.

        Raises:
            BadInput: one of these cannot be taken, or the mail address has an account.
        """
        row = new_row(name, mail, role, password, interest, self._database.password_list)
        with self._database.changing() as session:
            add_row(session, row)
            return account_of(row)

    def find(self, mail: str) -> Account:
        """The account with this mail address.

        Raises:
            NoAccount: there is none.
        """
        with self._database.reading() as session:
            return account_of(_by_mail(session, mail))

    def get(self, id: str) -> Account:
        """The account of this id.

        Raises:
            NotFound: there is none.
        """
        with self._database.reading() as session:
            return account_of(_by_id(session, id))

    def list(self) -> tuple[Account, ...]:
        """All accounts, by name."""
        with self._database.reading() as session:
            rows = session.scalars(select(AccountRow).order_by(func.lower(AccountRow.name), AccountRow.mail))
            return tuple(account_of(row) for row in rows)

    def change_profile(self, id: str, name: str, interest: str) -> Account:
        """Take another name or interest statement; the address in provenance stays.

        Raises:
            BadInput: one of these cannot be taken.
        """
        name, interest = clean_name(name), clean_interest(interest)
        with self._database.changing() as session:
            row = _by_id(session, id)
            row.name, row.interest = name, interest
            return account_of(row)

    def set_role(self, id: str, role: str) -> Account:
        """Give an account another role.

        Raises:
            BadInput: there is no such role, or this is the last administrator.
        """
        check_role(role)
        with self._database.changing() as session:
            row = _by_id(session, id)
            if role != ADMINISTRATOR:
                _keep_one(session, row)
            row.role = role
            return account_of(row)

    def set_disabled(self, id: str, disabled: bool) -> Account:
        """Keep somebody out, at once and everywhere, or let them in again.

        Raises:
            BadInput: this is the last administrator.
        """
        with self._database.changing() as session:
            row = _by_id(session, id)
            if disabled:
                _keep_one(session, row)
                _end_sessions(session, id)
            row.disabled = now() if disabled else None
            return account_of(row)

    def set_password(self, id: str, password: str) -> None:
        """Give an account a new password; all its sessions end.

        Raises:
            BadInput: the password will not do.
        """
        with self._database.changing() as session:
            keep_password(session, _by_id(session, id), password, self._database.password_list)


def account_of(row: AccountRow) -> Account:
    """A row as everybody else sees it."""
    return Account(
        row.id, row.name, row.mail, row.role, row.agent, row.interest, row.disabled is not None, bool(row.password)
    )


def new_row(
    name: str, mail: str, role: str, password: str, interest: str = "", listed: Path | None = None
) -> AccountRow:
    """A row for an account to be made.

    Args:
        name, mail: as the person gives them.
        role: one of those that accounts know.
        password: empty for somebody who signs in elsewhere.
        interest: what may sway them, in their words.

    Raises:
        BadInput: something cannot be taken as it is.
    """
    name, mail, interest = clean_name(name), clean_mail(mail), clean_interest(interest)
    check_role(role)
    if password:
        passwords.check(password, name, mail, _SITE, listed=listed)
    kept = passwords.hashed(password) if password else ""
    return AccountRow(name=name, mail=mail, role=role, password=kept, interest=interest, agent=_agent(name))


def add_row(session: Session, row: AccountRow) -> None:
    """Put a new account into the database.

    Raises:
        BadInput: the mail address has one.
    """
    taken = BadInput("There is an account with this mail address already.")
    if session.scalar(select(AccountRow.id).where(AccountRow.mail == row.mail)):
        raise taken
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:  # another one came between
        raise taken from error


def keep_password(session: Session, row: AccountRow, password: str, listed: Path | None = None) -> None:
    """Give an account a new password; all its sessions end.

    Raises:
        BadInput: the password will not do.
    """
    passwords.check(password, row.name, row.mail, _SITE, listed=listed)
    row.password = passwords.hashed(password)
    _end_sessions(session, row.id)


def faults(*, password: str | None = None, listed: Path | None = None, **told: str) -> dict[str, str]:
    """What is wrong with what somebody typed about themselves, by field; nothing where all of it will do.

    Args:
        password: looked at where there is one to be chosen.
        listed: a file of passwords that nobody may choose.
        told: `name`, `mail`, `interest`, those that were asked for.
    """
    cleaners = {"name": clean_name, "mail": clean_mail, "interest": clean_interest}
    found = dict[str, str]()
    for field, text in told.items():
        try:
            cleaners[field](text)
        except BadInput as error:
            found[field] = str(error)
    if password is not None:
        try:
            passwords.check(password, told.get("name", ""), told.get("mail", ""), _SITE, listed=listed)
        except BadInput as error:
            found["password"] = str(error)
    return found


def clean_name(name: str) -> str:
    """A name as it is kept.

    Raises:
        BadInput: it is none, too long, or has characters that cannot be printed.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or not any(c.isalpha() for c in name):
        raise BadInput(f"Give a name of up to {LONGEST_NAME} characters, as it shall stand beside contributions.")
    return name


def clean_mail(mail: str) -> str:
    """A mail address as it is kept and compared.

    Raises:
        BadInput: it is none.
    """
    mail = mail.strip().lower()
    if len(mail) > LONGEST_MAIL or not mail.isprintable() or not _MAIL.fullmatch(mail):
        raise BadInput("Give a mail address such as name@example.org.")
    return mail


def clean_interest(text: str) -> str:
    """An interest statement as it is kept.

    Raises:
        BadInput: it is too long, or has characters that cannot be printed.
    """
    text = "\n".join(line.rstrip() for line in unicodedata.normalize("NFC", text).strip().splitlines())
    if len(text) > LONGEST_INTEREST or not text.replace("\n", "").replace("\t", "").isprintable():
        raise BadInput(f"The interest statement has at most {LONGEST_INTEREST} characters, all of them printable.")
    return text


def check_role(role: str) -> None:
    """Make sure that there is such a role.

    Raises:
        BadInput: there is none.
    """
    if role not in ROLES:
        raise BadInput(f"There is no role “{role[:40]}”. There are: {', '.join(ROLES)}.")


def _agent(name: str) -> str:
    """An address for this person that nothing else has, in this base or in one that is loaded later."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-") or "person"
    return thing("agent", f"{slug}-{secrets.token_hex(4)}")


def _by_mail(session: Session, mail: str) -> AccountRow:
    row = session.scalar(select(AccountRow).where(AccountRow.mail == mail.strip().lower()))
    if row is None:
        raise NoAccount(mail)
    return row


def _by_id(session: Session, id: str) -> AccountRow:
    row = session.get(AccountRow, id)
    if row is None:
        raise NotFound(id)
    return row


def _keep_one(session: Session, row: AccountRow) -> None:
    """Refuse to lose the last administrator; two who leave at once wait for each other."""
    found = session.scalars(
        select(AccountRow.id)
        .where(AccountRow.role == ADMINISTRATOR, AccountRow.disabled.is_(None))
        .order_by(AccountRow.id)
        .with_for_update()
    )
    if list(found) == [row.id]:
        raise BadInput("This is the last administrator. Make somebody else one first.")


def _end_sessions(session: Session, id: str) -> None:
    for row in session.scalars(select(SessionRow).where(SessionRow.account == id)):
        session.delete(row)
