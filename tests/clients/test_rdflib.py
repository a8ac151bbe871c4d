"""rdflib's SPARQLStore: our endpoint as a graph that one reads as if it were at hand."""

from __future__ import annotations

import pytest
from rdflib import RDF, SKOS, Graph, Namespace, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.store import Reader

GAP = Namespace("https://w3id.org/gapbridge/ns#")
CAUSE = Namespace("https://w3id.org/gapbridge/id/failure-cause/")
CLAIMS = URIRef("https://w3id.org/gapbridge/graph/claims")
DISPERSED = CAUSE["dispersed-governance"]


@pytest.fixture(params=["GET", "POST", "POST_FORM"])
def remote(endpoint: str, request: pytest.FixtureRequest) -> Graph:
    return Graph(SPARQLStore(endpoint, method=request.param))


@pytest.fixture
def graph(endpoint: str) -> Graph:
    return Graph(SPARQLStore(endpoint))


@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_query(endpoint: str, form: str) -> None:
    remote = Graph(SPARQLStore(endpoint, returnFormat=form))
    rows = remote.query("SELECT ?cause { ?cause a gap:FailureCause } ORDER BY ?cause", initNs={"gap": GAP})
    assert next(str(row.cause) for row in rows) == str(DISPERSED)


def test_every_kind_of_query_by_every_method(remote: Graph) -> None:
    names = {"gap": GAP, "skos": SKOS}
    assert len(remote.query("SELECT ?cause { ?cause a gap:FailureCause }", initNs=names)) == 4
    assert remote.query("ASK { ?cause a gap:FailureCause }", initNs=names).askAnswer
    made = remote.query(
        "CONSTRUCT { ?c skos:prefLabel ?l } { ?c a gap:FailureCause ; skos:prefLabel ?l }", initNs=names
    )
    assert made.graph is not None
    assert (DISPERSED, None, None) in made.graph
    assert len(made.graph) == 4


def test_triples_and_values(graph: Graph) -> None:
    assert len(list(graph.triples((None, RDF.type, GAP.FailureCause)))) == 4
    assert (DISPERSED, RDF.type, GAP.FailureCause) in graph
    assert str(graph.value(DISPERSED, SKOS.prefLabel)) == "Dispersed governance"
    assert GAP.Tactic in set(graph.objects(None, RDF.type))


def test_values_are_bound_by_rdflib(graph: Graph) -> None:
    found = graph.query(
        "SELECT ?label { ?c skos:prefLabel ?label }", initNs={"skos": SKOS}, initBindings={"c": DISPERSED}
    )
    assert [str(row.label) for row in found] == ["Dispersed governance"]


def test_length_is_that_of_the_union(graph: Graph, reader: Reader) -> None:
    assert len(graph) == len(reader)


def test_a_named_graph_alone(endpoint: str, graph: Graph) -> None:
    claims = Graph(SPARQLStore(endpoint), identifier=CLAIMS)
    assert 0 < len(claims) < len(graph)
    assert (None, RDF.type, GAP.Claim) in claims
    assert (None, RDF.type, GAP.FailureCause) not in claims
    asked = claims.query("SELECT (COUNT(DISTINCT ?claim) AS ?n) { ?claim a gap:Claim }", initNs={"gap": GAP})
    assert [int(row.n) for row in asked] == [len(list(claims.triples((None, RDF.type, GAP.Claim))))]


def test_names_of_the_graphs(endpoint: str) -> None:
    store = SPARQLStore(endpoint)
    found = {str(name).rpartition("/")[2] for name in store.contexts((None, RDF.type, None))}
    assert {"claims", "sources", "schemes", "ontology"} <= found


def test_what_we_refuse_is_an_error_there(graph: Graph) -> None:
    with pytest.raises(ValueError, match="SPARQL query"):
        graph.query("SELECT ?s { ?s }")
    with pytest.raises(TypeError, match="read only"):
        graph.add((DISPERSED, SKOS.note, SKOS.note))
