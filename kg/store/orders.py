"""Reading a snapshot in every order in which the engine keeps its statements.

The engine keeps each statement six times, sorted by its parts, and compares its checksums only where it reads: to read
a snapshot to its end in one order can miss damage that a query meets in another. Statements are handed out one by one:
to have the engine count them would take half the time, but over a block that cannot be read it never ends.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from pyoxigraph import Store

from kg.errors import StoreDamaged
from kg.store.terms import NamedNode


def read_in_every_order(folder: Path) -> None:
    """Read a snapshot on disk to its end, in each order.

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
    for subject, quads in groupby(store, attrgetter("subject")):
        predicates.update(quad.predicate for quad in quads)
        _drain(store.quads_for_pattern(subject, None, None, None))
    return predicates


def _by_object(store: Store, predicates: Iterable[NamedNode]) -> None:
    """Read it by predicate and by object, in all graphs and in each."""
    graphs = list(store.named_graphs())
    for predicate in predicates:
        for graph in graphs:
            _drain(store.quads_for_pattern(None, predicate, None, graph))
        for value, quads in groupby(store.quads_for_pattern(None, predicate, None, None), attrgetter("object")):
            for name in {quad.graph_name for quad in quads}:
                _drain(store.quads_for_pattern(None, None, value, name))
            _drain(store.quads_for_pattern(None, None, value, None))


def _drain(quads: Iterable[object]) -> None:
    deque(quads, maxlen=0)
