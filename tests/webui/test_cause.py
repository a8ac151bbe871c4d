"""The page of a cause: what may help by phase, what feeds it and comes of it, and the claims its filters choose."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

from kg.contributing import seed_files
from kg.facets import marked
from kg.namespaces import NS, gap, slug_of, thing
from kg.queries import (
    PhaseAgainst,
    TacticAgainst,
    about,
    accepted_claims,
    cards,
    claims_around,
    in_part,
    neighbours,
    phases_against,
    sources,
    tactics_against,
)
from kg.search import Search
from kg.store import placed, read_files
from tests.data_support import derived, turtle
from tests.webui.page_support import rows_over_endpoint
from webui.addresses import href
from webui.base import Opened
from webui.contexts.cards import claim_cards
from webui.contexts.cause import CausePage, cause_page
from webui.contexts.filters import PER_PART, filtered
from webui.contexts.phases import phase_blocks
from webui.contexts.things import find

CAUSES = (
    "dispersed-governance",
    "inadequate-collaborative-policymaking",
    "overly-optimistic-expectations",
    "vagaries-of-the-political-cycle",
)
OPTIMISM = "overly-optimistic-expectations"
ADDRESS = f"/id/failure-cause/{OPTIMISM}"


def made(opened: Opened, slug: str, **given: str | list[str]) -> CausePage:
    asked = {name: [value] if isinstance(value, str) else value for name, value in given.items()}
    return cause_page(opened, find(opened, "failure-cause", slug), asked)


def lines(page: CausePage) -> list[tuple[str, str]]:
    """Phase and tactic of each line on the page."""
    return [
        (phase.link.href, line.link.href) for phase in page.phases for line in (*phase.stated, *phase.inferred)
    ]  # fmt: skip


@pytest.mark.parametrize("slug", CAUSES)
def test_tactics_are_those_of_the_query_over_the_endpoint(opened: Opened, client: FlaskClient, slug: str) -> None:
    page = made(opened, slug)
    rows = rows_over_endpoint(client, page, "The tactics held to address a cause")
    wanted = {(href(row["phase"]) if "phase" in row else "", href(row["tactic"])) for row in rows}
    assert set(lines(page)) == wanted
    assert len(lines(page)) == len(wanted)


@pytest.mark.parametrize("slug", CAUSES)
def test_the_phase_set_against_it_is_that_of_the_query_over_the_endpoint(
    opened: Opened, client: FlaskClient, slug: str
) -> None:
    page = made(opened, slug)
    rows = rows_over_endpoint(client, page, "The four phases of policy support")
    assert [phase.link.href for phase in page.phases if phase.link.href] == [href(row["phase"]) for row in rows]
    claims = rows_over_endpoint(client, page, "What claims say that set phases")
    wanted = {(href(row["phase"]), href(row["claim"])) for row in claims}
    assert {(phase.link.href, claim.link.href) for phase in page.phases for claim in phase.against} == wanted
    assert len(wanted) == 1


def test_a_phase_that_holds_nothing_says_so(client: FlaskClient) -> None:
    board = (
        client.get("/id/failure-cause/dispersed-governance").text.partition('class="board"')[2].partition("</ol>")[0]
    )
    names = re.findall(r'class="board-name">(?:<a [^>]*>)?(\w+)', board)
    assert names == ["Preparation", "Tracking", "Support", "Review"]
    empty = [name for name, text in zip(names, board.split("<li")[1:], strict=True) if "Nothing is recorded" in text]
    assert empty == ["Preparation", "Review"]


def test_what_a_curator_linked_stands_apart_from_what_documents_link(opened: Opened) -> None:
    tracking = made(opened, "dispersed-governance").phases[1]
    assert {way.slug for line in tracking.stated for way in line.ways} == {"by-phase"}
    assert {way.slug for line in tracking.inferred for way in line.ways} == {"curator-inference"}
    assert tracking.folded == f"{len(tracking.inferred)} tactics"


def test_tactics_of_further_phases_and_of_none_come_last() -> None:
    def line(tactic: str, phase: str) -> TacticAgainst:
        how, status = gap("addressesAsStated"), thing("evidence-status", "proposed")
        iri, label = (thing("support-phase", phase), phase.capitalize()) if phase else ("", "")
        return TacticAgainst(thing("tactic", tactic), tactic, "", how, iri, label, status, "Proposed", 1, 0, 0)

    steps = [PhaseAgainst(thing("support-phase", "review"), "Review", "", *[""] * 7, "")]
    found = phase_blocks(steps, [line("a", ""), line("b", "closing"), line("c", "review")])
    assert [block.link.label for block in found] == ["Review", "Closing", "In no phase"]
    assert [[tactic.link.label for tactic in block.stated] for block in found] == [["c"], ["b"], ["a"]]


def test_the_curators_note_on_the_pairing_is_shown(client: FlaskClient) -> None:
    text = client.get("/id/failure-cause/dispersed-governance").text
    assert "roughly equates" in text
    assert "Put forward as a thought to be tested" in text


def test_each_status_on_the_page_is_explained_once(opened: Opened) -> None:
    for slug in CAUSES:
        page = made(opened, slug)
        used = {line.status.slug for phase in page.phases for line in (*phase.stated, *phase.inferred)}
        assert sorted(used) == sorted(status.mark.slug for status in page.statuses)


def test_warnings_of_a_tactic_stand_on_its_line(opened: Opened) -> None:
    page = made(opened, OPTIMISM)
    rows = {href(row.tactic): row for row in tactics_against(opened.reader, thing("failure-cause", OPTIMISM))}
    shown = {
        line.link.href: {mark.slug for mark in line.warnings} for p in page.phases for line in (*p.stated, *p.inferred)
    }
    wanted = {
        tactic: {slug for slug, number in (("cautions", row.cautions), ("gap", row.gaps)) if number}
        for tactic, row in rows.items()
    }
    assert shown == wanted
    assert {"cautions"} in shown.values()


def test_factors_outcomes_and_policies_are_shown(opened: Opened) -> None:
    page = made(opened, OPTIMISM)
    edges = neighbours(opened.reader, [thing("failure-cause", OPTIMISM)])
    for relation in ("contributesTo", "leadsTo", "exhibitsCause"):
        wanted = {href(edge.other) for edge in edges if edge.relation == NS + relation}
        parts = [part for sign in page.signs for part in (*sign.firsts, *sign.rests) if part.relation == relation]
        assert wanted
        assert {item.link.href for part in parts for item in part.things} == wanted


def test_long_lists_are_folded_with_their_number(opened: Opened) -> None:
    factors = made(opened, OPTIMISM).signs[0]
    assert len(factors.firsts[0].things) == 5
    assert factors.folded == f"{len(factors.rests[0].things)} more"


@pytest.mark.parametrize("address", [ADDRESS, f"/graph/failure-cause/{OPTIMISM}"])
def test_the_views_lead_to_each_other_and_to_its_row_on_the_map(client: FlaskClient, address: str) -> None:
    views = client.get(address).text.partition('class="views"')[2].partition("</nav>")[0]
    on_map = f"/map?rows=causes&columns=phases#{OPTIMISM}"
    for href_ in (ADDRESS, f"/graph/failure-cause/{OPTIMISM}", on_map):
        assert f'href="{href_}"' in unescape(views)
    assert f'id="{OPTIMISM}"' in client.get(on_map.partition("#")[0]).text


def test_claims_nearby_are_looked_up_when_asked_for(opened: Opened, client: FlaskClient) -> None:
    closed = client.get(ADDRESS).text.partition('id="nearby"')[2]
    assert f'href="{ADDRESS}?nearby=shown#nearby"' in closed
    opened_part = client.get(f"{ADDRESS}?nearby=shown").text.partition('id="nearby"')[2]
    found = in_part(opened.reader, thing("failure-cause", OPTIMISM))
    assert [row.claim for row in found if f'href="{href(row.claim)}"' not in opened_part] == []
    assert f"{len(found)} claims" in opened_part


@pytest.fixture(scope="module")
def bare() -> Opened:
    """A base that holds the vocabularies and one cause, about which nobody has said anything."""
    known = {s for _, found in read_files(seed_files()[:-1]) for s in found}
    engine = derived(
        placed(known) | turtle('failure-cause:new a gap:FailureCause ; skos:prefLabel "Something new"@en .')
    )
    return Opened(engine, Search(engine))


def test_a_cause_of_which_nothing_is_recorded_says_so_everywhere(app: Flask, bare: Opened) -> None:
    page = cause_page(bare, find(bare, "failure-cause", "new"))
    with app.test_request_context():
        text = render_template("cause.html", page=page)
    for told in (
        "No tactic is recorded as held to address this cause.",
        "No source is recorded as saying what feeds this cause or what it leads to.",
        "No claim about this cause is recorded yet.",
        "No source is cited for a claim about this cause.",
    ):
        assert told in text
    assert "Filter the claims" not in text
    assert page.filters.count == "No claims"


def test_cards_say_what_the_query_of_cards_says(opened: Opened) -> None:
    """They are put together from two smaller queries, which must come to the same."""
    claims = accepted_claims(opened.reader)[::3]
    rows = {row.claim: row for row in cards(opened.reader, claims)}
    assert [
        (c.href, c.gist, c.subject.label, c.phrase, c.object.label, c.stance.label, c.force, c.basis, c.document.label,
         c.locator, c.voice.label)
        for c in claim_cards(opened, claims)
    ] == [
        (href(r.claim), r.gist, r.subjectLabel, r.phrase, r.objectLabel, r.stanceLabel, r.forceLabel, r.basisLabel,
         r.documentLabel, r.locator, r.voiceLabel)
        for r in rows.values()
    ]  # fmt: skip


# Claims and their filters


def all_claims(opened: Opened, slug: str, **given: str | list[str]) -> list[str]:
    """The claims of all parts of the list, in their order."""
    first = made(opened, slug, **given)
    pages = [first, *(made(opened, slug, **given, part=link.label) for link in first.filters.parts[1:])]
    return [card.href for page in pages for card in page.claims]


@pytest.mark.parametrize("slug", CAUSES)
def test_without_filters_the_parts_hold_each_claim_of_the_query_once(
    opened: Opened, client: FlaskClient, slug: str
) -> None:
    rows = rows_over_endpoint(client, made(opened, slug), "The claims about a cause and about the tactics")
    shown = all_claims(opened, slug)
    assert sorted(shown) == sorted({href(row["claim"]) for row in rows})
    assert {href(claim) for claim in about(opened.reader, thing("failure-cause", slug))} <= set(shown)


def test_cards_shown_are_the_rows_of_the_query_over_the_endpoint(opened: Opened, client: FlaskClient) -> None:
    page = made(opened, OPTIMISM, stance=["cautions", "gap"])
    rows = rows_over_endpoint(client, page, "What claims say")
    assert {(href(row["claim"]), row["gist"], row["objectLabel"]) for row in rows} == {
        (card.href, card.gist, card.object.label) for card in page.claims
    }


FILTERS: tuple[tuple[str, str, str], ...] = (
    ("about", "cause", "about"),
    ("phase", "tracking", "phase"),
    ("stance", "cautions", "stance"),
    ("force", "recommends", "force"),
    ("standing", "curator-inference", "standing"),
    ("evidence", "official-audit", "evidence"),
    ("document", "kaehne-editorial", "document"),
    ("level", "national", "level"),
)


@pytest.mark.parametrize(("name", "value", "column"), FILTERS)
def test_each_filter_leaves_the_rows_with_its_value(
    opened: Opened, client: FlaskClient, name: str, value: str, column: str
) -> None:
    page = made(opened, OPTIMISM)
    rows = rows_over_endpoint(client, page, "The claims about a cause and about the tactics")
    wanted = {href(row["claim"]) for row in rows if slug_of(row.get(column, "")) == value}
    total = len({row["claim"] for row in rows})
    assert 0 < len(wanted) < total
    assert set(all_claims(opened, OPTIMISM, **{name: value})) == wanted
    assert made(opened, OPTIMISM, **{name: value}).filters.count == f"{len(wanted)} of {total} claims"


def test_years_leave_the_rows_between_them(opened: Opened, client: FlaskClient) -> None:
    rows = rows_over_endpoint(client, made(opened, OPTIMISM), "The claims about a cause and about the tactics")
    wanted = {href(row["claim"]) for row in rows if "2013" <= row.get("year", "") <= "2018"}
    given = {"from": "2013", "to": "2018"}
    assert set(all_claims(opened, OPTIMISM, **given)) == wanted
    undated = {row["claim"] for row in rows} - {row["claim"] for row in rows if "year" in row}
    left_out = made(opened, OPTIMISM, **given).filters.left_out
    assert left_out == f"{len(undated)} claims left out because the year is not known."


def test_filters_hold_together_and_values_of_one_filter_add_up(opened: Opened) -> None:
    one = set(all_claims(opened, OPTIMISM, stance="cautions"))
    other = set(all_claims(opened, OPTIMISM, stance="gap"))
    inferred = set(all_claims(opened, OPTIMISM, standing="curator-inference"))
    both = set(all_claims(opened, OPTIMISM, stance=["cautions", "gap"]))
    assert both == one | other
    assert (
        set(all_claims(opened, OPTIMISM, stance=["cautions", "gap"], standing="curator-inference")) == both & inferred
    )


def test_each_count_in_the_form_is_what_choosing_it_gives(opened: Opened) -> None:
    page = made(opened, OPTIMISM, phase="preparation")
    for facet in page.filters.facets:
        for option in facet.options[:2] if facet.name != "phase" else ():
            found = made(opened, OPTIMISM, phase="preparation", **{facet.name: option.value})
            assert found.filters.count.split()[0] == option.count, (facet.name, option.value)


def test_each_chip_takes_its_own_filter_away(opened: Opened) -> None:
    given = {"stance": ["cautions", "gap"], "phase": ["preparation"], "from": ["2010"]}
    chips = made(opened, OPTIMISM, **given).filters.chips  # type: ignore[arg-type]
    assert [chip.label for chip in chips] == [
        "Phase: Preparation", "Stance: Cautions", "Stance: Reports an evidence gap", "From 2010"
    ]  # fmt: skip
    left = [parse_qs(urlsplit(chip.href).query) for chip in chips]
    assert left[0] == {"stance": ["cautions", "gap"], "from": ["2010"]}
    assert left[1] == {**given, "stance": ["gap"]}
    assert left[3] == {name: given[name] for name in ("phase", "stance")}
    assert {urlsplit(chip.href).fragment for chip in chips} == {"claims"}


def test_parts_keep_the_filters(opened: Opened) -> None:
    page = made(opened, OPTIMISM, standing="as-stated", part="2")
    assert [link.current for link in page.filters.parts][:2] == [False, True]
    assert {parse_qs(urlsplit(link.href).query)["standing"][0] for link in page.filters.parts} == {"as-stated"}
    assert page.filters.part == f"{PER_PART + 1} to {2 * PER_PART}"


def test_of_very_many_parts_those_around_are_linked(opened: Opened) -> None:
    around = claims_around(opened.reader, thing("failure-cause", OPTIMISM))[0]
    rows = [replace(around, claim=thing("claim", f"{n:03}")) for n in range(40 * PER_PART)]
    parts = filtered(opened, marked(rows), {"part": ["20"]}, ADDRESS).filters.parts
    assert [link.label for link in parts] == ["1", "18", "19", "20", "21", "22", "40"]


def test_a_part_beyond_the_last_is_the_last(opened: Opened) -> None:
    page = made(opened, OPTIMISM, part="999")
    assert page.filters.parts[-1].current
    assert page.claims


def test_nothing_that_fits_is_told_honestly(client: FlaskClient) -> None:
    answer = client.get(f"{ADDRESS}?stance=disputes")
    assert answer.status_code == 200
    assert "0 of " in answer.text
    assert "not what is known elsewhere" in answer.text
    assert "Stance: Disputes" in answer.text


def test_names_that_are_no_filter_are_not_looked_at(opened: Opened, client: FlaskClient) -> None:
    assert client.get(f"{ADDRESS}?utm_source=mail").status_code == 200
    assert made(opened, OPTIMISM, first="7").claims == made(opened, OPTIMISM).claims


BAD: tuple[tuple[dict[str, str], str], ...] = (
    ({"stance": "no-such"}, "“no-such” is not known as a value of “Stance”"),
    ({"document": "<script>"}, "“<script>” is not known as a value of “Document”"),
    ({"about": "me"}, "“me” is not known"),
    ({"level": "} UNION {"}, "“} UNION {” is not known"),
    ({"from": "20x7"}, "“20x7” is not a year. Write four digits, such as 2017."),
    ({"to": "99999"}, "“99999” is not a year"),
    ({"from": "2019", "to": "2014"}, "The years are the wrong way round: from 2019 up to 2014."),
    ({"part": "two"}, "“two” is no part of the list"),
)


@pytest.mark.parametrize(("given", "told"), BAD)
def test_what_cannot_be_used_is_told_and_left_aside(client: FlaskClient, given: dict[str, str], told: str) -> None:
    answer = client.get(f"{ADDRESS}?{urlencode(given)}")
    assert answer.status_code == 422
    assert told in unescape(answer.text)
    assert 'role="alert"' in answer.text
    assert answer.text.count('<article class="claim') == PER_PART
    assert "<script>" not in answer.text.partition("<body")[2]


def test_no_more_values_are_looked_up_than_a_form_offers(opened: Opened) -> None:
    page = made(opened, OPTIMISM, document=[*(f"no-such-{n}" for n in range(39)), "hudson-2019", "gold-2017"])
    assert [chip.label for chip in page.filters.chips] == ["Document: Hudson et al. 2019"]
    page = made(
        opened, OPTIMISM, document=["hudson-2019", *(row.source.rpartition("/")[2] for row in sources(opened.reader))]
    )
    assert [problem.text for problem in page.problems] == ["“Document” takes 40 values at most."]


def test_of_very_many_values_the_form_offers_those_with_most_claims(opened: Opened) -> None:
    around = claims_around(opened.reader, thing("failure-cause", OPTIMISM))[0]
    rows = [
        replace(around, claim=thing("claim", f"{n}-{copy}"), document=thing("source", f"made-{n}"))
        for n in range(60)
        for copy in range(2 if n > 50 else 1)
    ]
    form = filtered(opened, marked(rows), {"document": ["gold-2017"]}, ADDRESS).filters
    documents = next(facet for facet in form.facets if facet.name == "document")
    assert len(documents.options) == 41
    assert [option.count for option in documents.options][:9] == ["2"] * 9
    assert documents.options[-1].chosen
    assert "the 40 with most claims" in documents.hint


def test_what_can_be_used_beside_it_holds(opened: Opened) -> None:
    page = made(opened, OPTIMISM, stance=["no-such", "cautions"])
    assert [chip.label for chip in page.filters.chips] == ["Stance: Cautions"]
    assert len(page.problems) == 1


def test_data_of_a_cause_do_not_mind_filters(client: FlaskClient) -> None:
    assert client.get(f"{ADDRESS}.ttl?stance=no-such").status_code == 200


def test_every_policy_level_and_phase_can_be_asked_for(opened: Opened) -> None:
    rows = claims_around(opened.reader, thing("failure-cause", OPTIMISM))
    offered = {
        facet.name: {option.value for option in facet.options} for facet in made(opened, OPTIMISM).filters.facets
    }
    for facet in ("phase", "level", "evidence", "document", "stance", "force", "standing"):
        assert {slug_of(getattr(row, facet)) for row in rows if getattr(row, facet)} <= offered[facet]


def test_phases_come_in_the_order_of_a_policys_life(opened: Opened) -> None:
    labels = [row.label for row in phases_against(opened.reader, thing("failure-cause", OPTIMISM))]
    assert labels == ["Preparation", "Tracking", "Support", "Review"]
