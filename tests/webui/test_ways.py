"""The path explorer: what it understands, what it answers, and that programs and command line answer the same."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from kg.cli import main
from kg.namespaces import ID
from kg.queries import neighbours
from kg.settings import Settings
from webui.addresses import href
from webui.base import Opened
from webui.contexts.wayform import Typed, offered
from webui.contexts.ways import WaysPage, ways_page
from webui.graphs.choice import Choice

ENDS = {"from": "failure-cause/dispersed-governance", "to": "outcome/policy-drift"}
QUESTIONS: tuple[dict[str, str], ...] = (
    ENDS,
    {**ENDS, "length": "3"},
    {**ENDS, "standing": "as-stated"},
    {**ENDS, "kinds": "outcome,policy"},
    {**ENDS, "through": "notion/street-level-discretion", "length": "5"},
    {"from": "policy/care-act-2014", "to": "outcome/policy-failure", "length": "5", "standing": "by-table"},
    {"from": "failure-cause/dispersed-governance", "kinds": "tactic", "standing": "by-table"},
    {**ENDS, "length": "1"},
)
"""As programs ask; pages and the command line have words of their own for some."""


def typed(asked: dict[str, str], **more: str) -> Typed:
    return Typed(
        asked["from"],
        asked.get("to", ""),
        asked.get("through", ""),
        tuple(kind for kind in asked.get("kinds", "").split(",") if kind),
        asked.get("length", ""),
        asked.get("standing", ""),
        **{"most": "200", **more},
    )


def page_of(opened: Opened, asked: dict[str, str], **more: str) -> WaysPage:
    return ways_page(opened, typed(asked, **more), Choice())


def told_by_api(client: FlaskClient, asked: dict[str, str]) -> dict[str, Any]:
    answer = client.get(f"/api/v1/paths?{urlencode({**asked, 'limit': '200'})}")
    assert answer.status_code == 200, answer.text
    return dict(answer.get_json())


def told_by_cli(seeded: Settings, asked: dict[str, str]) -> dict[str, Any]:
    words = ["path", asked["from"], *([asked["to"]] if "to" in asked else []), "--most", "200", "--json"]
    for kind in asked.get("kinds", "").split(","):
        words += ["--kind", kind] if kind else []
    for name in ("through", "standing", "length"):
        words += [f"--{name}", asked[name]] if name in asked else []
    found = CliRunner().invoke(main, words, env={"GAPBRIDGE_DATA": str(seeded.data)})
    return dict(json.loads(found.stdout))


@pytest.mark.parametrize("asked", QUESTIONS)
def test_page_programs_and_command_line_agree(
    opened: Opened, client: FlaskClient, seeded: Settings, asked: dict[str, str]
) -> None:
    page, api, cli = page_of(opened, asked), told_by_api(client, asked), told_by_cli(seeded, asked)
    shown = [(way.sentence, [(h.start.href, h.end.href, h.standing.slug) for h in way.hops]) for way in page.ways]
    slug = "https://w3id.org/gapbridge/id/link-basis/"
    assert shown == [
        (
            path["sentence"],
            [(href(h["start"]["iri"]), href(h["end"]["iri"]), h["standing"]["iri"][len(slug) :]) for h in path["hops"]],
        )
        for path in api["paths"]
    ]
    assert [sentence for sentence, _ in shown] == [path["sentence"] for path in cli["paths"]]
    assert api["found"] == cli["count"]
    assert [why.sentence for why in page.why] == [reason["sentence"] for reason in api["reasons"]]


@pytest.mark.parametrize("asked", [q for q in QUESTIONS if "to" in q])
def test_the_table_that_the_page_offers_holds_its_hops(client: FlaskClient, asked: dict[str, str]) -> None:
    text = client.get(typed(asked).href()).text
    (link,) = {unescape(found) for found in re.findall(r'href="(/data/paths\.csv[^"]*)"', text)}
    rows = list(csv.DictReader(io.StringIO(client.get(link).text, newline="")))
    assert len(rows) == text.count('class="hopline"')
    for row in rows:
        assert f'href="{href(row["start"])}"' in text


def test_each_step_is_a_row_of_the_query_that_is_shown(opened: Opened) -> None:
    page = page_of(opened, ENDS)
    for hop in (hop for way in page.ways for hop in way.hops):
        start, end = (ID + link.href.removeprefix("/id/") for link in (hop.start, hop.end))
        claims = {href(edge.claim) for edge in neighbours(opened.reader, [start]) if edge.other == end}
        assert {claim.href for claim in hop.claims} <= claims


def test_each_step_says_who_where_and_how_it_came_about(opened: Opened, client: FlaskClient) -> None:
    for hop in (hop for way in page_of(opened, ENDS).ways for hop in way.hops):
        assert hop.standing.label
        assert hop.document.label
        assert hop.locator
        assert hop.claims
    text = client.get(typed(ENDS).href()).text
    assert "Read in <a" in text
    assert "Supports with conditions" in text


def test_the_best_come_first_and_there_are_more(client: FlaskClient, opened: Opened) -> None:
    asked = {"from": "failure-cause/dispersed-governance", "to": "tactic/intermediary-bodies"}
    first, all_of_them = page_of(opened, asked, most=""), page_of(opened, asked)
    assert len(first.ways) == 10
    assert first.ways == all_of_them.ways[:10]
    assert first.count == f"The best 10 of {len(all_of_them.ways)} paths found"
    assert first.more is not None
    assert client.get(first.more.href).text.count('<li class="way">') == len(all_of_them.ways)
    assert all_of_them.more is None


def test_from_a_cause_alone_to_its_sources(client: FlaskClient) -> None:
    text = client.get("/path?from=dispersed-governance").text
    assert "The best 10 of" in text
    assert "has set against it “Tracking”" in unescape(text)


def test_from_anything_else_alone_the_end_is_asked_for(client: FlaskClient) -> None:
    answer = client.get("/path?from=care-act-2014")
    assert answer.status_code == 200
    assert "Now say where the paths from “Care Act 2014” should lead to." in unescape(answer.text)
    assert 'href="/graph/policy/care-act-2014"' in answer.text


def test_nothing_asked_yet_offers_examples_that_have_paths(client: FlaskClient, opened: Opened) -> None:
    page = ways_page(opened, Typed(), Choice())
    assert len(page.examples) == 3
    for example in page.examples:
        assert '<li class="way">' in client.get(example.href).text


def test_words_that_fit_several_things_are_offered_as_choices(client: FlaskClient, opened: Opened) -> None:
    page = ways_page(opened, Typed("delivery", "outcome/policy-drift", kinds=("tactic",)), Choice())
    (field,) = page.form.problems
    assert (field.name, field.value) == ("from", "delivery")
    assert len(field.choices) > 1
    for choice in field.choices:
        assert "to=outcome/policy-drift&by=tactic" in choice.href, "the rest of the question stays"
        assert client.get(choice.href).status_code == 200
    assert client.get("/path?from=delivery&to=policy-drift").status_code == 422


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=dispersed-governrance", "from"),
        ("from=dispersed-governance&to=zzzzzz", "to"),
        ("from=dispersed-governance&through=zzzzzz", "through"),
        ("from=dispersed-governance&to=policy-drift&length=99", "length"),
        ("from=dispersed-governance&to=policy-drift&length=%C2%B2", "length"),
        ("from=dispersed-governance&to=policy-drift&length=" + "9" * 190, "length"),
        ("from=dispersed-governance&to=policy-drift&paths=0", "paths"),
        ("from=dispersed-governance&to=policy-drift&weakest=firm", "weakest"),
        ("from=dispersed-governance&to=policy-drift&by=claim", "by-failure-cause"),
        ("from=claim/table2-tracking-dispersed-governance-6e80e0a2&to=policy-drift", "from"),
        ("from=%00&to=policy-drift", "from"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field(client: FlaskClient, query: str, field: str) -> None:
    answer = client.get(f"/path?{query}")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert f'<a href="#{field}">' in answer.text
    assert '<li class="way">' not in answer.text


def test_a_slip_is_answered_with_the_nearest_names(client: FlaskClient) -> None:
    assert "Dispersed governance" in client.get("/path?from=dispersed-governrance&to=policy-drift").text


def test_swapping_keeps_the_rest(client: FlaskClient) -> None:
    answer = client.get("/path?from=a&to=b&by=tactic&length=3&swap=1")
    assert (answer.status_code, answer.location) == (302, "/path?from=b&to=a&by=tactic&length=3")


def test_no_path_leads_to_the_nearest_alternatives(client: FlaskClient, opened: Opened) -> None:
    page = page_of(opened, {**ENDS, "length": "2"})
    assert [why.heading for why in page.why] == ["Not joined"]
    links = {link.label: link.href for near in page.near for link in near.links}
    assert '<li class="way">' in client.get(links["There are paths in up to 3 steps"]).text
    assert '<li class="way">' in client.get(links["Failure of a policy"]).text


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("from=chartered-institute-of-public-finance-and-accountancy&to=policy-drift", "Nothing recorded"),
        ("from=body-type/delivery-unit&to=policy-drift&length=1", "Looked for and not found"),
        ("from=tactic/robust-implementation-statements&to=source/gold-2017&length=1", "Recorded, but without citation"),
        ("from=dispersed-governance&to=policy-drift&by=source", "Kept out by what you chose"),
        ("from=care-act-2014&to=policy/care-act-2014", "Both ends are the same"),
    ],
)
def test_no_path_is_explained(client: FlaskClient, query: str, heading: str) -> None:
    text = client.get(f"/path?{query}").text
    assert f"<h3>{heading}</h3>" in text
    assert "does not say that there is no connection" in text


def test_fields_offer_names_that_lead_back(client: FlaskClient, opened: Opened) -> None:
    found = client.get("/path/things?q=deliv").get_json()
    assert 1 < len(found) <= 8
    assert found == offered(opened, "deliv")
    for item in found:
        assert opened.search.resolve(item["value"])
        assert item["kind"]
    assert "claim" not in {opened.search.resolve(item["value"]).split("/")[-2] for item in found}
    assert client.get("/path/things?q=").get_json() == []
    assert client.get("/path/things?q=" + "x" * 5000).get_json() == []


def test_markup_in_the_address_stays_text(client: FlaskClient) -> None:
    answer = client.get("/path", query_string={"from": '"><script>alert(1)</script>', "to": "policy-drift"})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
