"""The paths that answer a question, as one graph from where they start to where they end."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Hop, Path
from kg.queries import phrases, tactic_names
from webui.addresses import short
from webui.base import Opened
from webui.graphs.build import QUIET, labels_of, node_of
from webui.graphs.model import Edge, Graph, Node


def graph_of_paths(opened: Opened, paths: Sequence[Path]) -> Graph:
    """The graph of paths that all start from one thing; columns are steps away from it.

    Args:
        opened: the base.
        paths: at least one path.
    """
    columns = _columns(paths)
    labels = {iri: label for path in paths for hop in path.hops for iri, label in _named(hop)}
    tactics = set(tactic_names(opened.reader))
    nodes = [node_of(iri, labels[iri], column, tactic=iri in tactics) for iri, column in columns.items()]
    edges = _edges(opened, paths, {node.iri: node for node in nodes})
    return Graph(paths[0].hops[0].start, tuple(nodes), edges, labels_of(edges))


def _named(hop: Hop) -> tuple[tuple[str, str], ...]:
    return (hop.start, hop.start_label), (hop.end, hop.end_label)


def _columns(paths: Sequence[Path]) -> dict[str, int]:
    """How far from the start each thing stands at the most, so that links run onward; where paths end stands last."""
    found: dict[str, int] = {}
    for path in paths:
        for column, iri in enumerate(path.things):
            found[iri] = max(column, found.get(iri, column))
    ends = {path.things[-1] for path in paths}
    last = max(len(path.hops) for path in paths)
    return {iri: last if iri in ends else column for iri, column in found.items()}


def _edges(opened: Opened, paths: Sequence[Path], nodes: dict[str, Node]) -> tuple[Edge, ...]:
    verbs, found = phrases(opened.reader), dict[frozenset[str], Edge]()
    for hop in (hop for path in paths for hop in path.hops):
        found.setdefault(frozenset((hop.start, hop.end)), _edge(hop, verbs.get(hop.relation), nodes))
    return tuple(found.values())


def _edge(hop: Hop, verbs: tuple[str, str] | None, nodes: dict[str, Node]) -> Edge:
    relation = short(hop.relation)
    back = verbs[1 if hop.forward else 0] if verbs else hop.phrase
    stance = "quiet" if relation in QUIET else hop.stance or "describes"
    arrow = "to" if hop.forward else "from"
    edge = Edge(hop.start, hop.end, relation, hop.phrase, back, hop.standing.slug, stance, arrow)
    return edge.turned() if nodes[hop.end].column < nodes[hop.start].column else edge
