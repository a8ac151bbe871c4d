"""The query operation of the SPARQL 1.1 Protocol: every way to ask, every form, every status code."""

from __future__ import annotations

import csv
import gzip
import io
import json
import xml.etree.ElementTree as ET
from urllib.parse import urlencode

import pytest
from rdflib import Dataset, Graph

from kg.namespaces import BASE, GRAPH

SELECT = "SELECT ?s WHERE { ?s a <https://w3id.org/gapbridge/ns#Claim> } ORDER BY ?s LIMIT 3"
GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://w3id.org/gapbridge/ns#Claim> ; ?p ?o } LIMIT 20"
FORM = {"Content_Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content_Type": "application/sparql-query"}


def names(reply, variable="g"):
    assert reply.status == 200, reply.text
    return [row[variable]["value"].removeprefix(GRAPH) for row in json.loads(reply.body)["results"]["bindings"]]


@pytest.mark.parametrize(
    "request_",
    [
        {"query": SELECT},
        {"method": "POST", "body": urlencode({"query": SELECT}).encode(), **FORM},
        {"method": "POST", "body": SELECT.encode(), **DIRECT},
        {"method": "POST", "body": SELECT.encode(), "Content_Type": "application/sparql-query; charset=utf-8"},
        {"method": "POST", "body": SELECT.encode(), "Content_Type": 'application/sparql-query;charset="UTF-8"'},
        {"query": SELECT, "Accept": ""},
        {"query": SELECT, "params": [("unknown", "1")]},
    ],
)
def test_ways_to_ask(server, request_):
    reply = server.ask(**request_)
    assert (reply.status, reply.media) == (200, "application/sparql-results+json")
    assert len(json.loads(reply.body)["results"]["bindings"]) == 3


TABLES = ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]


def rows_of(reply):
    if reply.media.endswith("json"):
        return len(json.loads(reply.body)["results"]["bindings"])
    if reply.media.endswith("xml"):
        return len(ET.fromstring(reply.body).findall(".//{*}result"))
    dialect = "excel-tab" if "tab" in reply.media else "excel"
    return len(list(csv.reader(io.StringIO(reply.text), dialect))) - 1


@pytest.mark.parametrize("media", [*TABLES, "application/json", "application/xml"])
def test_tables(server, media):
    reply = server.ask(SELECT, Accept=media)
    assert (reply.status, reply.media, rows_of(reply)) == (200, media, 3)


@pytest.mark.parametrize("media", TABLES)
@pytest.mark.parametrize(("query", "word"), [("ASK {}", b"true"), ("ASK { FILTER(false) }", b"false")])
def test_truth_values(server, media, query, word):
    reply = server.ask(query, Accept=media)
    assert (reply.status, reply.media) == (200, media)
    assert word in reply.body


GRAPH_TYPES = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
    "application/n-quads": "nquads",
    "application/trig": "trig",
}


@pytest.mark.parametrize(("media", "parser"), GRAPH_TYPES.items())
@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE <https://w3id.org/gapbridge/id/scheme/failure-cause>"])
def test_graphs(server, media, parser, query):
    reply = server.ask(query, Accept=media)
    assert (reply.status, reply.media) == (200, media)
    parsed = (Dataset() if media in ("application/n-quads", "application/trig") else Graph()).parse(
        data=reply.body, format=parser
    )
    assert len(parsed) > 0 or "DESCRIBE" in query


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "text/*", "text/csv"),
        (SELECT, "application/*", "application/sparql-results+json"),
        (SELECT, "text/csv;q=0.2, application/sparql-results+xml;q=0.5", "application/sparql-results+xml"),
        (SELECT, "application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        (SELECT, "text/turtle, application/sparql-results+xml;q=0.3", "application/sparql-results+xml"),
        (SELECT, "text/csv;charset=utf-8", "text/csv"),
        (SELECT, "nonsense, text/csv", "text/csv"),
        (SELECT, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        (CONSTRUCT, "*/*", "text/turtle"),
        (CONSTRUCT, "application/rdf+xml;q=0.4, application/ld+json;q=0.9, text/turtle;q=0.3", "application/ld+json"),
        (CONSTRUCT, "text/turtle;q=0, */*;q=0.1", "application/n-triples"),
        (CONSTRUCT, "text/html", "text/html"),
    ],
)
def test_negotiation(server, query, accept, media):
    reply = server.ask(query, Accept=accept)
    assert (reply.status, reply.media) == (200, media)
    assert "accept" in reply.headers["vary"].lower()


