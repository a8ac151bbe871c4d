"""The tables of `kg.accounts`."""

revision, down_revision = "0001", None


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away."""
