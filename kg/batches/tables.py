"""The tables of batches: a file that was handed in, its rows, and names set aside for new sources."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kg.database import Table, new_id, now


class BatchRow(Table):
    """A file of references; `kg.batches.model.Batch` says what the columns hold."""

    __tablename__ = "batches"

    id: Mapped[str] = mapped_column(String(40), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(Text)
    form: Mapped[str] = mapped_column(String(10))
    remark: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20))
    problem: Mapped[str] = mapped_column(Text, default="")
    at_once: Mapped[bool] = mapped_column(Boolean, default=False)
    total: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0)
    author_id: Mapped[str] = mapped_column(String(40), index=True)
    author_name: Mapped[str] = mapped_column(Text)
    author_agent: Mapped[str] = mapped_column(Text)
    author_role: Mapped[str] = mapped_column(String(20))
    author_interest: Mapped[str] = mapped_column(Text, default="")
    data: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    worker: Mapped[str] = mapped_column(String(40), default="")
    seen: Mapped[datetime] = mapped_column(default=now)
    created: Mapped[datetime] = mapped_column(default=now)
    changed: Mapped[datetime] = mapped_column(default=now)


class ImportedRow(Table):
    """A row of such a file; `kg.batches.model.Imported` says what the columns hold."""

    __tablename__ = "batch_rows"
    __table_args__ = (Index("ix_batch_rows_batch_id_outcome", "batch_id", "outcome", "number"),)

    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(20), default="")
    why: Mapped[str] = mapped_column(Text, default="")
    reference: Mapped[dict[str, Any]] = mapped_column(JSON)
    matches: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    slug: Mapped[str] = mapped_column(Text, default="")
    label: Mapped[str] = mapped_column(Text, default="")
    contribution: Mapped[str] = mapped_column(String(40), default="")


class NameRow(Table):
    """A slug that is set aside for a source on its way into the base."""

    __tablename__ = "source_names"

    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
