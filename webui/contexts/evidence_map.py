"""The evidence map: where causes meet phases, tactics, outcomes or sources, what is recorded, and where nothing is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.overview import MAP_CELLS, MAP_COLUMNS, MAP_LEFT_OUT, MAP_ROWS, MAP_TOLD, CellCounts, Overview
from kg.queries import names, phases_of
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.map_axes import RULES, cell_href, map_href, map_query, read_axes
from webui.contexts.map_words import cell_words, map_summary
from webui.contexts.page import Link, Page, Shown, as_of, crumbs, frame
from webui.contexts.paging import Part
from webui.contexts.rings import Ring, ring
from webui.words import many

WIDE, NARROW = 76, 44
"""The boxes of rings: with few columns, and with many."""
_ACROSS = {"phases": "phases of policy support", "tactics": "tactics", "outcomes": "outcomes", "causes": "causes"}
_VIEWS = (
    ("By phase", "causes", "phases"),
    ("By tactic", "causes", "tactics"),
    ("By outcome", "causes", "outcomes"),
    ("By source", "sources", "causes"),
)


@dataclass(frozen=True)
class Square:
    """What belongs to a cell without any document stating it: `inferred` or `by-phase`, and by how many claims."""

    kind: str
    number: str
    words: str


@dataclass(frozen=True)
class MapCell:
    """A cell.

    Attributes:
        href: where its claims are.
        kind: `stated`, `apart` (inferred or by phase alone) or `gap`.
        ring: what documents state.
        squares: what is inferred or follows by phase.
        plain: what the cell says where it holds nothing.
        words: all of it in words.
    """

    href: str
    kind: str
    ring: Ring | None
    squares: tuple[Square, ...]
    plain: str
    words: str


@dataclass(frozen=True)
class MapRow:
    """A row; others link to it by its anchor."""

    anchor: str
    link: Link
    cells: tuple[MapCell, ...]


@dataclass(frozen=True)
class Group:
    """Columns that stand under one heading."""

    label: str
    span: int


@dataclass(frozen=True)
class Sample:
    """A mark of the legend with what it means."""

    ring: Ring
    words: str


@dataclass(frozen=True, kw_only=True)
class MapPage(Page):
    """The evidence map.

    Attributes:
        shape: `wide` or `narrow`, by the number of columns.
        caption: what stands down and across.
        summary: how much of it is filled, in sentences.
        measure: what the number in a ring counts, and its size.
        samples: the legend of the rings.
        groups: headings over the columns, where there are any.
        cut: which rows and columns these are, where there are more; `down` and `across` lead to the others.
        rule: what a cell holds.
        left_out: rows or columns in which nothing at all is recorded.
        left_words: how many these are.
        data: the same as data.
    """

    shape: str
    caption: str
    corner: str
    summary: tuple[str, ...]
    measure: str
    samples: tuple[Sample, ...]
    groups: tuple[Group, ...]
    columns: tuple[Link, ...]
    rows: tuple[MapRow, ...]
    cut: str
    down: tuple[Link, ...]
    across: tuple[Link, ...]
    rule: str
    left_out: tuple[Link, ...]
    left_words: str
    data: tuple[Link, ...]


@dataclass(frozen=True)
class _Window:
    """The part of a map that is shown: rows and columns, the cells in it, and what is left out of the map as empty."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], CellCounts]
    down: Part
    across: Part
    empty: tuple[str, ...]
    empties: int


_MOST_COLUMNS, _MOST_CELLS, _FEWEST_ROWS, _MOST_ROWS, _MOST_EMPTY = 80, 1600, 10, 400, 200


def map_page(opened: Opened, rows: str, columns: str, part: int = 1, across: int = 1) -> MapPage:
    """The evidence map.

    Args:
        opened: the base.
        rows, columns: what stands down and across.
        part, across: which part of the rows, and of the columns, from 1 on.

    Raises:
        BadInput: there is no such map.
    """
    (rows, columns), whole = read_axes(rows, columns), opened.overview
    found = _window(whole, columns, part, across)
    labels = names(opened.reader, [*found.rows, *found.columns, *found.empty])
    shape = "wide" if len(found.columns) < 6 else "narrow"
    query, size = map_query(rows, columns), WIDE if shape == "wide" else NARROW
    return MapPage(
        **_frame(opened, whole, (rows, columns), query),
        **_legend(rows, columns),
        shape=shape,
        summary=map_summary(whole.rows(MAP_TOLD[columns])[0]),
        groups=_groups(opened, found.columns) if columns == "tactics" else (),
        columns=tuple(Link(labels[column], href(column)) for column in found.columns),
        rows=tuple(_row(found, row, labels, (rows, columns), size) for row in found.rows),
        cut=_cut(found, rows, columns),
        down=found.down.links(_part_href(rows, columns, "across", found.across.now, "part")),
        across=found.across.links(_part_href(rows, columns, "part", found.down.now, "across")),
        left_out=tuple(Link(labels[thing], href(thing)) for thing in found.empty),
        left_words=_left_words(rows, columns, found.empties),
        data=(*query.twins, Link("JSON with all counts", f"/api/v1/map?rows={rows}&columns={columns}")),
    )


