"""The page of a graph: the legend, and the whole graph again as a nested list."""

from __future__ import annotations

from dataclasses import dataclass

from webui.addresses import graph_href, href
from webui.base import Opened
from webui.contexts.page import Link, Page, crumbs, frame, shown, tabled
from webui.contexts.parts import Mark
from webui.contexts.things import Thing
from webui.graphs.build import graph_of
from webui.graphs.model import Branch, Graph
from webui.graphs.model import tree as nested
from webui.graphs.tables import LINKS, THINGS
from webui.words import SUPPORT_ORDER, many


@dataclass(frozen=True)
class LinkKind:
    """A kind of link that can be shown or hidden."""

    slug: str
    label: str
    count: str
    shown: bool
    to_source: bool


@dataclass(frozen=True, kw_only=True)
class GraphPage(Page):
    """A graph."""

    data_href: str
    counted: str
    left_out: str
    node_kinds: tuple[Mark, ...]
    link_kinds: tuple[LinkKind, ...]
    standings: tuple[Mark, ...]
    stances: tuple[Mark, ...]
    root: Link
    tree: tuple[Branch, ...]


def graph_page(opened: Opened, item: Thing) -> GraphPage:
    """The graph of a thing."""
    graph = graph_of(opened, item.iri, item.classes)
    return GraphPage(
        **frame(
            opened,
            f"{item.label}: graph",
            crumbs=crumbs(Link(item.label, href(item.iri)), Link("Graph", "", True)),
            views=(Link("Page", href(item.iri)), Link("Graph", graph_href(item.iri), True)),
            queries=(
                tabled(LINKS, thing=item.iri),
                tabled(THINGS, thing=item.iri),
                *(shown(name, **bound) for name, bound in graph.asked),
            ),
        ),
        data_href=graph_href(item.iri) + ".json",
        counted=f"{many(len(graph.nodes), 'thing')} and {many(len(graph.edges), 'link')}",
        left_out=_left_out(graph),
        node_kinds=graph.node_kinds(),
        link_kinds=tuple(
            LinkKind(slug, label, str(count), slug not in graph.hidden, slug in SUPPORT_ORDER)
            for slug, label, count in graph.link_kinds()
        ),
        standings=graph.standings(),
        stances=graph.stances(),
        root=Link(item.label, href(item.iri)),
        tree=nested(graph, item.iri),
    )


def _left_out(graph: Graph) -> str:
    if not graph.left_out:
        return ""
    left_out = many(graph.left_out, "more thing is", "more things are")
    return f"{left_out} linked but left out of the drawing and of the list; the page names them all."