@pytest.mark.parametrize(
    ("query", "name", "media"),
    [
        (SELECT, "json", "application/sparql-results+json"),
        (SELECT, "xml", "application/sparql-results+xml"),
        (SELECT, "csv", "text/csv"),
        (SELECT, "text/csv", "text/csv"),
        (SELECT, "html", "text/html"),
        (CONSTRUCT, "json", "application/ld+json"),
        (CONSTRUCT, "nt", "application/n-triples"),
        (CONSTRUCT, "trig", "application/trig"),
    ],
)
def test_format_counts_for_more_than_accept(server, query, name, media):
    reply = server.ask(query, params=[("format", name)], Accept="application/sparql-results+xml;q=0.1")
    assert (reply.status, reply.media) == (200, media)


REFUSED = {
    "no query": (400, {"params": [("x", "1")]}),
    "nothing posted": (400, {"method": "POST", "body": b"", **FORM}),
    "two queries": (400, {"query": SELECT, "params": [("query", SELECT)]}),
    "two queries posted": (400, {"method": "POST", "body": b"query=ASK{}&query=ASK{}", **FORM}),
    "query in the address and the body": (400, {"query": "ASK {}", "method": "POST", "body": b"ASK {}", **DIRECT}),
    "syntax": (400, {"query": "SELECT * WHRE {}"}),
    "empty": (400, {"query": ""}),
    "an update as a query": (400, {"query": "INSERT DATA { <a:a> <a:b> <a:c> }"}),
    "graph that is no address": (400, {"query": SELECT, "params": [("default-graph-uri", "no address")]}),
    "address not in UTF-8": (400, {"path": "/sparql?query=ASK%20%7B%7D%23%FF"}),
    "form not in UTF-8": (400, {"method": "POST", "body": b"query=ASK%20%7B%7D%23%FF", **FORM}),
    "body not in UTF-8": (400, {"method": "POST", "body": b"ASK {} # \xff", **DIRECT}),
    "utf-16": (415, {"method": "POST", "body": b"A\0", "Content_Type": "application/sparql-query; charset=utf-16"}),
    "many fields": (400, {"method": "POST", "body": b"a=1&" * 2000, **FORM}),
    "update": (403, {"method": "POST", "body": b"update=CLEAR+ALL", **FORM}),
    "update posted": (403, {"method": "POST", "body": b"CLEAR ALL", "Content_Type": "application/sparql-update"}),
    "update in the address": (403, {"params": [("update", "CLEAR ALL")]}),
    "PUT": (405, {"query": SELECT, "method": "PUT"}),
    "DELETE": (405, {"query": SELECT, "method": "DELETE"}),
    "PATCH": (405, {"query": SELECT, "method": "PATCH"}),
    "form of graphs for a table": (406, {"query": SELECT, "Accept": "text/turtle"}),
    "form of tables for a graph": (406, {"query": CONSTRUCT, "Accept": "text/csv"}),
    "no such form": (406, {"query": SELECT, "Accept": "image/png"}),
    "no such format": (406, {"query": SELECT, "params": [("format", "docx")]}),
    "large": (413, {"method": "POST", "body": b"query=" + b"x" * (2 << 20), **FORM}),
    "large and direct": (413, {"method": "POST", "body": b"x" * (2 << 20), **DIRECT}),
    "no type": (415, {"method": "POST", "body": b"query=ASK%20%7B%7D"}),
    "wrong type": (415, {"method": "POST", "body": b"ASK {}", "Content_Type": "text/plain"}),
    "multipart": (415, {"method": "POST", "body": b"--x--", "Content_Type": "multipart/form-data; boundary=x"}),
    "compressed": (415, {"method": "POST", "body": gzip.compress(b"ASK {}"), "Content_Encoding": "gzip", **DIRECT}),
}  # fmt: skip


