"""The tables of `kg.contributions`."""

import sqlalchemy as sa
from alembic import op

from kg.database.table import Moment

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    """Make the tables."""
    _contributions()
    _events()


def downgrade() -> None:
    """Take them away."""
    op.drop_table("contribution_events")
    op.drop_table("contributions")


def _contributions() -> None:
    op.create_table(
        "contributions",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("author_id", sa.String(40), nullable=False),
        sa.Column("author_name", sa.Text, nullable=False),
        sa.Column("author_agent", sa.Text, nullable=False),
        sa.Column("interest", sa.Text, nullable=False),
        sa.Column("form", sa.JSON, nullable=False),
        sa.Column("added", sa.Text, nullable=False),
        sa.Column("removed", sa.Text, nullable=False),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("batch", sa.String(40), nullable=False),
        sa.Column("contested", sa.Boolean, nullable=False),
        sa.Column("created", Moment(), nullable=False),
        sa.Column("changed", Moment(), nullable=False),
        sa.Column("submitted", Moment(), nullable=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("accepting", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contributions"),
    )
    op.create_index("ix_contributions_state_submitted", "contributions", ["state", "submitted"])
    op.create_index("ix_contributions_author_id_changed", "contributions", ["author_id", "changed"])
    for column in ("source", "batch", "accepting"):
        op.create_index(f"ix_contributions_{column}", "contributions", [column])


def _events() -> None:
    op.create_table(
        "contribution_events",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("contribution_id", sa.String(40), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("who_id", sa.String(40), nullable=False),
        sa.Column("who_name", sa.Text, nullable=False),
        sa.Column("who_agent", sa.Text, nullable=False),
        sa.Column("who_role", sa.String(20), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("added", sa.Text, nullable=False),
        sa.Column("removed", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contribution_events"),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contributions.id"],
            name="fk_contribution_events_contribution_id_contributions",
        ),
    )
    op.create_index("ix_contribution_events_contribution_id", "contribution_events", ["contribution_id"])
