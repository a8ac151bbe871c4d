"""The table of `kg.diagnosis.saved`."""

import sqlalchemy as sa
from alembic import op

from kg.database.table import Moment

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "diagnoses",
        sa.Column("id", sa.String(), nullable=False, primary_key=True),
        sa.Column("account", sa.String(), sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("created", Moment(timezone=True), nullable=False),
        sa.Column("changed", Moment(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("diagnoses")
