"""The documents that hold many things: the ontology, and the shapes."""

from __future__ import annotations

from kg.namespaces import NS, ONTOLOGY, SHAPES
from kg.store import ONTOLOGY_GRAPH, NamedNode, Quad, Reader


def ontology(reader: Reader) -> frozenset[Quad]:
    """The ontology: its header, and all terms with what they stand under in other vocabularies."""
    return _said_of(reader, ONTOLOGY, NS)


def shapes(reader: Reader) -> frozenset[Quad]:
    """The shapes that data must conform to."""
    return _said_of(reader, SHAPES)


def _said_of(reader: Reader, *beginnings: str) -> frozenset[Quad]:
    wanted = tuple(beginnings)
    found = reader.quads(graph=ONTOLOGY_GRAPH)
    return frozenset(q for q in found if isinstance(q.subject, NamedNode) and q.subject.value.startswith(wanted))
