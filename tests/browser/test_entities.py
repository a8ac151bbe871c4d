"""The pages of single things in a real browser: cited with one press, whole without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_journey import SMALLEST, Watched


def test_a_citation_is_copied_with_one_press(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "desktop", permissions=["clipboard-read", "clipboard-write"])
    page = watched.page
    page.goto("/id/policy/troubled-families")
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.locator("#cite-this").get_by_role("status")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#cite-text").inner_text()
    assert copied.endswith("/id/policy/troubled-families")
    watched.close()


@pytest.mark.parametrize("screen", SMALLEST)
def test_from_a_list_to_a_policy_to_its_history_without_javascript(browser: Browser, site: str, screen: str) -> None:
    watched = Watched(browser, site, screen, java_script_enabled=False)
    page = watched.page
    page.goto("/policies")
    page.get_by_text("Choose some of them").click()
    page.get_by_label("Kind of policy").select_option("act")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Care Act 2014").click()
    expect(page.get_by_role("heading", name="What is not recorded")).to_be_visible()
    expect(page.get_by_role("button", name="Copy the citation")).to_be_hidden()
    page.get_by_role("navigation", name="Views of this").get_by_role("link", name="History").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Care Act 2014")
    page.get_by_text("3 claims were added").click()
    expect(page.locator(".episodes").get_by_role("link").filter(has_text="Care Act").first).to_be_visible()
    watched.close()


def test_the_claims_of_a_source_about_one_kind_of_thing(browser: Browser, site: str) -> None:
    watched = Watched(browser, site, "phone")
    page = watched.page
    page.goto("/id/source/kent-project")
    page.get_by_role("navigation", name="Claims about").get_by_role("link", name="Policies").click()
    expect(page.get_by_role("link", name="Policies (").first).to_have_attribute("aria-current", "true")
    subjects = page.locator("#read .triple a:first-child")
    assert {href.split("/")[2] for href in subjects.evaluate_all("all => all.map(a => a.getAttribute('href'))")} == {
        "policy"
    }
    watched.close()
