"""A diagnosis from a worry to a brief in a real browser, with and without JavaScript, on desktop and phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from kg.diagnosis import Diagnosis, Policy, to_code
from kg.namespaces import thing
from tests.browser.test_journey import SMALLEST, Watched, faults
from webui.addresses import href

CAUSES = {thing("failure-cause", slug): "met" for slug in ("dispersed-governance", "vagaries-of-the-political-cycle")}
CODE = to_code(Diagnosis(Policy(name="Joined-up care"), {"causes": CAUSES}))


def choose(page: Page, item: str, answer: str) -> None:
    page.get_by_role("group", name=item).get_by_label(answer, exact=True).check()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Save and go on").click()


def walk(watched: Watched, name: str, found: dict[str, list[str]], *, look_closely: bool) -> None:
    """The journey; each page is looked at as it is left, with what was chosen on it."""
    page = watched.page

    def look(step: str) -> None:
        watched.picture(f"diagnose-{step}-{name}")
        if look_closely and (wrong := faults(page)):
            found[step] = wrong

    page.goto("/diagnose")
    look("0-start")
    page.get_by_label("Its name").fill("Joined-up care in our county")
    page.get_by_role("radio", name="National Of a state").check()
    page.get_by_label("A sentence about it").fill("Councils and clinics are to plan care together; most do not.")
    go_on(page)
    choose(page, "Ambiguity", "High")
    choose(page, "Conflict", "Low")
    look("1-type")
    go_on(page)
    choose(page, "Significant cross-agency issues", "Yes")
    look("2-risks")
    go_on(page)
    choose(page, "Dispersed governance", "Yes")
    choose(page, "Vagaries of the political cycle", "In part")
    look("3-causes")
    go_on(page)
    choose(page, "Local dynamics", "Yes")
    look("4-factors")
    go_on(page)
    choose(page, "Intermediary bodies", "Planned")
    look("5-tactics")
    go_on(page)
    look("6-barriers")
    go_on(page)  # skipped
    look("7-purposes")
    go_on(page)
    page.get_by_label("Was the problem correctly identified?").fill("Not by all.")
    look("8-questions")
    page.get_by_role("button", name="See what follows", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What follows")
    expect(page.get_by_text("Ambiguity high, Conflict low").first).to_be_visible()
    expect(page.get_by_text("1 tactic is linked with 1 open cause").first).to_be_visible()
    look("9-result")


@pytest.mark.parametrize(("screen", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_from_a_worry_to_a_brief(browser: Browser, site: str, screen: str, scheme: str) -> None:
    found = dict[str, list[str]]()
    watched = Watched(browser, site, screen, color_scheme=scheme)
    page = watched.page
    walk(watched, f"{screen}-{scheme}", found, look_closely=screen == "phone")
    came_from = page.url
    assert len(came_from) < 2000
    page.get_by_role("link", name="Page to print").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Brief on Joined-up care in our county")
    watched.picture(f"diagnose-brief-{screen}-{scheme}")
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Word (.docx)").click()
    assert downloading.value.suggested_filename == "gapbridge-brief-joined-up-care-in-our-county.docx"
    page.get_by_role("link", name="Back to what follows").click()
    expect(page).to_have_url(came_from)
    watched.close()
    assert found == {}


@pytest.mark.parametrize("screen", SMALLEST)
def test_the_same_without_javascript(browser: Browser, site: str, screen: str) -> None:
    watched = Watched(browser, site, screen, java_script_enabled=False)
    page = watched.page
    page.goto("/diagnose?policy=integrated-care")
    page.get_by_role("link", name="Begin with this policy").click()
    choose(page, "Ambiguity", "Low")
    page.get_by_role("button", name="Causes", exact=True).click()
    choose(page, "Dispersed governance", "Yes")
    page.get_by_role("button", name="Back", exact=True).click()
    page.get_by_role("button", name="Type of policy").click()
    expect(page.get_by_role("group", name="Ambiguity").get_by_label("Low", exact=True)).to_be_checked()
    page.get_by_role("button", name="See what follows so far").click()
    expect(page.get_by_text("1 cause marked as yours: Dispersed governance.")).to_be_visible()
    expect(page.get_by_label("Come back by this address")).to_have_value(page.url)
    expect(page.get_by_role("button", name="Copy this address")).to_be_hidden()
    watched.picture(f"diagnose-without-javascript-{screen}")
    watched.close()


def test_the_result_shows_the_rows_of_its_query_over_the_endpoint(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto(f"/diagnose/result?d={CODE}")
    links = page.locator(".causeblock .lines a").evaluate_all("found => found.map((link) => link.pathname)")
    page.locator("details.query summary").click()
    asked = page.locator("details.query code").first.inner_text()
    answer = page.request.get("/sparql", params={"query": asked}, headers={"Accept": "application/sparql-results+json"})
    rows = answer.json()["results"]["bindings"]
    named = {(row["thing"]["value"], row["tactic"]["value"]) for row in rows}
    assert sorted(links) == sorted(href(tactic) for _, tactic in named)
    watched.close()


def test_back_and_forward_lose_nothing(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/diagnose/causes")
    choose(page, "Dispersed governance", "Yes")
    go_on(page)
    choose(page, "Local dynamics", "In part")
    go_on(page)
    page.go_back()
    page.go_back()
    page.go_forward()
    page.get_by_role("button", name="Causes", exact=True).click()
    expect(page.get_by_role("group", name="Dispersed governance").get_by_label("Yes", exact=True)).to_be_checked()
    watched.close()


def test_the_address_is_copied(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop", permissions=["clipboard-read", "clipboard-write"])
    page = watched.page
    page.goto("/diagnose/result")
    page.get_by_role("button", name="Copy this address").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Come back by this address").input_value()
    watched.close()


def test_what_is_wrong_is_told_first_and_leads_to_its_field(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "phone")
    page = watched.page
    page.goto("/diagnose")
    too_long = "field => { field.removeAttribute('maxlength'); field.value = 'n'.repeat(130) }"
    page.get_by_label("Its name").evaluate(too_long)
    go_on(page)
    expect(page.get_by_role("alert")).to_be_focused()
    watched.picture("diagnose-errors-phone")
    assert faults(page) == []
    page.get_by_role("link", name="The name may have 120 characters").click()
    expect(page.get_by_label("Its name")).to_be_focused()
    watched.wrong = [text for text in watched.wrong if "422" not in text]  # Chromium tells the status on its console
    watched.close()


def test_the_whole_way_by_keyboard(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/diagnose")
    page.get_by_label("Its name").focus()
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("How clear is the policy, and how disputed?")
    page.get_by_role("group", name="Ambiguity").get_by_label("Not answered").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which signs of risk does it carry?")
    page.get_by_role("button", name="Type of policy").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Ambiguity").get_by_label("Low", exact=True)).to_be_checked()
    watched.close()


def test_the_brief_prints_without_what_only_a_screen_needs(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop")
    page = watched.page
    page.goto("/diagnose/brief")
    page.emulate_media(media="print")
    expect(page.locator(".takebar")).to_be_hidden()
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.get_by_role("heading", name="The smallest covering set")).to_be_visible()
    watched.close()
