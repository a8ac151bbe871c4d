"""What the evidence map and its cells hold, in words."""

from __future__ import annotations

from kg.evidence_map import Cell, EvidenceMap
from webui.words import many

_STANCES = {
    "supports": ("speaks for it", "speak for it"),
    "conditional": ("speaks for it with conditions", "speak for it with conditions"),
    "describes": ("describes it", "describe it"),
    "cautions": ("cautions", "caution"),
    "disputes": ("disputes it", "dispute it"),
    "gap": ("reports that evidence is missing", "report that evidence is missing"),
}


def cell_words(cell: Cell, axes: tuple[str, str]) -> str:
    """What a cell holds, in words."""
    if not cell.claims:
        return "nothing recorded"
    told = [f"{many(n, 'claim')} {_STANCES[s][n != 1]}" for s, n in cell.stances.items() if n]
    counted = "" if axes[0] == "sources" else many(cell.independent, "independent source")
    parts = [": ".join(filter(None, (counted, ", ".join(told))))]
    parts += [f"{many(cell.inferred, 'claim')} inferred by a curator"] if cell.inferences else []
    parts += [f"{many(cell.by_phase, 'claim')} by phase alone"] if cell.placings else []
    parts += [f"cited against {many(cell.against, 'claim')}"] if cell.challenged else []
    return "; ".join(filter(None, parts))


def map_summary(found: EvidenceMap) -> tuple[str, ...]:
    """How much of a map is filled, and by what."""
    cells = list(found.cells.values())
    stated, apart = sum(bool(c.told) for c in cells), sum(bool(c.claims) and not c.told for c in cells)
    empty, gaps = sum(not c.claims for c in cells), sum(c.stances.get("gap", 0) for c in cells)
    said = f"In {stated} of {len(cells)} cells a document states something."
    drawn = f"In {apart}{' more' if stated else ''}, all there is was inferred by a curator or follows from a phase."
    sentences = (
        said if stated else f"In none of the {len(cells)} cells does a document state anything.",
        drawn if apart else "",
        f"In {empty} nothing is recorded; that is no proof that there is nothing." if empty else "",
        f"Claims that report missing evidence: {gaps}." if gaps else "",
    )
    return tuple(sentence for sentence in sentences if sentence)
