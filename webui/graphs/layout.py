"""Where each thing stands: in columns, sources beside what they are linked with, so that few lines cross.

Source: interface.md, “Graph”: positions worked out here won clearly over the library's own layouts.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from webui.graphs.model import Graph, Node

WIDTH = 1080
WIDEST_STEP, NARROWEST_STEP = 340, 270
LINE = 19
PADDING = 34
LETTERS_A_LINE = 22
MOST_LINES = 5
BOX = 190
HEXAGON = 60
MOST_AIR = 60


@dataclass(frozen=True)
class Spot:
    """Where a thing stands.

    Attributes:
        x, y: the middle of it.
        height: how much of its column it takes.
    """

    x: int
    y: int
    height: int


def in_order(graph: Graph) -> Graph:
    """The graph with its columns closed up and its things in the order in which they stand."""
    used = sorted({node.column for node in graph.nodes})
    nodes = [replace(node, column=used.index(node.column)) for node in graph.nodes]
    ordered: list[Node] = []
    for column in range(len(used)):
        ordered += _column([node for node in nodes if node.column == column], ordered, graph)
    return replace(graph, nodes=tuple(ordered))


def _column(nodes: Sequence[Node], placed: Sequence[Node], graph: Graph) -> list[Node]:
    """All as it came, then the sources by the mean place of what they are linked with."""
    rank = {node.iri: index for index, node in enumerate(placed)}
    touching: dict[str, list[int]] = defaultdict(list)
    for edge in graph.edges:
        for one, other in ((edge.start, edge.end), (edge.end, edge.start)):
            if other in rank:
                touching[one].append(rank[other])
    sources = [node for node in nodes if node.kind == "source"]
    sources.sort(key=lambda node: (fmean(touching[node.iri] or [0]), node.label))
    return [*(node for node in nodes if node.kind != "source"), *sources]


def positions(graph: Graph) -> dict[str, Spot]:
    """Where each thing stands, each column centred on the same height."""
    columns: dict[int, list[Node]] = defaultdict(list)
    for node in graph.nodes:
        columns[node.column].append(node)
    step = max(NARROWEST_STEP, min(WIDEST_STEP, WIDTH // max(1, len(columns) - 1)))
    tallest = max(sum(map(_height, nodes)) for nodes in columns.values())
    found = {}
    for column, nodes in columns.items():
        own = sum(map(_height, nodes))
        air = min(MOST_AIR, (tallest - own) / (len(nodes) + 1))  # a short column beside a tall one is spread out
        y = -(own + air * (len(nodes) - 1)) / 2
        for node in nodes:
            found[node.iri] = Spot(column * step, round(y + _height(node) / 2), _height(node))
            y += _height(node) + air
    return found


def middle(node: Node, spot: Spot) -> int:
    """The height at which a thing's shape has its middle: a hexagon stands above its name, others hold theirs."""
    return round(spot.y - LINE * len(lines_of(node.label)) / 2 - 2) if node.kind == "cause" else spot.y


def lines_of(label: str) -> list[str]:
    """A name in the lines in which it is drawn; of a very long one the end is left out."""
    return textwrap.wrap(label, LETTERS_A_LINE, max_lines=MOST_LINES, placeholder=" …") or [""]


def _height(node: Node) -> int:
    return PADDING + LINE * len(lines_of(node.label)) + (HEXAGON if node.kind == "cause" else 0)
