"""Making a claim in a real browser, from an empty form to review: with and without JavaScript, on desktop and phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import Browser, Page, expect

from kg.accounts import Account
from kg.database import open_database
from kg.settings import Settings
from tests.browser.test_journey import SMALLEST, Watched, faults
from tests.people_support import KEY, PASSWORD, add_person
from tests.webui.server_support import Server

GIST = "Routine action research may slow the drift of a policy."


@dataclass(frozen=True)
class Site:
    url: str
    person: Account


@pytest.fixture(scope="module")
def site(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    address = f"sqlite:///{tmp_path_factory.mktemp('people')}/people.sqlite"
    database = open_database(replace(seeded, database=address))
    person = add_person(database)
    database.close()
    with Server(seeded, DATABASE=address, SECRET_KEY=KEY) as server:
        yield Site(server.url.rstrip("/"), person)


def enter(browser: Browser, site: Site, screen: str, path: str, **options: object) -> Watched:
    """A browser on which a contributor has just signed in, at this page."""
    watched = Watched(browser, site.url, screen, **options)
    watched.page.goto(path)
    watched.page.get_by_label("Mail address").fill(site.person.mail)
    watched.page.get_by_label("Password").fill(PASSWORD)
    watched.page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(watched.page.get_by_role("heading", level=1)).to_have_text("Make a claim")
    return watched


def fill_rest(page: Page, locator: str) -> None:
    """All that is no thing."""
    page.get_by_label("Relation").select_option(label="is held to lead to")
    page.get_by_label("In one sentence").fill(GIST)
    for group, choice in (("Stance", "Supports"), ("Force", "Asserts"), ("Basis", "Uncited argument"),
                          ("Link made by", "As stated")):  # fmt: skip
        page.get_by_role("group", name=group).get_by_text(choice, exact=True).click()
    page.get_by_role("group", name="Helps answer").get_by_text("Mechanism", exact=True).click()
    page.get_by_label("Where to look").fill(locator)


@pytest.mark.parametrize(("screen", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_a_claim_from_an_empty_form_to_review(browser: Browser, site: Site, screen: str, scheme: str) -> None:
    watched = enter(browser, site, screen, "/contribute/claim?source=gold-2017", color_scheme=scheme)
    page = watched.page
    watched.picture(f"contribute-0-empty-{screen}")
    subject = page.get_by_role("combobox", name="Subject")
    subject.press_sequentially("action res")
    expect(page.get_by_role("option").first).to_be_visible()
    watched.picture(f"contribute-1-offered-{screen}")
    subject.press("ArrowDown")
    subject.press("Enter")
    expect(page.get_by_role("radio", name="Routine use of action research")).to_be_checked()
    thing = page.get_by_role("combobox", name="Object")
    thing.press_sequentially("drift")
    page.get_by_role("option", name="Drift into full or partial failure").click()
    fill_rest(page, f"p. 4, {screen}")
    page.get_by_label("In one sentence").fill("This proves it.")
    expect(page.locator("#gist-advice")).to_contain_text("“proves”")
    page.get_by_label("In one sentence").fill(GIST)
    expect(page.locator("[data-saved]")).to_contain_text("Saved as a draft", timeout=10_000)
    assert faults(page) == []
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="What would come of it")).to_be_in_viewport()
    expect(page.locator("#preview .claim")).to_contain_text(GIST)
    expect(page.locator("#preview .ways")).to_contain_text("is held to lead to")
    watched.picture(f"contribute-2-preview-{screen}")
    assert faults(page) == []
    page.get_by_role("button", name="Submit to review").click()
    expect(page.get_by_text("Handed in. Somebody else reads it now.")).to_be_visible()
    watched.close()


@pytest.mark.parametrize("screen", SMALLEST)
def test_the_same_without_javascript(browser: Browser, site: Site, screen: str) -> None:
    path = "/contribute/claim?source=gold-2017"
    watched = enter(browser, site, screen, path, java_script_enabled=False)
    page = watched.page
    for field, words, found in (("Subject", "action", "Routine use of action research"),
                                ("Object", "drift", "Drift into full or partial failure")):  # fmt: skip
        page.get_by_label(field, exact=True).fill(words)
        page.get_by_role("button", name=f"Look up {field}").click()
        page.get_by_role("radio", name=found).check()
    watched.picture(f"contribute-without-javascript-{screen}")
    fill_rest(page, f"p. 5, {screen}")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved as a draft. Nobody else sees it.")).to_be_visible()
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview .claim")).to_contain_text(GIST)
    page.get_by_role("button", name="Submit to review").click()
    expect(page.get_by_text("Handed in. Somebody else reads it now.")).to_be_visible()
    watched.close()


def test_what_is_wrong_is_told_first_and_leads_to_its_field(browser: Browser, site: Site) -> None:
    watched = enter(browser, site, "phone", "/contribute/claim")
    page = watched.page
    page.get_by_role("button", name="Submit to review").click()
    expect(page.get_by_role("alert")).to_be_focused()
    watched.picture("contribute-errors-phone")
    assert faults(page) == []
    page.get_by_role("link", name="Write the claim as one plain English sentence").click()
    expect(page.get_by_label("In one sentence")).to_be_focused()
    watched.wrong = [text for text in watched.wrong if "422" not in text]  # Chromium tells the status on its console
    watched.close()


def test_something_new_is_proposed_after_a_look_at_what_comes_near(browser: Browser, site: Site) -> None:
    watched = enter(browser, site, "desktop", "/contribute/claim?source=gold-2017&about=tactic/action-research")
    page = watched.page
    thing = page.locator("details.propose").nth(1)
    thing.locator("summary").click()
    thing.get_by_label("What it is").select_option(label="Outcome")
    thing.get_by_label("Name").fill("Drift in silence")
    thing.get_by_label("Definition").fill("A policy is left to itself, and nobody says so.")
    thing.get_by_role("group", name="Kind of outcome").get_by_text("Failure", exact=True).click()
    fill_rest(page, "p. 6")
    page.get_by_role("button", name="Submit to review").click()
    expect(page.get_by_role("group", name="Is it one of these?")).to_contain_text("Drift into full or partial failure")
    watched.picture("contribute-near")
    assert faults(page) == []
    page.get_by_label("None of these: it is new").check()
    page.get_by_role("button", name="Submit to review").click()
    expect(page.get_by_text("Handed in. Somebody else reads it now.")).to_be_visible()
    watched.wrong = [text for text in watched.wrong if "422" not in text]
    watched.close()
