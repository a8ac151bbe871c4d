"""From a whole graph to what is drawn of it: filtered, cut to what a person can look at, with things unfolded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from webui.base import Opened
from webui.graphs.build import QUIET, around, labels_of
from webui.graphs.choice import Choice
from webui.graphs.layout import in_order
from webui.graphs.model import Edge, Graph, Node
from webui.words import LINK_ORDER

MOST_NEIGHBOURS = 12
"""How many neighbours come in with a thing that is unfolded; the rest is counted."""
_COLUMNS = {"cause": 0, "phase": 1, "tactic": 2, "source": 3}
_BEFORE, _AFTER = -1, 5
"""Columns for things of other kinds where columns are kinds."""


def chosen(opened: Opened, graph: Graph, choice: Choice) -> Graph:
    """What is drawn of a graph.

    Args:
        opened: the base.
        graph: the whole of it.
        choice: what somebody chose to see.
    """
    found = _cut(_filtered(graph, choice), choice.most)
    for iri in choice.unfolded:
        if found.node(iri):
            found = _unfolded(opened, found, iri, choice)
    return in_order(found)


def _filtered(graph: Graph, choice: Choice) -> Graph:
    """Without the kinds of things and links that were not chosen, and without what only they reached."""
    kinds = {node.iri: node.kind for node in graph.nodes}
    edges = [edge for edge in graph.edges if _is_chosen(edge, kinds, graph, choice)]
    if len(edges) == len(graph.edges):
        return graph
    reached = _reached(graph.root, edges)
    return replace(
        graph,
        nodes=tuple(node for node in graph.nodes if node.iri in reached),
        edges=tuple(edge for edge in edges if edge.start in reached),
    )


def _is_chosen(edge: Edge, kinds: dict[str, str], graph: Graph, choice: Choice) -> bool:
    if not choice.is_filter:
        return edge.relation not in graph.hidden
    ends = {kinds[end] for end in (edge.start, edge.end) if end != graph.root}
    fits = ends <= (choice.kinds or frozenset())
    return fits and edge.relation in (choice.relations or ()) and edge.basis in (choice.bases or ())


def _reached(root: str, edges: Sequence[Edge]) -> set[str]:
    joined: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        joined[edge.start].add(edge.end)
        joined[edge.end].add(edge.start)
    found, front = {root}, {root}
    while front:
        front = {other for iri in front for other in joined[iri]} - found
        found |= front
    return found


def _cut(graph: Graph, most: int) -> Graph:
    """With no more things than a person can look at: those with most links stay."""
    kept = {node.iri for node in _ranked(graph.nodes, graph.edges, graph.root)[:most]}
    edges = tuple(edge for edge in graph.edges if edge.start in kept and edge.end in kept)
    kept &= _reached(graph.root, edges)
    return replace(
        graph,
        nodes=tuple(node for node in graph.nodes if node.iri in kept),
        edges=tuple(edge for edge in edges if edge.start in kept),
        left_out=Counter(node.kind for node in graph.nodes if node.iri not in kept),
    )


def _ranked(nodes: Iterable[Node], edges: Iterable[Edge], root: str) -> list[Node]:
    weight = Counter(end for edge in edges for end in (edge.start, edge.end))
    return sorted(nodes, key=lambda node: (node.iri != root, node.kind == "thing", -weight[node.iri]))


def _telling_first(near: Graph) -> list[Node]:
    """The neighbours of a graph's root: first those that a telling link joins with it."""
    place = {relation: index for index, relation in enumerate(LINK_ORDER)}
    vague = dict.fromkeys(("bearsOn", *QUIET), len(place) + 1)
    best: dict[str, int] = {}
    for edge in near.edges:
        rank = vague.get(edge.relation, place.get(edge.relation, len(place)))
        for end in (edge.start, edge.end):
            best[end] = min(rank, best.get(end, rank))
    return sorted(near.nodes, key=lambda node: (best.get(node.iri, 0), near.nodes.index(node)))


def _unfolded(opened: Opened, graph: Graph, iri: str, choice: Choice) -> Graph:
    """With the neighbours of one of its things."""
    whole, here = around(opened, iri), {node.iri: node for node in graph.nodes}
    near = _filtered(whole, choice)
    new = [node for node in _telling_first(near) if node.iri not in here]
    added = {node.iri: replace(node, column=_column(graph, here[iri], node, near)) for node in new[:MOST_NEIGHBOURS]}
    nodes = here | added
    known = {frozenset((edge.start, edge.end, edge.relation)) for edge in graph.edges}
    edges = [edge for edge in near.edges if edge.start in nodes and edge.end in nodes]
    edges = [_rightward(edge, nodes) for edge in edges if frozenset((edge.start, edge.end, edge.relation)) not in known]
    return replace(
        graph,
        nodes=tuple(nodes.values()),
        edges=(*graph.edges, *edges),
        labels=graph.labels | {k: v for k, v in labels_of(edges).items() if k not in graph.labels},
        asked=(*graph.asked, *near.asked),
        unfolded=(*graph.unfolded, iri),
        folded={**graph.folded, iri: len({node.iri for node in whole.nodes} - set(nodes))},
    )


def _column(graph: Graph, at: Node, new: Node, near: Graph) -> int:
    """Where a neighbour stands: with its kind, or one step further out than what it came with."""
    if graph.by_kind:
        return _COLUMNS.get(new.kind, _BEFORE if at.column < _COLUMNS["tactic"] else _AFTER)
    middle, centre = graph.node(graph.root), near.node(at.iri)
    side = at.column - middle.column if middle else 0
    side = side or (new.column - centre.column if centre else 0)
    return at.column + (-1 if side < 0 else 1)


def _rightward(edge: Edge, nodes: dict[str, Node]) -> Edge:
    return edge.turned() if nodes[edge.end].column < nodes[edge.start].column else edge
