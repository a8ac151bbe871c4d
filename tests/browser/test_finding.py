"""From a worry to an entry in a real browser: first page, search and its suggestions, pages about the base."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looks import ALL
from tests.browser.test_journey import SCREENS, Watched, crossed, faults

FIELDS = {"page": "Words to look for", "header": "Search the evidence base"}


def offered(page: Page, field: str, words: str, first: str) -> None:
    page.get_by_label(FIELDS[field]).press_sequentially(words)
    expect(page.get_by_role("option").first).to_contain_text(first)


@pytest.mark.parametrize(
    ("screen", "field"), [*product(SCREENS, FIELDS)] if ALL else [("desktop", "page"), ("phone", "header")]
)
def test_a_suggestion_is_chosen_by_keyboard(browser: Browser, site: str, screen: str, field: str) -> None:
    watched = Watched(browser, site, screen)
    page = watched.page
    page.goto("/search")
    offered(page, field, "dispersed gov", "Dispersed governance")
    box = page.get_by_label(FIELDS[field])
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_text("names to choose from").or_(page.get_by_text("name to choose from")).first).to_be_attached()
    box.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("Dispersed governance")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    watched.picture(f"suggestions-{field}-{screen}")
    assert faults(page) == []
    box.press("Enter")
    expect(page).to_have_url(f"{site}/id/failure-cause/dispersed-governance")
    watched.close()


def test_suggestions_are_never_in_the_way(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/search")
    box = page.get_by_label(FIELDS["page"])
    offered(page, "page", "polit", "Political")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("polit")
    box.press_sequentially("i")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("ArrowDown")
    box.press("ArrowUp")  # back in the field
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search: politi")
    watched.close()


def test_a_suggestion_is_chosen_by_pointer_and_the_list_goes_with_the_focus(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/")
    page.get_by_label("Describe what goes wrong").press_sequentially("intermediary bod")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.get_by_label("Describe what goes wrong").press_sequentially("i")
    page.get_by_role("option", name="Intermediary bodies Support tactic").click()
    expect(page).to_have_url(f"{site}/id/tactic/intermediary-bodies")
    watched.close()


def test_without_an_answer_the_form_still_works(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "phone")
    page = watched.page
    page.route("**/search/suggestions?**", lambda route: route.fulfill(status=204))
    page.goto("/")
    page.get_by_label("Describe what goes wrong").press_sequentially("targets")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search: targets")
    watched.close()


@pytest.mark.parametrize(("screen", "scripted"), crossed(scripts_on="desktop"))
def test_from_a_worry_in_own_words_to_a_tactic(browser: Browser, site: str, screen: str, scripted: bool) -> None:
    watched = Watched(browser, site, screen, java_script_enabled=scripted)
    page = watched.page
    page.goto("/")
    page.get_by_label("Describe what goes wrong").fill("local offices get no help with street-level problems")
    page.get_by_label("Describe what goes wrong").press("Enter")
    expect(page.get_by_text("No entry has all these words.")).to_be_visible()
    page.get_by_role("navigation", name="Kinds of entries").get_by_role("link", name="Claims").click()
    expect(page.get_by_role("heading", level=2, name="Claims")).to_be_visible()
    page.goto("/")
    page.locator("summary", has_text="Preparation").click()
    page.get_by_role("link", name="Agreement on an adequate funding stream").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("funding stream")
    page.goto("/")
    page.get_by_role("link", name="Symbolic implementation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Symbolic implementation")
    page.goto("/")
    page.get_by_role("link", name="How to read a claim").click()
    page.get_by_role("navigation", name="About this evidence base").get_by_role("link", name="Our words").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Our words")
    watched.close()
