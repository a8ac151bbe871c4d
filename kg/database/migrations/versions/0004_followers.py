"""The tables of `kg.followers`."""

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away."""
