"""The tables of the journal that several machines share."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from kg.database import Table, now


class LineRow(Table):
    """The one base whose journal this is."""

    __tablename__ = "lines"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(40))


class PatchRow(Table):
    """The patch that made a revision: its sealed text, compressed."""

    __tablename__ = "patches"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seal: Mapped[str] = mapped_column(String(80))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(default=now)
