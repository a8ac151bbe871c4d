"""The Graph Store HTTP Protocol: everybody may read, holders of a token may write, and only what conforms."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from rdflib import Dataset, Graph

from kg.namespaces import GRAPH, thing
from tests.sparql.conftest import Server
from tests.sparql.update_support import PROLOGUE, Changeable, notion

TYPES = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
    "application/trig": "trig",
    "application/n-quads": "nquads",
}
DEFINITION = "SELECT ?d WHERE { notion:%s skos:definition ?d }"


def bomb() -> str:
    """RDF/XML that says ten million letters in a line."""
    levels = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    return (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "aaaaaaaaaa">{levels}]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">'
        '<rdf:Description rdf:about="http://example.org/x"><e:y>&a11;</e:y></rdf:Description></rdf:RDF>'
    )


# --- Reading -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("media", "parser"), TYPES.items())
def test_a_graph_in_every_form(changeable: Changeable, media: str, parser: str) -> None:
    reply = changeable.graph("schemes", Accept=media, Authorization="")
    assert (reply.status, reply.media) == (200, media)
    size = changeable.rows("SELECT (COUNT(*) AS ?n) { GRAPH graph:schemes { ?s ?p ?o } }")[0]["n"]
    graph = Dataset() if parser in ("trig", "nquads") else Graph()
    assert len(graph.parse(data=reply.body, format=parser)) == int(size)


def test_the_default_graph_is_the_union(changeable: Changeable) -> None:
    reply = changeable.server.ask(path="/graph-store?default", Accept="application/n-triples")
    size = changeable.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"]
    assert (reply.status, reply.text.count("\n")) == (200, int(size))


def test_head_and_conditional_requests(changeable: Changeable) -> None:
    full, head = changeable.graph("meta"), changeable.graph("meta", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(full.body))
    tag = full.headers["etag"]
    assert tag == head.headers["etag"] == f'"r{changeable.revision}-ttl"'
    assert changeable.graph("meta", If_None_Match=tag).status == 304
    assert changeable.graph("meta", If_Modified_Since=full.headers["last-modified"]).status == 304
    assert changeable.graph("meta", If_None_Match=tag, Accept="application/n-triples").status == 200


def test_the_same_revision_is_the_same_bytes_in_every_process(
    changeable: Changeable, start: Callable[..., Server]
) -> None:
    other = start(changeable.settings.data)
    replies = [s.ask(path="/graph-store?default", Accept="text/turtle") for s in (changeable.server, other)]
    assert replies[0].body == replies[1].body


# --- Writing -----------------------------------------------------------------------------------------


def test_a_graph_is_added_to_and_replaced(changeable: Changeable) -> None:
    before = changeable.graph("schemes").text
    reply = changeable.graph("schemes", "POST", PROLOGUE + notion("posted"))
    assert (reply.status, reply.text) == (200, f"Revision {changeable.revision}: 6 statements in, 0 out.\n")
    assert changeable.rows(DEFINITION % "posted") == [{"d": "An idea for a test."}]
    assert changeable.server.ask(path="/id/notion/posted", Accept="text/html").status == 200
    back = changeable.graph("schemes", "PUT", before, Accept="application/json")
    assert (back.status, json.loads(back.body)["removed"]) == (200, 6)
    assert changeable.rows(DEFINITION % "posted") == []


@pytest.mark.parametrize("media", TYPES)
def test_what_was_got_can_be_put_back_in_every_form(changeable: Changeable, media: str) -> None:
    got = changeable.graph("schemes", Accept=media)
    reply = changeable.graph("schemes", "PUT", got.text, Content_Type=media)
    assert (reply.status, reply.text[:15]) == (200, "Nothing differs"), reply.text


def test_what_is_added_to_the_default_graph_goes_where_its_subject_belongs(changeable: Changeable) -> None:
    params = [("default", ""), ("message", "Why it was added")]
    body = (PROLOGUE + notion("by-default")).encode()
    reply = changeable.send(path="/graph-store", params=params, body=body, Content_Type="text/turtle")
    assert reply.status == 200
    assert changeable.rows("SELECT DISTINCT ?g { GRAPH ?g { notion:by-default ?p ?o } }") == [{"g": GRAPH + "schemes"}]
    revision = thing("revision", reply.headers["gapbridge-revision"])
    rows = changeable.rows(f"SELECT ?m ?a {{ <{revision}> dcterms:description ?m ; prov:wasAssociatedWith ?a }}")
    assert rows == [{"m": "Why it was added", "a": thing("agent", "gapbridge")}]


def test_a_graph_can_be_emptied_where_nothing_else_needs_it(changeable: Changeable) -> None:
    reply = changeable.graph("sources", "DELETE")  # the agents: who made the revisions
    assert (reply.status, "Say who made this change" in reply.text) == (422, True)
    assert changeable.graph("claims", "DELETE").text.startswith("Nothing differs")


def test_a_change_against_a_graph_as_it_was_seen(changeable: Changeable) -> None:
    tag = changeable.graph("schemes").headers["etag"]
    assert changeable.graph("schemes", "POST", PROLOGUE + notion("seen"), If_Match=tag).status == 200
    before = changeable.state()
    assert changeable.graph("schemes", "POST", PROLOGUE + notion("later"), If_Match=tag).status == 412
    assert changeable.graph("schemes", "PUT", PROLOGUE + notion("later"), If_None_Match="*").status == 412
    assert changeable.state() == before


# --- What is refused ---------------------------------------------------------------------------------

XML, NQ, BAD = (
    {"Content_Type": "application/rdf+xml"},
    {"Content_Type": "application/n-quads"},
    "notion:bad a gap:Notion .",
)
REFUSED: dict[str, tuple[int, str, tuple[str, str, str], dict[str, str]]] = {
    "what does not conform": (422, "exactly one preferred name", ("schemes", "POST", BAD), {}),
    "another's statements": (422, "stands in <https", ("claims", "POST", notion("x")), {}),
    "revisions taken out": (422, "never changed", ("meta", "PUT", "# nothing"), {}),
    "a blank node": (400, "give it an address", ("schemes", "POST", "notion:x skos:note [] ."), {}),
    "bad syntax": (400, "The request:12:19: ", ("schemes", "POST", "notion:x skos:note"), {}),
    "bad bytes": (400, "The request", ("schemes", "POST", "notion:x skos:note '\udcff' ."), {}),
    "another graph's quads": (400, "not the graph it is for", ("schemes", "POST", "<a:a> <a:b> <a:c> <a:g> .\n"), NQ),
    "no such form": (415, "A graph is sent as", ("schemes", "POST", "x"), {"Content_Type": "text/csv"}),
    "packed": (415, "Compressed", ("schemes", "POST", "x"), {"Content_Encoding": "gzip"}),
    "too large": (413, "", ("schemes", "POST", "#" * (33 << 20)), {}),
    "an XML bomb": (400, "declares an entity", ("schemes", "POST", bomb()), XML),
    "the derived graph": (405, "rules alone write", ("derived", "PUT", notion("x")), {}),
    "no such graph": (404, "There are: https", ("nothing", "PUT", notion("x")), {}),
    "a patch": (405, "PUT, POST or DELETE", ("schemes", "PATCH", "x"), {}),
    "no token": (401, "needs a token", ("schemes", "POST", notion("x")), {"Authorization": ""}),
    "a wrong token": (401, "no such token", ("schemes", "POST", notion("x")), {"Authorization": "Bearer x"}),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_refused_whole(changeable: Changeable, case: str) -> None:
    status, words, (name, method, text), headers = REFUSED[case]
    before = changeable.state()
    plain = {"Content_Type": "text/turtle"} | headers
    text = text if headers.get("Content_Type") or len(text) > 1000 else PROLOGUE + text
    reply = changeable.send(
        path="/graph-store",
        method=method,
        params=[("graph", GRAPH + name)],
        body=text.encode("utf-8", "surrogateescape"),
        **plain,
    )
    assert (reply.status, words in reply.text) == (status, True), reply.text[:500]
    assert ("allow" in reply.headers) == (status == 405)
    assert changeable.state() == before


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_the_union_is_neither_replaced_nor_emptied(changeable: Changeable, method: str) -> None:
    reply = changeable.send(path="/graph-store?default", method=method)
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, OPTIONS, POST")


@pytest.mark.parametrize(
    ("address", "accept", "status"),
    [
        ("/graph-store", "*/*", 400),
        ("/graph-store?default&graph=x", "*/*", 400),
        (f"/graph-store?graph={GRAPH}meta&graph={GRAPH}claims", "*/*", 400),
        (f"/graph-store?graph={GRAPH}nothing", "*/*", 404),
        ("/graph-store?graph=meta", "*/*", 404),
        (f"/graph-store?graph={GRAPH}meta", "image/png", 406),
        (f"/graph-store?graph={GRAPH}meta", "text/csv", 406),
        (f"/graph-store?graph={GRAPH}meta&format=nt", "image/png", 200),
    ],
)
def test_requests_to_read_that_are_not_of_the_protocol(
    changeable: Changeable, address: str, accept: str, status: int
) -> None:
    assert changeable.server.ask(path=address, Accept=accept).status == status


def test_off_by_default_but_for_reading(changeable: Changeable, start: Callable[..., Server]) -> None:
    off = start(changeable.settings.data)
    reply = off.ask(path=f"/graph-store?graph={GRAPH}meta", method="DELETE", Authorization=f"Bearer {changeable.token}")
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "GAPBRIDGE_UPDATES=on" in reply.text
    assert off.ask(path=f"/graph-store?graph={GRAPH}meta").status == 200
    assert off.ask(path="/graph-store", method="OPTIONS").headers["allow"] == "GET, HEAD, OPTIONS"
    told = changeable.server.ask(path="/graph-store", method="OPTIONS").headers
    assert told["access-control-allow-methods"] == "GET, HEAD, OPTIONS, PUT, POST, DELETE"
