"""What the evidence map and its cells hold, in words."""

from __future__ import annotations

from kg.evidence_map import Cell
from kg.overview import CellCounts, MapCounts, counts_of
from webui.words import many

_STANCES = {
    "supports": ("speaks for it", "speak for it"),
    "conditional": ("speaks for it with conditions", "speak for it with conditions"),
    "describes": ("describes it", "describe it"),
    "cautions": ("cautions", "caution"),
    "disputes": ("disputes it", "dispute it"),
    "gap": ("reports that evidence is missing", "report that evidence is missing"),
}


def cell_words(cell: Cell | CellCounts | None, axes: tuple[str, str]) -> str:
    """What a cell holds, in words; None where that is nothing."""
    cell = counts_of("", "", cell) if isinstance(cell, Cell) else cell
    if cell is None:
        return "nothing recorded"
    told = [f"{many(n, 'claim')} {_STANCES[s][n != 1]}" for s, n in cell.stances.items()]
    counted = "" if axes[0] == "sources" else many(cell.independent, "independent source")
    parts = [": ".join(filter(None, (counted, ", ".join(told))))]
    parts += [f"{many(cell.inferred, 'claim')} inferred by a curator"] if cell.inferred else []
    parts += [f"{many(cell.by_phase, 'claim')} by phase alone"] if cell.by_phase else []
    parts += [f"cited against {many(cell.against, 'claim')}"] if cell.against else []
    return "; ".join(filter(None, parts))


def map_summary(found: MapCounts) -> tuple[str, ...]:
    """How much of a map is filled, and by what."""
    empty = found.cells - found.stated - found.apart
    said = f"In {found.stated} of {found.cells} cells a document states something."
    more = " more" if found.stated else ""
    drawn = f"In {found.apart}{more}, all there is was inferred by a curator or follows from a phase."
    sentences = (
        said if found.stated else f"In none of the {found.cells} cells does a document state anything.",
        drawn if found.apart else "",
        f"In {empty} nothing is recorded; that is no proof that there is nothing." if empty else "",
        f"Claims that report missing evidence: {found.gaps}." if found.gaps else "",
    )
    return tuple(sentence for sentence in sentences if sentence)
