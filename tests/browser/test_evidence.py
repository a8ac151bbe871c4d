"""The map, the coverage board, comparing and what-if in a real browser: by keyboard, on a phone, without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_journey import SCREENS, SMALLEST, Watched
from tests.sparql.conftest import until


@pytest.mark.parametrize("screen", SMALLEST)
def test_from_the_map_to_a_claim_without_javascript(browser: Browser, site: str, screen: str) -> None:
    watched = Watched(browser, site, screen, java_script_enabled=False)
    page = watched.page
    page.goto("/map")
    page.get_by_role("link", name="Dispersed governance, Tracking: 1 independent source").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dispersed governance and Tracking")
    page.get_by_role("article").get_by_role("link").first.click()
    expect(page.get_by_text("Tracking").first).to_be_visible()
    page.goto("/map")
    page.get_by_role("link", name="Dispersed governance, Review: nothing recorded").click()
    expect(page.get_by_text("Nothing is recorded here")).to_be_visible()
    page.get_by_role("link", name="Back to the map").click()
    expect(page.locator("#dispersed-governance")).to_be_visible()
    watched.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_wide_map_scrolls_in_itself_and_keeps_its_rows_in_sight(browser: Browser, site: str, screen: str) -> None:
    watched = Watched(browser, site, screen)
    page = watched.page
    page.goto("/map?columns=tactics")
    region = page.get_by_role("region", name="Causes down, tactics across")
    region.focus()

    def scrolled() -> bool:
        page.keyboard.press("ArrowRight")  # before its first picture a page may not hear of it
        return bool(region.evaluate("region => region.scrollLeft > 100"))

    assert until(scrolled)
    head = page.locator("#dispersed-governance").bounding_box()
    frame = region.bounding_box()
    assert head is not None
    assert frame is not None
    assert abs(head["x"] - frame["x"]) < 4
    watched.close()


def test_table_can_be_skipped_by_keyboard(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/map?columns=tactics")
    skip = page.get_by_role("link", name="Skip the table")
    skip.focus()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#after-map') !== null")
    watched.close()


def test_every_cell_is_large_enough_to_hit(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "phone")
    for url in ("/map", "/map?columns=tactics", "/map?rows=sources", "/coverage"):
        watched.page.goto(url)
        small = watched.page.evaluate(
            "[...document.querySelectorAll('.map a')].map(a => a.getBoundingClientRect())"
            ".filter(box => box.width < 24 || box.height < 24).length"
        )
        assert small == 0, url
    watched.close()


@pytest.mark.parametrize("screen", SMALLEST)
def test_comparing_by_the_form_without_javascript(browser: Browser, site: str, screen: str) -> None:
    watched = Watched(browser, site, screen, java_script_enabled=False)
    page = watched.page
    page.goto("/compare")
    page.get_by_label("Add a tactic, cause or source").fill("Intermediary bodies")
    page.get_by_role("button", name="Compare").click()
    page.get_by_label("Add a tactic").fill("Two-way communication processes")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare tactics")
    expect(page.get_by_text("The same for all:")).to_be_visible()
    page.get_by_role("link", name="Take out Intermediary bodies").click()
    expect(page.get_by_text("Choose another tactic to hold beside")).to_be_visible()
    watched.close()


@pytest.mark.parametrize("screen", SMALLEST)
def test_taking_a_source_away_and_back_without_javascript(browser: Browser, site: str, screen: str) -> None:
    watched = Watched(browser, site, screen, java_script_enabled=False)
    page = watched.page
    page.goto("/what-if")
    page.get_by_label("Take a source away").select_option("gold-2017")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="6 tactics: Informed → Proposed")).to_be_visible()
    page.get_by_label("Take another source away").select_option("gold-2014")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Put back Gold 2014")).to_be_visible()
    page.get_by_role("link", name="Put back Gold 2017").click()
    expect(page).to_have_url(f"{site}/what-if?without=gold-2014")
    watched.close()


def test_forced_colours_and_print_keep_the_marks(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop", forced_colors="active")
    page = watched.page
    page.goto("/map")
    stroke = "getComputedStyle(document.querySelector('td .ring path')).stroke"
    assert page.evaluate(stroke) not in ("none", "rgba(0, 0, 0, 0)")
    page.emulate_media(media="print")
    expect(page.locator("table.map")).to_be_visible()
    expect(page.locator(".skiptable")).to_be_hidden()
    watched.close()
