"""Linked data: every address of ours answers with a page or with data, and the data are of use alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import Dataset, Graph
from rdflib.term import Node

from kg.contributing import writer
from kg.namespaces import BASE, GRAPH, ONTOLOGY, PREFIXES, gap, kind_of, thing
from kg.queries import about, of_source
from kg.search import Search
from kg.settings import Settings
from kg.store import Change, Literal, NamedNode, in_memory, place
from tests.conftest import copied
from webui import create_app
from webui.base import Opened
from webui.negotiation import NAMES, SUFFIXES
from webui.views.things import cut_slug

TACTIC = "/id/tactic/two-way-communication"
CLAIM = "/id/claim/gold-weak-units-d3e57c69"
DATA = [form for form in NAMES if form != "html"]
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}
RDFLIB = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld", "trig": "trig", "nq": "nquads"}
DOCUMENTS = (TACTIC, CLAIM, "/id/source/gold-2017", "/id/scheme/matland-type", "/ns", "/shapes", "/graph/meta")


def triples(body: bytes, form: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(body, FORMATS[form])}


def by_rdflib(body: bytes, form: str) -> set[tuple[Node, ...]]:
    data = Dataset() if form in ("trig", "nq") else Graph()
    data.parse(data=body, format=RDFLIB[form])
    return {(s, p, o) for s, p, o, *_ in (data.quads() if isinstance(data, Dataset) else data)}


def body_of(client: FlaskClient, path: str) -> bytes:
    with client.get(path) as answer:  # a large one comes from a file
        assert answer.status_code == 200
        return answer.data


def turtle(client: FlaskClient, path: str) -> set[ox.Triple]:
    with client.get(path, headers={"Accept": "text/turtle"}) as answer:
        assert (answer.status_code, answer.mimetype) == (200, "text/turtle"), path
        return triples(answer.data, "ttl")


def ends(found: set[ox.Triple], property: str, subject: str = "") -> set[str]:
    return {
        getattr(t.object, "value", "")
        for t in found
        if t.predicate.value == property and subject in ("", getattr(t.subject, "value", ""))
    }


@pytest.mark.parametrize("path", DOCUMENTS)
def test_all_forms_hold_the_same_for_every_parser(client: FlaskClient, path: str) -> None:
    wanted, by_other = turtle(client, path), by_rdflib(body_of(client, f"{path}.nt"), "nt")
    assert len(wanted) == len(by_other) > 10
    for form in DATA:
        body = body_of(client, f"{path}.{form}")
        assert triples(body, form) == wanted, form
        assert by_rdflib(body, form) == by_other, form


@pytest.mark.parametrize("form", DATA)
def test_by_accept_header_and_by_suffix_the_same(client: FlaskClient, form: str) -> None:
    named, asked = client.get(f"{TACTIC}.{form}"), client.get(TACTIC, headers={"Accept": SUFFIXES[form]})
    assert named.data == asked.data
    assert named.mimetype == asked.mimetype == SUFFIXES[form]
    assert asked.headers["Content-Location"] == f"{TACTIC}.{form}"


def test_a_page_unless_data_are_asked_for(client: FlaskClient) -> None:
    for answer in (client.get(TACTIC), client.get(TACTIC, headers={"Accept": "*/*"}), client.get(f"{TACTIC}.html")):
        assert (answer.status_code, answer.mimetype) == (200, "text/html")
        assert f'href="{TACTIC}.ttl"' in answer.text
        assert answer.headers["Content-Location"] == f"{TACTIC}.html"


def test_headers_of_data(client: FlaskClient) -> None:
    headers = client.get(TACTIC, headers={"Accept": "text/turtle"}).headers
    assert "Accept" in headers["Vary"]
    assert headers["Access-Control-Allow-Origin"] == "*"
    links = re.findall(r'<([^>]+)>; rel="([a-z]+)"(?:; type="([^"]+)")?', headers["Link"])
    assert {(a, t) for a, rel, t in links if rel == "alternate"} == {(f"{TACTIC}.{s}", SUFFIXES[s]) for s in NAMES}
    assert {(rel, a) for a, rel, _ in links if rel != "alternate"} == {
        ("about", BASE + TACTIC[1:]),
        ("describedby", "/.well-known/void"),
        ("license", "https://creativecommons.org/licenses/by/4.0/"),
    }
    assert 'rel="canonical"' in client.get(TACTIC).headers["Link"]


@pytest.mark.parametrize("path", [TACTIC, "/ns", "/shapes", "/graph/meta"])
def test_each_form_has_a_tag_of_its_own(client: FlaskClient, path: str) -> None:
    medias = [SUFFIXES[form] for form in NAMES]
    answers = {media: client.get(path, headers={"Accept": media}) for media in medias}
    tags = {media: answer.headers["ETag"] for media, answer in answers.items()}
    assert len(set(tags.values())) == len(medias)
    for media, tag in tags.items():
        again = client.get(path, headers={"Accept": media, "If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        assert "Accept" in again.headers["Vary"]
    other = client.get(path, headers={"Accept": "text/html", "If-None-Match": tags["text/turtle"]})
    assert other.status_code == 200


def test_unchanged_since(client: FlaskClient) -> None:
    first = client.get(f"{TACTIC}.ttl")
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get(f"{TACTIC}.ttl", headers=since).status_code == 304
    long_ago = {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}
    assert client.get(f"{TACTIC}.ttl", headers=long_ago).status_code == 200


@pytest.mark.parametrize("path", [f"{TACTIC}.ttl", "/ns.jsonld", "/shapes.nt", "/graph/claims.nt"])
def test_head(client: FlaskClient, path: str) -> None:
    answer = client.head(path)
    assert (answer.status_code, answer.data) == (200, b"")
    with client.get(path) as whole:
        assert answer.headers["ETag"] == whole.headers["ETag"]


def test_other_sites_may_ask_first(client: FlaskClient) -> None:
    answer = client.options(TACTIC)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]


def test_nothing_fits(client: FlaskClient) -> None:
    answer = client.get(TACTIC, headers={"Accept": "image/png"})
    assert (answer.status_code, answer.mimetype) == (406, "application/problem+json")
    assert all(SUFFIXES[form] in answer.json["detail"] for form in NAMES)
    assert 'rel="alternate"' in answer.headers["Link"]


@pytest.mark.parametrize(("path", "accept"), [("intermediary-bodie.ttl", "*/*"), ("intermediary-bodie", "text/turtle")])
def test_what_is_not_there_is_told_in_data_with_the_nearest(client: FlaskClient, path: str, accept: str) -> None:
    answer = client.get(f"/id/tactic/{path}", headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.json["status"] == 404
    assert thing("tactic", "intermediary-bodies") in answer.json["nearest"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["tactic/a%20b.ttl", "tactic/x%0d%0ay.ttl", "x/%F0%9F%92%A5.nt", "x/.ttl"])
def test_names_that_can_be_no_address(client: FlaskClient, path: str) -> None:
    for accept in ("*/*", "image/png"):
        assert client.get(f"/id/{path}", headers={"Accept": accept}).status_code in {400, 404, 406}


def ours(opened: Opened) -> Iterator[str]:
    """Every address of ours in the data, without fragment; of each kind of thing three at the most."""
    terms = {term for q in opened.reader.quads() for term in (q.subject, q.predicate, q.object, q.graph_name)}
    by_kind: dict[str | None, set[str]] = {}
    for iri in {t.value.partition("#")[0] for t in terms if isinstance(t, NamedNode) and t.value.startswith(BASE)}:
        by_kind.setdefault(kind_of(iri), set()).add(iri)
    for kind, iris in by_kind.items():
        yield from sorted(iris)[:: max(len(iris) // 2, 1) if kind else 1]


def test_every_address_in_the_data_answers(client: FlaskClient, opened: Opened) -> None:
    asked = list(ours(opened))
    assert {f"{BASE}ns", f"{BASE}shapes", f"{BASE}ns/0.1.0", f"{BASE}graph/claims"} <= set(asked)
    assert len({kind_of(iri) for iri in asked}) > 100
    for iri in asked:
        found = turtle(client, "/" + iri.removeprefix(BASE))
        assert not kind_of(iri) or any(t.subject == NamedNode(iri) for t in found), iri


@pytest.mark.parametrize("slug", ["two-way-communication", "collaborative-design-forums", "intermediary-bodies"])
def test_a_tactic_holds_the_claims_of_its_page(client: FlaskClient, opened: Opened, slug: str) -> None:
    iri = thing("tactic", slug)
    found, claims = turtle(client, f"/id/tactic/{slug}"), set(about(opened.reader, iri))
    page = client.get(f"/id/tactic/{slug}").text
    assert claims
    assert claims >= {
        BASE + path for path in re.findall(r'<article class="claim[^>]*id="[^"]*".*?href="/(id/claim/[^"]+)"', page)
    }
    for claim in claims:
        for name in ("gist", "stance", "force", "claimBasis", "linkBasis", "reviewStatus", "assertedIn", "locatedAt"):
            assert ends(found, gap(name), claim), (claim, name)
    for value in (gap("stance"), gap("force"), gap("claimBasis"), gap("linkBasis")):
        for concept in ends(found, value):
            assert ends(found, PREFIXES["skos"] + "prefLabel", concept), concept
    for source in ends(found, gap("assertedIn")):
        assert ends(found, gap("shortLabel"), source)
        assert ends(found, PREFIXES["dcterms"] + "title", source)
    assert all(ends(found, gap("locator"), passage) for passage in ends(found, gap("locatedAt")))
    assert ends(found, gap("evidenceStatus")), "the summary by the rules"


def test_a_claim_holds_passage_sources_and_checks(client: FlaskClient) -> None:
    found, claim = turtle(client, CLAIM), BASE + CLAIM[1:]
    (passage,) = ends(found, gap("locatedAt"), claim)
    (selector,) = ends(found, PREFIXES["oa"] + "hasSelector", passage)
    assert ends(found, PREFIXES["oa"] + "start", selector)
    checks = ends(found, gap("checkedIn"), claim)
    checkers = {agent for check in checks for agent in ends(found, PREFIXES["prov"] + "wasAssociatedWith", check)}
    assert checkers >= ends(found, gap("reviewedBy"), claim)
    assert "Second reader" in {name for agent in checkers for name in ends(found, PREFIXES["foaf"] + "name", agent)}
    assert ends(found, gap("shortLabel"), thing("source", "gold-2017")) == {"Gold 2017"}
    assert all(ends(found, gap("gist"), qualified) for qualified in ends(found, gap("qualifies"), claim))


def test_a_source_holds_its_claims(client: FlaskClient, opened: Opened) -> None:
    iri = thing("source", "gold-2017")
    found, of = turtle(client, "/id/source/gold-2017"), of_source(opened.reader, iri)
    assert {claim for claims in of.values() for claim in claims} <= {getattr(t.subject, "value", "") for t in found}


def test_a_scheme_holds_its_members_in_order(client: FlaskClient) -> None:
    found = turtle(client, "/id/scheme/link-basis")
    members = ends(found, PREFIXES["skos"] + "hasTopConcept")
    assert len(members) == 5
    assert all(ends(found, gap("position"), m) and ends(found, PREFIXES["skos"] + "definition", m) for m in members)


def test_what_is_left_out_is_said(client: FlaskClient) -> None:
    found = turtle(client, "/id/agent/second-reader")
    (note,) = ends(found, PREFIXES["rdfs"] + "comment", thing("agent", "second-reader.ttl"))
    assert re.fullmatch(r"Of \d+ other statements that point at it, the first 500 are given here; .*", note)
    assert not ends(turtle(client, TACTIC), PREFIXES["rdfs"] + "comment", f"{BASE}{TACTIC[1:]}.ttl")


def test_a_description_says_whose_it_is(client: FlaskClient) -> None:
    found, document = turtle(client, TACTIC), f"{BASE}{TACTIC[1:]}.ttl"
    assert ends(found, PREFIXES["foaf"] + "primaryTopic", document) == {BASE + TACTIC[1:]}
    assert ends(found, PREFIXES["dcterms"] + "license", document)
    assert ends(found, PREFIXES["dcterms"] + "modified", document)


def test_forms_with_graphs_tell_what_the_rules_wrote(client: FlaskClient) -> None:
    quads = list(ox.parse(client.get(f"{TACTIC}.trig").data, ox.RdfFormat.TRIG))
    graphs = {(q.subject.value, q.predicate.value): q.graph_name for q in quads}
    assert graphs[BASE + TACTIC[1:], gap("inPhase")] == NamedNode(GRAPH + "derived")
    assert graphs[next(s for s, p in graphs if p == gap("gist")), gap("gist")] == NamedNode(GRAPH + "claims")


def test_json_is_short_and_needs_no_other_address(client: FlaskClient) -> None:
    told = client.get(f"{CLAIM}.jsonld").json
    first = told["@graph"][0]
    assert (first["@id"], first["@type"]) == ("id:claim/gold-weak-units-d3e57c69", ["Claim"])
    assert first["stance"] == "id:stance/cautions"
    assert first["gist"]["en"].startswith("The Institute for Government review")
    served = client.get("/ns/context.jsonld").json["@context"]
    assert told["@context"].items() <= served.items()


def test_the_served_context_expands_the_same(client: FlaskClient) -> None:
    told = client.get(f"{CLAIM}.jsonld")
    whole = {**told.json, "@context": client.get("/ns/context.jsonld").json["@context"]}
    assert triples(json.dumps(whole).encode(), "jsonld") == triples(told.data, "jsonld")


@pytest.mark.parametrize("path", ["/ns", "/ns/0.1.0"])
def test_the_ontology_as_page_and_data(client: FlaskClient, path: str) -> None:
    found = turtle(client, path)
    assert ends(found, PREFIXES["owl"] + "versionIRI") == {f"{ONTOLOGY}/0.1.0"}
    assert {ox.NamedNode(gap("Claim")), ox.NamedNode(gap("addresses"))} <= {t.subject for t in found}
    page = client.get(path)
    assert page.mimetype == "text/html"
    assert 'id="addresses"' in page.text


def test_other_versions_are_told_apart(client: FlaskClient) -> None:
    for path in ("/ns/0.0.9", "/ns/0.0.9.ttl", "/ns/9.0.0.jsonld"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "the one that is kept is 0.1.0, at /ns/0.1.0" in answer.text
    assert client.get("/ns/0.0.9.ttl").mimetype == "application/problem+json"
    assert client.get("/ns.exe").status_code == 404


def test_shapes_have_two_addresses(client: FlaskClient) -> None:
    assert client.get("/shapes.ttl").data == client.get("/ns/shapes.ttl").data
    assert "SHACL" in client.get("/shapes").text


@pytest.mark.parametrize("name", ["ontology", "schemes", "sources", "claims", "derived", "meta"])
def test_a_graph_holds_what_stands_in_it(client: FlaskClient, opened: Opened, name: str) -> None:
    wanted = {q.triple for q in opened.reader.quads(graph=NamedNode(GRAPH + name))}
    assert triples(body_of(client, f"/graph/{name}.nt"), "nt") == wanted
    assert f"{len(wanted):,}" in client.get(f"/graph/{name}").text


def test_drawings_stand_beside_the_graphs(client: FlaskClient) -> None:
    assert "has set against it" in client.get("/graph/failure-cause/dispersed-governance").text
    assert client.get("/graph/nothing.ttl").status_code == 404


# What is no longer held. Nothing in the seed data is, so these have a base of their own.

OLD, NEW = thing("claim", "gold-weak-units-d3e57c69"), thing("claim", "gold-well-constructed-units-630ba861")
WHY = "The review says this of weak units alone."
FREEDOM, DISCRETION = thing("notion", "freedom-of-staff"), thing("notion", "street-level-discretion")
ODD = thing("notion", "odd-idea")
RDF, SKOS, OWL, PROV, XSD = (PREFIXES[name] for name in ("rdf", "skos", "owl", "prov", "xsd"))
Fact = tuple[str, str, NamedNode | Literal]


def withdrawal() -> list[Fact]:
    """One claim withdrawn, with the record of why; another stands in its place."""
    return [
        (OLD, gap("reviewStatus"), NamedNode(thing("review-status", "withdrawn"))),
        (OLD, PROV + "invalidatedAtTime", Literal("2026-11-22T10:00:00Z", datatype=NamedNode(XSD + "dateTime"))),
        (OLD, PROV + "wasInvalidatedBy", NamedNode(thing("activity", "hudson-2019-second-reading"))),
        (OLD, SKOS + "changeNote", Literal(WHY, language="en")),
        (NEW, PROV + "wasRevisionOf", NamedNode(OLD)),
    ]


def deprecated(iri: str) -> list[Fact]:
    """A notion that is no longer to be used."""
    return [
        (iri, RDF + "type", NamedNode(SKOS + "Concept")),
        (iri, RDF + "type", NamedNode(gap("Notion"))),
        (iri, SKOS + "prefLabel", Literal(iri.rpartition("/")[2], language="en")),
        (iri, SKOS + "definition", Literal(f"An example: {iri}.", language="en")),
        (iri, SKOS + "inScheme", NamedNode(thing("scheme", "notion"))),
        (iri, OWL + "deprecated", Literal("true", datatype=NamedNode(XSD + "boolean"))),
        (iri, SKOS + "changeNote", Literal("Entered twice.", language="en")),
    ]


@pytest.fixture(scope="module")
def given_up(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A base with a claim withdrawn, a notion merged into another, and one given up for nothing else."""
    settings = replace(seeded, data=tmp_path_factory.mktemp("given-up") / "base")
    copied(seeded.data, settings.data)
    merger = (FREEDOM, gap("mergedInto"), NamedNode(DISCRETION))
    facts = [*withdrawal(), *deprecated(FREEDOM), *deprecated(ODD), merger]
    added = frozenset(place((NamedNode(s), NamedNode(p), o)) for s, p, o in facts)
    status = place((NamedNode(OLD), NamedNode(gap("reviewStatus")), NamedNode(thing("review-status", "accepted"))))
    with writer(settings) as open_writer:
        open_writer.commit(Change(1, added, frozenset([status])))
    return create_app(settings).test_client()


