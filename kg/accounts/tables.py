"""The tables of people. What lets somebody in (sessions, tokens, links) is kept as its SHA-256 alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kg.database import Table, new_id, now

_GONE = "CASCADE"


class AccountRow(Table):
    """A person with a part in the work."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    mail: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    agent: Mapped[str] = mapped_column(unique=True)
    interest: Mapped[str] = mapped_column(default="")
    password: Mapped[str] = mapped_column(default="")
    """As argon2 writes it; empty where this person signs in elsewhere."""
    created: Mapped[datetime] = mapped_column(default=now)
    disabled: Mapped[datetime | None]


class SessionRow(Table):
    """Somebody being signed in on a device."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    digest: Mapped[str] = mapped_column(unique=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete=_GONE), index=True)
    device: Mapped[str]
    created: Mapped[datetime] = mapped_column(default=now)
    used: Mapped[datetime] = mapped_column(default=now)


class LinkRow(Table):
    """A link that works once: an invitation, or a way to choose a new password."""

    __tablename__ = "links"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    digest: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    mail: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")
    account: Mapped[str | None] = mapped_column(ForeignKey("accounts.id", ondelete=_GONE))
    """Whose password it sets; nobody's where it invites."""
    made_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    created: Mapped[datetime] = mapped_column(default=now)
    ends: Mapped[datetime]


class TokenRow(Table):
    """What lets a program in, for a person or for the project itself."""

    __tablename__ = "tokens"
    __table_args__ = (
        UniqueConstraint("account", "name"),
        Index(
            "uq_tokens_name_without_account",
            "name",
            unique=True,
            sqlite_where=text("account IS NULL"),
            postgresql_where=text("account IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    digest: Mapped[str] = mapped_column(unique=True)
    account: Mapped[str | None] = mapped_column(ForeignKey("accounts.id", ondelete=_GONE))
    name: Mapped[str]
    rights: Mapped[str]
    agent: Mapped[str]
    created: Mapped[datetime] = mapped_column(default=now)
    ends: Mapped[datetime | None]
    used: Mapped[datetime | None]


class IdentityRow(Table):
    """Who somebody is to a provider of identities (OpenID Connect Core 1.0, section 2: `iss` and `sub`)."""

    __tablename__ = "identities"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete=_GONE), index=True)
    created: Mapped[datetime] = mapped_column(default=now)


class ErrandRow(Table):
    """Somebody sent to a provider, who has to come back with the same state, once."""

    __tablename__ = "errands"

    digest: Mapped[str] = mapped_column(primary_key=True)
    provider: Mapped[str]
    nonce: Mapped[str]
    verifier: Mapped[str]
    way_back: Mapped[str] = mapped_column(default="")
    account: Mapped[str | None] = mapped_column(ForeignKey("accounts.id", ondelete=_GONE))
    """Who wants to be known there too; nobody where somebody signs in."""
    invitation: Mapped[str] = mapped_column(default="")
    created: Mapped[datetime] = mapped_column(default=now)


class AttemptRow(Table):
    """How often a password was guessed wrong lately, by whom."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last: Mapped[datetime]
    until: Mapped[datetime]
    """Before this no other attempt is looked at."""
