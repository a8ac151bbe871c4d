"""The data a browser draws, made with pyvis, whose import is slow and so waits until a graph is asked for."""

from __future__ import annotations

from collections import Counter
from typing import Any

from webui.addresses import href
from webui.contexts.parts import standing_mark
from webui.graphs.layout import positions
from webui.graphs.model import Edge, Graph, Node

SHAPES = {"cause": "hexagon", "phase": "ellipse", "tactic": "box", "source": "box", "thing": "box"}
DASHES: dict[str, bool | list[int]] = {
    "as-stated": False,
    "by-table": [14, 6],
    "by-phase": [6, 5],
    "pack-mapping": [10, 4, 2, 4],
    "curator-inference": [2, 5],
}
_SOURCE_DASHES: dict[str, bool | list[int]] = {"cautions": [9, 4], "disputes": [9, 4], "gap": [3, 4]}
_QUIET_DASHES: dict[str, bool | list[int]] = {"relatedWork": [2, 5], "contextualWork": [1, 4]}


def network_data(graph: Graph) -> dict[str, Any]:
    """Nodes and edges as vis-network takes them."""
    from pyvis.network import Network

    network, places = Network(directed=True), positions(graph)  # an undirected one drops a second link of a pair
    for node in graph.nodes:
        x, y = places[node.iri]
        network.add_node(node.iri, **_node(node), x=x, y=y)
    seen = Counter[tuple[str, str]]()
    for edge in graph.edges:
        network.add_edge(edge.start, edge.end, **_edge(edge), parallel=seen[edge.start, edge.end])
        seen[edge.start, edge.end] += 1
    nodes, edges, *_ = network.get_network_data()
    return {"nodes": nodes, "edges": edges}


def _node(node: Node) -> dict[str, Any]:
    return {
        "label": node.label,
        "shape": SHAPES[node.kind],
        "group": node.kind,
        "kind": node.about,
        "href": href(node.iri),
    }


def _edge(edge: Edge) -> dict[str, Any]:
    told = f"{edge.phrase} – {standing_mark(edge.standing).label.lower()}" if edge.standing else edge.phrase
    dashes = DASHES[edge.standing] if edge.standing else _source_dashes(edge)
    return {
        "relation": edge.relation,
        "stance": edge.stance,
        "told": told,
        "back": edge.back,
        "dashes": dashes,
        "arrows": edge.arrow,
    }


def _source_dashes(edge: Edge) -> bool | list[int]:
    return _QUIET_DASHES.get(edge.relation) or _SOURCE_DASHES.get(edge.stance, False)
