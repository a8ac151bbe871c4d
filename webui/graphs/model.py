"""A graph to be drawn: things in columns, and the links between them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

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

    def turned(self) -> Edge:
        """The same link, told from the other end."""
        arrow = {"to": "from", "from": "to", "": ""}[self.arrow]
        return replace(self, start=self.end, end=self.start, phrase=self.back, back=self.phrase, arrow=arrow)

    @property
    def basis(self) -> str:
        """By which standing it is chosen or left out: its own, or that it follows from claims."""
        return self.standing or FOLLOWS


@dataclass(frozen=True)
class Graph:
    """Things, links, and what was asked for them.

    Attributes:
        root: the thing that it is about.
        nodes: by column, then from top to bottom.
        edges: the links.
        labels: how each kind of link is called.
        hidden: kinds of link that are not shown at first.
        asked: the queries behind it, with their values.
        by_kind: whether its columns are kinds of things; else they are steps away from the root.
        unfolded: the things that were unfolded in place.
        left_out: how many linked things are not in it, by kind.
        folded: how many neighbours of an unfolded thing are not in it.
    """

    root: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    labels: dict[str, str]
    hidden: frozenset[str] = frozenset()
    asked: tuple[tuple[str, dict[str, Any]], ...] = ()
    by_kind: bool = False
    unfolded: tuple[str, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)
    folded: dict[str, int] = field(default_factory=dict)

    def node(self, iri: str) -> Node | None:
        """The thing with this address, if it is in the graph."""
        return next((node for node in self.nodes if node.iri == iri), None)

    def node_kinds(self) -> list[tuple[str, str, int]]:
        """The kinds of things in it, with how many there are."""
        counted = Counter(node.kind for node in self.nodes)
        return [(slug, label, counted[slug]) for slug, label in NODE_KINDS.items() if counted[slug]]

    def link_kinds(self) -> list[tuple[str, str, int]]:
        """The kinds of links in it, with how many there are."""
        counted = Counter(edge.relation for edge in self.edges)
        return [(slug, label, counted[slug]) for slug, label in self.labels.items() if counted[slug]]

    def bases(self) -> list[tuple[str, str, int]]:
        """How links came about, with how many did."""
        counted = Counter(edge.basis for edge in self.edges)
        named = {slug: standing_mark(slug).label for slug in STANDINGS} | {FOLLOWS: FOLLOWS_WORDS}
        return [(slug, label, counted[slug]) for slug, label in named.items() if counted[slug]]

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
FOLLOWS = "follows"
FOLLOWS_WORDS = "Follows from claims"
"""Links from things to sources: no claim states them, so they have no standing of their own."""
STANDINGS = ("as-stated", "by-table", "by-phase", "pack-mapping", "curator-inference")
