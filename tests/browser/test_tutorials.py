"""The ways that docs/tutorials walks, walked in a browser; the pictures of its pages are taken on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kg.database import open_database
from kg.settings import Settings
from tests.browser.test_diagnose import CODE
from tests.browser.test_journey import Watched
from tests.people_support import KEY, PASSWORD, add_person
from tests.webui.server_support import Server

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PICTURES = ROOT / "build" / "pictures"
"""Where `make site` takes them from; pytest empties test-results/ at each start."""


def picture(watched: Watched, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    watched.page.screenshot(path=PICTURES / f"docs-{name}.png")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('people')}/people.sqlite"


@pytest.fixture(scope="module")
def site(seeded: Settings, address: str) -> Iterator[str]:
    with Server(seeded, DATABASE=address, SECRET_KEY=KEY) as server:
        yield server.url.rstrip("/")


def test_from_a_worry_to_a_brief(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/")
    picture(watched, "home")
    page.get_by_role("link", name="Dispersed governance").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dispersed governance")
    picture(watched, "cause")
    page.get_by_role("link", name="Intermediary bodies").first.click()
    expect(page.get_by_text("No cited evidence for this tactic is recorded here").first).to_be_visible()
    picture(watched, "tactic")
    page.get_by_role("link", name="Diagnose").first.click()
    picture(watched, "diagnose")
    page.goto(f"/diagnose/brief?d={CODE}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    picture(watched, "brief")
    watched.close()


def test_a_study_and_what_it_says(browser: Browser, site: str, seeded: Settings, address: str) -> None:
    database = open_database(replace(seeded, database=address))
    person = add_person(database)
    database.close()
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/contribute/source")
    page.get_by_label("Mail address").fill(person.mail)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/contribute/source"))
    picture(watched, "source")
    page.goto("/contribute/claim?source=gold-2017")
    expect(page.get_by_role("heading", level=1)).to_have_text("Make a claim")
    picture(watched, "claim")
    watched.close()


def test_every_picture_of_the_pages_was_taken() -> None:
    """Last in this file: the tests above took them."""
    wanted = {name for page in DOCS.rglob("*.md") for name in re.findall(r"docs-[\w-]+\.png", page.read_text("utf-8"))}
    assert wanted
    assert wanted <= {picture.name for picture in PICTURES.glob("docs-*.png")}
