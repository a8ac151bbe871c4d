"""Where each thing stands: in columns, sources beside what they are linked with, so that few lines cross.

Source: interface.md, “Graph”: positions worked out here won clearly over the library's own layouts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from webui.graphs.model import Graph, Node

WIDTH = 1080
WIDEST_STEP = 340
LINE = 19
PADDING = 34
LETTERS_A_LINE = 24


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


def positions(graph: Graph) -> dict[str, tuple[int, int]]:
    """The middle of each thing, each column centred on the same height."""
    columns: dict[int, list[Node]] = defaultdict(list)
    for node in graph.nodes:
        columns[node.column].append(node)
    step = min(WIDEST_STEP, WIDTH // max(1, len(columns) - 1))
    found = {}
    for column, nodes in columns.items():
        y = -sum(map(_height, nodes)) / 2
        for node in nodes:
            found[node.iri] = column * step, round(y + _height(node) / 2)
            y += _height(node)
    return found


def _height(node: Node) -> int:
    return PADDING + LINE * (1 + len(node.label) // LETTERS_A_LINE) + (70 if node.kind == "cause" else 0)
