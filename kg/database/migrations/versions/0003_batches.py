"""The tables of `kg.batches`."""

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away."""
