"""A page lets go of what it read as it ends, so that the base in memory moves on and is not read a second time.

Garbage is not collected meanwhile: what goes by that alone is held for as long as nobody collects it.
"""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.contributing import load_files
from kg.settings import Settings
from kg.store.engine import on_disk
from tests import people_support
from tests.conftest import LONG
from tests.webui.site_pages import SITE
from webui import create_app
from webui.base import Base

LOOKED_AT = (
    "home", "cause", "tactic", "source", "claim", "frameworks", "gaps", "search", "path", "map", "map-cell", "coverage",
    "compare", "what-if",
)  # fmt: skip
OF_PEOPLE = (
    "/review", "/contribute/claim", "/contribute/thing", "/contribute/source/new",
    "/contribute/source/hudson-2019/mark",
)  # fmt: skip
PAGES = [page.address for page in SITE if page.name in LOOKED_AT or (LONG and page.status == 200)]


@pytest.fixture(autouse=True)
def _garbage_stays() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(scope="module")
def site(seeded: Settings) -> Flask:
    return create_app(seeded)


def lets_go(visitor: FlaskClient, address: str) -> bool:
    """Whether nothing holds the reader that a page was made from."""
    base: Base = visitor.application.extensions["gapbridge"]
    assert visitor.get(address).status_code == 200
    reader = weakref.ref(base.current().reader)
    base._opened = None  # as whoever finds a newer revision does
    return reader() is None


@pytest.mark.parametrize("address", PAGES)
def test_nothing_of_a_page_holds_its_reader(site: Flask, address: str) -> None:
    assert lets_go(site.test_client(), address)


def test_nor_does_anything_of_a_page_for_contributors(seeded: Settings, tmp_path: Path) -> None:
    with people_support.site(seeded, str(tmp_path)) as app:
        robin = people_support.signed_in(app, "reviewer")
        assert [address for address in OF_PEOPLE if not lets_go(robin, address)] == []


def test_after_any_pages_the_next_revision_is_seen_without_reading_a_snapshot(
    fresh: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor, loaded = create_app(fresh).test_client(), []
    for address in ("/", "/map", "/coverage"):
        visitor.get(address)
    file = tmp_path / "more.ttl"
    file.write_text(
        """PREFIX foaf: <http://xmlns.com/foaf/0.1/>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        <https://w3id.org/gapbridge/id/agent/newcomer> a prov:Agent ; foaf:name "Newcomer" .
        """
    )
    load_files(fresh, [file], "A newcomer")

    def noted(folder: Path, revision: int, *, memory_limit: int) -> object:
        loaded.append(revision)
        return on_disk(folder, revision, memory_limit=memory_limit)

    monkeypatch.setattr("kg.store.home.on_disk", noted)
    assert "Revision 2 of the data" in visitor.get("/").text
    assert loaded == []
