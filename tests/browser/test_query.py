"""The query page in a real browser: editor, examples, sharing, keyboard, and all of it without JavaScript."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kg.queries import example, first_query
from tests.browser.test_journey import SMALLEST, Watched, faults
from tests.sparql.conftest import until

CAUSES = "SELECT ?cause WHERE { ?cause a <https://w3id.org/gapbridge/ns#FailureCause> } ORDER BY ?cause"
EXAMPLE = example("cq14-what-causes-lead-to")


def address(query: str) -> str:
    return "/sparql?" + urlencode({"query": query, "format": "html"})


def editor(page: Page) -> Locator:
    return page.locator(".tabPanel.active .yasqe .CodeMirror")


def text_of(page: Page) -> str:
    return str(editor(page).evaluate("element => element.CodeMirror.getValue()"))


def write(page: Page, query: str) -> None:
    editor(page).evaluate("(element, text) => element.CodeMirror.setValue(text)", query)


def run(page: Page) -> None:
    page.get_by_role("button", name="Run query").click()


def close_after_refusal(watched: Watched) -> None:
    """Close a page on which a query was refused, of which the browser itself makes a note in the console."""
    (noted,) = [text for text in watched.wrong if "400 (Bad Request)" in text]
    watched.wrong.remove(noted)
    watched.close()


def table(page: Page) -> Locator:
    return page.locator(".tabPanel.active .yasr_results tbody tr")


@pytest.fixture(params=SMALLEST)
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize(("screen", "scheme"), [("desktop", "dark"), ("phone", "light")])
def test_accessible_in_every_state(browser: Browser, site: str, screen: str, scheme: str) -> None:
    watched, found = Watched(browser, site, screen, color_scheme=scheme), dict[str, list[str]]()
    page = watched.page

    def look(state: str) -> None:
        watched.picture(f"query-{state}-{screen}-{scheme}")
        found[state] = faults(page)

    page.goto("/sparql")
    expect(editor(page)).to_be_visible()
    run(page)
    expect(table(page)).not_to_have_count(0)
    look("table")
    page.get_by_role("button", name="Shows Response view").click()
    expect(page.locator(".yasr_results .CodeMirror")).to_be_visible()
    page.get_by_role("button", name="Share query").click()
    expect(page.get_by_label("Address of this query")).to_be_visible()
    look("response-and-share")
    page.get_by_role("button", name="Add a new tab").click()
    write(page, "SELECT nothing")
    run(page)
    expect(page.get_by_role("heading", name="This could not be answered")).to_be_visible()
    look("error")
    close_after_refusal(watched)
    assert {state: wrong for state, wrong in found.items() if wrong} == {}


def test_opens_with_a_query_that_gives_rows(browser: Browser, site: str, screen: str) -> None:
    watched = Watched(browser, site, screen)
    page = watched.page
    page.goto("/sparql")
    assert text_of(page) == first_query()
    run(page)
    expect(table(page).filter(has_text="tactic:intermediary-bodies")).to_be_visible()
    expect(page.locator("#editor-told")).to_contain_text("rows.")
    watched.close()


def test_example_comes_into_the_editor_and_is_answered(browser: Browser, site: str, screen: str) -> None:
    watched = Watched(browser, site, screen)
    page = watched.page
    page.goto("/sparql")
    page.get_by_role("link", name=EXAMPLE.title).click()
    expect(table(page)).not_to_have_count(0)
    assert text_of(page) == EXAMPLE.text.strip()
    expect(page.locator(".tabsList .tab")).to_have_count(1)  # it took the place of the first query
    expect(page.get_by_role("heading", name="Editor")).to_be_in_viewport()
    watched.picture(f"query-example-{screen}")
    watched.close()


def test_example_does_not_replace_what_one_wrote(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/sparql")
    write(page, CAUSES)
    page.get_by_role("link", name=EXAMPLE.title).click()
    expect(table(page)).not_to_have_count(0)
    expect(page.locator(".tabsList .tab")).to_have_count(2)
    page.locator(".tabsList .tab a").first.click()
    assert text_of(page) == CAUSES
    watched.close()


def test_address_brings_its_query_whatever_was_kept(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/sparql")
    write(page, "ASK { }")
    page.goto(address(CAUSES))
    assert text_of(page) == CAUSES
    expect(page.get_by_text("4 rows.")).to_be_visible()
    page.goto("/sparql")
    expect(page.locator(".tabsList .tab")).to_have_count(2)
    assert text_of(page) == CAUSES  # kept, as the tab last used
    watched.close()


def test_shared_address_opens_the_same_query_and_its_answer(browser: Browser, site: str) -> None:
    watched, other = Watched(browser, site, "desktop"), Watched(browser, site, "phone")
    page = watched.page
    page.goto("/sparql")
    write(page, CAUSES)
    page.get_by_role("button", name="Share query").click()
    shared = page.get_by_label("Address of this query").input_value()
    assert shared == site + address(CAUSES)
    run(page)
    expect(page).to_have_url(shared)
    other.page.goto(shared)
    assert text_of(other.page) == CAUSES
    expect(other.page.get_by_role("link", name="failure-cause:dispersed-governance")).to_be_visible()
    watched.close()
    other.close()


def test_an_address_brings_a_query_and_nothing_else(browser: Browser, site: str) -> None:
    """A share link in YASGUI's own form is read for its query; an endpoint or headers in it are not believed."""
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/sparql#" + urlencode({"query": CAUSES, "endpoint": "http://127.0.0.2:9/", "headers": '{"X":"1"}'}))
    assert text_of(page) == CAUSES
    run(page)
    expect(table(page)).to_have_count(4)
    watched.close()


