"""A desk over a base with the seed data."""

from __future__ import annotations

import pytest

from kg.contributions import Desk
from kg.database import Database
from kg.settings import Settings


@pytest.fixture
def desk(database: Database, seeded: Settings) -> Desk:
    """A desk that lets nothing in, on a database of each kind in turn."""
    return Desk(database, seeded)
