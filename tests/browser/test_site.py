"""Every page, looked at: nothing that hinders a reader, nothing from elsewhere, nothing that moves or is cut off.

Each page is seen in one look here, and each look on some pages; GAPBRIDGE_ALL_LOOKS=1 takes all eight of every page.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.looks import ALL, LOOKS, Look, faults, on_paper_and_still, one_look
from tests.browser.test_journey import Watched, drawn
from tests.webui.site_pages import SITE, SitePage


def visit(watched: Watched, page: SitePage, *, scripts: bool = True) -> None:
    """Go to a page and wait until it is drawn; of an error's status the browser makes a note of its own.

    Scripts are only off while a page loads: what looks at it is a script too.
    """
    browser = watched.context.new_cdp_session(watched.page)
    browser.send("Emulation.setScriptExecutionDisabled", {"value": not scripts})
    answer = watched.page.goto(page.address)
    browser.send("Emulation.setScriptExecutionDisabled", {"value": False})
    browser.detach()
    assert answer is not None
    assert answer.status == page.status
    if page.status >= 400:
        watched.wrong[:] = [
            text for text in watched.wrong if f"the server responded with a status of {page.status}" not in text
        ]
    if page.is_graph and scripts:
        drawn(watched.page)


def told(found: dict[str, list[str]]) -> str:
    return "\n".join(f"{name}: {fault}" for name, faults in found.items() for fault in faults)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_nothing_hinders_a_reader(browser: Browser, site: str, look: Look) -> None:
    watched, found = Watched(browser, site, look.screen, color_scheme=look.scheme), dict[str, list[str]]()
    for page in SITE:
        if ALL or look == one_look(page):
            visit(watched, page, scripts=look.scripts)
            watched.picture(f"{page.name}-{look}")
            if wrong := faults(watched.page, scripts=look.scripts) + on_paper_and_still(watched.page):
                found[page.name] = wrong
    watched.close()
    assert not found, told(found)


def test_what_scripts_draw_is_fit_for_paper_and_still(browser: Browser, site: str) -> None:
    """The pages with a drawing or an editor that are looked at without scripts above."""
    watched, found = Watched(browser, site, "desktop"), dict[str, list[str]]()
    drawn_on = [page for page in SITE if page.is_graph or page.name.startswith("query")]
    assert len(drawn_on) > 4
    for page in drawn_on:
        if one_look(page).scripts:
            continue
        visit(watched, page)
        if wrong := on_paper_and_still(watched.page):
            found[page.name] = wrong
    watched.close()
    assert not found, told(found)


def test_forced_colours_keep_apart_what_is_told_apart(browser: Browser, site: str) -> None:
    """The reader's own colours replace ours; borders and shapes then tell apart what colours did."""
    watched = Watched(browser, site, "desktop", forced_colors="active")
    page = watched.page
    visit(watched, next(seen for seen in SITE if seen.name == "tactic"))
    current, other = page.locator(".nav a[aria-current]"), page.locator(".nav a:not([aria-current])").first
    under = "element => getComputedStyle(element).borderBlockEndColor"
    assert current.evaluate(under) != other.evaluate(under)
    expect(page.locator("article.claim").first).to_have_css("border-inline-start-width", "5px")
    watched.picture("forced-colours-tactic")
    visit(watched, next(seen for seen in SITE if seen.name == "graph"))
    drawn_as = "all => all.map(one => [getComputedStyle(one).fill, getComputedStyle(one).stroke])"
    shapes = page.locator(".legend .shape").evaluate_all(drawn_as)
    assert len(shapes) > 2
    assert [fill for fill, line in shapes if fill == line] == []
    watched.picture("forced-colours-graph")
    watched.close()


def test_skip_link_is_the_first_stop_and_leads_to_the_content(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "phone")
    page = watched.page
    page.goto("/tactics")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    watched.close()


def test_menu_opens_and_closes_without_javascript(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "phone", java_script_enabled=False)
    page = watched.page
    page.goto("/tactics")
    entry = page.get_by_role("navigation", name="Main").get_by_role("link", name="About")
    expect(entry).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(entry).to_be_visible()
    watched.picture("menu-phone")
    page.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    header = page.locator("header.top").bounding_box()
    assert header is not None
    assert header["height"] < 70
    watched.close()
