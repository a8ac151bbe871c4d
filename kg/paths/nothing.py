"""Why there is no path, and what comes nearest: three kinds of nothing are told apart.

Nothing recorded; recorded, but no work is cited; looked for by a source and not found. Source: issue 5, “Path
explorer”.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.model import Standing
from kg.namespaces import kind_of, thing
from kg.paths.asking import LONGEST, Question
from kg.paths.free import keep, neighbourhood
from kg.queries import about, names, neighbours, read_in, warnings, works
from kg.store import Reader

if TYPE_CHECKING:
    import networkx as nx

MOST_NEAR = 5
"""How many things that come nearest are told, from each end."""

_GAP = thing("stance", "gap")


@dataclass(frozen=True)
class Reason:
    """Why there is no path.

    Attributes:
        why: `same` (both ends are one thing), `unrecorded` (no claim is about an end), `uncited` (claims are, but they
            cite no work), `missing` (a source says that it looked and evidence is missing), `kept-out` (what was asked
            for keeps the paths out), `stopped` (the search came to its limit), `unjoined` (no claims join them).
        sentence: the same in plain English.
        claims: the claims it rests on.
    """

    why: str
    sentence: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Nothing:
    """Why there is no path, and what comes nearest.

    Attributes:
        reasons: why, the most telling first.
        easier: the same question asked less strictly; each has paths.
        ends: what is like the end and can be reached from the start, the nearest first.
        starts: what is like the start and leads to the end, the nearest first.
    """

    reasons: tuple[Reason, ...]
    easier: tuple[Question, ...] = ()
    ends: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()


def explain(reader: Reader, asked: Question, *, complete: bool = True) -> Nothing:
    """Why a question between two things found no path.

    Args:
        reader: the base at one revision.
        asked: the question, with an end.
        complete: whether the search came to its end.
    """
    labels = names(reader, [asked.start, asked.end])
    if asked.start == asked.end:
        return Nothing((Reason("same", f"Both ends are the same thing: “{labels.get(asked.start, asked.start)}”."),))
    graph, _ = neighbourhood(reader, asked.start, asked.end, asked.length)
    unrecorded = list(_unrecorded(reader, asked, labels))
    easier = () if unrecorded else tuple(_easier(reader, graph, asked))
    reasons = [*unrecorded, *_missing(reader, asked, labels), *_uncited(reader, asked, labels)]
    if not unrecorded:
        reasons.append(_unjoined(asked, easier, complete))
    keep(graph, asked.weakest)
    ends, starts = (_like(graph, *way, asked.length) for way in ((asked.start, asked.end), (asked.end, asked.start)))
    return Nothing(tuple(reasons), easier, ends, starts)


def _unrecorded(reader: Reader, asked: Question, labels: dict[str, str]) -> Iterator[Reason]:
    joined = {edge.thing for edge in neighbours(reader, [asked.start, asked.end])}
    for end in (asked.start, asked.end):
        if end not in joined and not (kind_of(end) == "source" and read_in(reader, end)):
            named = labels.get(end, end)
            yield Reason("unrecorded", f"Nothing is recorded: no claim in this base is about “{named}”.")


def _missing(reader: Reader, asked: Question, labels: dict[str, str]) -> Iterator[Reason]:
    rows = [row for row in warnings(reader, [asked.start, asked.end]) if row.stance == _GAP]
    for end in (asked.start, asked.end):
        claims = tuple(row.claim for row in rows if row.thing == end)
        if claims:
            told = "One claim reports" if len(claims) == 1 else f"{len(claims)} claims report"
            said = f"{told} that evidence about “{labels.get(end, end)}” is missing."
            yield Reason("missing", said, claims)


def _uncited(reader: Reader, asked: Question, labels: dict[str, str]) -> Iterator[Reason]:
    """Where only one end is a source, what the claims about the other cite matters."""
    kinds = {kind_of(asked.start), kind_of(asked.end)}
    other = asked.end if kind_of(asked.start) == "source" else asked.start
    if "source" not in kinds or kinds == {"source"}:
        return
    claims = about(reader, other)
    if claims and not any(work.role.endswith("backedBy") for work in works(reader, claims)):
        told = "the one claim about it cites" if len(claims) == 1 else f"the {len(claims)} claims about it cite"
        named = labels.get(other, other)
        yield Reason("uncited", f"“{named}” is recorded, but without citation: {told} no work.", tuple(claims))


def _unjoined(asked: Question, easier: tuple[Question, ...], complete: bool) -> Reason:
    if not complete:
        return Reason("stopped", "No path was found before the search stopped at its limit; there may be some.")
    steps = "1 step" if asked.length == 1 else f"{asked.length} steps"
    limits = _limits(asked)
    if limits and any(other.length == asked.length for other in easier):
        return Reason("kept-out", f"There are paths in {steps} or fewer, but none {' and '.join(limits)}.")
    kept = f", {' and '.join(limits)}" if limits else ""
    return Reason("unjoined", f"Both are recorded, but no claims join them in {steps} or fewer{kept}.")


def _limits(asked: Question) -> list[str]:
    """What was asked beyond ends and length, in words."""
    firm = [f"with every step at least {asked.weakest.words}"] if asked.weakest < Standing.INFERRED else []
    return [*firm, *(["by way of what you chose"] if asked.through or asked.kinds else [])]


def _easier(reader: Reader, graph: nx.Graph, asked: Question) -> Iterator[Question]:
    """The question with less in its way, one thing at a time; where that does not help, also longer."""
    plain = replace(asked, through="", kinds=(), weakest=Standing.INFERRED)
    for other in dict.fromkeys(
        (replace(asked, through="", kinds=()), replace(asked, weakest=Standing.INFERRED), plain)
    ):
        if other != asked and _shortest(graph, other) <= other.length:
            yield other
            return
    wider, _ = neighbourhood(reader, asked.start, asked.end, LONGEST)
    shortest = _shortest(wider, plain)
    if asked.length < shortest <= LONGEST:
        yield replace(plain, length=shortest)


def _shortest(graph: nx.Graph, asked: Question) -> int:
    """How many hops the shortest path has, beyond all bounds where there is none; not judged by way of something."""
    from networkx import Graph, has_path, shortest_path_length  # slow to import, and needed by few who come

    beyond = LONGEST + 1
    if asked.through or asked.kinds or asked.start not in graph or asked.end not in graph:
        return beyond
    firm = [(a, b) for a, b, found in graph.edges(data="found") if any(asked.allows(edge.standing) for edge in found)]
    kept = Graph(firm)
    if asked.start not in kept or asked.end not in kept or not has_path(kept, asked.start, asked.end):
        return beyond
    return int(shortest_path_length(kept, asked.start, asked.end))


def _like(graph: nx.Graph, start: str, end: str, length: int) -> tuple[str, ...]:
    """What is of the end's kind and can be reached from the start."""
    from networkx import single_source_shortest_path_length

    if start not in graph:
        return ()
    far = single_source_shortest_path_length(graph, start, cutoff=length)
    near = sorted((steps, other) for other, steps in far.items() if kind_of(other) == kind_of(end))
    return tuple(other for _, other in near if other not in (start, end))[:MOST_NEAR]
