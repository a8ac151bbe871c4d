"""The main way through the pages in a real browser over the real server, with pictures in test-results/."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looks import ALL, asked, barriers
from tests.conftest import LONG

PICTURES = Path(__file__).parents[2] / "test-results"
PICTURED = LONG or os.environ.get("GAPBRIDGE_PICTURES") == "1"
SAME = "The same stands on this page as a list."
SCREENS = {"desktop": (1280, 900), "phone": (390, 844)}
SMALLEST = tuple(SCREENS) if ALL else ("phone",)
"""For ways that a wide screen only makes easier; GAPBRIDGE_ALL_LOOKS=1 goes them on both."""


def crossed(*, scripts_on: str) -> list[tuple[str, bool]]:
    """Both screens, with scripts and without, in two ways: with them on one screen, without them on the other.

    Layout and scripts are of little concern to each other; GAPBRIDGE_ALL_LOOKS=1 takes all four ways.
    """
    return [(screen, on) for screen in SCREENS for on in (True, False) if ALL or on == (screen == scripts_on)]


class Watched:
    """A page with all that went wrong in it: console errors, policy violations, requests to other hosts."""

    def __init__(self, browser: Browser, site: str, screen: str, **options: object) -> None:
        width, height = SCREENS[screen]
        self.context = browser.new_context(base_url=site, viewport={"width": width, "height": height}, **options)
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        host = urlsplit(site).netloc
        self.page.on("console", lambda m: self.wrong.append(m.text) if m.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda r: self.wrong.append(r.url) if urlsplit(r.url).netloc != host else None)

    def picture(self, name: str) -> None:
        """What is seen now, for somebody to look at; left out where nobody asked for it, since each takes its time."""
        if PICTURED:
            PICTURES.mkdir(exist_ok=True)
            self.page.screenshot(path=PICTURES / f"{name}.png")

    def close(self) -> None:
        self.context.close()
        assert self.wrong == []


def faults(page: Page) -> list[str]:
    """What axe finds on a page, and whether it must be scrolled sideways."""
    return [*barriers(page), *asked(page, "wide")]


def drawn(page: Page) -> None:
    expect(page.locator("#net .vis-network canvas")).to_be_visible()


@pytest.mark.parametrize("screen", SCREENS)
def test_from_worry_to_sources(browser: Browser, site: str, screen: str) -> None:
    watched = Watched(browser, site, screen)
    page = watched.page
    page.goto("/")
    watched.picture(f"journey-1-home-{screen}")
    page.get_by_role("link", name="Dispersed governance").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dispersed governance")
    expect(page.get_by_role("link", name="Tracking").first).to_be_visible()
    watched.picture(f"journey-2-cause-{screen}")
    page.get_by_role("link", name="Intermediary bodies").first.click()
    expect(page.get_by_text("No cited evidence for this tactic is recorded here").first).to_be_visible()
    watched.picture(f"journey-3-tactic-{screen}")
    page.locator("#recommended").get_by_role("link", name="Hudson et al. 2019").first.click()
    expect(page.get_by_text("Narrative review").first).to_be_visible()
    watched.picture(f"journey-4-source-{screen}")
    page.goto("/id/failure-cause/dispersed-governance")
    page.get_by_role("navigation", name="Views of this").get_by_role("link", name="Graph").click()
    drawn(page)
    watched.picture(f"journey-5-graph-{screen}")
    watched.close()


def test_graph_by_keyboard(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/graph/failure-cause/dispersed-governance")
    drawn(page)
    drawing, told = page.get_by_role("application"), page.locator("#detail")
    expect(drawing).to_have_attribute("aria-label", f"Graph of Dispersed governance. {SAME}")
    drawing.focus()
    page.keyboard.press("n")
    expect(told).to_contain_text("Cause of policy failure: Dispersed governance")
    page.keyboard.press("n")
    expect(told).to_contain_text("Tracking")
    expect(told).to_contain_text("Holds the tactic")
    page.keyboard.press("p")
    watched.picture("graph-keyboard")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/id/failure-cause/dispersed-governance")
    watched.close()


def test_graph_hides_kinds_of_link(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/graph/failure-cause/overly-optimistic-expectations")
    drawn(page)
    page.get_by_text("Choose what is shown").click()
    context = page.get_by_role("checkbox", name="Works of the context")
    expect(context).not_to_be_checked()
    before = page.locator("#net").bounding_box()
    context.check()
    expect(page).to_have_url(re.compile("relation=contextualWork"))
    watched.picture("graph-with-context")
    assert before != page.locator("#net").bounding_box()
    watched.close()


def test_list_comes_first_on_a_phone(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "phone")
    watched.page.goto("/graph/failure-cause/dispersed-governance")
    drawn(watched.page)
    listed, drawing = (watched.page.locator(name).bounding_box() for name in ("#list", "#drawing"))
    assert listed is not None
    assert drawing is not None
    assert listed["y"] < drawing["y"]
    watched.close()


@pytest.mark.parametrize("screen", SMALLEST)
def test_all_is_there_without_javascript(browser: Browser, site: str, screen: str) -> None:
    watched = Watched(browser, site, screen, java_script_enabled=False)
    page = watched.page
    page.goto("/graph/failure-cause/dispersed-governance")
    expect(page.get_by_role("img", name="Graph of Dispersed governance")).to_be_visible()
    expect(page.locator("#list").get_by_role("link", name="Intermediary bodies", exact=True)).to_be_visible()
    watched.picture(f"graph-without-javascript-{screen}")
    page.goto("/")
    page.get_by_label("Describe what goes wrong").fill("targets")
    page.get_by_label("Describe what goes wrong").press("Enter")
    expect(page.get_by_role("heading", name="Search: targets")).to_be_visible()
    page.goto("/path")
    page.get_by_label("From").fill("Dispersed governance")
    page.get_by_label("To", exact=True).fill("Failure of a policy")
    page.get_by_role("button", name="Find paths").click()
    expect(page.get_by_text("paths found").or_(page.get_by_text("path found")).first).to_be_visible()
    watched.close()
