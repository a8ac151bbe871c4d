"""Free paths: every simple way between two things up to a chosen length, best standing first.

The neighbourhood is expanded lazily from both ends, the thinner one first, never the whole graph; the small graph
that this gives is searched by networkx. Source: engines.md, “Serving and paths”.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.model import Hop, Path, Standing
from kg.namespaces import gap, kind_of, thing
from kg.paths.wording import tell
from kg.queries import Edge, neighbours, read_in, tactic_names
from kg.store import Reader

if TYPE_CHECKING:
    import networkx as nx

DEFAULT_LENGTH = 4
MOST_PATHS = 200
"""How many paths are found before the search stops, and says so."""
MOST_LOOKED = 10_000
"""How many ways are followed in search of those through a thing before the search stops, and says so."""
MOST_THINGS = 3_000
"""How many things are expanded before the search stops, and says so."""

_HUB, _EACH = 400, 40
"""How many claims are looked at around a thing, and more for each further one, before the search stops at a hub."""

_AGAINST = thing("stance", "disputes")
_NO_ROAD = ("dimension",)
"""Kinds that join everything with everything and so explain nothing; a path may end there, not pass."""


@dataclass(frozen=True)
class Found:
    """The paths that were found.

    Attributes:
        paths: best standing first, then shorter first.
        complete: False when the search stopped at its limit, so that there may be more.
        count: how many were found in all, of which `paths` holds as many as were asked for.
    """

    paths: tuple[Path, ...]
    complete: bool
    count: int = 0


def between(
    reader: Reader,
    start: str,
    end: str,
    *,
    length: int = DEFAULT_LENGTH,
    most: int = 20,
    through: str = "",
    kinds: Sequence[str] = (),
    weakest: Standing = Standing.INFERRED,
) -> Found:
    """The paths between two things.

    Args:
        reader: the base at one revision.
        start, end: addresses of the two things.
        length: the most hops a path may have.
        most: how many paths to give back.
        through: address of a thing that every path has to pass or end at; empty for none.
        kinds: kinds of things of each of which every path has to pass one between its ends.
        weakest: the weakest standing a hop may have; what stands on less is not walked.
    """
    if start == end:
        return Found((), True)
    graph, complete = neighbourhood(reader, start, end, length)
    keep(graph, weakest)
    if start not in graph or end not in graph or (through and through not in graph):
        return Found((), complete)
    known = {kind: _of_kind(reader, kind, graph) for kind in kinds}
    ways, whole = _ways(graph, (start, end), length, lambda way: _passes(way, through, known))
    hops = _Hops(graph)
    found = sorted((Path(tuple(hops(a, b) for a, b in pairwise(way))) for way in ways), key=_order)
    return Found(tell(reader, found[:most]), complete and whole, len(found))


def kinds_on(reader: Reader, things: Sequence[str], kinds: Sequence[str]) -> set[str]:
    """Which of these kinds are among things; a member of another framework may be a tactic too."""
    return {kind for kind in kinds if _of_kind(reader, kind, things)}


def _of_kind(reader: Reader, kind: str, things: Iterable[str]) -> set[str]:
    more = set(tactic_names(reader)) if kind == "tactic" else set()
    return {thing for thing in things if kind_of(thing) == kind or thing in more}


def _passes(way: Sequence[str], through: str, kinds: dict[str, set[str]]) -> bool:
    return (not through or through in way) and all(found.intersection(way[1:-1]) for found in kinds.values())


def _ways(
    graph: nx.Graph, ends: tuple[str, str], length: int, wanted: Callable[[Sequence[str]], bool]
) -> tuple[list[list[str]], bool]:
    """The ways that are wanted, and whether these are all; the search stops at its limits."""
    found: list[list[str]] = []
    for looked, way in enumerate(_simple(graph, *ends, length)):
        if looked == MOST_LOOKED:
            return found, False
        if not wanted(way):
            continue
        if len(found) == MOST_PATHS:
            return found, False
        found.append(way)
    return found, True


def _simple(graph: nx.Graph, start: str, end: str, length: int) -> Iterator[list[str]]:
    """All ways that pass nothing twice, the shorter ones first, so that a limit leaves out the longest.

    Unlike networkx’s `all_simple_paths` it never sets foot where the end is out of reach in the steps that are left.
    """
    from networkx import single_source_shortest_path_length  # slow to import, and needed by few who come

    left = single_source_shortest_path_length(graph, end, cutoff=length)

    def onward(way: list[str], steps: int) -> Iterator[list[str]]:
        if not steps:
            yield way
            return
        for step in graph[way[-1]]:
            reaches = step == end if steps == 1 else step != end and left.get(step, length) < steps
            if reaches and step not in way:
                yield from onward([*way, step], steps - 1)

    for steps in range(1, length + 1):
        yield from onward([start], steps)


def keep(graph: nx.Graph, weakest: Standing) -> None:
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


def neighbourhood(reader: Reader, start: str, end: str, length: int) -> tuple[nx.Graph, bool]:
    """What lies on ways between two things, and perhaps more; False with it where the search came to its limit."""
    graph, complete = _expanded(reader, start, end, length)
    graph.remove_nodes_from([t for t in graph if kind_of(t) in _NO_ROAD and t not in (start, end)])
    return graph, complete


def _expanded(reader: Reader, start: str, end: str, length: int) -> tuple[nx.Graph, bool]:
    from networkx import Graph

    graph = Graph()
    for source in (start, end):
        _add(graph, _spoken_of(reader, source))
    fronts: dict[str, set[str]] = {start: {start}, end: {end}}
    seen: dict[str, set[str]] = {start: {start}, end: {end}}
    whole = True
    for _ in range(length):
        untouched = [end for end, front in fronts.items() if front == {end}]
        if not whole and not untouched:
            return graph, False
        side = min(fronts if whole else untouched, key=lambda s: len(fronts[s]) or MOST_THINGS)
        expand = sorted(t for t in fronts[side] if t in (start, end) or kind_of(t) not in _NO_ROAD)
        if len(seen[start] | seen[end]) + len(expand) > MOST_THINGS:
            return graph, False
        most = _HUB + _EACH * len(expand)
        edges = neighbours(reader, expand, (0, most))
        _add(graph, edges)
        whole = whole and len(edges) < most
        reached = {e.other for e in edges} | {n for t in expand if t in graph for n in graph[t]}
        fronts[side] = reached - seen[side]
        seen[side] |= reached
    return graph, whole


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


class _Hops:
    """The hops of a graph, each made once."""

    def __init__(self, graph: nx.Graph) -> None:
        self._graph, self._made = graph, dict[tuple[str, str], Hop]()

    def __call__(self, start: str, end: str) -> Hop:
        if (start, end) not in self._made:
            self._made[start, end] = _hop(self._graph, start, end)
        return self._made[start, end]


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
