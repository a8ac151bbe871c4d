"""Questions in SPARQL that strangers ask: each is answered by a process that can be killed (`kg.store.pool`)."""

from __future__ import annotations

from kg.settings import Settings
from kg.store.graphs import GRAPHS
from kg.store.home import Home
from kg.store.pool import Pool
from kg.store.question import Answer, Question

__all__ = ["Answer", "Pool", "Question", "graph_names", "open_pool"]


def open_pool(settings: Settings) -> Pool:
    """The readers for the base of these settings; their processes start with the first question."""
    return Pool(Home(settings.data, settings.keep_snapshots), settings)


def graph_names() -> tuple[str, ...]:
    """The addresses of the named graphs whose union is the default graph."""
    return tuple(graph.value for graph in GRAPHS)
