"""SPARQLWrapper: every form it can ask for, both methods, and its own exceptions for what we refuse."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.error import HTTPError

import pytest
import SPARQLWrapper as sw
from rdflib import RDF, Graph, URIRef
from SPARQLWrapper.SPARQLExceptions import EndPointNotFound, QueryBadFormed

from kg.namespaces import gap
from kg.queries import example
from kg.store import Reader, text_of

SELECT = f"SELECT ?cause WHERE {{ ?cause a <{gap('FailureCause')}> }} ORDER BY ?cause"
ASK = f"ASK {{ ?cause a <{gap('FailureCause')}> }}"
CONSTRUCT = f"CONSTRUCT {{ ?cause a ?kind }} WHERE {{ ?cause a <{gap('FailureCause')}>, ?kind }}"
FIRST = "https://w3id.org/gapbridge/id/failure-cause/dispersed-governance"
TABLES = [sw.JSON, sw.XML, sw.CSV, sw.TSV]
GRAPHS = [sw.TURTLE, sw.N3, sw.XML, sw.RDFXML, sw.JSONLD]


def asked(endpoint: str, query: str, form: str, method: str = sw.GET, sending: str = sw.URLENCODED) -> Any:
    client = sw.SPARQLWrapper(endpoint, returnFormat=form)
    client.setQuery(query)
    client.setMethod(method)
    client.setRequestMethod(sending)
    return client.query()


def causes(found: Any, form: str) -> list[str]:
    if form == sw.JSON:
        return [row["cause"]["value"] for row in found["results"]["bindings"]]
    if form == sw.XML:
        return [node.firstChild.data for node in found.getElementsByTagName("uri")]
    rows = list(csv.reader(io.StringIO(found.decode()), "excel-tab" if form == sw.TSV else "excel"))
    return [row[0].strip("<>") for row in rows[1:]]


@pytest.mark.parametrize("form", TABLES)
@pytest.mark.parametrize(
    ("method", "sending"), [(sw.GET, sw.URLENCODED), (sw.POST, sw.URLENCODED), (sw.POST, sw.POSTDIRECTLY)]
)
def test_table_in_every_form_and_way(endpoint: str, form: str, method: str, sending: str) -> None:
    found = causes(asked(endpoint, SELECT, form, method, sending).convert(), form)
    assert len(found) == 4
    assert found[0] == FIRST


def test_truth_value(endpoint: str) -> None:
    assert asked(endpoint, ASK, sw.JSON).convert()["boolean"] is True
    (told,) = asked(endpoint, ASK, sw.XML).convert().getElementsByTagName("boolean")
    assert told.firstChild.data == "true"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper still makes one
@pytest.mark.parametrize("form", GRAPHS)
@pytest.mark.parametrize("method", [sw.GET, sw.POST])
def test_graph_in_every_form(endpoint: str, form: str, method: str) -> None:
    found = asked(endpoint, CONSTRUCT, form, method).convert()
    graph = Graph().parse(data=found, format="turtle") if isinstance(found, bytes) else found
    assert (URIRef(FIRST), RDF.type, URIRef(gap("FailureCause"))) in graph


def test_negotiation_alone_does_too(endpoint: str) -> None:
    client = sw.SPARQLWrapper(endpoint, returnFormat=sw.TSV)
    client.setQuery(SELECT)
    client.setOnlyConneg(True)
    assert causes(client.queryAndConvert(), sw.TSV)[0] == FIRST


@pytest.mark.parametrize("name", ["causes", "counts", "tactics", "path", "cq24-stance-and-basis"])
def test_rows_are_those_of_the_library(endpoint: str, reader: Reader, name: str) -> None:
    text = example(name).text
    told = asked(endpoint, text, sw.JSON, sw.POST).convert()
    variables = told["head"]["vars"]
    found = [tuple(row.get(v, {"value": ""})["value"] for v in variables) for row in told["results"]["bindings"]]
    assert found == [tuple(text_of(row[v]) for v in variables) for row in reader.select(text)]
    assert found


def test_default_graph(endpoint: str) -> None:
    client = sw.SPARQLWrapper(endpoint, returnFormat=sw.JSON)
    client.addDefaultGraph("https://w3id.org/gapbridge/graph/meta")
    client.setQuery(ASK)
    assert client.queryAndConvert() == {"head": {}, "boolean": False}


def test_bad_query_is_told_in_the_parsers_words(endpoint: str) -> None:
    with pytest.raises(QueryBadFormed, match="error at 1:"):
        asked(endpoint, "SELECT ?cause WHERE { ?cause }", sw.JSON)


def test_other_refusals_are_its_exceptions_too(endpoint: str) -> None:
    with pytest.raises(EndPointNotFound):
        asked(endpoint + "-that-is-not-there", SELECT, sw.JSON)
    with pytest.warns(RuntimeWarning, match="unexpected returned format"), pytest.raises(HTTPError, match="406"):
        asked(endpoint, SELECT, sw.TURTLE)
    with pytest.raises(HTTPError, match="403"):
        asked(endpoint, "INSERT DATA { <a:a> <a:b> <a:c> }", sw.JSON, sw.POST)
    with pytest.raises(QueryBadFormed, match="SERVICE"):
        asked(endpoint, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", sw.JSON)


def test_json_says_what_is_an_address_and_what_a_text(endpoint: str) -> None:
    told = asked(endpoint, example("causes").text, sw.JSON).convert()
    row = told["results"]["bindings"][0]
    assert row["cause"]["type"] == "uri"
    assert row["label"] == {"type": "literal", "value": row["label"]["value"], "xml:lang": "en"}
    assert row["claims"]["datatype"].endswith("#integer")
