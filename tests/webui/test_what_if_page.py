"""The page that asks what would be left without a source: says what changes, by which rule, and why nothing does."""

from __future__ import annotations

import csv
import io
from collections import Counter
from html import unescape

import pytest
from flask.testing import FlaskClient

from kg.namespaces import thing
from kg.what_if import grounds, without
from webui.addresses import href
from webui.base import Opened
from webui.contexts.what_if import what_if_page
from webui.without import MOST_SOURCES

GOLD = "/what-if?without=gold-2017"


def test_it_starts_with_a_choice_of_sources(client: FlaskClient) -> None:
    text = client.get("/what-if").text
    assert '<option value="gold-2017">Gold 2017 (20 claims)</option>' in text
    assert "Tactics whose status changes" not in text


def test_what_changes_is_said_with_its_rule(client: FlaskClient) -> None:
    text = unescape(client.get(GOLD).text)
    assert "17 claims go" in text
    assert "6 tactics: Informed → Proposed" in text
    assert "By the rule: Claims that put it forward are left" in text
    assert "Claims for it: 1 → 0" in text


def test_one_of_a_pair_that_counts_once_changes_nothing(client: FlaskClient) -> None:
    text = client.get("/what-if?without=sas-2015").text
    assert "Nothing changes" in text
    assert "Counts as one with Sense About Science 2017" in text
    assert "so the number of independent sources behind these claims stays the same" in text
    both = client.get("/what-if?without=sas-2015&without=sas-2017").text
    assert "Nothing changes" not in both


def test_a_source_that_nothing_rests_on(opened: Opened, client: FlaskClient) -> None:
    found = grounds(opened.reader)
    used = {*found.documents.values(), *(work for works in found.works.values() for work in works)}
    idle = sorted(iri for iri in found.groups if iri not in used)
    assert idle
    assert "no accepted claim rests on this source" in client.get(f"/what-if?without={idle[0].rpartition('/')[2]}").text


def test_a_source_can_be_put_back(client: FlaskClient) -> None:
    text = client.get(f"{GOLD}&without=weaver-2009").text
    assert 'class="putback" href="/what-if?without=weaver-2009"' in text
    assert '<input type="hidden" name="without" value="gold-2017">' in text
    assert '<option value="gold-2017">' not in text


def test_the_page_shows_what_was_worked_out(opened: Opened) -> None:
    effect = without(grounds(opened.reader), [thing("source", "gold-2017")])
    page = what_if_page(opened, ["gold-2017"])
    moved = {(tactic.link.href, move.after.mark.slug) for move in page.moved for tactic in move.tactics}
    assert moved == {(href(change.tactic), change.after.status) for change in effect.statuses if change.moves}
    counted = {tactic.link.href for tactic in page.counted}
    assert counted == {href(change.tactic) for change in effect.statuses if not change.moves}
    claims = {line.link.href for group in page.claims for line in group.lines}
    assert claims == {href(claim) for claim in (*effect.gone, *effect.thinner)}


def test_the_table_holds_all_of_it(opened: Opened, client: FlaskClient) -> None:
    effect = without(grounds(opened.reader), [thing("source", "gold-2017")])
    found = list(csv.DictReader(io.StringIO(client.get("/data/without_sources.csv?without=source/gold-2017").text)))
    assert Counter(row["change"] for row in found) == {
        "status": len(effect.statuses),
        "path breaks": len(effect.paths) + len(effect.own_paths),
        "link falls": len(effect.fallen) + len(effect.own),
        "claim goes": len(effect.gone),
        "claim rests on less": len(effect.thinner),
    }
    assert "/data/without_sources.csv?without=source/gold-2017" in client.get(GOLD).text


def test_long_groups_are_cut_and_counted(client: FlaskClient) -> None:
    text = client.get("/what-if?without=hudson-2019").text
    assert "Read in what is taken away" in text
    assert "and 591 more; the table below holds all of them" in text


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("without=nobody-1900", 404, "nobody-1900"),
        ("without=dispersed-governance", 404, "dispersed-governance"),
        ("without=failure-cause/dispersed-governance", 404, "dispersed-governance"),
        ("&".join(f"without=s{n}" for n in range(MOST_SOURCES + 1)), 400, f"Up to {MOST_SOURCES} sources"),
    ],
)
def test_what_cannot_be_taken_away_is_told(client: FlaskClient, asked: str, status: int, told: str) -> None:
    answer = client.get(f"/what-if?{asked}")
    assert (answer.status_code, told in answer.text) == (status, True)


def test_the_base_stays_as_it_is(opened: Opened, client: FlaskClient) -> None:
    before = opened.reader.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    client.get(GOLD)
    assert opened.reader.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }") == before
