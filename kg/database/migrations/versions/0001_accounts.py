"""The tables of `kg.accounts`."""

import sqlalchemy as sa
from alembic import op

from kg.database.table import Moment

revision, down_revision = "0001", None
_WITHOUT_ACCOUNT = sa.text("account IS NULL")


def upgrade() -> None:
    """Make the tables."""
    _accounts()
    _sessions()
    _links()
    _tokens()
    _identities()
    _errands()
    _attempts()


def downgrade() -> None:
    """Take them away."""
    for table in ("attempts", "errands", "identities", "tokens", "links", "sessions", "accounts"):
        op.drop_table(table)


def _accounts() -> None:
    op.create_table(
        "accounts",
        _text("id", primary_key=True),
        _text("name"),
        _text("mail", unique=True),
        _text("role"),
        _text("agent", unique=True),
        _text("interest"),
        _text("password"),
        _moment("created"),
        _moment("disabled", nullable=True),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        _text("id", primary_key=True),
        _text("digest", unique=True),
        _account("account", index=True),
        _text("device"),
        _moment("created"),
        _moment("used"),
    )


def _links() -> None:
    op.create_table(
        "links",
        _text("id", primary_key=True),
        _text("digest", unique=True),
        _text("name"),
        _text("mail"),
        _text("role"),
        _account("account", nullable=True),
        _account("made_by", "SET NULL", nullable=True),
        _moment("created"),
        _moment("ends"),
    )


def _tokens() -> None:
    op.create_table(
        "tokens",
        _text("id", primary_key=True),
        _text("digest", unique=True),
        _account("account", nullable=True),
        _text("name"),
        _text("rights"),
        _text("agent"),
        _moment("created"),
        _moment("ends", nullable=True),
        _moment("used", nullable=True),
        sa.UniqueConstraint("account", "name"),
    )
    op.create_index(
        "uq_tokens_name_without_account",
        "tokens",
        ["name"],
        unique=True,
        sqlite_where=_WITHOUT_ACCOUNT,
        postgresql_where=_WITHOUT_ACCOUNT,
    )


def _identities() -> None:
    op.create_table(
        "identities",
        _text("issuer", primary_key=True),
        _text("subject", primary_key=True),
        _account("account", index=True),
        _moment("created"),
    )


def _errands() -> None:
    op.create_table(
        "errands",
        _text("digest", primary_key=True),
        _text("provider"),
        _text("nonce"),
        _text("verifier"),
        _text("way_back"),
        _account("account", nullable=True),
        _text("invitation"),
        _moment("created"),
    )


def _attempts() -> None:
    op.create_table(
        "attempts",
        _text("key", primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        _moment("last"),
        _moment("until"),
    )


def _text(name: str, primary_key: bool = False, unique: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, primary_key=primary_key, unique=unique or None)


def _moment(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, Moment(timezone=True), nullable=nullable)


def _account(name: str, ondelete: str = "CASCADE", nullable: bool = False, index: bool = False) -> sa.Column[str]:
    key = sa.ForeignKey("accounts.id", ondelete=ondelete)
    return sa.Column(name, sa.String(), key, nullable=nullable, index=index)
