"""Diagnoses that somebody keeps under their account: the code of their address, and a name of their own for it.

Whoever asks for another person's is told that there is none: that there is one is theirs alone to know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kg.accounts.tables import AccountRow
from kg.database import Database, Table, new_id, now
from kg.diagnosis.answers import LONGEST_NAME, clean
from kg.errors import BadInput, NotFound

MOST = 200
"""So many may be kept under one account."""


class DiagnosisRow(Table):
    """A diagnosis that somebody keeps."""

    __tablename__ = "diagnoses"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    account: Mapped[str] = mapped_column(ForeignKey(AccountRow.id, ondelete="CASCADE"), index=True)
    name: Mapped[str]
    code: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(default=now)
    changed: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True)
class Saved:
    """A kept diagnosis.

    Attributes:
        id: under what it is kept.
        name: how its owner calls it.
        code: all answers, as they stand in the address (`kg.diagnosis.address`).
        created, changed: when it was kept, and when last called otherwise.
    """

    id: str
    name: str
    code: str
    created: datetime
    changed: datetime


class SavedDiagnoses:
    """What one person keeps.

    Args:
        database: where it is kept.
        account: whose it is.
    """

    def __init__(self, database: Database, account: str) -> None:
        self._database, self._account = database, account

    def list(self) -> tuple[Saved, ...]:
        """All of them, the newest first."""
        asked = select(DiagnosisRow).where(DiagnosisRow.account == self._account)
        with self._database.reading() as session:
            rows = session.scalars(asked.order_by(DiagnosisRow.created.desc(), DiagnosisRow.id))
            return tuple(map(_saved, rows))

    def get(self, id: str) -> Saved:
        """One of them.

        Raises:
            NotFound: this person keeps none of this id.
        """
        with self._database.reading() as session:
            return _saved(self._find(session, id))

    def save(self, name: str, code: str) -> Saved:
        """Keep one; the same answers are kept once, under the newest name.

        Raises:
            BadInput: the name will not do, or there are too many.
        """
        name = clean_name(name)
        with self._database.changing() as session:
            same = select(DiagnosisRow).where(DiagnosisRow.account == self._account, DiagnosisRow.code == code)
            row = session.scalar(same)
            if row is None:
                self._check_room(session)
                row = DiagnosisRow(account=self._account, name=name, code=code)
                session.add(row)
            row.name, row.changed = name, now()
            session.flush()
            return _saved(row)

    def rename(self, id: str, name: str) -> Saved:
        """Call one otherwise.

        Raises:
            BadInput: the name will not do.
            NotFound: as in `get`.
        """
        name = clean_name(name)
        with self._database.changing() as session:
            row = self._find(session, id)
            row.name, row.changed = name, now()
            return _saved(row)

    def delete(self, id: str) -> None:
        """Keep one no longer.

        Raises:
            NotFound: as in `get`.
        """
        with self._database.changing() as session:
            session.delete(self._find(session, id))

    def _find(self, session: Session, id: str) -> DiagnosisRow:
        row = session.get(DiagnosisRow, id)
        if row is None or row.account != self._account:
            raise NotFound(f"diagnosis {id[:40]}")
        return row

    def _check_room(self, session: Session) -> None:
        kept = session.scalar(
            select(func.count()).select_from(DiagnosisRow).where(DiagnosisRow.account == self._account)
        )
        if kept and kept >= MOST:
            raise BadInput(f"You keep {kept} diagnoses, and {MOST} is the most. Delete one that you no longer need.")


def clean_name(name: str) -> str:
    """A name as it can be kept.

    Raises:
        BadInput: it is empty or too long.
    """
    kept = clean(name, LONGEST_NAME, "The name")
    if not kept:
        raise BadInput("Give it a name by which you will know it again.")
    return kept


def _saved(row: DiagnosisRow) -> Saved:
    return Saved(row.id, row.name, row.code, row.created, row.changed)