def _legend(rows: str, columns: str) -> dict[str, object]:
    """What the map says of itself."""
    return {
        "caption": f"{rows.capitalize()} down, {_ACROSS[columns]} across. Each cell opens its claims.",
        "corner": "Source" if rows == "sources" else "Cause",
        "measure": f"Number and size: {'stated claims' if rows == 'sources' else 'independent sources'}",
        "samples": SAMPLES,
        "rule": RULES[columns],
    }


def _frame(opened: Opened, whole: Overview, axes: tuple[str, str], query: Shown) -> dict[str, object]:
    views = (Link(label, map_href(r, c), (r, c) == axes) for label, r, c in _VIEWS)
    return frame(
        opened,
        "Evidence map",
        at="/map",
        lead="What the documents say about each cause of failure, and where they say nothing.",
        crumbs=crumbs(Link("Evidence map", "", True)),
        views=tuple(views),
        queries=(query,),
        canonical=map_href(*axes),
        as_of=as_of(opened, whole),
    )


def _window(whole: Overview, columns: str, part: int, across: int) -> _Window:
    aside = Part(whole.count(MAP_COLUMNS[columns]), _MOST_COLUMNS, across)
    beside = [row.name for row in whole.rows(MAP_COLUMNS[columns], aside.rows)]
    at_once = min(_MOST_ROWS, max(_FEWEST_ROWS, _MOST_CELLS // max(1, len(beside))))
    below = Part(whole.count(MAP_ROWS[columns]), at_once, part)
    rows = [row.name for row in whole.rows(MAP_ROWS[columns], below.rows)]
    cells = whole.of(MAP_CELLS[columns], [f"{row} {column}" for row in rows for column in beside])
    by_place = {(cell.row, cell.column): cell for cell in cells}
    empty = tuple(row.name for row in whole.rows(MAP_LEFT_OUT[columns], (0, _MOST_EMPTY)))
    return _Window(tuple(rows), tuple(beside), by_place, below, aside, empty, whole.count(MAP_LEFT_OUT[columns]))


def _cut(found: _Window, rows: str, columns: str) -> str:
    """Which rows and columns are shown; empty where all are."""
    told = (
        f"These are {rows} {found.down.told}." if found.down.told else "",
        f"Across stand {columns} {found.across.told}." if found.across.told else "",
    )
    return " ".join(filter(None, told))


def _part_href(rows: str, columns: str, kept: str, number: int, name: str) -> str:
    """The address of another part, but for its number at the end."""
    also = f"&{kept}={number}" if number > 1 else ""
    return f"/map?rows={rows}&columns={columns}{also}&{name}="


def _left_words(rows: str, columns: str, count: int) -> str:
    if not count:
        return ""
    noun = "source" if rows == "sources" else columns.removesuffix("s")
    what = f"{many(count, noun)} {'is' if count == 1 else 'are'} left out of the table"
    why = "nothing recorded joins them with any of these causes" if count > 1 else "nothing joins it with these causes"
    return f"{what}: {why}"


def _groups(opened: Opened, across: Sequence[str]) -> tuple[Group, ...]:
    phase_of = phases_of(opened.reader, across)
    named = (phase_of.get(column, "No phase") for column in across)
    return tuple(Group(label, len(list(run))) for label, run in groupby(named))


def _row(found: _Window, row: str, labels: Mapping[str, str], axes: tuple[str, str], size: int) -> MapRow:
    cells = tuple(
        _cell(found.cells.get((row, column)), axes, cell_href(*axes, row, column), size, (labels[row], labels[column]))
        for column in found.columns
    )
    return MapRow(short(row), Link(labels[row], href(row)), cells)


def _cell(cell: CellCounts | None, axes: tuple[str, str], where: str, size: int, ends: tuple[str, str]) -> MapCell:
    words = f"{ends[0]}, {ends[1]}: {cell_words(cell, axes)}"
    if cell is None:
        return MapCell(where, "gap", None, (), "Nothing recorded" if size == WIDE else "none", words)
    kind = "stated" if cell.told else "apart"
    return MapCell(where, kind, cell_ring(cell, axes, size), tuple(_squares(cell)), "", words)


def cell_ring(cell: CellCounts | None, axes: tuple[str, str], size: int) -> Ring | None:
    """The ring of a cell; where a row is one source, the claims are counted instead of the sources."""
    if cell is None or not cell.told:
        return None
    return ring(cell.stances, cell.told if axes[0] == "sources" else cell.independent, size)


def _squares(cell: CellCounts) -> Iterable[Square]:
    if cell.inferred:
        yield Square("inferred", str(cell.inferred), "inferred")
    if cell.by_phase:
        yield Square("by-phase", str(cell.by_phase), "by phase")
    if cell.against:
        yield Square("against", str(cell.against), "cited against")


SAMPLES = tuple(
    Sample(ring({stance: 1}, 4, 34), words)
    for stance, words in (
        ("supports", "for it"),
        ("describes", "only describes it"),
        ("cautions", "cautions or disputes"),
        ("gap", "says evidence is missing"),
    )
)
"""The legend: one ring for each stretch."""
