"""The evidence map."""

from __future__ import annotations

from collections.abc import Mapping

from kg.evidence_map import Cell, EvidenceMap, map_causes, map_sources
from kg.model import Standing
from kg.queries import summaries
from webui.api.answers.asked import Asked
from webui.api.answers.parts import NOTE, NOTHING, mark, refs, status_refs
from webui.api.problems import ApiError
from webui.api.records import Honesty, Iri, MapAnswer, MapCell, MapHead, MapLine, Ref, StanceCounts

RULES = {
    "phases": "A cell holds the claims that join the cause with the phase or with a tactic placed in that phase.",
    "tactics": "A cell holds the claims that join the cause with the tactic; and, counted apart as byPhase, those that "
    "place the tactic in a phase which a table sets against the cause.",
    "outcomes": "A cell holds the claims that join the cause with the outcome.",
    "causes": "A cell holds the claims about the cause that were read in the source or for which it is cited.",
}
_COUNTED = " Stances and sources count only what documents state; inferred claims are counted apart. " + NOTE


def map_answer(asked: Asked) -> MapAnswer:
    columns = _columns(asked)
    found = map_sources(asked.reader) if columns == "causes" else map_causes(asked.reader, columns)
    heads = _heads(asked, found)
    empty = sum(not cell.claims for cell in found.cells.values())
    return MapAnswer(
        revision=asked.opened.revision,
        honesty=_honesty(list(found.cells.values())),
        rule=RULES[columns] + _COUNTED,
        columns=tuple(heads[column] for column in found.columns),
        rows=tuple(
            MapLine(heads[row], tuple(_cell(column, found.cells[row, column]) for column in found.columns))
            for row in found.rows
        ),
        empty=empty,
    )


def _columns(asked: Asked) -> str:
    rows, columns = asked.values["rows"], asked.values["columns"]
    if columns is None:
        return "phases" if rows == "causes" else "causes"
    if (rows == "sources") != (columns == "causes"):
        across = "causes" if rows == "sources" else "phases, tactics or outcomes"
        raise ApiError("cannot-be-answered", f"With {rows} down, {across} stand across.", parameter="columns")
    return str(columns)


def _heads(asked: Asked, found: EvidenceMap) -> Mapping[str, MapHead]:
    named = refs(asked.reader, [*found.rows, *found.columns])
    statuses = status_refs(summaries(asked.reader, found.columns))
    return {iri: _head(name, statuses) for iri, name in named.items()}


def _head(name: Ref, statuses: Mapping[str, Ref]) -> MapHead:
    return MapHead(name.iri, name.label, statuses.get(name.iri))


def _cell(column: str, cell: Cell) -> MapCell:
    return MapCell(
        column=Iri(column),
        missing="nothing-recorded" if not cell.claims else "gap-reported" if cell.stances.get("gap") else "",
        independent=cell.independent,
        sources=len(cell.sources),
        stances=StanceCounts(**cell.stances),
        inferred=cell.inferred,
        by_phase=cell.by_phase,
        cited_against=cell.against,
        standing=None if cell.standing is None else mark(cell.standing),
        claims=tuple(Iri(claim) for claim in cell.claims),
    )


def _honesty(cells: list[Cell]) -> Honesty:
    standings = [cell.standing for cell in cells if cell.standing is not None]
    return Honesty(
        weakest=mark(max(standings)) if standings else None,
        inferred=sum(standing >= Standing.MAPPED for standing in standings),
        cautions=sum(cell.stances.get(name, 0) for cell in cells for name in ("cautions", "disputes")),
        gaps=sum(cell.stances.get("gap", 0) for cell in cells),
        note=NOTE if standings else NOTHING,
    )
