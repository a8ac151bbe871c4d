"""The page of a tactic: what speaks against it first, and every claim about it once, in the part it belongs to."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kg.namespaces import thing
from kg.queries import about, addressed, outcomes_of_users, summary, tactic_names
from tests.webui.page_support import rows_over_endpoint
from webui.addresses import href
from webui.base import Opened
from webui.contexts.tactic import TacticPage, tactic_page
from webui.contexts.things import find

FORUMS, FEEDBACK, BOARD = "collaborative-design-forums", "feedback-from-all-users", "board-focus-on-implementation"


def made(opened: Opened, slug: str) -> TacticPage:
    return tactic_page(opened, find(opened, "tactic", slug))


def shown(page: TacticPage) -> list[str]:
    """The addresses of all claims that stand on the page as cards."""
    cards = [*page.warnings, *page.aims, *page.needs, *page.others]
    cards += [card for item in page.recommended for card in item.claims]
    cards += [card for item in page.addressed for card in item.claims]
    cards += [card for item in page.uses for card in item.claims]
    return [card.href for card in cards]


def test_every_claim_about_every_tactic_stands_once(opened: Opened) -> None:
    wrong = {}
    for iri in tactic_names(opened.reader):
        kind, slug = iri.rpartition("/id/")[2].split("/", 1)
        page = tactic_page(opened, find(opened, kind, slug))
        if sorted(shown(page)) != sorted(map(href, about(opened.reader, iri))):
            wrong[iri] = shown(page)
    assert wrong == {}


def test_claims_are_those_of_the_query_over_the_endpoint(opened: Opened, client: FlaskClient) -> None:
    page = made(opened, FORUMS)
    rows = rows_over_endpoint(client, page, "The claims about a thing")
    assert sorted(shown(page)) == sorted(href(row["claim"]) for row in rows)


def test_warnings_come_before_what_speaks_for_it(opened: Opened, client: FlaskClient) -> None:
    page = made(opened, FORUMS)
    assert [card.stance.slug for card in page.warnings] == ["cautions"]
    text = client.get(href(thing("tactic", FORUMS))).text
    places = [
        text.index(f'<section id="{part}"') for part in ("status", "warnings", "recommended", "addressed", "uses")
    ]
    assert places == sorted(places)
    assert text.index("1 claim cautions or disputes") < text.index("2 claims speak for it")


def test_status_is_that_of_the_query_over_the_endpoint(opened: Opened, client: FlaskClient) -> None:
    page = made(opened, FORUMS)
    (row,) = rows_over_endpoint(client, page, "What the recorded claims about a thing amount to")
    found = summary(opened.reader, thing("tactic", FORUMS))
    assert found is not None
    assert page.status is not None
    assert (page.status.mark.href, page.status.mark.label) == (href(row["status"]), row["statusLabel"])
    assert (found.supports, page.rule) == (int(row["supports"]), row["ruleVersion"])


def test_where_nothing_warns_that_is_no_proof(client: FlaskClient) -> None:
    assert "nobody may have looked" in client.get(href(thing("tactic", FEEDBACK))).text


@pytest.mark.parametrize("slug", [FORUMS, "intermediary-bodies", "two-way-communication"])
def test_causes_with_how_each_link_came_about(opened: Opened, client: FlaskClient, slug: str) -> None:
    page = made(opened, slug)
    rows = rows_over_endpoint(client, page, "What a tactic is held to address")
    assert [(cause.link.label, cause.link.href) for cause in page.addressed] == [
        (row["label"], href(row["cause"])) for row in rows
    ]
    assert all(cause.meaning for cause in page.addressed)
    by_phase = [cause for cause in page.addressed if cause.standing.slug == "by-phase"]
    assert len(by_phase) == sum(row.how.endswith("ByPhase") for row in addressed(opened.reader, thing("tactic", slug)))


def test_who_recommends_it_goes_by_voice(opened: Opened) -> None:
    voices = {
        item.who.href: item.document.href
        for iri in tactic_names(opened.reader)
        if "/tactic/" in iri
        for item in made(opened, iri.rpartition("/")[2]).recommended
        if item.document.href
    }
    assert voices
    assert {who.split("/")[2] for who in voices} <= {"person", "body", "agent"}
    assert {where.split("/")[2] for where in voices.values()} == {"source"}


def test_a_text_without_a_voice_speaks_for_itself(client: FlaskClient) -> None:
    text = client.get(href(thing("tactic", FORUMS))).text
    assert 'The text of <a href="/id/source/hudson-2019">' in text


def test_where_it_was_used_and_what_came_of_that_policy(opened: Opened, client: FlaskClient) -> None:
    page = made(opened, FEEDBACK)
    rows = rows_over_endpoint(client, page, "What is told to have come of the policies")
    told = {(use.link.href, line.link.href, line.gist.href) for use in page.uses for line in use.outcomes}
    assert told == {(href(row["policy"]), href(row["outcome"]), href(row["claim"])) for row in rows}
    assert len(told) == len(outcomes_of_users(opened.reader, thing("tactic", FEEDBACK))) > 0
    text = client.get(href(thing("tactic", FEEDBACK))).text
    assert "1.6 million" in text
    assert "No recorded claim says that this tactic brought it about" in text


def test_a_use_without_a_recorded_outcome_says_so(opened: Opened, client: FlaskClient) -> None:
    assert all(not use.outcomes for use in made(opened, BOARD).uses)
    assert "What came of it is not recorded" in client.get(href(thing("tactic", BOARD))).text


def test_use_is_told_apart_from_support(client: FlaskClient) -> None:
    assert "Use alone counts neither for nor against it" in client.get(href(thing("tactic", FEEDBACK))).text


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        (FEEDBACK, "Nobody is recorded as recommending it"),
        (FEEDBACK, "No condition or barrier is recorded for this tactic"),
        (FEEDBACK, "No outcome is recorded as its aim"),
        (FORUMS, "No policy or body is recorded as having used it"),
        (FORUMS, "No source is recorded that supports this tactic"),
        (FEEDBACK, "no document places it in one"),
    ],
)
def test_each_empty_part_says_so(client: FlaskClient, slug: str, told: str) -> None:
    assert told in client.get(href(thing("tactic", slug))).text


def test_conditions_and_tensions_are_its_barriers(opened: Opened) -> None:
    found = {
        card.relation
        for iri in tactic_names(opened.reader)
        if "/tactic/" in iri
        for card in made(opened, iri.rpartition("/")[2]).needs
    }
    assert found == {"requires", "inTensionWith", "variesWith"}


def test_frameworks_with_its_place_in_them(opened: Opened, client: FlaskClient) -> None:
    page = made(opened, "two-way-communication")
    assert [link.href for link in page.frameworks] == ["/id/scheme/tactic"]
    assert f"number {page.position} in the order of the text" in client.get(page.canonical).text
