"""The data a browser draws, made with pyvis, whose import is slow and so waits until a graph is asked for."""

from __future__ import annotations

from collections import Counter
from typing import Any

from webui.addresses import href
from webui.contexts.parts import standing_mark
from webui.graphs.choice import Choice, Place
from webui.graphs.layout import lines_of, middle, positions
from webui.graphs.model import Edge, Graph, Node

SHAPES = {"cause": "hexagon", "phase": "ellipse", "tactic": "box", "source": "box", "thing": "box"}
DASHES: dict[str, tuple[int, ...]] = {
    "as-stated": (),
    "by-table": (14, 6),
    "by-phase": (6, 5),
    "pack-mapping": (10, 4, 2, 4),
    "curator-inference": (2, 5),
}
_SOURCE_DASHES: dict[str, tuple[int, ...]] = {"cautions": (9, 4), "disputes": (9, 4), "gap": (3, 4)}
_QUIET_DASHES: dict[str, tuple[int, ...]] = {"relatedWork": (2, 5), "contextualWork": (1, 4)}


def network_data(graph: Graph, choice: Choice, place: Place) -> dict[str, Any]:
    """Nodes and edges as vis-network takes them, and what a page needs beside them."""
    from pyvis.network import Network

    network, spots = Network(directed=True), positions(graph)  # an undirected one drops a second link of a pair
    for node in graph.nodes:
        spot = spots[node.iri]
        network.add_node(node.iri, **_node(graph, node, choice, place), x=spot.x, y=middle(node, spot))
    seen = Counter[frozenset[str]]()
    for edge in graph.edges:
        pair = frozenset((edge.start, edge.end))
        across = spots[edge.start].x != spots[edge.end].x
        network.add_edge(edge.start, edge.end, **_edge(edge), parallel=seen[pair], across=across)
        seen[pair] += 1
    nodes, edges, *_ = network.get_network_data()
    return {"root": graph.root, "nodes": nodes, "edges": edges}


def _node(graph: Graph, node: Node, choice: Choice, place: Place) -> dict[str, Any]:
    return {
        "label": "\n".join(lines_of(node.label)),
        "name": node.label,
        "shape": SHAPES[node.kind],
        "group": node.kind,
        "kind": node.about,
        "href": href(node.iri),
        "fold": place.at(choice.toggled(node.iri)),
        "open": node.iri in graph.unfolded,
        "folded": graph.folded.get(node.iri, 0),
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "relation": edge.relation,
        "stance": edge.stance,
        "phrase": edge.phrase,
        "back": edge.back,
        "standing": standing_mark(edge.standing).label.lower() if edge.standing else "",
        "dashes": list(dashes(edge)) or False,
        "arrows": edge.arrow,
    }


def dashes(edge: Edge) -> tuple[int, ...]:
    """How a link's line is broken; empty for a whole one."""
    if edge.standing:
        return DASHES[edge.standing]
    return _QUIET_DASHES.get(edge.relation) or _SOURCE_DASHES.get(edge.stance, ())