def test_what_was_withdrawn_says_why_when_by_whom_and_what_replaces_it(given_up: FlaskClient) -> None:
    page = given_up.get(CLAIM)
    assert (page.status_code, page.mimetype) == (410, "text/html")
    for words in (WHY, "2026-11-22T10:00:00Z", "Second reader", NEW.removeprefix(BASE), "weak delivery units"):
        assert words in page.text
    answer = given_up.get(CLAIM, headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.mimetype) == (410, "text/turtle")
    found = triples(answer.data, "ttl")
    assert ends(found, PREFIXES["skos"] + "changeNote", OLD) == {WHY}
    assert ends(found, PREFIXES["prov"] + "invalidatedAtTime", OLD) == {"2026-11-22T10:00:00Z"}
    (activity,) = ends(found, PREFIXES["prov"] + "wasInvalidatedBy", OLD)
    assert ends(found, PREFIXES["prov"] + "wasAssociatedWith", activity) == {thing("agent", "second-reader")}
    assert {t.subject for t in found if t.predicate.value.endswith("wasRevisionOf")} == {ox.NamedNode(NEW)}
    assert "ETag" not in answer.headers


def test_nothing_rests_on_what_was_withdrawn(given_up: FlaskClient) -> None:
    about_it = turtle(given_up, "/id/body-type/delivery-unit")
    by_source = turtle(given_up, "/id/source/gold-2017")
    told = {getattr(t.subject, "value", "") for t in about_it | by_source if t.predicate.value == gap("stance")}
    assert NEW in told
    assert OLD not in told


