"""A graph as a nested list: each link stands there once, under the thing through which it is reached."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from webui.addresses import href
from webui.contexts.page import Link
from webui.contexts.parts import Mark, standing_mark
from webui.graphs.choice import Choice, Place
from webui.graphs.model import Edge, Graph


@dataclass(frozen=True)
class Branch:
    """A thing in the nested list, with how it is linked with the thing it stands under.

    Attributes:
        link: the thing.
        phrase: how the link reads from above.
        standing: how the link came about; None where it follows from claims.
        above: whether what lies under the thing is listed elsewhere.
        fold: the address with the thing unfolded, or folded up again where `is_open`.
        is_open: whether it is unfolded.
        children: what lies under it.
    """

    link: Link
    phrase: str
    standing: Mark | None
    above: bool
    fold: str
    is_open: bool
    children: tuple[Branch, ...]


def listed(graph: Graph, choice: Choice, place: Place) -> tuple[Branch, ...]:
    """The graph as a nested list below its root."""
    return _Listing(graph, choice, place).under(graph.root)


class _Listing:
    def __init__(self, graph: Graph, choice: Choice, place: Place) -> None:
        self._labels = {node.iri: node.label for node in graph.nodes}
        self._choice, self._place = choice, place
        self._touching = _touching(graph)
        self._away = _steps_away(graph.root, self._touching)
        self._done: set[str] = set()

    def under(self, iri: str) -> tuple[Branch, ...]:
        self._done.add(iri)
        return tuple(self._branch(iri, edge) for edge in self._touching[iri] if self._belongs(iri, edge))

    def _belongs(self, iri: str, edge: Edge) -> bool:
        """A link stands under whichever end is nearer to the root, else under the left one."""
        here, there = self._away[iri], self._away[_other(iri, edge)]
        return here < there or (here == there and edge.start == iri)

    def _branch(self, iri: str, edge: Edge) -> Branch:
        other = _other(iri, edge)
        deeper = self._away[other] > self._away[iri]
        above = other in self._done and any(self._belongs(other, e) for e in self._touching[other])
        children = self.under(other) if deeper and other not in self._done else ()
        return Branch(
            link=Link(self._labels[other], href(other)),
            phrase=edge.phrase if edge.start == iri else edge.back,
            standing=standing_mark(edge.standing) if edge.standing else None,
            above=above,
            fold=self._place.at(self._choice.toggled(other)),
            is_open=other in self._choice.unfolded,
            children=children,
        )


def _other(iri: str, edge: Edge) -> str:
    return edge.end if edge.start == iri else edge.start


def _touching(graph: Graph) -> dict[str, list[Edge]]:
    """The links of each thing, in the order in which kinds of links, and things, are shown."""
    place, kinds = {node.iri: index for index, node in enumerate(graph.nodes)}, list(graph.labels)
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in sorted(graph.edges, key=lambda e: (kinds.index(e.relation), place[e.start], place[e.end])):
        for end in (edge.start, edge.end):
            found[end].append(edge)
    return found


def _steps_away(root: str, touching: dict[str, list[Edge]]) -> dict[str, int]:
    away, front = {root: 0}, [root]
    while front:
        front = list(
            dict.fromkeys(o for iri in front for o in (_other(iri, e) for e in touching[iri]) if o not in away)
        )
        away |= dict.fromkeys(front, max(away.values()) + 1)
    return away
