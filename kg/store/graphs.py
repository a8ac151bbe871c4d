"""Which named graph a statement belongs to: its subject alone decides, so none can stand in two.

Source: ontology-model.md §1.8.
"""

from __future__ import annotations

from functools import lru_cache

from kg.namespaces import GRAPH, NS, ONTOLOGY, SHAPES, kind_of
from kg.store.files import Statement
from kg.store.terms import NamedNode, Quad

ONTOLOGY_GRAPH, SCHEMES_GRAPH, SOURCES_GRAPH, CLAIMS_GRAPH, DERIVED_GRAPH, META_GRAPH = GRAPHS = tuple(
    NamedNode(GRAPH + name) for name in ("ontology", "schemes", "sources", "claims", "derived", "meta")
)

_BY_KIND = {
    **dict.fromkeys(("claim", "passage", "selector", "activity", "appraisal", "assessment", "rating"), CLAIMS_GRAPH),
    **dict.fromkeys(("source", "policy", "body", "person", "agent"), SOURCES_GRAPH),
    **dict.fromkeys(("pack", "revision"), META_GRAPH),
    "summary": DERIVED_GRAPH,
}


@lru_cache(maxsize=4096)  # statements of one subject come one after the other
def graph_of(subject: str) -> NamedNode:
    """The named graph for statements people write about this subject."""
    if subject == ONTOLOGY or subject.startswith((NS, SHAPES)):
        return ONTOLOGY_GRAPH
    kind = kind_of(subject)
    return SOURCES_GRAPH if kind is None else _BY_KIND.get(kind, SCHEMES_GRAPH)


def place(statement: Statement) -> Quad:
    """The statement in its graph."""
    return Quad(*statement, graph_of(statement[0].value))