@pytest.mark.parametrize(("status", "request_"), REFUSED.values(), ids=list(REFUSED))
def test_refusals(server, status, request_):
    reply = server.ask(**request_)
    assert reply.status == status, reply.text
    assert reply.media == "text/plain"
    assert reply.text.strip()
    assert reply.headers["access-control-allow-origin"] == "*"
    if status == 405:
        assert reply.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_a_syntax_error_is_told_with_its_place(server):
    reply = server.ask("SELECT *\nWHERE { ?s ?p }")
    assert (reply.status, reply.media) == (400, "text/plain")
    assert reply.text.startswith("error at 2:")


def test_head_is_get_without_a_body(server):
    got, head = server.ask(SELECT), server.ask(SELECT, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    for name in ("content-type", "content-length", "etag", "last-modified", "vary"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize(
    ("query", "more"),
    [
        (SELECT, {}),
        (SELECT, {"Accept": "text/csv", "Accept_Encoding": "gzip"}),
        (CONSTRUCT, {"Accept": "application/ld+json", "Accept_Encoding": "br"}),
        ("SELECT (NOW() AS ?x) {} LIMIT 0", {}),
        ("SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 20000", {}),
        ("SELECT * WHRE {}", {}),
        (SELECT, {"Accept": "image/png"}),
    ],
)
def test_the_short_way_of_a_plain_request_says_what_the_long_way_says(server, query, more):
    short = server.ask(query, **more)
    long = server.ask(query, **more, If_None_Match='"other"')  # conditions are read on the long way alone
    for reply in (short, long):
        assert reply.headers.pop("x-request-id")
        reply.headers.pop("date", None)
    assert short == long


def test_options_and_preflight(server):
    reply = server.ask(method="OPTIONS", Origin="https://example.org", Access_Control_Request_Method="POST")
    assert (reply.status, reply.body) == (204, b"")
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert "Content-Type" in reply.headers["access-control-allow-headers"]


def test_the_union_of_all_graphs_is_the_default(server):
    union = names(server.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } ?s ?p ?o } ORDER BY ?g"))
    assert {"claims", "sources", "schemes", "derived", "meta", "ontology"} <= set(union)


@pytest.mark.parametrize("way", ["GET", "form", "direct"])
@pytest.mark.parametrize(
    ("default", "named", "seen"),
    [
        ((), (), ["claims", "derived", "meta", "ontology", "schemes", "sources"]),
        ((), ("claims",), ["claims"]),
        ((), ("claims", "sources"), ["claims", "sources"]),
        (("claims",), (), []),
        (("claims", "meta"), ("sources",), ["sources"]),
        (("nothing",), ("nothing",), []),
    ],
)
def test_datasets(server, way, default, named, seen):
    graphs = [("default-graph-uri", GRAPH + name) for name in default]
    graphs += [("named-graph-uri", GRAPH + name) for name in named]
    if way == "GET":
        reply = server.ask(GRAPHS, params=graphs)
    elif way == "form":
        reply = server.ask(method="POST", body=urlencode([("query", GRAPHS), *graphs]).encode(), **FORM)
    else:
        reply = server.ask(method="POST", body=GRAPHS.encode(), params=graphs, **DIRECT)
    assert names(reply) == seen


def test_the_default_graphs_of_a_request_are_merged(server):
    def count(*graphs, query="SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"):
        reply = server.ask(query, params=[("default-graph-uri", GRAPH + name) for name in graphs])
        return int(names(reply, "n")[0])

    assert count("claims") + count("meta") == count("claims", "meta") < count()
    assert count("nothing") == 0
    assert count("meta", query=f"SELECT (COUNT(*) AS ?n) FROM <{GRAPH}claims> {{ ?s ?p ?o }}") == count("meta")


def test_from_in_the_query_is_heeded(server):
    reply = server.ask(f"SELECT DISTINCT ?g FROM <{GRAPH}meta> {{ GRAPH ?g {{ ?s ?p ?o }} }}")
    assert names(reply) == []
    reply = server.ask(f"SELECT (COUNT(*) AS ?n) FROM <{GRAPH}meta> {{ ?s a <https://w3id.org/gapbridge/ns#Claim> }}")
    assert names(reply, "n") == ["0"]


def test_relative_addresses_are_ours(server):
    reply = server.ask("SELECT ?x { BIND(<id/tactic/x> AS ?x) }")
    assert names(reply, "x") == [BASE + "id/tactic/x"]


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"]
)
def test_service_description(server, media):
    reply = server.ask(Accept=media)
    assert (reply.status, reply.media) == (200, media)
    found = Graph().parse(data=reply.body, format=GRAPH_TYPES[media])
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert {str(value) for value in found.objects(None, None)} >= {sd + "Service", sd + "UnionDefaultGraph"}


