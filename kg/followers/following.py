"""What somebody follows; each is theirs alone to see and to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ForeignKey, Text, UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from kg.accounts.tables import AccountRow
from kg.database import Database, Table, new_id
from kg.errors import BadInput, NotFound

ALL, RELEASES, THING, SEARCH = KINDS = ("all", "releases", "thing", "search")
MOST = 200
"""So much may be followed by one person."""
_LONGEST = 300


class FollowRow(Table):
    """Something that somebody follows."""

    __tablename__ = "follows"
    __table_args__ = (UniqueConstraint("account", "kind", "what"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    account: Mapped[str] = mapped_column(ForeignKey(AccountRow.id, ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    what: Mapped[str] = mapped_column(Text)
    seen: Mapped[int]
    mailed: Mapped[int]


@dataclass(frozen=True)
class Follow:
    """Something that somebody follows.

    Attributes:
        id: under what it is kept.
        account: who.
        kind: one of `KINDS`.
        what: the thing's address, or the words of the search; empty for the others.
        seen: the newest revision whose news they have seen.
        mailed: the newest revision whose news were mailed to them.
    """

    id: str
    account: str
    kind: str
    what: str
    seen: int
    mailed: int


@dataclass(frozen=True)
class Reader:
    """Somebody to whom mail is sent."""

    account: str
    name: str
    mail: str


class Followers:
    """Who follows what.

    Args:
        database: where it is kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def follow(self, account: str, kind: str, what: str, revision: int) -> None:
        """Begin to follow something; news begin with the next revision. Nothing happens where it is followed already.

        Raises:
            BadInput: there is no such kind, it is empty or too long, or too much is followed.
        """
        what = " ".join(what.split())
        if kind not in KINDS or bool(what) != (kind in (THING, SEARCH)) or len(what) > _LONGEST:
            raise BadInput("Say what to follow: all changes, releases, a thing, or the words of a search.")
        with self._database.changing() as session:
            mine = FollowRow.account == account
            if session.scalar(select(FollowRow.id).where(mine, FollowRow.kind == kind, FollowRow.what == what)):
                return
            if (session.scalar(select(func.count()).where(mine)) or 0) >= MOST:
                raise BadInput(f"You follow {MOST} things already. End some of these first.")
            session.add(FollowRow(account=account, kind=kind, what=what, seen=revision, mailed=revision))

    def end(self, account: str, id: str) -> None:
        """Follow something no longer.

        Raises:
            NotFound: this person follows nothing of this id.
        """
        with self._database.changing() as session:
            row = session.scalar(select(FollowRow).where(FollowRow.account == account, FollowRow.id == id))
            if row is None:
                raise NotFound("what you follow")
            session.delete(row)

    def of(self, account: str) -> list[Follow]:
        """What somebody follows."""
        with self._database.reading() as session:
            found = select(FollowRow).where(FollowRow.account == account).order_by(FollowRow.kind, FollowRow.what)
            return [_follow(row) for row in session.scalars(found)]

    def see(self, account: str, revision: int) -> None:
        """Note that somebody has seen all news up to a revision."""
        with self._database.changing() as session:
            older = FollowRow.account == account, FollowRow.seen < revision
            session.execute(update(FollowRow).where(*older).values(seen=revision))

    def waiting(self, revision: int) -> list[tuple[Reader, list[Follow]]]:
        """To whom news up to a revision were not mailed yet, and what they follow; those who are kept out never."""
        with self._database.reading() as session:
            asked = (
                select(FollowRow, AccountRow)
                .join(AccountRow, AccountRow.id == FollowRow.account)
                .where(FollowRow.mailed < revision, AccountRow.disabled.is_(None))
                .order_by(FollowRow.account, FollowRow.kind, FollowRow.what)
            )
            found: dict[Reader, list[Follow]] = {}
            for row, account in session.execute(asked):
                found.setdefault(Reader(account.id, account.name, account.mail), []).append(_follow(row))
            return list(found.items())

    def claim(self, follows: Sequence[Follow], revision: int) -> bool:
        """Take on mailing the news of these up to a revision; false where another process has."""
        with self._database.changing() as session:
            for follow in follows:
                unclaimed = FollowRow.id == follow.id, FollowRow.mailed == follow.mailed
                found = session.execute(update(FollowRow).where(*unclaimed).values(mailed=revision))
                if not found.rowcount:  # type: ignore[attr-defined]
                    session.rollback()
                    return False
            return True

    def give_back(self, follows: Sequence[Follow], revision: int) -> None:
        """Note that what was taken on could not be sent, so that a later attempt sends it."""
        with self._database.changing() as session:
            for follow in follows:
                claimed = FollowRow.id == follow.id, FollowRow.mailed == revision
                session.execute(update(FollowRow).where(*claimed).values(mailed=follow.mailed))


def _follow(row: FollowRow) -> Follow:
    return Follow(row.id, row.account, row.kind, row.what, row.seen, row.mailed)
