"""The evidence map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from webui.api.records.common import Answer, Iri, Ref, StandingMark


@dataclass(frozen=True)
class StanceCounts:
    """How many stated claims there are of each stance."""

    supports: int = 0
    conditional: int = 0
    describes: int = 0
    cautions: int = 0
    disputes: int = 0
    gap: int = 0


@dataclass(frozen=True)
class MapCell:
    """Where a row and a column meet.

    Attributes:
        column: address of the column's thing.
        missing: what is missing: nothing is recorded, a document reports a gap, or (empty) neither.
        independent: how many independent sources stand behind the stated claims; same authors on the same material
            count once, reports of a gap not at all.
        sources: how many sources these are.
        stances: the stated claims by stance; of a source, without those it is cited against.
        inferred: claims that belong here by inference alone; they are no support.
        by_phase: claims that belong here only because a tactic stands in a phase; they are no support.
        cited_against: of a source, the claims it is cited against.
        standing: the best standing by which anything belongs here; null where nothing does.
        claims: all the claims.
    """

    column: Iri
    missing: Literal["", "nothing-recorded", "gap-reported"]
    independent: int
    sources: int
    stances: StanceCounts
    inferred: int
    by_phase: int
    cited_against: int
    standing: StandingMark | None
    claims: tuple[Iri, ...]


@dataclass(frozen=True)
class MapHead:
    """The head of a row or column; the status is a tactic's."""

    iri: Iri
    label: str
    status: Ref | None


@dataclass(frozen=True)
class MapLine:
    """A row of the map, with a cell for each column, in their order."""

    head: MapHead
    cells: tuple[MapCell, ...]


@dataclass(frozen=True, kw_only=True)
class MapAnswer(Answer):
    """An evidence map.

    Attributes:
        rule: what belongs into a cell.
        columns: the heads of the columns, in order.
        rows: the rows, in order.
        empty: how many cells hold nothing.
    """

    rule: str
    columns: tuple[MapHead, ...]
    rows: tuple[MapLine, ...]
    empty: int
