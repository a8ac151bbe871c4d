"""What a page needs to draw a graph: the legend, what can be chosen, files to take away, and the same as a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from webui.addresses import href
from webui.base import Opened
from webui.contexts.page import Link, Page, crumbs, frame, shown, tabled
from webui.contexts.parts import Mark
from webui.contexts.things import Thing, views_of
from webui.graphs.build import graph_of
from webui.graphs.choice import MOST_EVER, MOST_THINGS, Choice, Place, graph_place
from webui.graphs.chosen import chosen
from webui.graphs.listing import Branch, listed
from webui.graphs.model import Graph
from webui.graphs.picture import size
from webui.graphs.tables import LINKS, THINGS
from webui.words import SUPPORT_ORDER, many


@dataclass(frozen=True)
class Option:
    """Something that can be shown or hidden."""

    slug: str
    label: str
    count: str
    shown: bool
    to_source: bool = False


@dataclass(frozen=True)
class Options:
    """Things of which some can be shown: the name in the address, and a heading."""

    name: str
    heading: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Field:
    """Something an address holds that a form has to keep."""

    name: str
    value: str


@dataclass(frozen=True)
class Drawing:
    """A graph on a page.

    Attributes:
        label: what it shows, in words.
        data, svg, graphml: where it stands as data and as files.
        file: the name of a picture of it.
        width, height: of the drawing.
        counted: how much there is.
        left_out: what is left out, in sentences.
        more: how to see what is left out.
        action, fields: of the form by which a person chooses.
        choices: what can be chosen.
        is_chosen: whether something was.
        everything: the address with nothing chosen.
        shapes, standings, stances: for the legend.
        quiet: whether there are links that lend no support.
        root, tree: the same as a nested list.
        folds: what is unfolded, each with the address where it is folded up again.
    """

    label: str
    data: str
    svg: str
    graphml: str
    file: str
    width: int
    height: int
    counted: str
    left_out: tuple[str, ...]
    more: tuple[Link, ...]
    action: str
    fields: tuple[Field, ...]
    choices: tuple[Options, ...]
    is_chosen: bool
    everything: str
    shapes: tuple[Mark, ...]
    standings: tuple[Mark, ...]
    stances: tuple[Mark, ...]
    quiet: bool
    root: Link
    tree: tuple[Branch, ...]
    folds: tuple[Link, ...]


def drawing(whole: Graph, graph: Graph, choice: Choice, place: Place, *, label: str, file: str) -> Drawing:
    """A graph on a page.

    Args:
        whole: the graph before anything was chosen from it.
        graph: what is drawn.
        choice: what was chosen.
        place: where the page and its data stand.
        label: what it shows, in words.
        file: the name of a picture of it, without suffix.
    """
    width, height = size(graph)
    labels = {node.iri: node.label for node in graph.nodes}
    return Drawing(
        label=label,
        data=place.file("json", choice),
        svg=place.file("svg", choice),
        graphml=place.file("graphml", choice),
        file=file,
        width=width,
        height=height,
        counted=f"{many(len(graph.nodes), 'thing')} and {many(len(graph.edges), 'link')}",
        left_out=tuple(_left_out(graph, labels)),
        more=tuple(_more(graph, whole, choice, place)),
        action=place.page,
        fields=tuple(Field(*pair) for pair in _kept(choice, place)),
        choices=tuple(_choices(whole, graph, choice)),
        is_chosen=choice.is_filter,
        everything=place.at(Choice(unfolded=choice.unfolded)),
        shapes=tuple(Mark(slug, label) for slug, label, _ in graph.node_kinds()),
        standings=graph.standings(),
        stances=graph.stances(),
        quiet=any(edge.stance == "quiet" for edge in graph.edges),
        root=Link(labels[graph.root], href(graph.root)),
        tree=listed(graph, choice, place),
        folds=tuple(Link(labels[iri], place.at(choice.toggled(iri))) for iri in graph.unfolded),
    )


def _kept(choice: Choice, place: Place) -> list[tuple[str, str]]:
    unfolded = Choice(unfolded=choice.unfolded, most=choice.most).pairs()
    return [*place.fixed, *place.on_page, *unfolded, ("shown", "chosen")]


def _left_out(graph: Graph, labels: dict[str, str]) -> Iterable[str]:
    if graph.left_out:
        kinds = [many(n, *_COUNTED[kind]) for kind, n in sorted(graph.left_out.items(), key=lambda item: -item[1])]
        yield f"Left out, so that it can be read: {', '.join(kinds)}."
    for iri, count in graph.folded.items():
        if count:
            yield f"“{labels[iri]}” has {many(count, 'more neighbour')} that {'is' if count == 1 else 'are'} not shown."


_COUNTED = {
    "cause": ("cause", "causes"),
    "phase": ("phase", "phases"),
    "tactic": ("tactic", "tactics"),
    "thing": ("other thing", "other things"),
    "source": ("source", "sources"),
}


def _more(graph: Graph, whole: Graph, choice: Choice, place: Place) -> Iterable[Link]:
    """How to see what was left out: more at a time, or one kind at a time."""
    if not graph.left_out:
        return
    total = len(graph.nodes) + sum(graph.left_out.values())
    if choice.most < MOST_EVER:
        most = min(total, MOST_EVER)
        yield Link(f"Show {'all' if most == total else 'up to'} {most}", place.at(replace(choice, most=most)))
    relations, bases = (frozenset(slug for slug, _, _ in found) for found in (whole.link_kinds(), whole.bases()))
    for kind in graph.left_out:
        only = Choice(kinds=frozenset({kind}), relations=relations, bases=bases)
        yield Link(f"Only {_COUNTED[kind][1]}", place.at(only))


def _choices(whole: Graph, graph: Graph, choice: Choice) -> Iterable[Options]:
    kinds = _joined(whole.node_kinds(), graph.node_kinds())
    found = [("kind", "Things", kinds, choice.kinds, frozenset[str]())]
    links = _joined(whole.link_kinds(), graph.link_kinds())
    found.append(("relation", "Links", links, choice.relations, whole.hidden))
    found.append(("standing", "How links came about", _joined(whole.bases(), graph.bases()), choice.bases, frozenset()))
    for name, heading, items, picked, hidden in found:
        options = (
            Option(
                slug, label, str(count), slug in picked if picked is not None else slug not in hidden, slug in _SOURCES
            )
            for slug, label, count in items
        )
        yield Options(name, heading, tuple(options))


_SOURCES = frozenset(SUPPORT_ORDER)


def _joined(all_kinds: list[tuple[str, str, int]], more: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """The kinds in the whole graph, and those that came in with what was unfolded."""
    known = {slug for slug, _, _ in all_kinds}
    return [*all_kinds, *(item for item in more if item[0] not in known)]


# --- The graph of a thing --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class GraphPage(Page):
    """The graph of a thing."""

    drawing: Drawing


def graph_page(opened: Opened, item: Thing, choice: Choice) -> GraphPage:
    """The graph of a thing."""
    whole, graph = graphs(opened, item, choice)
    asked = {"thing": item.iri, **({"unfold": list(choice.unfolded)} if choice.unfolded else {})}
    if choice.most != MOST_THINGS:
        asked["most"] = str(choice.most)
    return GraphPage(
        **frame(
            opened,
            f"{item.label}: graph",
            crumbs=crumbs(Link(item.label, href(item.iri)), Link("Graph", "", True)),
            views=views_of(item.iri, now="Graph"),
            lead="What is linked with it in this base, and how each link came about.",
            queries=(
                tabled(LINKS, **asked),
                tabled(THINGS, **asked),
                *(shown(name, **bound) for name, bound in graph.asked),
            ),
        ),
        drawing=drawing(
            whole,
            graph,
            choice,
            graph_place(item.iri),
            label=f"Graph of {item.label}",
            file=item.iri.rpartition("/")[2],
        ),
    )


def graphs(opened: Opened, item: Thing, choice: Choice) -> tuple[Graph, Graph]:
    """The whole graph of a thing, and what is drawn of it."""
    whole = graph_of(opened, item.iri, item.classes)
    return whole, chosen(opened, whole, choice)
