"""The example queries in RDF, as other endpoints publish theirs (https://github.com/sib-swiss/sparql-examples)."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import RDF, RDFS, SH, Graph, Literal, Namespace, URIRef

from kg.queries import Query

_SCHEMA = Namespace("https://schema.org/")  # with https, as the others write it


def described(queries: Iterable[Query], folder: str, endpoint: str) -> bytes:
    """The examples as SHACL executables, in Turtle.

    Args:
        queries: the examples; all of them are SELECT queries.
        folder: the address below which each has its own.
        endpoint: where they can be asked.
    """
    graph = Graph(bind_namespaces="none")
    for name, space in (("ex", f"{folder}/"), ("sh", SH), ("rdfs", RDFS), ("schema", _SCHEMA)):
        graph.bind(name, space)
    for query in queries:
        here = URIRef(f"{folder}/{query.name}")
        graph.add((here, RDF.type, SH.SPARQLExecutable))
        graph.add((here, RDF.type, SH.SPARQLSelectExecutable))
        graph.add((here, RDFS.comment, Literal(query.title, lang="en")))
        graph.add((here, SH.select, Literal(query.text.strip())))
        graph.add((here, _SCHEMA.target, URIRef(endpoint)))
        for word in (query.audience, query.topic):
            graph.add((here, _SCHEMA.keywords, Literal(word)))
    return graph.serialize(format="turtle", encoding="utf-8")
