"""The evidence map: where causes meet phases, tactics, outcomes or sources, what is recorded, and where nothing is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from kg.errors import BadInput
from kg.evidence_map import COLUMNS, Cell, EvidenceMap, map_causes, map_sources
from kg.namespaces import gap, local_of
from kg.queries import names, tactics
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.map_words import cell_words, map_summary
from webui.contexts.page import Link, Page, Shown, crumbs, frame, shown
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
RULES = {
    "phases": "A cell holds the claims that join the cause with the phase, or with a tactic placed in that phase.",
    "tactics": "A cell holds the claims that join the cause with the tactic. Where a table sets the tactic’s phase "
    "against the cause, the claims behind that are counted apart.",
    "outcomes": "A cell holds the claims that join the cause with the outcome.",
    "causes": "A cell holds the claims about the cause that were read in the source or for which it is cited.",
}


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
    rule: str
    left_out: tuple[Link, ...]
    left_words: str
    data: tuple[Link, ...]


def read_axes(rows: str, columns: str) -> tuple[str, str]:
    """What stands down and across.

    Args:
        rows, columns: what the address says; empty for the usual.

    Raises:
        BadInput: there is no such map.
    """
    rows = rows or "causes"
    columns = columns or ("causes" if rows == "sources" else "phases")
    if rows not in ("causes", "sources"):
        raise BadInput(f"Causes or sources can stand down the map, not “{rows[:40]}”. Try /map?rows=causes.")
    if rows == "sources" and columns != "causes":
        raise BadInput("With sources down, only causes stand across. Try /map?rows=sources&columns=causes.")
    if rows == "causes" and columns not in COLUMNS:
        told = ", ".join(COLUMNS)
        raise BadInput(f"With causes down, one of these stands across: {told}. Try /map?rows=causes&columns=phases.")
    return rows, columns


def read_map(opened: Opened, rows: str, columns: str) -> EvidenceMap:
    """The map with these down and across."""
    return map_sources(opened.reader) if rows == "sources" else map_causes(opened.reader, columns)


def map_query(rows: str, columns: str) -> Shown:
    """The query behind a map."""
    return shown("map_of_sources") if rows == "sources" else shown("map_of_causes", across=gap(COLUMNS[columns]))


def map_page(opened: Opened, rows: str, columns: str) -> MapPage:
    """The evidence map.

    Raises:
        BadInput: there is no such map.
    """
    rows, columns = read_axes(rows, columns)
    found = read_map(opened, rows, columns)
    labels = names(opened.reader, [*found.rows, *found.columns])
    down, across, empty = _shown_parts(found, columns)
    shape = "wide" if len(across) < 6 else "narrow"
    size = WIDE if shape == "wide" else NARROW
    query = map_query(rows, columns)
    return MapPage(
        **_frame(opened, rows, columns, query),
        shape=shape,
        caption=f"{rows.capitalize()} down, {_ACROSS[columns]} across. Each cell opens its claims.",
        corner="Source" if rows == "sources" else "Cause",
        summary=map_summary(found),
        measure="Number and size: stated claims" if rows == "sources" else "Number and size: independent sources",
        samples=SAMPLES,
        groups=_groups(opened, across) if columns == "tactics" else (),
        columns=tuple(Link(labels[column], href(column)) for column in across),
        rows=tuple(_row(found, row, across, labels, (rows, columns), size) for row in down),
        rule=RULES[columns],
        left_out=tuple(Link(labels[thing], href(thing)) for thing in empty),
        left_words=_left_words(rows, columns, len(empty)),
        data=(
            *query.twins,
            Link("JSON with all counts", f"/api/v1/map?rows={rows}&columns={columns}"),
        ),
    )


def _frame(opened: Opened, rows: str, columns: str, query: Shown) -> dict[str, object]:
    views = (Link(label, map_href(r, c), (r, c) == (rows, columns)) for label, r, c in _VIEWS)
    return frame(
        opened,
        "Evidence map",
        at="/map",
        lead="What the documents say about each cause of failure, and where they say nothing.",
        crumbs=crumbs(Link("Evidence map", "", True)),
        views=tuple(views),
        queries=(query,),
        canonical=map_href(rows, columns),
    )


def map_href(rows: str, columns: str) -> str:
    """Where a map stands."""
    return "/map" if (rows, columns) == ("causes", "phases") else f"/map?rows={rows}&columns={columns}"


def cell_href(rows: str, columns: str, row: str, column: str) -> str:
    """Where the claims of a cell stand."""
    return f"/map/cell?rows={rows}&columns={columns}&row={quote(local_of(row))}&column={quote(local_of(column))}"


def _shown_parts(found: EvidenceMap, columns: str) -> tuple[list[str], list[str], list[str]]:
    """Rows and columns to draw, and those left out since nothing at all is recorded in them; all causes and phases."""
    down, across = list(found.rows), list(found.columns)
    if columns == "phases":
        return down, across, []
    if columns == "causes":
        filled = [row for row in down if any(found.cells[row, column].claims for column in across)]
        return filled, across, [row for row in down if row not in filled]
    filled = [column for column in across if any(found.cells[row, column].claims for row in down)]
    return down, filled, [column for column in across if column not in filled]


def _left_words(rows: str, columns: str, count: int) -> str:
    if not count:
        return ""
    noun = "source" if rows == "sources" else columns.removesuffix("s")
    what = f"{many(count, noun)} {'is' if count == 1 else 'are'} left out of the table"
    why = "nothing recorded joins them with any of these causes" if count > 1 else "nothing joins it with these causes"
    return f"{what}: {why}"


def _groups(opened: Opened, across: Sequence[str]) -> tuple[Group, ...]:
    phase_of = {row.tactic: row.phaseLabel for row in reversed(tactics(opened.reader))}
    named = (phase_of.get(column) or "No phase" for column in across)
    return tuple(Group(label, len(list(run))) for label, run in groupby(named))


def _row(
    found: EvidenceMap, row: str, across: Iterable[str], labels: Mapping[str, str], axes: tuple[str, str], size: int
) -> MapRow:
    cells = tuple(
        _cell(found.cells[row, column], axes, cell_href(*axes, row, column), f"{labels[row]}, {labels[column]}", size)
        for column in across
    )
    return MapRow(short(row), Link(labels[row], href(row)), cells)


def _cell(cell: Cell, axes: tuple[str, str], where: str, place: str, size: int) -> MapCell:
    squares = tuple(_squares(cell))
    kind = "stated" if cell.told else "apart" if cell.claims else "gap"
    plain = "" if cell.claims else "Nothing recorded" if size == WIDE else "none"
    drawn = cell_ring(cell, axes, size)
    return MapCell(where, kind, drawn, squares, plain, f"{place}: {cell_words(cell, axes)}")


def cell_ring(cell: Cell, axes: tuple[str, str], size: int) -> Ring | None:
    """The ring of a cell; where a row is one source, the claims are counted instead of the sources."""
    number = len(cell.told) if axes[0] == "sources" else cell.independent
    return ring(cell.stances, number, size) if cell.told else None


def _squares(cell: Cell) -> Iterable[Square]:
    if cell.inferences:
        yield Square("inferred", str(cell.inferred), "inferred")
    if cell.placings:
        yield Square("by-phase", str(cell.by_phase), "by phase")
    if cell.challenged:
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
