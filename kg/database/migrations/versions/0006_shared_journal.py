"""The tables of `kg.store.remote.record`."""

import sqlalchemy as sa
from alembic import op

from kg.database.table import Moment

revision, down_revision = "0006", "0005"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "lines",
        sa.Column("id", sa.Integer(), nullable=False, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(), nullable=False),
    )
    op.create_table(
        "patches",
        sa.Column("number", sa.Integer(), nullable=False, primary_key=True, autoincrement=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("at", Moment(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("patches")
    op.drop_table("lines")
