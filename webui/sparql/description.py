"""What the endpoint says of itself (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import RDF, Graph, Namespace, URIRef

from kg.answering import graph_names

_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "N-Quads", "TriG",
)  # fmt: skip
_WRITERS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld", "nq": "nt", "trig": "turtle"}


def description(address: str, form: str, updates: bool = False, graphs: Sequence[str] = ()) -> bytes:
    """The service description.

    Args:
        address: where the endpoint stands.
        form: the form of a graph.
        updates: whether holders of a token may change something.
        graphs: the addresses of the named graphs that there are now; those of every base where not given.
    """
    graph = Graph()
    graph.bind("sd", _SD)
    here, data = URIRef(address + "#service"), URIRef(address + "#dataset")
    default = URIRef(address + "#default-graph")
    graph.add((here, RDF.type, _SD.Service))
    graph.add((here, _SD.endpoint, URIRef(address)))
    graph.add((here, _SD.supportedLanguage, _SD.SPARQL11Query))
    if updates:
        graph.add((here, _SD.supportedLanguage, _SD.SPARQL11Update))
    graph.add((here, _SD.feature, _SD.UnionDefaultGraph))
    graph.add((here, _SD.defaultDataset, data))
    graph.add((data, RDF.type, _SD.Dataset))
    graph.add((data, _SD.defaultGraph, default))
    graph.add((default, RDF.type, _SD.Graph))
    for name in _RESULTS:
        graph.add((here, _SD.resultFormat, _FORMATS[name]))
    for number, name in enumerate(graphs or graph_names(), start=1):
        named = URIRef(f"{address}#graph-{number}")
        graph.add((data, _SD.namedGraph, named))
        graph.add((named, RDF.type, _SD.NamedGraph))
        graph.add((named, _SD.name, URIRef(name)))
    return graph.serialize(format=_WRITERS[form], encoding="utf-8")
