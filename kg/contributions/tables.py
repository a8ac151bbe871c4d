"""The desk's two tables: contributions, and what was done with them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kg.database import Table, new_id, now


class ContributionRow(Table):
    """A contribution; `kg.contributions.model.Contribution` says what the columns hold."""

    __tablename__ = "contributions"
    __table_args__ = (
        Index("ix_contributions_state_submitted", "state", "submitted"),
        Index("ix_contributions_author_id_changed", "author_id", "changed"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    author_id: Mapped[str] = mapped_column(String(40))
    author_name: Mapped[str] = mapped_column(Text)
    author_agent: Mapped[str] = mapped_column(Text)
    interest: Mapped[str] = mapped_column(Text, default="")
    form: Mapped[dict[str, Any]] = mapped_column(JSON)
    added: Mapped[str] = mapped_column(Text)
    removed: Mapped[str] = mapped_column(Text)
    base: Mapped[int]
    source: Mapped[str] = mapped_column(Text, index=True)
    batch: Mapped[str] = mapped_column(String(40), index=True)
    contested: Mapped[bool] = mapped_column(Boolean, default=False)
    created: Mapped[datetime] = mapped_column(default=now)
    changed: Mapped[datetime] = mapped_column(default=now)
    submitted: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    revision: Mapped[int] = mapped_column(default=0)
    accepting: Mapped[str] = mapped_column(String(40), default="", index=True)


class EventRow(Table):
    """Something that was done with a contribution; never changed afterwards, but for the time of the last saving."""

    __tablename__ = "contribution_events"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    contribution_id: Mapped[str] = mapped_column(ForeignKey("contributions.id"), index=True)
    what: Mapped[str] = mapped_column(String(20))
    who_id: Mapped[str] = mapped_column(String(40))
    who_name: Mapped[str] = mapped_column(Text)
    who_agent: Mapped[str] = mapped_column(Text)
    who_role: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int]
    added: Mapped[str] = mapped_column(Text, default="")
    removed: Mapped[str] = mapped_column(Text, default="")