def test_what_was_merged_leads_to_what_it_lives_on_in(given_up: FlaskClient) -> None:
    old, new = "/id/notion/freedom-of-staff", "/id/notion/street-level-discretion"
    for suffix in ("", ".ttl", ".html"):
        answer = given_up.get(old + suffix)
        assert (answer.status_code, answer.headers["Location"]) == (308, new + suffix)
    found = triples(given_up.get(f"{new}.ttl").data, "ttl")
    assert ends(found, gap("mergedInto"), BASE + old[1:]) == {BASE + new[1:]}


def test_what_was_given_up_says_so(given_up: FlaskClient) -> None:
    answer = given_up.get("/id/notion/odd-idea")
    assert answer.status_code == 410
    assert "Entered twice." in answer.text
    assert "Nothing is recorded." in answer.text


def test_what_was_given_up_is_left_out_of_lists(given_up: FlaskClient) -> None:
    listed = given_up.get("/notions").text
    assert "/id/notion/street-level-discretion" in listed
    assert "/id/notion/odd-idea" not in listed
    assert "/id/notion/freedom-of-staff" not in listed


def test_a_withdrawal_stands_in_the_history(given_up: FlaskClient) -> None:
    history = given_up.get(f"/history{CLAIM.removeprefix('/id')}").text
    newest, _, oldest = history.partition("Revision 1<")
    assert "It was withdrawn or given up." in newest
    assert "It was added." in oldest
    assert "1 claim was withdrawn" in given_up.get("/history/source/hudson-2019").text


def test_a_thing_whose_name_ends_like_a_form() -> None:
    """The checks let no such name in; where a base has one all the same, the thing is meant and not the form."""
    iri = NamedNode(thing("notion", "web.ttl"))
    reader = in_memory([place((iri, NamedNode(RDF + "type"), NamedNode(gap("Notion"))))])
    now = Opened(reader, Search(reader))
    assert cut_slug(now, "notion", "web.ttl") == ("web.ttl", "")
    assert cut_slug(now, "notion", "web.ttl.ttl") == ("web.ttl", "text/turtle")
    assert cut_slug(now, "notion", "web.nt") == ("web", "application/n-triples")
