"""All sources of the seed data as references."""

from __future__ import annotations

import pytest

from kg.exporting import Reference, all_references
from tests.data_support import whole


@pytest.fixture(scope="session")
def known() -> dict[str, Reference]:
    return {reference.slug: reference for reference in all_references(whole())}
