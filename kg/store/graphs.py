"""Which named graph a statement belongs to, so that none can stand in two.

Of what the base itself holds, the subject alone decides. The things of a pack that was added stand in a graph of that
pack's own, all that is said of a thing in one (`kg.store.change.refuse_torn`).
Source: ontology-model.md §1.8.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Store

from kg.namespaces import GRAPH, NS, ONTOLOGY, SHAPES, kind_of, slug_of, thing
from kg.store.terms import NamedNode, Quad

if TYPE_CHECKING:  # readers know our graphs, and files know readers
    from kg.store.files import Statement

ONTOLOGY_GRAPH, SCHEMES_GRAPH, SOURCES_GRAPH, CLAIMS_GRAPH, DERIVED_GRAPH, META_GRAPH = GRAPHS = tuple(
    NamedNode(GRAPH + name) for name in ("ontology", "schemes", "sources", "claims", "derived", "meta")
)

_BY_KIND = {
    **dict.fromkeys(("claim", "passage", "selector", "activity", "appraisal", "assessment", "rating"), CLAIMS_GRAPH),
    **dict.fromkeys(("source", "policy", "body", "person", "agent"), SOURCES_GRAPH),
    **dict.fromkeys(("pack", "release", "revision"), META_GRAPH),
    "summary": DERIVED_GRAPH,
}
_PACK = GRAPH + "pack-"


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


def pack_graph(pack: str) -> NamedNode:
    """The graph of its own that holds the things of a pack which was added to the base."""
    return NamedNode(f"{_PACK}{slug_of(pack)}")


def pack_of(graph: str) -> str:
    """The pack whose things a graph holds; empty for the graphs of the base itself."""
    return thing("pack", graph.removeprefix(_PACK)) if graph.startswith(_PACK) else ""


def graphs_of(store: Store) -> tuple[NamedNode, ...]:
    """The graphs of a store: those of the base, and one for each pack that was added and is on."""
    named = (graph for graph in store.named_graphs() if isinstance(graph, NamedNode) and pack_of(graph.value))
    filled = (graph for graph in named if any(True for _ in store.quads_for_pattern(None, None, None, graph)))
    return (*GRAPHS, *sorted(filled, key=str))  # the engine remembers names of graphs that are empty by now
