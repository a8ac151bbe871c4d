"""A desk over a base with the seed data."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.contributions import Desk
from kg.database import Database, open_database
from kg.settings import Settings


@pytest.fixture
def database(fresh: Settings) -> Iterator[Database]:
    opened = open_database(fresh)
    yield opened
    opened.close()


@pytest.fixture
def desk(database: Database, fresh: Settings) -> Desk:
    return Desk(database, fresh)
