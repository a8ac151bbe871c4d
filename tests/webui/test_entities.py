"""The pages of single things: complete accounts that lose no claim, say what is missing, and lead on."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from kg.errors import BadInput
from kg.namespaces import gap, local_of, thing
from kg.queries import (
    about,
    cards,
    citations_of,
    claim_notes,
    claims_read_in,
    disagreements,
    list_of,
    members,
    of_source,
    on_link,
    people_of,
    readings_of,
    resting_on,
    sources,
    voiced,
    warnings,
    works_by,
)
from webui.addresses import href, kind
from webui.base import Opened
from webui.contexts.claim import ClaimPage, claim_page
from webui.contexts.entity import EntityPage, entity_page
from webui.contexts.framework import FrameworkPage, framework_page
from webui.contexts.listed import Chosen, list_page
from webui.contexts.source import SourcePage, Wanted, source_page
from webui.contexts.things import find
from webui.words import DIMENSIONS, LISTS

THINGS = (
    "policy/integrated-care",
    "policy/troubled-families",
    "outcome/policy-failure",
    "body/implementation-unit",
    "person/ruth-glassborow",
    "notion/street-level-discretion",
    "support-phase/tracking",
    "matland-type/symbolic-implementation",
)
PAGES = (*THINGS, "source/hudson-2019", "claim/gold-weak-units-d3e57c69", "scheme/matland-type")
INFERRED = "claim/table2-tracking-dispersed-governance-6e80e0a2"


def page_of(opened: Opened, local: str) -> EntityPage:
    return entity_page(opened, find(opened, *local.split("/")))


def source_of(opened: Opened, slug: str, **wanted: str) -> SourcePage:
    return source_page(opened, find(opened, "source", slug), Wanted(**wanted))


def claim_of(opened: Opened, slug: str) -> ClaimPage:
    return claim_page(opened, find(opened, "claim", slug))


def framework_of(opened: Opened, slug: str) -> FrameworkPage:
    return framework_page(opened, find(opened, "scheme", slug))


def iri_of(local: str) -> str:
    return thing(*local.split("/"))


# --- policies, outcomes, bodies, people, notions, members ---------------------------------------------------------


@pytest.mark.parametrize("local", THINGS)
def test_each_claim_about_a_thing_stands_in_one_group(opened: Opened, local: str) -> None:
    shown = [noted.card.href for group in page_of(opened, local).groups for noted in group.claims]
    assert sorted(shown) == sorted(map(href, about(opened.reader, iri_of(local))))


def test_how_many_claims_take_which_side(opened: Opened) -> None:
    outcome = "outcome/policy-failure"
    rows = cards(opened.reader, about(opened.reader, iri_of(outcome)))
    cautions = sum(row.stance == thing("stance", "cautions") for row in rows)
    assert f"Cautions: {cautions}" in [mark.label for mark in page_of(opened, outcome).tally]
    assert cautions


@pytest.mark.parametrize("local", THINGS)
def test_cautions_disputes_and_gaps_are_all_named_at_the_top(opened: Opened, local: str) -> None:
    rows = {href(row.claim) for row in warnings(opened.reader, [iri_of(local)])}
    assert {line.link.href for line in page_of(opened, local).warnings} == rows


def test_the_outcomes_of_a_policy_carry_the_curators_notes_on_their_scope(opened: Opened) -> None:
    policy = iri_of("policy/friends-and-family-test")
    claims = [
        row.claim for row in cards(opened.reader, about(opened.reader, policy)) if row.relation == gap("hadOutcome")
    ]
    group = next(g for g in page_of(opened, local_of(policy)).groups if g.anchor == "outcomes")
    assert "none was checked here" in group.intro
    assert [n.notes for n in group.claims] == [tuple(claim_notes(opened.reader, [claim])[claim]) for claim in claims]
    assert any("1.6 million" in n.card.gist for n in group.claims)


def test_what_no_document_tells_of_a_policy_is_said(opened: Opened) -> None:
    told, silent = page_of(opened, "policy/troubled-families"), page_of(opened, "policy/care-act-2014")
    assert not any("What came of it" in line for line in told.missing)
    assert any("What came of it" in line for line in silent.missing)
    assert any("tactics" in line for line in silent.missing)


def test_a_thing_of_which_much_is_asked_says_where_no_caution_is_recorded(opened: Opened, client: FlaskClient) -> None:
    assert not page_of(opened, "policy/troubled-families").warnings
    assert "no proof that there is none" in client.get("/id/policy/troubled-families").text


def test_a_policy_leads_to_its_diagnosis(opened: Opened) -> None:
    links = {link.href for link in page_of(opened, "policy/care-act-2014").actions}
    assert links == {"/diagnose?policy=care-act-2014", "/path?from=policy/care-act-2014"}


def test_what_a_person_says_is_all_there(opened: Opened) -> None:
    page = page_of(opened, "person/ruth-glassborow")
    shown = [noted.card.href for group in page.voice for noted in group.claims]
    assert sorted(shown) == sorted(map(href, voiced(opened.reader, iri_of("person/ruth-glassborow"))))


def test_what_bears_on_a_thing_stands_under_the_question_it_helps_answer(opened: Opened) -> None:
    rows = cards(opened.reader, voiced(opened.reader, iri_of("person/ruth-glassborow")))
    wanted = {href(row.claim): DIMENSIONS[f"on-{row.informs.lower()}"] for row in rows}
    groups = page_of(opened, "person/ruth-glassborow").voice
    assert {noted.card.href: group.heading for group in groups for noted in group.claims} == wanted


def test_the_works_of_a_person_stand_with_their_stakes(opened: Opened) -> None:
    page, rows = page_of(opened, "person/hudson-b"), works_by(opened.reader, iri_of("person/hudson-b"))
    assert {line.link.href for line in page.works} == {href(row.source) for row in rows}
    shown = {(stake.link.href, work.href) for stake in page.stakes for work in stake.works}
    assert shown == {(href(row.interest), href(row.source)) for row in rows}


def test_a_body_names_its_people_and_how_much_they_say(opened: Opened) -> None:
    rows = people_of(opened.reader, iri_of("body/celcis"))
    shown = [(person.link.href, person.role) for person in page_of(opened, "body/celcis").people]
    assert shown == [(href(row.person), row.role) for row in rows]
    assert shown


def test_a_member_of_an_ordered_framework_leads_to_its_neighbours(opened: Opened) -> None:
    rows = members(opened.reader, iri_of("scheme/deep-dive-step"))
    (place,) = page_of(opened, local_of(rows[1].member)).places
    assert (place.told, place.before.href, place.after.href) == ("2 of 6", href(rows[0].member), href(rows[2].member))


def test_a_notion_stands_in_no_place_among_hundreds(opened: Opened) -> None:
    assert page_of(opened, "notion/street-level-discretion").places == ()


# --- sources ------------------------------------------------------------------------------------------------------


def reading(page: SourcePage) -> str:
    return next(trait.note for trait in page.traits if trait.name == "How far it was read here")


def test_a_source_is_read_or_only_cited_or_only_named(opened: Opened) -> None:
    assert reading(source_of(opened, "hudson-2019")).startswith("Taken from its text: ")
    assert reading(source_of(opened, "gold-2017")).startswith("Only cited: ")
    assert reading(source_of(opened, "department-of-health-2012")).startswith("Only named: ")


def test_a_claim_that_cites_a_source_and_gives_its_view_stands_there_once(opened: Opened) -> None:
    page, roles = source_of(opened, "gold-2017"), of_source(opened.reader, iri_of("source/gold-2017"))
    assert set(roles["backedBy"]) & set(roles["originSource"])
    shown = [card.href for group in page.roles for card in group.claims]
    assert sorted(shown) == sorted({href(claim) for claims in roles.values() for claim in claims})


def test_what_rests_on_a_source(opened: Opened) -> None:
    shown = [(group.slug, item.href) for group in source_of(opened, "gold-2017").resting for item in group.things]
    rows = resting_on(opened.reader, iri_of("source/gold-2017"))
    assert sorted(shown) == sorted((row.relation.rpartition("#")[2], href(row.thing)) for row in rows)


def test_what_a_source_argues_with_names_the_claim_that_limits_first(opened: Opened) -> None:
    page = source_of(opened, "kent-project")
    rows = [row for row in disagreements(opened.reader, iri_of("source/kent-project")) if not _within(row.document)]
    assert [(pair.said.href, pair.other.href) for pair in page.arguing.others] == [
        (href(row.claim), href(row.other)) if row.direction == "to" else (href(row.other), href(row.claim))
        for row in rows
    ]


def _within(document: str) -> bool:
    return document == iri_of("source/kent-project")


def test_who_cites_a_source(opened: Opened) -> None:
    shown = [work.link.href for group in source_of(opened, "hudson-2019").citing for work in group.works]
    assert sorted(shown) == sorted(href(row.other) for row in citations_of(opened.reader, iri_of("source/hudson-2019")))


def test_claims_of_a_source_about_one_kind_of_thing(opened: Opened) -> None:
    rows = claims_read_in(opened.reader, iri_of("source/kent-project"))
    wanted = {href(row.claim) for row in rows if kind(row.subject) == "policy"}
    assert {card.href for card in source_of(opened, "kent-project", about="policy").read} == wanted
    with pytest.raises(BadInput, match="Choose one of"):
        source_of(opened, "kent-project", about="weather")


def test_a_source_says_that_retractions_are_not_looked_up(client: FlaskClient) -> None:
    assert "The base does not look retractions up" in client.get("/id/source/gold-2017").text


# --- claims -------------------------------------------------------------------------------------------------------


def test_a_claim_warns_of_what_it_is_not(opened: Opened) -> None:
    caveats = claim_of(opened, INFERRED.partition("/")[2]).caveats
    assert "taken from a table of the document" in caveats[0]
    assert "not as a finding" in caveats[1]


def test_a_claim_names_the_others_on_the_same_link(opened: Opened) -> None:
    by_link: dict[tuple[str, str, str], list[str]] = {}
    for row in cards(opened.reader, about(opened.reader, iri_of("body-type/delivery-unit"))):
        by_link.setdefault((row.subject, row.relation, row.object), []).append(row.claim)
    link, claims = max(by_link.items(), key=lambda pair: len(set(pair[1])))
    page = claim_of(opened, claims[0].rpartition("/")[2])
    assert {line.link.href for line in page.same} == {href(c) for c in on_link(opened.reader, *link)} - {
        href(claims[0])
    }
    assert page.same


def test_a_claim_tells_each_reading_that_entered_or_checked_it(opened: Opened) -> None:
    shown = [(check.link.href, check.by.href) for check in claim_of(opened, INFERRED.partition("/")[2]).checks]
    assert shown == [(href(row.activity), href(row.agent)) for row in readings_of(opened.reader, iri_of(INFERRED))]


def test_a_claim_offers_itself_as_a_nanopublication(opened: Opened, client: FlaskClient) -> None:
    offered = [link.href for link in claim_of(opened, INFERRED.partition("/")[2]).exports]
    assert [client.get(url).status_code for url in offered] == [200] * 4


# --- frameworks ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "layout"),
    [
        ("deep-dive-step", "steps"),
        ("review-question", "questions"),
        ("implementation-pitfall", "checks"),
        ("kaehne-argument", "argument"),
        ("matland-type", "matrix"),
        ("design-fault", "list"),
    ],
)
def test_a_framework_is_laid_out_by_its_kind(opened: Opened, slug: str, layout: str) -> None:
    assert framework_of(opened, slug).layout.slug == layout


def test_a_framework_says_where_the_document_has_it(opened: Opened) -> None:
    found = {
        detail.name: [value.label for value in detail.values] for detail in framework_of(opened, "matland-type").details
    }
    assert found["Where in it"] == ["Table 1"]
    assert found["Members the document says it has"] == ["no number is given"]


# --- lists --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_holds_everything_of_its_kind(opened: Opened, name: str) -> None:
    page = list_page(opened, LISTS[name], Chosen())
    shown = {line.link.href for group in page.groups for line in group.lines}
    assert shown == {href(row.thing) for row in list_of(opened.reader, LISTS[name].cls)}
    assert [group.count for group in page.groups] == [str(len(group.lines)) for group in page.groups]


def test_one_kind_of_a_list(opened: Opened) -> None:
    page = list_page(opened, LISTS["policies"], Chosen(kind="act"))
    rows = [row for row in list_of(opened.reader, "Policy") if row.kind == iri_of("policy-kind/act")]
    assert [line.link.label for group in page.groups for line in group.lines] == [row.label for row in rows]
    assert page.count == f"{len(rows)} of {len(list_of(opened.reader, 'Policy'))}"


def test_words_choose_from_a_list(client: FlaskClient) -> None:
    text = client.get("/notions?q=street+level").text
    assert "Street-level discretion" in text
    assert "Data-driven economy" not in text
    assert "Nothing fits" in client.get("/notions?q=zzzz").text


def test_a_list_by_number_of_claims(opened: Opened) -> None:
    (group,) = list_page(opened, LISTS["bodies"], Chosen(sort="claims")).groups
    assert group.lines[0].link.label == "Implementation Unit"


def test_sources_newest_first(client: FlaskClient, opened: Opened) -> None:
    text = client.get("/sources?sort=year").text.partition('<table class="table">')[2]
    shown = re.findall(r'<th scope="row"><a href="([^"]+)"', text)
    years = {href(row.source): row.year for row in sources(opened.reader)}
    assert [years[url][:4] for url in shown] == sorted((y[:4] for y in years.values()), key=lambda y: -int(y or 0))


@pytest.mark.parametrize("address", ["/policies?kind=weather", "/policies?sort=luck", "/sources?sort=luck"])
def test_what_a_list_cannot_do_is_told_with_what_it_can(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "choose" in answer.text.lower()


# --- what every page has ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("local", [*PAGES, "failure-cause/dispersed-governance", "tactic/exit-strategy"])
def test_every_page_is_cited_with_version_and_address(client: FlaskClient, local: str) -> None:
    cited = unescape(client.get(f"/id/{local}").text).partition('id="cite-text">')[2].partition("</p>")[0]
    assert "revision 1" in cited
    assert cited.endswith(iri_of(local))


@pytest.mark.parametrize("local", PAGES)
def test_every_page_leads_to_its_history(opened: Opened, client: FlaskClient, local: str) -> None:
    assert f'<a href="/history/{local}">History</a>' in client.get(f"/id/{local}").text
    text = unescape(client.get(f"/history/{local}").text)
    rows = readings_of(opened.reader, iri_of(local))
    assert text.count('<th scope="row">') == len(rows)
    assert all(f'href="{href(row.activity)}"' in text for row in rows)


def test_a_history_owns_that_it_knows_only_the_first_revision(client: FlaskClient) -> None:
    text = client.get("/history/policy/care-act-2014").text
    assert "all that stands here came in with its first revision" in text
    assert "3 claims were added" in text


def test_what_is_not_there_has_no_history(client: FlaskClient) -> None:
    answer = client.get("/history/policy/care-act-2015")
    assert answer.status_code == 404
    assert "Care Act 2014" in answer.text
