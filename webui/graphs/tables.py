"""A graph as two tables: its links and its things, the same that are drawn and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.namespaces import gap, thing
from kg.queries import thing as thing_rows
from kg.search import Search
from kg.tables import WHOLE, Bound, Definition, Made, Param, row_of
from webui.base import Opened
from webui.graphs.build import graph_of
from webui.graphs.choice import MOST_EVER, MOST_THINGS, MOST_UNFOLDED, Choice
from webui.graphs.chosen import chosen
from webui.graphs.model import STANDINGS, Graph

if TYPE_CHECKING:
    from kg.store import Reader

_PARAMS = (
    Param("thing", "the thing in the middle", example="failure-cause/dispersed-governance"),
    Param("unfold", "things whose neighbours are added", many=True, example="support-phase/tracking", needed=False),
    Param(
        "most", "how many things are drawn before any is unfolded", WHOLE, default=str(MOST_THINGS), highest=MOST_EVER
    ),
)
_LINK = ("start", "startLabel", "relation", "phrase", "end", "endLabel", "direction", "standing", "stance")
_LINK_URIS = ("start", "relation", "end", "standing", "stance")
_THING = ("thing", "label", "about", "column")


def _graph(reader: Reader, search: Search, bound: Bound) -> Graph:
    (iri,), now = bound["thing"], Opened(reader, search)
    whole = graph_of(now, iri, [row.cls for row in thing_rows(reader, iri)])
    choice = Choice(unfolded=bound["unfold"][-MOST_UNFOLDED:], most=int(bound["most"][0]))
    return chosen(now, whole, choice)


def _links(reader: Reader, search: Search, bound: Bound) -> Made:
    graph = _graph(reader, search, bound)
    labels = {node.iri: node.label for node in graph.nodes}
    return [
        row_of(
            {
                "start": edge.start,
                "startLabel": labels[edge.start],
                "relation": gap(edge.relation),
                "phrase": edge.phrase,
                "end": edge.end,
                "endLabel": labels[edge.end],
                "direction": edge.arrow,
                "standing": thing("link-basis", edge.standing) if edge.standing in STANDINGS else "",
                "stance": thing("stance", edge.stance) if edge.standing and edge.stance != "quiet" else "",
            },
            _LINK_URIS,
        )
        for edge in graph.edges
    ]


def _things(reader: Reader, search: Search, bound: Bound) -> Made:
    nodes = _graph(reader, search, bound).nodes
    return [row_of({"thing": n.iri, "label": n.label, "about": n.about, "column": n.column}, ("thing",)) for n in nodes]


LINKS = Definition(
    "graph_links",
    "The links of a thing’s graph, as they are drawn",
    "a link between two things, told from left to right; “direction” says to which of them it points, and a stance "
    "is the claim’s, never that of a source; works of the context are left out where there are many, as they are "
    "from the drawing at first",
    _PARAMS,
    _LINK,
    _links,
)
THINGS = Definition(
    "graph_things",
    "The things in a thing’s graph, as they are drawn",
    "a thing, and its column from the left, counted from 0",
    _PARAMS,
    _THING,
    _things,
)