def test_page_for_people(server):
    page = server.ask(Accept="text/html")
    assert (page.status, page.media) == (200, "text/html")
    assert "<textarea" in page.text
    assert page.text.count("<script ") == page.text.count("<script src=") == page.text.count("<script")
    table = server.ask(SELECT, Accept="text/html")
    assert table.text.count("<tr>") == 4
    wrong = server.ask('SELECT "<script>" {', Accept="text/html")
    assert (wrong.status, wrong.media) == (400, "text/html")
    assert "error at 1:" in wrong.text
    assert "<script>" not in wrong.text


def test_conditional_requests(server):
    first = server.ask(SELECT)
    for header in (
        {"If_None_Match": first.headers["etag"]},
        {"If_None_Match": f'"other", {first.headers["etag"]}'},
        {"If_Modified_Since": first.headers["last-modified"]},
    ):
        again = server.ask(SELECT, **header)
        assert (again.status, again.body) == (304, b""), header
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["access-control-allow-origin"] == "*"
        assert "accept" in again.headers["vary"].lower()
    assert server.ask(SELECT, method="HEAD", If_None_Match=first.headers["etag"]).status == 304
    assert server.ask(SELECT, If_None_Match='"other"').status == 200
    assert server.ask(SELECT + " # other", If_None_Match=first.headers["etag"]).status == 200
    assert server.ask(SELECT, Accept="text/csv", If_None_Match=first.headers["etag"]).status == 200
    assert server.ask("SELECT", If_None_Match="*").status == 400
    assert server.ask("SELECT", If_Modified_Since=first.headers["last-modified"]).status == 400


def test_what_changes_by_itself_is_not_kept(server):
    replies = [server.ask("SELECT (UUID() AS ?x) {}") for _ in range(2)]
    assert replies[0].body != replies[1].body
    assert "etag" not in replies[0].headers
    assert replies[0].headers["cache-control"] == "no-store"


@pytest.mark.parametrize("limit", [3, 300, 20_000])
def test_compressed_answers(server, limit):
    query = f"SELECT ?s ?p ?o {{ ?s ?p ?o }} ORDER BY ?s ?p ?o LIMIT {limit}"
    plain = server.ask(query)
    packed = server.ask(query, Accept_Encoding="gzip")
    again = server.ask(query, Accept_Encoding="gzip")
    assert plain.status == packed.status == again.status == 200
    assert "content-encoding" not in plain.headers
    for reply in (packed, again):
        if len(plain.body) < 1000:
            assert "content-encoding" not in reply.headers
        else:
            assert reply.headers["content-encoding"] == "gzip"
            assert gzip.decompress(reply.body) == plain.body
    assert server.ask(query, Accept_Encoding="gzip;q=0").headers.get("content-encoding") is None
    assert server.ask(query, method="HEAD", Accept_Encoding="gzip").body == b""


def test_a_large_answer_is_whole(server):
    query = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 20000"
    reply = server.ask(query, Accept="text/csv")
    assert int(reply.headers["content-length"]) == len(reply.body) > 1 << 20
    assert rows_of(reply) == 20_000
    head = server.ask(query, method="HEAD", Accept="text/csv")
    assert head.headers["content-length"] == reply.headers["content-length"]


def test_an_answer_beyond_the_limit_is_an_error_and_nothing_else(server):
    reply = server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert (reply.status, reply.media) == (400, "text/plain")
    assert "8 MB" in reply.text
