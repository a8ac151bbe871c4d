"""The tables of `kg.contributions`."""

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away."""
