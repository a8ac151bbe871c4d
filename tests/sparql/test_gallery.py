"""The gallery of example queries: each runs over the endpoint, and is there for reading, as a file and in RDF."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef

import webui
from kg.namespaces import PREFIXES, gap
from kg.queries import AUDIENCES, Query, examples, first_query, topics
from tests.sparql.conftest import Server
from webui.headers import POLICY
from webui.sparql import STYLES

EXAMPLES = {query.name: query for query in examples()}
EDITOR = Path(webui.__file__).parent / "static/vendor/yasgui.min.js"
SCHEMA = "https://schema.org/"
LOCAL = re.compile(r"(?<![\w?$:/-])(\w+):([A-Za-z]\w*)")


def asked(server: Server, query: Query) -> list[dict[str, object]]:
    """The rows of a query, or the statements of one that makes a graph."""
    reply = server.ask(query.text, accept="application/sparql-results+json, application/n-triples")
    assert reply.status == 200, reply.text
    if reply.headers["content-type"] == "application/n-triples":
        return [{"statement": line} for line in reply.text.splitlines()]
    return json.loads(reply.body)["results"]["bindings"]


@pytest.mark.parametrize("query", examples(), ids=lambda query: query.name)
def test_every_example_gives_rows_or_tells_why_not(server: Server, query: Query) -> None:
    assert bool(asked(server, query)) != bool(query.empty)


def test_first_query_has_our_prefixes_and_gives_rows(server: Server) -> None:
    first = Query("first", "", (), first_query())
    assert f"PREFIX gap: <{PREFIXES['gap']}>" in first.text
    assert f"PREFIX skos: <{PREFIXES['skos']}>" in first.text
    assert {"tactic", "label", "how"} == set(asked(server, first)[0])


def test_every_example_is_under_one_user_and_one_topic() -> None:
    shelved = [query.name for topic in topics() for query in topic.queries]
    assert sorted(shelved) == sorted(EXAMPLES)
    assert len(set(shelved)) == len(shelved)
    users = [topic.audience for topic in topics()]
    assert users == sorted(users, key=AUDIENCES.index)
    assert set(users) == set(AUDIENCES)


def test_examples_stand_on_a_page_for_reading(server: Server) -> None:
    page = server.ask(path="/sparql/examples", accept="text/html").text
    for name in EXAMPLES:
        assert f'id="{name}"' in page
        assert f'href="/sparql/examples/{name}"' in page
        assert f'href="/sparql/examples/{name}.rq"' in page


def test_a_link_runs_its_example_on_the_server(server: Server) -> None:
    reply = server.ask(path="/sparql/examples/cq14-what-causes-lead-to", accept="text/html")
    assert reply.status == 302
    address = urlsplit(reply.headers["location"])
    assert parse_qs(address.query)["query"] == [EXAMPLES["cq14-what-causes-lead-to"].text.strip()]
    answer = server.ask(path=f"{address.path}?{address.query}", accept="text/html")
    assert re.search(r"<p>\d+ rows\.</p>", answer.text)


def test_each_is_a_file(server: Server) -> None:
    reply = server.ask(path="/sparql/examples/path.rq")
    assert (reply.status, reply.media, reply.text) == (200, "application/sparql-query", EXAMPLES["path"].text)


@pytest.mark.parametrize("path", ["/sparql/examples/pth", "/sparql/examples/pth.rq", "/sparql/examples/..%2Ffile.rq"])
def test_unknown_example_is_not_found(server: Server, path: str) -> None:
    assert server.ask(path=path, accept="text/html").status == 404


def test_examples_in_rdf_as_other_endpoints_publish_them(server: Server) -> None:
    reply = server.ask(path="/sparql/examples.ttl")
    assert reply.media == "text/turtle"
    graph, site = Graph().parse(data=reply.body, format="turtle"), f"http://127.0.0.1:{server.port}"
    found = set(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert {str(one).rpartition("/")[2] for one in found} == set(EXAMPLES)
    assert found == set(graph.subjects(RDF.type, SH.SPARQLSelectExecutable))
    for one in found:
        query = EXAMPLES[str(one).rpartition("/")[2]]
        assert list(graph.objects(one, SH.select)) == [Literal(query.text.strip())]
        assert list(graph.objects(one, RDFS.comment)) == [Literal(query.title, lang="en")]
        assert list(graph.objects(one, URIRef(SCHEMA + "target"))) == [URIRef(f"{site}/sparql")]


def test_an_examples_address_in_rdf_leads_to_it(server: Server) -> None:
    graph = Graph().parse(data=server.ask(path="/sparql/examples.ttl").body, format="turtle")
    (one,) = graph.subjects(RDFS.comment, Literal(EXAMPLES["path"].title, lang="en"))
    assert server.ask(path=urlsplit(str(one)).path, accept="text/html").status == 302


def test_editor_is_offered_every_term_that_the_examples_use(server: Server) -> None:
    offered = json.loads(server.ask(path="/sparql/terms.json").body)
    assert gap("Claim") in offered["class"]
    assert gap("addresses") in offered["property"]
    assert dict(offered["prefixes"])["tactic"].endswith("/id/tactic/")
    terms = {*offered["class"], *offered["property"]}
    bodies = [re.sub(r"^(#|PREFIX).*$|\"[^\"]*\"", "", query.text, flags=re.MULTILINE) for query in EXAMPLES.values()]
    used = {gap(name) for body in bodies for prefix, name in LOCAL.findall(body) if prefix == "gap"}
    assert used - terms == {gap("Gap")}  # a name that `counts` gives to claims of a kind


def test_only_the_editors_own_styles_are_let_in(server: Server) -> None:
    """The hashes are those of what the installed YASGUI writes, so that an upgrade that changes it is noticed."""
    text = EDITOR.read_text(encoding="utf-8")
    (handles,) = re.findall(r"createStyle\(\w+,`([^`]*)`\)", text)
    (cursor,) = re.findall(r"dragCursor:`([^`]*)`", text)
    assert "`*{cursor:`+n.opt.dragCursor+`!important}`" in text
    written = (handles, f"*{{cursor:{cursor}!important}}")
    assert tuple(f"sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}" for s in written) == STYLES
    page = server.ask(accept="text/html").headers["content-security-policy"]
    assert page.replace("".join(f" '{style}'" for style in STYLES), "") == POLICY
    for other in ("/sparql/examples", "/", "/sparql/terms.json", "/sparql?query=ASK+%7B%7D"):
        assert server.ask(path=other).headers["content-security-policy"] == POLICY


def test_licence_of_the_editor_goes_with_it() -> None:
    notice = (EDITOR.parents[1] / "yasgui.LICENSE.txt").read_text(encoding="utf-8")
    version = json.loads((EDITOR.parents[3] / "package.json").read_text())["dependencies"]["@zazuko/yasgui"]
    assert f"@zazuko/yasgui {version}" in notice
    assert "Permission is hereby granted, free of charge" in notice