def test_things_in_the_answer_lead_to_their_pages_here(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/sparql")
    write(page, CAUSES)
    run(page)
    link = page.get_by_role("link", name="failure-cause:dispersed-governance")
    expect(link).to_have_attribute("href", "/id/failure-cause/dispersed-governance")
    watched.close()


def test_endpoints_words_are_shown_when_it_refuses(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/sparql")
    write(page, "SELECT ?x WHERE { ?x a }")
    run(page)
    expect(page.locator(".errorResult")).to_contain_text("error at 1:")
    expect(page.locator("#editor-told")).to_contain_text("error at 1:")
    close_after_refusal(watched)


def test_unreachable_endpoint_is_told_in_words(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/sparql")
    page.route("**/sparql", lambda route: route.abort())
    run(page)
    expect(page.locator(".errorResult")).to_contain_text("The endpoint could not be reached.")
    watched.context.close()


def test_terms_are_offered_from_our_own_ontology(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/sparql")
    write(page, "PREFIX gap: <https://w3id.org/gapbridge/ns#>\nSELECT * WHERE { ?x a gap:Fail")
    editor(page).evaluate("element => { element.CodeMirror.focus(); element.CodeMirror.execCommand('goDocEnd') }")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hints")).to_contain_text("gap:FailureCause")
    page.keyboard.press("Enter")
    page.keyboard.type(" ; gap:reviewS")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hints")).to_contain_text("gap:reviewStatus")
    page.keyboard.press("Enter")
    page.keyboard.type(" tactic:")  # its prefix is declared as soon as it is used
    value = "document.querySelector('.yasqe .CodeMirror').CodeMirror.getValue()"
    assert until(lambda: page.evaluate(f"{value}.includes('PREFIX tactic:')"))
    watched.close()


def test_keyboard_gets_in_and_out_of_the_editor(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/sparql")
    field = page.get_by_role("textbox", name="SPARQL query")
    field.focus()
    expect(field).to_have_accessible_description(re.compile("press Esc, then Tab leaves it"))
    page.keyboard.press("Control+Enter")
    expect(table(page)).not_to_have_count(0)
    page.keyboard.press("Tab")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(field).not_to_be_focused()
    inside = "document.activeElement !== document.body && !!document.activeElement.closest('#editor')"
    assert page.evaluate(inside)
    for _ in range(200):  # past the links of the table
        page.keyboard.press("Tab")
        if not page.evaluate(inside):
            break
    assert not page.evaluate(inside)
    watched.close()


def test_dragging_a_column_breaks_no_policy(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/sparql")
    run(page)
    expect(table(page)).not_to_have_count(0)
    box = page.locator(".grip-handle").nth(1).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 5)
    page.mouse.up()
    watched.close()


def test_all_is_there_without_javascript(browser: Browser, site: str, screen: str) -> None:
    watched = Watched(browser, site, screen, java_script_enabled=False)
    page = watched.page
    page.goto("/sparql")
    expect(page.locator("#editor-part")).to_be_hidden()
    page.get_by_label("Query", exact=True).fill(CAUSES)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("4 rows.")).to_be_visible()
    page.get_by_role("link", name=EXAMPLE.title).click()
    expect(page.get_by_label("Query", exact=True)).to_have_value(EXAMPLE.text.strip())
    expect(page.locator("table.answer tbody tr")).not_to_have_count(0)
    watched.picture(f"query-without-javascript-{screen}")
    watched.close()
