"""A graph to take away, as it is drawn: GraphML for other programs."""

from __future__ import annotations

import io
import re

from kg.namespaces import gap, local_of, thing
from webui.graphs.layout import positions
from webui.graphs.model import STANDINGS, Graph

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped (section 2.2)."""


def plain(text: str) -> str:
    """A text with nothing in it that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def graphml(graph: Graph) -> bytes:
    """The graph as GraphML: things with name, kind and place, links with how they read and how they came about."""
    import networkx as nx  # slow to import

    found, spots = nx.MultiDiGraph(), positions(graph)
    for node in graph.nodes:
        spot = spots[node.iri]
        told = {"iri": node.iri, "label": node.label, "about": node.about}
        found.add_node(local_of(node.iri), **{key: plain(text) for key, text in told.items()}, x=spot.x, y=spot.y)
    for number, edge in enumerate(graph.edges):
        told = {
            "relation": gap(edge.relation),
            "phrase": edge.phrase,
            "direction": edge.arrow,
            "standing": thing("link-basis", edge.standing) if edge.standing in STANDINGS else "",
            "stance": thing("stance", edge.stance) if edge.standing and edge.stance != "quiet" else "",
        }
        ends = local_of(edge.start), local_of(edge.end)
        found.add_edge(*ends, key=f"{edge.relation}-{number}", **{key: plain(text) for key, text in told.items()})
    out = io.BytesIO()
    nx.write_graphml(found, out)
    return out.getvalue()
