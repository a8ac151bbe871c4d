"""Free paths: every simple way between two things up to a chosen length, best standing first.

The neighbourhood is expanded lazily from both ends, the thinner one first, never the whole graph; the small graph
that this gives is searched by networkx. Source: engines.md, “Serving and paths”.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from kg.model import Hop, Path, Standing
from kg.namespaces import gap, kind_of, thing
from kg.paths.wording import tell
from kg.queries import Edge, neighbours, read_in
from kg.store import Reader

DEFAULT_LENGTH = 4
MOST_PATHS = 200
"""How many paths are found before the search stops, and says so."""
MOST_LOOKED = 10_000
"""How many ways are followed in search of those through a thing before the search stops, and says so."""
MOST_THINGS = 3_000
"""How many things are expanded before the search stops, and says so."""

_AGAINST = thing("stance", "disputes")
_NO_ROAD = ("dimension",)
"""Kinds that join everything with everything and so explain nothing; a path may end there, not pass."""


@dataclass(frozen=True)
class Found:
    """The paths that were found.

    Attributes:
        paths: best standing first, then shorter first.
        complete: False when the search stopped at its limit, so that there may be more.
    """

    paths: tuple[Path, ...]
    complete: bool


def between(
    reader: Reader,
    start: str,
    end: str,
    *,
    length: int = DEFAULT_LENGTH,
    most: int = 20,
    through: str = "",
    weakest: Standing = Standing.INFERRED,
) -> Found:
    """The paths between two things.

    Args:
        start, end: addresses of the two things.
        length: the most hops a path may have.
        most: how many paths to give back.
        through: address of a thing that every path has to pass or end at; empty for none.
        weakest: the weakest standing a hop may have; what stands on less is not walked.
    """
    if start == end:
        return Found((), True)
    graph, complete = _neighbourhood(reader, start, end, length)
    graph.remove_nodes_from([t for t in graph if kind_of(t) in _NO_ROAD and t not in (start, end)])
    _keep(graph, weakest)
    if start not in graph or end not in graph or (through and through not in graph):
        return Found((), complete)
    ways, whole = _ways(graph, start, end, length, through)
    found = sorted((Path(tuple(_hop(graph, a, b) for a, b in pairwise(way))) for way in ways), key=_order)
    return Found(tell(reader, found[:most]), complete and whole)


def _ways(graph: nx.Graph, start: str, end: str, length: int, through: str) -> tuple[list[list[str]], bool]:
    """The ways that pass a thing, and whether these are all; the search stops at its limits."""
    found: list[list[str]] = []
    for looked, way in enumerate(nx.all_simple_paths(graph, start, end, cutoff=length)):
        if looked == MOST_LOOKED:
            return found, False
        if through and through not in way:
            continue
        if len(found) == MOST_PATHS:
            return found, False
        found.append(way)
    return found, True


def _keep(graph: nx.Graph, weakest: Standing) -> None:
    """Leave only the claims of this standing or a better one."""
    for start, end, found in list(graph.edges(data="found")):
        kept = {edge for edge in found if Standing.of(edge.standing) <= weakest}
        if kept:
            graph.edges[start, end]["found"] = kept
        else:
            graph.remove_edge(start, end)


def _order(path: Path) -> tuple[int, int, int, int, tuple[str, ...]]:
    vague = sum(hop.relation == gap("bearsOn") for hop in path.hops)
    return path.standing, vague, len(path.hops), sum(hop.standing for hop in path.hops), path.things


def _neighbourhood(reader: Reader, start: str, end: str, length: int) -> tuple[nx.Graph, bool]:
    graph = nx.Graph()
    for source in (start, end):
        _add(graph, _spoken_of(reader, source))
    fronts: dict[str, set[str]] = {start: {start}, end: {end}}
    seen: dict[str, set[str]] = {start: {start}, end: {end}}
    for _ in range(length):
        side = min(fronts, key=lambda s: len(fronts[s]) or MOST_THINGS)
        expand = sorted(t for t in fronts[side] if t in (start, end) or kind_of(t) not in _NO_ROAD)
        if len(seen[start] | seen[end]) + len(expand) > MOST_THINGS:
            return graph, False
        edges = neighbours(reader, expand)
        _add(graph, edges)
        reached = {e.other for e in edges} | {n for t in expand if t in graph for n in graph[t]}
        fronts[side] = reached - seen[side]
        seen[side] |= reached
    return graph, True


def _spoken_of(reader: Reader, source: str) -> list[Edge]:
    """A document joins everything that it speaks of only where it is itself an end, else all is two hops apart."""
    if kind_of(source) != "source":
        return []
    relation = gap("assertedIn")
    return [Edge(source, "from", relation, r.other, r.claim, r.standing, r.stance) for r in read_in(reader, source)]


def _add(graph: nx.Graph, edges: Iterable[Edge]) -> None:
    for edge in edges:
        if not graph.has_edge(edge.thing, edge.other):
            graph.add_edge(edge.thing, edge.other, found=set())
        graph.edges[edge.thing, edge.other]["found"].add(edge)


def _hop(graph: nx.Graph, start: str, end: str) -> Hop:
    """The hop from one thing to another: its best relation, with all claims that state it."""
    by_relation: dict[tuple[str, bool], list[Edge]] = defaultdict(list)
    for edge in graph.edges[start, end]["found"]:
        by_relation[edge.relation, (edge.direction == "to") == (edge.thing == start)].append(edge)
    (relation, forward), edges = min(by_relation.items(), key=lambda item: (_rank(item[1]), item[0]))
    claims = sorted({(Standing.of(e.standing), e.claim) for e in edges})
    return Hop(start, end, relation, forward, claims[0][0], tuple(claim for _, claim in claims))


def _rank(edges: list[Edge]) -> tuple[int, bool, bool]:
    weak = edges[0].relation in (gap("bearsOn"), gap("assertedIn"))
    return min(Standing.of(e.standing) for e in edges), weak, all(e.stance == _AGAINST for e in edges)
