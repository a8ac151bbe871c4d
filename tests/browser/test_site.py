"""Every page, looked at: nothing that hinders a reader, nothing from elsewhere, nothing that moves or is cut off.

Each page is seen twice here, in a look and in its opposite; GAPBRIDGE_ALL_LOOKS=1 takes all eight looks of every page.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from kg.settings import Settings
from tests.browser.looks import LOOKS, Look, faults, printed, still, two_looks
from tests.browser.test_journey import Watched, drawn
from tests.webui.server_support import Server
from tests.webui.site_pages import SITE, SitePage

ALL = os.environ.get("GAPBRIDGE_ALL_LOOKS") == "1"


@pytest.fixture(scope="module")
def site(seeded: Settings) -> Iterator[str]:
    with Server(seeded) as server:
        yield server.url.rstrip("/")


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
        if ALL or look in two_looks(page):
            visit(watched, page, scripts=look.scripts)
            watched.picture(f"{page.name}-{look}")
            if wrong := faults(watched.page, scripts=look.scripts):
                found[page.name] = wrong
    watched.close()
    assert not found, told(found)


def test_every_page_is_fit_for_paper_and_still(browser: Browser, site: str) -> None:
    watched, found = Watched(browser, site, "desktop"), dict[str, list[str]]()
    for page in SITE:
        visit(watched, page)
        if wrong := [*printed(watched.page), *still(watched.page)]:
            found[page.name] = wrong
    watched.close()
    assert not found, told(found)
