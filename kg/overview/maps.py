"""What is asked of the evidence maps: cells, their claims, what stands around them, and what is summed of these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from kg.evidence_map import EvidenceMap
from kg.namespaces import slug_of
from kg.overview.questions import (
    CAUSES,
    LISTS,
    PHASES,
    SOURCES,
    TACTICS,
    Question,
)
from kg.overview.whole import GROUPS, MAPS, CellClaim, CellCounts, Counted, Keys, MapCounts, Whole, counts_of

_OUTCOMES = LISTS["Outcome"]
SIDES: dict[str, tuple[Question[Any], Question[Any]]] = {
    "phases": (CAUSES, PHASES),
    "tactics": (CAUSES, TACTICS),
    "outcomes": (CAUSES, _OUTCOMES),
    "causes": (SOURCES, CAUSES),
}
"""By what stands across a map: what stands down and across, as the questions that list these."""
SHOWN_EMPTY = {"phases": (True, True), "tactics": (True, False), "outcomes": (True, False), "causes": (False, True)}
"""Whether what a map holds nothing of stands down and across nevertheless."""


def is_told_left_out(across: str, side: int) -> bool:
    """Whether what a map holds nothing of is listed below it, by side: down or across."""
    return not SHOWN_EMPTY[across][side]


def _query(across: str) -> str:
    return "map_of_sources" if across == "causes" else "map_of_causes"


def _place(row: CellCounts | CellClaim) -> str:
    return f"{row.row} {row.column}"


def _cells(across: str) -> Question[CellCounts]:
    def ask(whole: Whole, only: Keys | None) -> Iterator[CellCounts]:
        counted = (counts_of(*place, cell) for place, cell in whole.cells(across, only).items())
        return (cell for cell in counted if cell is not None)

    return Question(
        f"cells of {across}", CellCounts, ask, _place, lambda row, _: (row.row, row.column), _place, _query(across)
    )


def _claims(across: str) -> Question[CellClaim]:
    def ask(whole: Whole, only: Keys | None) -> Iterator[CellClaim]:
        for place, cell in whole.cells(across, only).items():
            for group in GROUPS:
                yield from (CellClaim(*place, group, claim) for claim in getattr(cell, group))

    return Question(
        f"claims of {across}", CellClaim, ask, _place,
        lambda row, _: (row.row, row.column, str(GROUPS.index(row.group)), row.claim),
        lambda row: f"{_place(row)} {row.group}", _query(across),
    )  # fmt: skip


def _side(across: str, side: int, what: str) -> Question[Counted]:
    def ask(whole: Whole, _: Keys | None) -> Iterator[Counted]:
        return _axis(whole.map(across), side, keep=SHOWN_EMPTY[across][side])

    return Question(
        f"{what} of {across}", Counted, ask, lambda row: str(row.name), lambda row, _: (row.name,),
        lambda row: slug_of(row.name),
    )  # fmt: skip


def _axis(found: EvidenceMap, side: int, *, keep: bool) -> Iterator[Counted]:
    """One side of a map in its order, with how many of its cells hold something; with `keep` also where none does."""
    held = Counter(place[side] for place in found.filled)
    return (Counted(thing, held[thing]) for thing in (found.rows, found.columns)[side] if keep or held[thing])


def _left_out(across: str) -> Question[Counted]:
    def ask(whole: Whole, _: Keys | None) -> Iterator[Counted]:
        found = whole.map(across)
        for side, things in enumerate((found.rows, found.columns)):
            held = {place[side] for place in found.filled}
            if is_told_left_out(across, side):
                yield from (Counted(thing, 0) for thing in things if thing not in held)

    return Question(
        f"left out of {across}", Counted, ask, lambda row: str(row.name), lambda row, _: (row.name,),
        lambda row: slug_of(row.name),
    )  # fmt: skip


def _told(across: str) -> Question[MapCounts]:
    def ask(whole: Whole, _: Keys | None) -> Iterable[MapCounts]:
        found = whole.map(across)
        counted = [counts_of(*place, cell) for place, cell in found.filled.items()]
        return [sums(len(found.rows) * len(found.columns), [cell for cell in counted if cell is not None])]

    return Question(f"map of {across}", MapCounts, ask, lambda _: "", lambda _, __: ("",))


def sums(cells: int, filled: Iterable[CellCounts]) -> MapCounts:
    """A map in numbers, from how many cells it has and those of them that hold something."""
    told = list(filled)
    return MapCounts(
        cells=cells,
        stated=sum(bool(cell.told) for cell in told),
        apart=sum(not cell.told for cell in told),
        gaps=sum(cell.gap for cell in told),
    )


MAP_CELLS = {across: _cells(across) for across in MAPS}
MAP_CLAIMS = {across: _claims(across) for across in MAPS}
MAP_ROWS = {across: _side(across, 0, "rows") for across in MAPS}
MAP_COLUMNS = {across: _side(across, 1, "columns") for across in MAPS}
MAP_LEFT_OUT = {across: _left_out(across) for across in MAPS}
MAP_TOLD = {across: _told(across) for across in MAPS}
"""The evidence maps, by what stands across: cells, their claims by group, what stands down and across, all in sum."""
