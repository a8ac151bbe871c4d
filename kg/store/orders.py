"""Reading a snapshot in every order in which the engine keeps its statements.

The engine keeps each statement six times, sorted by its parts, and compares its checksums only where it reads: to read
a snapshot to its end in one order can miss damage that a query meets in another. Statements are handed out one by one:
to have the engine count them would take half the time, but over a block that cannot be read it never ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path

from pyoxigraph import QuerySolutions, Store

from kg.errors import StoreDamaged
from kg.store.terms import NamedNode, Term

_AT_ONCE = 200
"""So many things are counted by one question; the engine looks each of them up."""


def read_in_every_order(folder: Path) -> None:
    """Read a snapshot on disk to its end, in each order.

    What was read once is then counted: the engine goes through all of it, and need not make it into something for us.

    Raises:
        StoreDamaged: it cannot be read in one of them.
    """
    try:
        store = Store.read_only(str(folder))
        _by_object(store, _by_subject(store))
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreDamaged(f"The snapshot in {folder} cannot be read: {error}") from error


def _by_subject(store: Store) -> set[NamedNode]:
    """Read it graph by graph, and by subject; gives the predicates."""
    predicates = set[NamedNode]()
    subjects = list[Term]()
    for subject, quads in groupby(store, attrgetter("subject")):
        predicates.update(quad.predicate for quad in quads)
        subjects.append(subject)
        if len(subjects) == _AT_ONCE:
            _count(store, subjects, "GRAPH ?graph { ?key ?property ?value }")
            subjects.clear()
    _count(store, subjects, "GRAPH ?graph { ?key ?property ?value }")
    return predicates


def _by_object(store: Store, predicates: Iterable[NamedNode]) -> None:
    """Read it by predicate and by object, in all graphs and in each."""
    graphs = list(store.named_graphs())
    for predicate in predicates:
        for graph in graphs:
            _count(store, [predicate], f"GRAPH {graph} {{ ?thing ?key ?value }}")
        found = store.quads_for_pattern(None, predicate, None, None)
        for values in _parts(value for value, _ in groupby(found, attrgetter("object"))):
            _count(store, values, "GRAPH ?graph { ?thing ?property ?key }")
            for graph in graphs:
                _count(store, values, f"GRAPH {graph} {{ ?thing ?property ?key }}")


def _parts(values: Iterator[Term]) -> Iterator[list[Term]]:
    while part := list(islice(values, _AT_ONCE)):
        yield part


def _count(store: Store, keys: Iterable[Term], pattern: str) -> None:
    answer = store.query(f"SELECT (COUNT(*) AS ?n) {{ VALUES ?key {{ {' '.join(map(str, keys))} }} {pattern} }}")
    assert isinstance(answer, QuerySolutions)
    next(answer)
