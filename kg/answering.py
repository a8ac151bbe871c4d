"""Questions in SPARQL that strangers ask: each is answered by a process that can be killed (`kg.store.pool`)."""

from __future__ import annotations

from kg.settings import Settings
from kg.store.engine import Reader
from kg.store.graphs import DERIVED_GRAPH, GRAPHS
from kg.store.home import Home
from kg.store.lookup import look_up
from kg.store.pool import Pool
from kg.store.question import Answer, Question

__all__ = ["Answer", "Pool", "Question", "derived_graph", "graph_names", "graph_question", "look_up", "open_pool"]

_WHOLE = """CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }
ORDER BY ?s ?p ISIRI(?o) STR(?o) LANG(?o) STR(DATATYPE(?o))"""  # an order that leaves nothing open: the same bytes


def graph_question(form: str, graph: str = "") -> Question:
    """The question for all that stands in a graph; in the union of ours where none is given."""
    return Question(_WHOLE, "", form, (graph,) if graph else (), whole=True)


def open_pool(settings: Settings) -> Pool:
    """The readers for the base of these settings; their processes start with the first question."""
    place = Home(settings.data, settings.keep_snapshots)
    if settings.engine is None or not settings.engine.answers:
        return Pool(place, settings)
    from kg.store.remote.asking import RemotePool

    return RemotePool(place, settings)


def graph_names(reader: Reader | None = None) -> tuple[str, ...]:
    """The addresses of the named graphs whose union is the default graph.

    Args:
        reader: the base, whose graphs include those of packs that were added; without it, those of every base.
    """
    return tuple(graph.value for graph in (reader.graphs() if reader else GRAPHS))


def derived_graph() -> str:
    """The address of the graph that the rules alone write."""
    return DERIVED_GRAPH.value
