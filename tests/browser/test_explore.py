"""The path explorer and the graphs in a real browser: by keyboard, on desktop and phone, with and without scripts."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_journey import SMALLEST, Watched, crossed, drawn, faults

CAUSE = "/graph/failure-cause/dispersed-governance"
ENDS = "from=failure-cause/dispersed-governance&to=outcome/policy-drift"


def live(page: Page) -> None:
    drawn(page)
    expect(page.locator("#drawing.is-live")).to_be_visible()


# --- Paths -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("screen", SMALLEST)
def test_a_path_by_keyboard_alone(browser: Browser, site: str, screen: str) -> None:
    watched = Watched(browser, site, screen)
    page, keys = watched.page, watched.page.keyboard
    page.goto("/path")
    start, end = page.get_by_role("combobox", name="From"), page.get_by_role("combobox", name="To")
    start.focus()
    keys.type("dispersed gov")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Dispersed governance")
    expect(start).to_have_attribute("aria-expanded", "true")
    keys.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    watched.picture(f"explore-typing-{screen}")
    keys.press("Enter")
    expect(start).to_have_value("Dispersed governance")
    expect(start).to_have_attribute("aria-expanded", "false")
    keys.press("Tab")
    expect(end).to_be_focused()
    keys.type("full or partial")
    expect(page.locator("#to-list").get_by_role("option").first).to_contain_text("Drift into full or partial failure")
    keys.press("ArrowUp")
    keys.press("Escape")
    expect(page.locator("#to-list")).to_be_hidden()
    expect(end).to_have_value("full or partial")
    end.fill("Drift into full or partial failure")
    keys.press("Enter")
    expect(page.get_by_text("paths found.")).to_be_visible()
    expect(page.get_by_text("the weakest step is stated in the source").first).to_be_visible()
    watched.picture(f"explore-paths-{screen}")
    watched.close()


@pytest.mark.parametrize("screen", SMALLEST)
def test_paths_without_scripts(browser: Browser, site: str, screen: str) -> None:
    watched = Watched(browser, site, screen, java_script_enabled=False)
    page = watched.page
    page.goto("/path")
    page.get_by_label("From", exact=True).fill("dispersed")
    page.get_by_label("To", exact=True).fill("Drift into full or partial failure")
    page.get_by_label("To", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_role("link", name="Dispersed governance").click()
    expect(page.get_by_text("paths found.")).to_be_visible()
    page.get_by_role("button", name="Swap From and To").click()
    expect(page.get_by_label("From", exact=True)).to_have_value("Drift into full or partial failure")
    expect(page.get_by_text("paths found.")).to_be_visible()
    page.get_by_text("By way of what, how firm, how long").click()
    page.get_by_label("Policies").check()
    page.get_by_role("button", name="Find paths").click()
    expect(page).to_have_url(re.compile("by=policy"))
    expect(page.get_by_text("Integrated care programmes").first).to_be_visible()
    page.get_by_role("link", name="Graph", exact=True).click()
    expect(page.get_by_role("img", name="Paths from Drift into full or partial failure")).to_be_visible()
    expect(page.locator("#list").get_by_role("link", name="Integrated care programmes", exact=True)).to_be_visible()
    watched.picture(f"explore-paths-still-{screen}")
    watched.wrong = [line for line in watched.wrong if "422" not in line]  # the browser tells of it
    watched.close()


def test_an_answer_as_a_graph_and_back(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto(f"/path?{ENDS}")
    page.get_by_role("link", name="Graph", exact=True).click()
    live(page)
    drawing = page.get_by_role("application")
    drawing.focus()
    page.keyboard.press("n")
    expect(page.locator("#detail")).to_contain_text("Dispersed governance")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#detail")).not_to_contain_text("Cause of policy failure:")
    watched.picture("explore-answer-graph")
    page.get_by_role("link", name="List", exact=True).click()
    expect(page.locator(".way").first).to_be_visible()
    watched.close()


# --- Graphs ----------------------------------------------------------------------------------------


def test_unfolding_and_folding_up_by_keyboard(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page, keys = watched.page, watched.page.keyboard
    page.goto(CAUSE)
    live(page)
    before = page.locator("#counted").inner_text()
    page.get_by_role("application").focus()
    keys.press("n")
    keys.press("u")
    expect(page).to_have_url(re.compile(r"\?unfold=failure-cause/dispersed-governance$"))
    expect(page.locator("#counted")).not_to_have_text(before)
    expect(page.get_by_role("button", name="Fold up")).to_be_enabled()
    expect(page.get_by_role("application")).to_be_focused()
    expect(page.locator("#detail")).to_contain_text("Cause of policy failure: Dispersed governance")
    expect(page.locator("#list")).to_contain_text("Failure of a policy")
    watched.picture("explore-unfolded")
    keys.press("u")
    expect(page.locator("#counted")).to_have_text(before)
    page.go_back()
    expect(page.locator("#counted")).not_to_have_text(before)
    watched.close()


def test_arrows_go_to_what_is_linked_sideways_and_to_neighbours_up_and_down(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page, keys, detail = watched.page, watched.page.keyboard, watched.page.locator("#detail")
    page.goto(CAUSE)
    live(page)
    page.get_by_role("application").focus()
    for key, words in (
        ("ArrowRight", "Cause of policy failure: Dispersed governance"),  # nothing chosen yet: what it is about
        ("ArrowRight", "Phase of policy support: Tracking"),
        ("ArrowRight", "Support tactic:"),
        ("ArrowLeft", "Phase of policy support: Tracking"),
    ):
        keys.press(key)
        expect(detail).to_contain_text(words)
    keys.press("ArrowRight")
    tactic = detail.locator("a").inner_text()
    keys.press("ArrowDown")
    expect(detail.locator("a")).not_to_have_text(tactic)
    keys.press("ArrowUp")
    expect(detail.locator("a")).to_have_text(tactic)
    watched.close()


@pytest.mark.parametrize(("screen", "script"), crossed(scripts_on="phone"))
def test_choosing_what_is_shown(browser: Browser, site: str, screen: str, script: bool) -> None:
    watched = Watched(browser, site, screen, java_script_enabled=script)
    page = watched.page
    page.goto(CAUSE)
    if script:
        live(page)
    listed = page.locator("#list").get_by_role("link", name="Gold 2017", exact=True)
    expect(listed.first).to_be_visible()
    page.get_by_text("Choose what is shown").click()
    page.get_by_role("checkbox", name=re.compile("^Source ")).uncheck()
    if not script:
        page.get_by_role("button", name="Show these").click()
    expect(page).to_have_url(re.compile("shown=chosen"))
    expect(listed).to_have_count(0)
    expect(page.get_by_role("checkbox", name=re.compile("^Source "))).not_to_be_checked()
    if script:
        expect(page.get_by_role("checkbox", name=re.compile("^Source "))).to_be_focused()
    page.get_by_role("link", name="Show all again").click()
    expect(listed.first).to_be_visible()
    watched.close()


@pytest.mark.parametrize("screen", SMALLEST)
def test_unfolding_in_the_list_without_scripts(browser: Browser, site: str, screen: str) -> None:
    watched = Watched(browser, site, screen, java_script_enabled=False)
    page = watched.page
    page.goto(CAUSE)
    page.get_by_role("link", name="Unfold Intermediary bodies").click()
    expect(page.get_by_text("Unfolded here: Intermediary bodies")).to_be_visible()
    page.get_by_role("link", name="fold up Intermediary bodies").first.click()
    expect(page.get_by_text("Unfolded here:")).to_have_count(0)
    watched.close()


def test_the_graph_can_be_taken_away(browser: Browser, site: str, tmp_path: Path) -> None:
    watched = Watched(browser, site, "desktop", accept_downloads=True)
    page = watched.page
    page.goto(CAUSE)
    live(page)
    found = {}
    for name in ("SVG", "GraphML", "PNG"):
        with page.expect_download() as download:
            page.locator(f"#as-{name.lower()}").click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        found[path.name] = path.read_bytes()
    assert set(found) == {f"dispersed-governance.{suffix}" for suffix in ("svg", "graphml", "png")}
    assert found["dispersed-governance.png"].startswith(b"\x89PNG")
    assert len(found["dispersed-governance.png"]) > 20_000, "more than an empty canvas"
    graph = nx.read_graphml(BytesIO(found["dispersed-governance.graphml"]))
    assert f"{len(graph)} things" in page.locator("#counted").inner_text()
    watched.close()


def test_data_that_does_not_come_leaves_the_list(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.route("**/*.json*", lambda route: route.fulfill(status=503, body="busy"))
    page.goto(CAUSE)
    expect(page.locator("#detail")).to_contain_text("The drawing could not be made. The list holds the same")
    expect(page.locator("#list").get_by_role("link", name="Intermediary bodies", exact=True)).to_be_visible()
    assert watched.wrong
    watched.wrong = []
    watched.close()


def test_nothing_moves_while_the_drawing_comes(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.add_init_script(
        "window.shifts = 0; new PerformanceObserver((list) => list.getEntries().forEach("
        "(entry) => { window.shifts += entry.value; })).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto("/graph/outcome/policy-failure")
    live(page)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shifts") < 0.02
    watched.close()


@pytest.mark.parametrize("settings", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_forced_colours_and_reduced_motion(browser: Browser, site: str, settings: dict[str, str]) -> None:
    watched = Watched(browser, site, "desktop", **settings)
    watched.page.goto("/graph/outcome/policy-failure")
    live(watched.page)
    watched.picture(f"explore-{'-'.join(settings)}")
    assert faults(watched.page) == []
    watched.close()
