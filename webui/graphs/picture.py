"""A graph as a picture: the shapes and lines that the SVG template writes, at the places where the browser draws them.

Every colour stands in an attribute: the picture needs no stylesheet, and looks the same in a paper as on a page.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from webui.contexts.parts import STANCE_WORDS, standing_mark
from webui.graphs.data import DASHES, dashes
from webui.graphs.files import plain
from webui.graphs.layout import BOX, LINE, Spot, lines_of, middle, positions
from webui.graphs.model import Edge, Graph, Node

MARGIN = 24
_KEY_ITEM, _KEY_LINE = 270, 26
_INK, _MUTED = "#15191e", "#4c5661"
_FILLS = {"cause": "#7a1f3d", "phase": "#e3ecf3", "tactic": "#1e5f8c", "thing": "#e9e7de", "source": "#fdf9ee"}
_EDGES = {"cause": _INK, "phase": "#143f5c", "tactic": _INK, "thing": "#6f7780", "source": "#5c5230"}
_SIDES = {
    "supports": "#005f56",
    "conditional": "#005f56",
    "describes": "#3f4a54",
    "cautions": "#9a4300",
    "disputes": "#a3160f",
    "gap": "#5b3fa0",
}
_MARKS = {
    "conditional": "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0",
    "cautions": "M-5 -5L5 0L-5 5Z",
    "disputes": "M-1.5 -6H1.5V6H-1.5Z",
    "gap": "M0 -6L6 0L0 6L-6 0Z",
}
"""The same marks as on the page, on the middle of a line: sides are told apart without colour."""


@dataclass(frozen=True)
class Text:
    """A line of text."""

    x: float
    y: float
    text: str
    colour: str = _INK


@dataclass(frozen=True)
class Shape:
    """A thing: one path and the lines of its name."""

    title: str
    path: str
    fill: str
    stroke: str
    lines: tuple[Text, ...]


@dataclass(frozen=True)
class Curve:
    """A link: its line, what is on the middle of it, and where it points."""

    title: str
    path: str
    colour: str
    width: float
    dash: str
    mark: str
    at: str
    tip: str


@dataclass(frozen=True)
class Picture:
    """What the template writes.

    Attributes:
        box: the view box.
        key_shapes, key_lines, words: what shapes and lines mean.
        source: where the picture comes from.
    """

    title: str
    description: str
    box: str
    width: int
    height: int
    left: int
    top: int
    curves: tuple[Curve, ...]
    shapes: tuple[Shape, ...]
    key_shapes: tuple[Shape, ...]
    key_lines: tuple[Curve, ...]
    words: tuple[Text, ...]
    source: Text


def size(graph: Graph) -> tuple[int, int]:
    """How wide and high the drawing is, without its key."""
    left, top, right, bottom = _extent(positions(graph))
    return right - left, bottom - top


def picture(graph: Graph, title: str, source: str) -> Picture:
    """A graph as a picture.

    Args:
        graph: what is drawn.
        title: what it shows.
        source: where it comes from, written beneath it.
    """
    spots = positions(graph)
    left, top, right, bottom = _extent(spots)
    labels = {node.iri: node.label for node in graph.nodes}
    key = _Key(left + MARGIN, bottom + 10, right - left - MARGIN, graph)
    height = key.bottom + 44 - top
    return Picture(
        title=plain(title),
        description=plain(f"{len(graph.nodes)} things and {len(graph.edges)} links. {source}"),
        box=f"{left} {top} {right - left} {height}",
        width=right - left,
        height=height,
        left=left,
        top=top,
        curves=tuple(_curves(graph, spots, labels)),
        shapes=tuple(_shape(node, spots[node.iri]) for node in graph.nodes),
        key_shapes=tuple(key.shapes),
        key_lines=tuple(key.lines),
        words=tuple(key.words),
        source=Text(left + MARGIN, key.bottom + 24, plain(source), _MUTED),
    )


def _extent(spots: dict[str, Spot]) -> tuple[int, int, int, int]:
    xs, ys = [spot.x for spot in spots.values()], [(s.y - s.height // 2, s.y + s.height // 2) for s in spots.values()]
    side = BOX // 2 + MARGIN
    return min(xs) - side, min(y for y, _ in ys) - MARGIN, max(xs) + side, max(y for _, y in ys) + MARGIN


# --- Things ----------------------------------------------------------------------------------------


def _shape(node: Node, spot: Spot) -> Shape:
    lines = [plain(line) for line in lines_of(node.label)]
    half = LINE * len(lines) / 2
    if node.kind == "cause":
        y, first, colour = middle(node, spot), spot.y + 34 - half + LINE * 0.7, _INK
        path = _hexagon(spot.x, y, 30)
    else:
        y, first, colour = spot.y, spot.y - half + LINE * 0.72, "#ffffff" if node.kind == "tactic" else _INK
        path = _OUTLINES.get(node.kind, _rounded)(spot.x, y, BOX / 2, half + 7)
    texts = tuple(Text(spot.x, round(first + LINE * n, 1), line, colour) for n, line in enumerate(lines))
    title = plain(f"{node.about}: {node.label}")
    return Shape(title, path, _FILLS[node.kind], _EDGES[node.kind], texts)


def _hexagon(x: float, y: float, size: float) -> str:
    slope = round(size * 0.87, 1)
    return (
        f"M{x - size / 2:g} {y - slope:g}H{x + size / 2:g}L{x + size:g} {y:g}L{x + size / 2:g} {y + slope:g}"
        f"H{x - size / 2:g}L{x - size:g} {y:g}Z"
    )


def _square(x: float, y: float, wide: float, high: float) -> str:
    return f"M{x - wide:g} {y - high:g}H{x + wide:g}V{y + high:g}H{x - wide:g}Z"


def _rounded(x: float, y: float, wide: float, high: float) -> str:
    r = min(10, high)
    return (
        f"M{x - wide + r:g} {y - high:g}h{2 * (wide - r):g}a{r:g} {r:g} 0 0 1 {r:g} {r:g}v{2 * (high - r):g}"
        f"a{r:g} {r:g} 0 0 1 {-r:g} {r:g}h{-2 * (wide - r):g}a{r:g} {r:g} 0 0 1 {-r:g} {-r:g}"
        f"v{-2 * (high - r):g}a{r:g} {r:g} 0 0 1 {r:g} {-r:g}Z"
    )


def _ellipse(x: float, y: float, wide: float, high: float) -> str:
    wide, high = min(wide, 80), high + 6
    return f"M{x - wide:g} {y:g}a{wide:g} {high:g} 0 1 0 {2 * wide:g} 0a{wide:g} {high:g} 0 1 0 {-2 * wide:g} 0Z"


_OUTLINES = {"phase": _ellipse, "source": _square}


# --- Links -----------------------------------------------------------------------------------------


def _curves(graph: Graph, spots: dict[str, Spot], labels: dict[str, str]) -> list[Curve]:
    things = {node.iri: node for node in graph.nodes}
    seen = Counter[frozenset[str]]()
    found = []
    for edge in graph.edges:
        pair = frozenset((edge.start, edge.end))
        ends = _end(spots[edge.start], things[edge.start], 1), _end(spots[edge.end], things[edge.end], -1)
        standing = f" ({standing_mark(edge.standing).label.lower()})" if edge.standing else ""
        title = f"{labels[edge.start]} – {edge.phrase} – {labels[edge.end]}{standing}"
        found.append(_curve(edge, ends, spots[edge.start].x == spots[edge.end].x, 14 * seen[pair], plain(title)))
        seen[pair] += 1
    return found


def _end(spot: Spot, node: Node, side: int) -> tuple[float, float]:
    wide = {"cause": 30, "phase": 80}.get(node.kind, BOX / 2)
    return spot.x + side * wide, middle(node, spot)


def _curve(edge: Edge, ends: tuple[tuple[float, float], ...], stacked: bool, aside: int, title: str) -> Curve:
    (x1, y1), (x2, y2) = ends
    if stacked:  # in one column: out on the right and back again
        x2 = x1
        bend = x1 + 46 + aside
        path, middle = f"M{x1:g} {y1:g}C{bend:g} {y1:g} {bend:g} {y2:g} {x2:g} {y2:g}", (x1 + 34 + aside, (y1 + y2) / 2)
    else:
        half = (x1 + x2) / 2
        path = f"M{x1:g} {y1:g}C{half:g} {y1 + aside:g} {half:g} {y2 + aside:g} {x2:g} {y2:g}"
        middle = half, (y1 + y2) / 2 + 0.75 * aside
    quiet = edge.stance == "quiet"
    return Curve(
        title=title,
        path=path,
        colour=_SIDES.get(edge.stance, _MUTED),
        width=1 if quiet else 2,
        dash=" ".join(map(str, dashes(edge))),
        mark=_MARKS.get(edge.stance, ""),
        at=f"translate({middle[0]:g} {middle[1]:g})",
        tip=_tip(edge.arrow, ends, stacked),
    )


def _tip(arrow: str, ends: tuple[tuple[float, float], ...], stacked: bool) -> str:
    (x1, y1), (x2, y2) = ends
    if not arrow:
        return ""
    x, y, way = (x2, y2, -1) if arrow == "to" else (x1, y1, 1)
    if stacked:
        x, way = x1, 1
    return f"M{x:g} {y:g}l{way * 9} -4.5v9Z"


# --- The key ---------------------------------------------------------------------------------------


class _Key:
    """What shapes and lines mean, in as many columns as fit."""

    def __init__(self, left: float, top: float, width: float, graph: Graph) -> None:
        self._left, self._top, self._across = left, top, max(1, int(width // _KEY_ITEM))
        self.shapes, self.lines, self.words = list[Shape](), list[Curve](), list[Text]()
        for slug, label, _ in graph.node_kinds():
            self._shape(slug, label)
        for mark in graph.standings():
            self._line(mark.label, DASHES[mark.slug], _MUTED)
        for mark in graph.stances():
            self._line(STANCE_WORDS[mark.slug], (), _SIDES[mark.slug], _MARKS.get(mark.slug, ""))
        if any(not edge.standing for edge in graph.edges):
            self._line("Thin and grey: lends no support", (), _MUTED, width=1)

    @property
    def bottom(self) -> int:
        """Where it ends."""
        return round(self._top + _KEY_LINE * (-(-len(self.words) // self._across) + 1))

    def _next(self, label: str) -> tuple[float, float]:
        row, column = divmod(len(self.words), self._across)
        x, y = self._left + _KEY_ITEM * column, self._top + _KEY_LINE * (row + 1)
        self.words.append(Text(x + 44, y + 5, label))
        return x, y

    def _shape(self, kind: str, label: str) -> None:
        x, y = self._next(label)
        if kind == "cause":
            path = _hexagon(x + 16, y, 11)
        else:
            path = _OUTLINES.get(kind, _rounded)(x + 16, y, 15, 3 if kind == "phase" else 9)
        self.shapes.append(Shape(label, path, _FILLS[kind], _EDGES[kind], ()))

    def _line(self, label: str, dash: tuple[int, ...], colour: str, mark: str = "", width: float = 2) -> None:
        x, y = self._next(label)
        at, dashed = f"translate({x + 17:g} {y:g})", " ".join(map(str, dash))
        self.lines.append(Curve("", f"M{x:g} {y:g}h34", colour, width, dashed, mark, at, ""))
