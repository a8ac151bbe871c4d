"""A graph to be drawn: things in columns, and the links between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from webui.addresses import href
from webui.contexts.page import Link
from webui.contexts.parts import STANCE_WORDS, Mark, standing_mark


@dataclass(frozen=True)
class Node:
    """A thing in the drawing.

    Attributes:
        iri: its address.
        label: its name.
        kind: which shape it gets: `cause`, `phase`, `tactic`, `source`, `thing`.
        column: in which column it stands, from 0 on the left.
        about: what it is, in a few words.
    """

    iri: str
    label: str
    kind: str
    column: int
    about: str


@dataclass(frozen=True)
class Edge:
    """A link in the drawing, told the way it reads from left to right.

    Attributes:
        start, end: the left thing and the right one.
        relation: local name of the relation.
        phrase, back: how it reads from start to end, and the other way.
        standing: slug of how it came about; empty for links to sources, which follow from claims.
        stance: slug of the side the claim takes.
        arrow: `to`, `from` or empty.
    """

    start: str
    end: str
    relation: str
    phrase: str
    back: str
    standing: str = ""
    stance: str = "supports"
    arrow: str = ""


@dataclass(frozen=True)
class Branch:
    """A thing in the nested list, with how it is linked with the thing it stands under."""

    link: Link
    phrase: str
    standing: Mark | None
    children: tuple[Branch, ...]


@dataclass(frozen=True)
class Graph:
    """Things, links, and what was asked for them.

    Attributes:
        nodes: by column, then from top to bottom.
        edges: the links.
        labels: how each kind of link is called.
        hidden: kinds of link that are not shown at first.
        asked: the queries behind it, with their values.
        left_out: how many linked things are not in it.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    labels: dict[str, str]
    hidden: frozenset[str] = frozenset()
    asked: tuple[tuple[str, dict[str, Any]], ...] = ()
    left_out: int = 0

    def node_kinds(self) -> tuple[Mark, ...]:
        """The kinds of things in the drawing, for the legend."""
        present = {node.kind for node in self.nodes}
        return tuple(Mark(slug, label) for slug, label in NODE_KINDS.items() if slug in present)

    def link_kinds(self) -> list[tuple[str, str, int]]:
        """The kinds of links in the drawing, with how many there are."""
        counted = Counter(edge.relation for edge in self.edges)
        return [(slug, label, counted[slug]) for slug, label in self.labels.items() if counted[slug]]

    def standings(self) -> tuple[Mark, ...]:
        """How links came about, for the legend: all ways that occur."""
        present = {edge.standing for edge in self.edges if edge.standing}
        return tuple(standing_mark(slug) for slug in STANDINGS if slug in present)

    def stances(self) -> tuple[Mark, ...]:
        """The sides that the claims behind links take, for the legend; links that are no support have none."""
        present = {edge.stance for edge in self.edges}
        return tuple(Mark(slug, label) for slug, label in STANCE_WORDS.items() if slug in present)


NODE_KINDS = {
    "cause": "Cause",
    "phase": "Phase",
    "tactic": "Tactic",
    "thing": "Anything else",
    "source": "Source",
}
STANDINGS = ("as-stated", "by-table", "by-phase", "pack-mapping", "curator-inference")


def tree(graph: Graph, root: str) -> tuple[Branch, ...]:
    """The graph as a nested list below one thing: from column to column, away from it."""
    nodes = {node.iri: node for node in graph.nodes}
    place = {node.iri: index for index, node in enumerate(graph.nodes)}
    kinds = list(graph.labels)
    edges = sorted(graph.edges, key=lambda edge: (kinds.index(edge.relation), place[edge.start], place[edge.end]))
    return tuple(_branches(edges, nodes, root, frozenset()))


def _branches(edges: Sequence[Edge], nodes: dict[str, Node], at: str, above: frozenset[str]) -> list[Branch]:
    return [
        Branch(
            Link(nodes[other].label, href(other)),
            edge.phrase if edge.start == at else edge.back,
            standing_mark(edge.standing) if edge.standing else None,
            tuple(_branches(edges, nodes, other, above | {at})),
        )
        for other, edge in _steps(edges, at, above)
    ]


def _steps(edges: Sequence[Edge], at: str, above: frozenset[str]) -> list[tuple[str, Edge]]:
    """Links away from a thing: to the right below the first level, to both sides on it."""
    ahead = [(edge.end, edge) for edge in edges if edge.start == at and edge.end not in above]
    back = [(edge.start, edge) for edge in edges if edge.end == at and not above]
    return ahead + back
