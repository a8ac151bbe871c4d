"""Three clicks from a worry to tactics and what stands behind them, and choosing among claims, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_journey import Watched, crossed

OPTIMISM = "/id/failure-cause/overly-optimistic-expectations"


def unfold(page: Page, screen: str) -> None:
    """On a phone the form is folded away; beside the claims there is room for it."""
    if screen == "phone":
        page.get_by_text("Filter the claims", exact=True).click()


def kept(page: Page) -> str:
    return page.locator(".foundcount").inner_text()


@pytest.mark.parametrize(("screen", "scripted"), crossed(scripts_on="phone"))
def test_three_clicks_from_worry_to_what_stands_behind_a_tactic(
    browser: Browser, site: str, screen: str, scripted: bool
) -> None:
    watched = Watched(browser, site, screen, java_script_enabled=scripted)
    page, clicks = watched.page, 0
    page.goto("/")
    page.locator("main").get_by_role("link", name="Inadequate collaborative policymaking", exact=True).click()
    clicks += 1
    expect(page.get_by_role("heading", name="What may help")).to_be_visible()
    expect(page.locator("#tactics").get_by_text("Set against this cause.")).to_be_visible()
    line = page.locator(".tactics > li").filter(has_text="Cadre of implementation brokers").first
    expect(line).to_contain_text("1 claim cautions or disputes")
    line.get_by_role("link", name="Cadre of implementation brokers").click()
    clicks += 1
    expect(page.locator("#warnings").get_by_text("Cautions", exact=True)).to_be_visible()
    page.locator("#recommended .gist a").first.click()
    clicks += 1
    expect(page).to_have_url(re.compile("/id/claim/"))
    watched.picture(f"worry-claim-{screen}-{'js' if scripted else 'plain'}")
    watched.close()
    assert clicks == 3


@pytest.mark.parametrize(("screen", "scripted"), crossed(scripts_on="desktop"))
def test_claims_are_chosen_by_the_form_and_given_back_by_chips(
    browser: Browser, site: str, screen: str, scripted: bool
) -> None:
    watched = Watched(browser, site, screen, java_script_enabled=scripted)
    page = watched.page
    page.goto(OPTIMISM)
    all_of_them = kept(page)
    unfold(page, screen)
    page.get_by_role("checkbox", name="Cautions").check()
    page.get_by_role("checkbox", name="Preparation").check()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".claims > li")).to_have_count(3)
    expect(page.locator(".foundcount")).to_contain_text("3 of ")
    expect(page.locator("#claims-heading")).to_be_in_viewport()
    watched.picture(f"worry-filtered-{screen}-{'js' if scripted else 'plain'}")
    chosen = page.get_by_role("list", name="Filters in force")
    chosen.get_by_role("link", name="Stance: Cautions").click()
    expect(chosen.get_by_role("listitem")).to_have_count(2)
    expect(page.locator("input[name=phase][value=preparation]")).to_be_checked()  # folded away again on a phone
    chosen.get_by_role("link", name="Remove all").click()
    expect(chosen).to_have_count(0)
    assert kept(page) == all_of_them
    watched.close()


def test_filters_by_keyboard(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto(f"{OPTIMISM}#claims")
    page.get_by_role("checkbox", name="A tactic held to address it").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Filters in force")).to_contain_text("The cause itself")
    watched.close()


def test_what_cannot_be_used_takes_the_focus(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.goto(f"{OPTIMISM}?stance=no-such&from=20x7")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link", name="From year").click()
    expect(page.get_by_label("From year")).to_be_focused()
    expect(page.get_by_label("From year")).to_have_value("20x7")
    context.close()
