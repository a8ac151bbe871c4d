"""The tables of `kg.batches`."""

import sqlalchemy as sa
from alembic import op

from kg.database.table import Moment

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    """Make the tables."""
    _batches()
    _rows()
    op.create_table(
        "source_names",
        sa.Column("slug", sa.String(120), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_source_names"),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("source_names")
    op.drop_table("batch_rows")
    op.drop_table("batches")


def _batches() -> None:
    texts = ("remark", "problem", "author_name", "author_agent", "author_interest")
    op.create_table(
        "batches",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("form", sa.String(10), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("at_once", sa.Boolean, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("author_id", sa.String(40), nullable=False),
        sa.Column("author_role", sa.String(20), nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=True),
        sa.Column("worker", sa.String(40), nullable=False),
        *(sa.Column(name, Moment(), nullable=False) for name in ("seen", "created", "changed")),
        sa.PrimaryKeyConstraint("id", name="pk_batches"),
    )
    op.create_index("ix_batches_author_id", "batches", ["author_id"])


def _rows() -> None:
    op.create_table(
        "batch_rows",
        sa.Column("batch_id", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("reference", sa.JSON, nullable=False),
        sa.Column("matches", sa.JSON, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("contribution", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "number", name="pk_batch_rows"),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name="fk_batch_rows_batch_id_batches"),
    )
    op.create_index("ix_batch_rows_batch_id_outcome", "batch_rows", ["batch_id", "outcome", "number"])
