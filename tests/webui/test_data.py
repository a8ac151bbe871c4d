"""Every list and table of a page as data: the same rows, at an address that stays, as HTTP wants it."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from kg.citation import cite, edition
from kg.namespaces import BASE
from tests.webui.page_support import Visited
from webui.addresses import web
from webui.base import Opened
from webui.tables import TABLES

PATH = "/data/path.csv?cause=failure-cause/dispersed-governance"
CAUSE, TACTIC = "failure-cause/dispersed-governance", "tactic/intermediary-bodies"
CLAIM = "claim/table2-tracking-dispersed-governance-6e80e0a2"
ENDS = f"from={TACTIC}&to={CAUSE}"
CARD = '<article class="claim'
LISTED = '<h3><a href="/id/'

SAME: tuple[tuple[str, str, str, str], ...] = (
    ("/tactics", "tactics", "", '<h3><a href="/id/'),
    ("/sources", "sources", "", '<th scope="row">'),
    ("/frameworks", "list_of", "", LISTED),
    ("/policies", "list_of", "", LISTED),
    ("/outcomes", "list_of", "", LISTED),
    ("/notions", "list_of", "", LISTED),
    ("/bodies", "list_of", "", LISTED),
    ("/people", "list_of", "", LISTED),
    ("/gaps", "cards_of_gaps", "", CARD),
    ("/worklist", "worklist", "", '</a> <span class="quiet">'),
    ("/search?q=targets", "search", "", ""),
    (f"/path?{ENDS}", "paths", "", 'class="hopline"'),
    (f"/id/{CAUSE}", "cards_about", "", ""),
    (f"/id/{CAUSE}?nearby=shown", "claims_in_part", 'id="nearby"', '<li><a href="/id/claim/'),
    (f"/id/{TACTIC}", "cards_about", "", CARD),
    ("/id/policy/care-act-2014", "cards_about", 'id="claims"', CARD),
    ("/id/source/gold-2017", "cards_of_source", "<h1", ""),
    ("/id/scheme/matland-type", "members", 'id="members"', "<h3><a"),
    ("/id/scheme/matland-type", "cards_about", 'aria-labelledby="claims"', CARD),
    (f"/id/{CLAIM}", "cards", "", "<h1"),
    ("/id/person/ruth-glassborow", "claims_voiced", 'id="voice"', CARD),
    ("/id/person/hudson-b", "works_by", "", ""),
    ("/id/body/celcis", "people_of", 'id="people"', '<li><a href="/id/person/'),
    ("/id/source/gold-2017", "resting_on", "", ""),
    ("/history/policy/care-act-2014", "readings_of", "", '<th scope="row">'),
    ("/history/policy/care-act-2014", "revision_records", 'id="revisions"', '<h3><a href="/revision/'),
    ("/sources?q=Gold", "sources_chosen", "", '<th scope="row">'),
    ("/ns", "term_supers", "", ""),
    ("/map", "map_of_causes", "", ""),
    ("/map?columns=tactics", "map_of_causes", "", ""),
    ("/map?rows=sources", "map_of_sources", "", ""),
    ("/map/cell?rows=sources&columns=causes&row=nao-2013&column=overly-optimistic-expectations", "cards", "", CARD),
    ("/coverage", "phase_coverage", "", ""),
    ("/coverage", "unbacked_tactics", 'id="tactics"', ""),
    ("/coverage", "gaps_alone", 'id="gaps"', '<li><a href="/id/'),
    ("/compare?thing=gold-2017&thing=gold-2014", "things_by_source", "", ""),
    ("/what-if?without=gold-2017", "without_sources", "", ""),
    ("/about", "packs", "", ""),
    ("/about/evidence", "members", 'id="status"', '<li id="rule-'),
    ("/about/evidence", "tactics", "", ""),
    ("/about/words", "members", 'id="kinds"', "<div><dt>"),
    ("/about/changes", "revisions", "", '<a href="/revision/'),
    ("/", "causes", 'id="causes"', '<p class="sounds">'),
    ("/", "tactics", "", ""),
    ("/", "signs_of_causes", "", ""),
    ("/", "matrix_places", "", ""),
    ("/search?q=targets&kind=tactic", "search", 'id="found-tactic"', "<h3><a"),
    ("/search?q=targets&kind=claim", "search", 'id="found-claim"', "<h3><a"),
)
"""A page; the table that holds what it shows; behind which mark, and how its lines begin (empty: not counted)."""
PAGES = sorted({url for url, *_ in SAME} | {f"/graph/{CAUSE}", f"/graph/{TACTIC}", "/graph/source/gold-2017"})


def twins(client: FlaskClient, url: str) -> list[str]:
    """The addresses of the CSV files that a page offers."""
    return [unescape(link) for link in re.findall(r'href="(/data/[^"]+\.csv[^"]*)"', client.get(url).text)]


def rows(client: FlaskClient, url: str) -> list[dict[str, str]]:
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO(answer.data.decode(), newline="")))


def named(client: FlaskClient, page: str, table: str) -> list[dict[str, str]]:
    """The rows of the table that a page offers under this name."""
    url = next(url for url in twins(client, page) if url.startswith(f"/data/{table}.csv"))
    return rows(client, url)


# --- pages and their tables --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("url", "table", "behind", "line"), SAME)
def test_a_page_shows_a_line_for_each_row(client: FlaskClient, url: str, table: str, behind: str, line: str) -> None:
    found = named(client, url, table)
    assert found
    if line:
        shown = client.get(url).text.partition('<main id="main"')[2]
        assert (shown.partition(behind)[2] if behind else shown).count(line) == len(found)


@pytest.mark.parametrize("url", [f"/graph/{CAUSE}", f"/graph/{TACTIC}", "/graph/source/gold-2017"])
def test_a_graph_is_its_things_and_its_links(client: FlaskClient, url: str) -> None:
    things, links = named(client, url, "graph_things"), named(client, url, "graph_links")
    assert f'role="status">{len(things)} things and {len(links)} links.' in client.get(url).text
    drawn = client.get(f"{url}.json").get_json()
    assert {row["thing"] for row in things} == {node["id"] for node in drawn["nodes"]}
    ends = sorted((row["start"], row["end"]) for row in links)
    assert ends == sorted((edge["from"], edge["to"]) for edge in drawn["edges"])


@pytest.mark.parametrize("url", PAGES)
def test_all_that_a_page_offers_is_there_with_the_rows_of_its_query(
    client: FlaskClient, opened: Opened, url: str
) -> None:
    offered = twins(client, url)
    assert offered
    for address in offered:
        query = client.get(address.replace(".csv", ".rq", 1))
        found = rows(client, address)
        assert len(client.get(address.replace(".csv", ".json", 1)).json["rows"]) == len(found)
        if query.status_code == 200:
            assert len(opened.reader.select(query.text)) == len(found)


def test_a_page_offers_no_table_that_cannot_be_asked_for(client: FlaskClient) -> None:
    offered = twins(client, "/sources?q=zzzz")
    assert [url for url in offered if client.head(url).status_code != 200] == []
    assert rows(client, offered[0]) == []


def test_the_tables_of_a_graph_tell_a_claims_stance_and_no_sources(client: FlaskClient) -> None:
    links = named(client, f"/graph/{TACTIC}", "graph_links")
    assert {bool(row["stance"]) for row in links if row["standing"]} == {True}
    assert {row["stance"] for row in links if not row["standing"]} == {""}


# --- HTTP --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suffix", "media"),
    [
        ("csv", "text/csv; charset=utf-8; header=present"),
        ("json", "application/json"),
        ("ttl", "text/turtle; charset=utf-8"),
        ("nt", "application/n-triples"),
        ("jsonld", "application/ld+json"),
        ("csv-metadata.json", "application/csvm+json"),
        ("rq", "application/sparql-query; charset=utf-8"),
    ],
)
def test_every_form_has_its_type_and_links(client: FlaskClient, suffix: str, media: str) -> None:
    answer = client.get(PATH.replace("csv", suffix, 1))
    assert answer.content_type == media
    links = answer.headers["Link"]
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in links
    assert f'<{BASE}data/path.{suffix}?cause={CAUSE}>; rel="cite-as"' in links
    described = f'</data/path.csv-metadata.json?cause={CAUSE}>; rel="describedby"; type="application/csvm+json"'
    assert described in links
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    name = f'inline; filename="gapbridge-path-dispersed-governance-revision-1.{suffix}"'
    assert answer.headers["Content-Disposition"] == name


def test_the_metadata_leads_to_its_csv_wherever_the_site_stands(client: FlaskClient) -> None:
    told = json.loads(client.get(PATH.replace("csv", "csv-metadata.json", 1)).data)
    assert "/data/" + told["url"] == PATH
    assert [column["name"] for column in told["tableSchema"]["columns"]] == list(rows(client, PATH)[0])


def test_nothing_is_sent_twice(client: FlaskClient) -> None:
    first = client.get(PATH)
    assert first.last_modified
    same = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    assert same.headers["Access-Control-Allow-Origin"] == "*"
    dated = client.get(PATH, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert dated.status_code == 304
    both = {"If-None-Match": '"another"', "If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get(PATH, headers=both).status_code == 200


def test_what_is_asked_again_carries_each_header_once(client: FlaskClient) -> None:
    first, again = client.get(PATH), client.get(PATH)
    for name in ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Link", "ETag", "Content-Type"):
        assert len(again.headers.getlist(name)) == 1
    assert again.data == first.data


def test_a_tag_is_of_one_form_and_one_question(client: FlaskClient) -> None:
    other = PATH.replace("dispersed-governance", "overly-optimistic-expectations")
    tags = {client.get(url).headers["ETag"] for url in (PATH, PATH.replace("csv", "json", 1), other)}
    assert len(tags) == 3


def test_head_tells_all_but_the_rows(client: FlaskClient) -> None:
    whole, head = client.get(PATH), client.head(PATH)
    assert head.data == b""
    kept = ("Content-Length", "Content-Type", "ETag", "Link", "Last-Modified")
    assert [head.headers[name] for name in kept] == [whole.headers[name] for name in kept]


def test_a_script_of_another_site_may_ask_again(client: FlaskClient) -> None:
    asked = client.options(PATH, headers={"Origin": "http://example.org", "Access-Control-Request-Method": "GET"})
    assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]
    assert client.post(PATH).status_code == 405


@pytest.mark.parametrize(
    ("accept", "there"),
    [
        ("text/csv", f"/data/path.csv?cause={CAUSE}"),
        ("text/turtle;q=0.9, application/json;q=0.5", f"/data/path.ttl?cause={CAUSE}"),
        ("application/ld+json", f"/data/path.jsonld?cause={CAUSE}"),
        ("text/html,*/*;q=0.8", "/data#path"),
        ("", "/data#path"),
    ],
)
def test_without_a_suffix_the_accept_header_decides(client: FlaskClient, accept: str, there: str) -> None:
    answer = client.get(f"/data/path?cause={CAUSE}", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Location"]) == (303, there)
    assert "Accept" in answer.vary


@pytest.mark.parametrize(
    ("url", "status", "told"),
    [
        ("/data/path.csv", 400, "“cause” is missing"),
        ("/data/path.csv?cause=", 400, "“cause” is missing"),
        ("/data/path.csv?cuase=x", 400, "“cause” (the failure cause to start from)"),
        ("/data/path.csv?cause=dispersd-governance", 404, CAUSE),
        ("/data/path.csv?cause=audit-commission", 300, "body/audit-commission"),
        ("/data/pathes.csv", 404, "paths"),
        ("/data/path.xlsx", 404, "csv, json"),
        (f"/data/paths.rq?{ENDS}", 404, "paths.csv"),
        ("/data/sources_chosen.csv?reading=never", 400, "never"),
        (f"/data/paths.csv?{ENDS}&length=7", 400, "from 1 to 6"),
        ("/data/facts.csv?thing=http://x%3E%20%7D", 400, "not a web address"),
        ("/data/facts.csv?thing=%00", 404, "nothing called"),
        ("/data/facts.csv?thing=%FF", 404, "nothing called"),
        ("/data/..%2f..%2fetc.csv", 404, ""),
        ("/data/.csv", 404, "nothing called"),
    ],
)
def test_what_is_not_there_is_told_in_plain_words(client: FlaskClient, url: str, status: int, told: str) -> None:
    answer = client.get(url)
    assert answer.status_code == status
    assert told in unescape(answer.text)


# --- the page of all tables --------------------------------------------------------------------------------------


def test_the_page_of_tables_names_each_with_its_forms(client: FlaskClient, opened: Opened) -> None:
    page = Visited("/data", 200, client.get("/data").text)
    assert {table.name for table in TABLES} <= set(page.ids)
    assert all(f"/data/{table.name}.ttl" in page.html for table in TABLES)
    assert cite(edition(opened.reader)) in unescape(page.html)


def test_every_whole_list_of_that_page_is_there(client: FlaskClient) -> None:
    offered = sorted(set(twins(client, "/data")))
    assert {f"/data/{table.name}.csv" for table in TABLES if not table.params} <= set(offered)
    assert {url: client.head(url).status_code for url in offered if "csv" in url} == dict.fromkeys(offered, 200)


def test_the_list_of_tables_is_a_table(client: FlaskClient) -> None:
    assert [row["name"] for row in rows(client, "/data/index.csv")] == [table.name for table in TABLES]


@pytest.mark.parametrize(
    ("licence", "linked"),
    [
        ("https://example.org/a%20b?x=1#y", "https://example.org/a%20b?x=1#y"),
        ("https://example.org/право", "https://example.org/%D0%BF%D1%80%D0%B0%D0%B2%D0%BE"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
    ],
)
def test_what_a_pack_names_as_its_licence_is_a_link_only_where_it_is_of_the_web(licence: str, linked: str) -> None:
    assert web(licence) == linked
