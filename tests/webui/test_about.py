"""The pages about the base itself."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from kg.appraisal import RULES, sentence
from kg.derivation import link_rules, rule_files
from kg.errors import BadInput
from kg.namespaces import gap, thing
from kg.queries import causes, members, signs_of_causes, tactics, terms
from kg.settings import read_settings
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.about import about_page
from webui.contexts.about_reading import reading_page
from webui.contexts.home import home_page
from webui.glossary import GLOSSARY

MENU = ("/about", "/about/evidence", "/about/reading", "/about/words", "/about/changes")


@pytest.mark.parametrize("at", MENU)
def test_the_menu_leads_to_all_and_marks_where_one_is(client: FlaskClient, at: str) -> None:
    menu = client.get(at).text.partition('<nav class="aboutmenu"')[2].partition("</nav>")[0]
    assert re.findall(r'href="([^"]+)"', menu) == list(MENU)
    assert f'href="{at}" aria-current="page"' in menu


def test_there_is_one_rule_for_each_status(opened: Opened) -> None:
    known = {short(row.member) for row in members(opened.reader, thing("scheme", "evidence-status"))}
    assert {rule.status for rule in RULES} == known
    assert [rule.number for rule in RULES] == list(range(1, len(known) + 1))
    assert all(sentence(rule.status) for rule in RULES)


def test_the_rules_that_write_links_are_told_in_their_own_words(client: FlaskClient) -> None:
    assert [rule.number for rule in link_rules()] == [f"r{number:02}" for number in range(1, len(rule_files()) + 1)]
    assert all(rule.title and rule.what for rule in link_rules())
    text = client.get("/about/evidence").text
    assert [rule.number for rule in link_rules() if f"<dt>{rule.number} " not in text] == []


def test_every_word_of_ours_has_its_address_and_a_term_that_exists(opened: Opened, client: FlaskClient) -> None:
    known = {row.term.rpartition("#")[2] for row in terms(opened.reader)}
    words = [word for group in GLOSSARY for word in group.words]
    assert {term for word in words for term in word.terms} <= known
    text = client.get("/about/words").text
    assert [word.anchor for word in words if text.count(f'id="{word.anchor}"') != 1] == []


def test_the_example_is_a_claim_as_its_own_page_shows_it(opened: Opened, client: FlaskClient) -> None:
    page = reading_page(opened)
    assert page.card is not None
    assert page.card.gist in client.get(page.card.href).text
    assert {"Stance", "Standing", "Force", "Basis"} <= {part.name for part in page.parts if part.tells}


def test_contact_is_shown_as_it_is_set(opened: Opened) -> None:
    for given, link in (
        ("us@example.org", "mailto:us@example.org"),
        ("https://example.org/x", "https://example.org/x"),
    ):
        contact = about_page(opened, given).contact
        assert contact is not None
        assert contact.href == link
    assert about_page(opened, "").contact is None


@pytest.mark.parametrize("text", ["javascript:alert(1)", "nobody", "a@b?cc=c@d", "https://x.org/<b>"])
def test_a_contact_that_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="GAPBRIDGE_CONTACT"):
        read_settings({"GAPBRIDGE_CONTACT": text})


def test_an_unknown_revision_is_told(client: FlaskClient) -> None:
    answer = client.get("/revision/99")
    assert answer.status_code == 404
    assert "revision 99" in answer.text


def test_home_shows_what_feeds_each_cause_best_founded_first(opened: Opened) -> None:
    cards = {card.link.href: card for card in home_page(opened).causes}
    assert list(cards) == [href(row.cause) for row in causes(opened.reader)]
    rows = [row for row in signs_of_causes(opened.reader) if row.relation == gap("contributesTo")]
    for cause, card in cards.items():
        wanted = dict.fromkeys((href(row.sign), short(row.standing)) for row in rows if href(row.cause) == cause)
        shown = [(line.link.href, line.standing.slug) for line in card.factors]
        assert shown
        assert shown == list(wanted)[: len(shown)]
        assert card.sounds


def test_home_holds_every_tactic_in_its_phase(opened: Opened) -> None:
    shown = [(phase.name, link.href) for phase in home_page(opened).phases for link in phase.tactics]
    nowhere = "In no phase that is told or inferred"
    assert shown == [(row.phaseLabel or nowhere, href(row.tactic)) for row in tactics(opened.reader)]


def test_home_leads_to_the_diagnosis_and_to_what_changed(client: FlaskClient) -> None:
    text = client.get("/").text
    assert 'href="/diagnose"' in text
    assert 'href="/about/changes"' in text
