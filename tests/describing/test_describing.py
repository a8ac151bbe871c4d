"""Things as RDF: the same bytes for the same statements, short names in JSON-LD, and a word for what is missing."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.describing import FORMS, MOST_CLAIMS, MOST_POINTING, context, context_text, describe, make_context, write
from kg.describing.jsonld import write_jsonld
from kg.errors import NotFound
from kg.namespaces import NS, PREFIXES, gap, thing
from kg.settings import resource
from kg.store import Literal, NamedNode, Triple, in_memory, placed
from tests.data_support import base

TACTIC = thing("tactic", "action-research")


@pytest.mark.parametrize("form", FORMS)
def test_the_same_statements_give_the_same_bytes(form: str) -> None:
    triples = describe(base(), TACTIC).triples
    written = write(sorted(triples, key=str), form)
    assert all(write(sorted(triples, key=str, reverse=True), form) == written for _ in range(5))


def test_turtle_has_one_prefix_for_each_kind_and_no_other() -> None:
    heads = [line for line in write(describe(base(), TACTIC).triples, "ttl").decode().splitlines() if "@prefix" in line]
    assert heads == sorted(heads)
    assert f"@prefix tactic: <{thing('tactic', '')}> ." in heads
    assert not any("@prefix void:" in head or "@prefix id:" in head for head in heads)


def test_terms_are_described_too() -> None:
    said = {
        t.predicate.value for t in describe(base(), gap("addresses")).triples if t.subject.value == gap("addresses")
    }
    assert {PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "definition", gap("verbPhrase")} <= said


@pytest.mark.parametrize("iri", [thing("tactic", "none"), gap("none"), "http://example.org/x"])
def test_nothing_is_said_of_it(iri: str) -> None:
    with pytest.raises(NotFound):
        describe(base(), iri)


def test_claims_that_are_not_accepted_are_left_out() -> None:
    claim = thing("claim", "gold-weak-units-d3e57c69")
    status = NamedNode(gap("reviewStatus"))
    kept = {q for q in base().quads() if not (q.subject.value == claim and q.predicate == status)}
    draft = placed([(NamedNode(claim), status, NamedNode(thing("review-status", "draft")))])
    reader, unit = in_memory(kept | draft), thing("body-type", "delivery-unit")
    for data, there in ((base(), True), (reader, False)):
        found = {t.subject.value for t in describe(data, unit).triples if t.predicate.value == gap("gist")}
        assert (claim in found) is there
    assert any(t.predicate.value == gap("gist") for t in describe(reader, claim).triples)


def test_a_description_is_bounded_and_says_so() -> None:
    me, a = NamedNode(thing("notion", "busy")), NamedNode(PREFIXES["rdf"] + "type")
    about = [(me, a, NamedNode(gap("Notion")))]
    accepted = NamedNode(thing("review-status", "accepted"))
    for number in range(MOST_CLAIMS + 5):
        claim = NamedNode(thing("claim", f"c{number}"))
        about += [(claim, NamedNode(gap("claimSubject")), me), (claim, NamedNode(gap("reviewStatus")), accepted)]
    about += [
        (NamedNode(thing("notion", f"n{n}")), NamedNode(PREFIXES["skos"] + "related"), me)
        for n in range(MOST_POINTING + 1)
    ]
    found = describe(in_memory(placed(about)), me.value)
    assert len(found.notes) == 2
    assert found.notes[0].startswith(f"Of {MOST_CLAIMS + 5} claims, the first {MOST_CLAIMS} are given here")
    assert found.notes[1].startswith(f"Of {MOST_POINTING + 1} other statements that point at it")
    comments = {t.object.value for t in found.triples if t.predicate.value == PREFIXES["rdfs"] + "comment"}
    assert comments == set(found.notes)


def test_the_context_that_travels_is_fresh() -> None:
    made = context_text(make_context(base()))
    text = (resource("ontology") / "context.jsonld").read_text(encoding="utf-8")
    assert text == made, "mend with `make docs`"


def test_every_term_of_the_ontology_has_its_name_in_the_context() -> None:
    terms = {q.subject.value.removeprefix(NS) for q in base().quads() if q.subject.value.startswith(NS)}
    assert terms <= set(context())
    assert not terms & set(PREFIXES)
    assert context()["claimSubject"] == {"@id": "gap:claimSubject", "@type": "@id"}
    assert context()["gist"] == {"@id": "gap:gist", "@container": "@language"}


def test_a_document_expands_the_same_with_its_own_context_and_with_the_whole() -> None:
    body = write(describe(base(), TACTIC).triples, "jsonld", first=TACTIC)
    document = json.loads(body)
    assert document["@graph"][0]["@id"] == "id:tactic/action-research"
    assert len(document["@context"]) < len(context())
    whole = json.dumps({**document, "@context": context()})
    assert isomorphic(Graph().parse(data=body, format="json-ld"), Graph().parse(data=whole, format="json-ld"))


@pytest.mark.parametrize(
    "value",
    [
        Literal("5", datatype=NamedNode(PREFIXES["xsd"] + "integer")),
        Literal("true", datatype=NamedNode(PREFIXES["xsd"] + "boolean")),
        Literal("1.5", datatype=NamedNode(PREFIXES["xsd"] + "decimal")),
        Literal("2026", datatype=NamedNode(PREFIXES["xsd"] + "gYear")),
        Literal("5"),
        Literal("true"),
        Literal("https://example.org/ no address"),
        Literal("Wörter\n“so”\t\\", language="de"),
        NamedNode("https://example.org/x"),
        NamedNode("urn:x:y"),
        NamedNode(gap("Claim")),
    ],
)
@pytest.mark.parametrize(
    "name", ["gap:gist", "gap:position", "gap:stance", "gap:quoteHash", "dcterms:issued", "cito:x"]
)
def test_any_value_of_any_property_comes_back(name: str, value: NamedNode | Literal) -> None:
    """Even where the value is not of the kind that the context promises."""
    prefix, _, local = name.partition(":")
    predicate, subject = NamedNode(PREFIXES[prefix] + local), NamedNode(thing("claim", "x"))
    for others in ([], [Literal("and this", language="en")]):
        triples = {Triple(subject, predicate, v) for v in (value, *others)}
        assert {q.triple for q in ox.parse(write_jsonld(triples), ox.RdfFormat.JSON_LD)} == triples
