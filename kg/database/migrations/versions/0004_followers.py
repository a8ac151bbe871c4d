"""The tables of `kg.followers`."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "follows",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("mailed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name=op.f("fk_follows_account_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follows")),
        sa.UniqueConstraint("account", "kind", "what", name=op.f("uq_follows_account")),
    )
    op.create_index(op.f("ix_follows_account"), "follows", ["account"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index(op.f("ix_follows_account"), table_name="follows")
    op.drop_table("follows")
