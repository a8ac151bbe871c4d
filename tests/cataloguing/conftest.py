"""The seed data's snapshot on disk."""

from __future__ import annotations

import pytest

from kg.contributing import home
from kg.settings import Settings
from kg.store import Engine


@pytest.fixture(scope="session")
def snapshot(seeded: Settings) -> Engine:
    return home(seeded).kept(1)
