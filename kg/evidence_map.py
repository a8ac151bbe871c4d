"""The evidence map: what is recorded where a row and a column meet, counted so that nothing is made to look like more.

Source of the rules: ontology-model.md §2.3, as for the evidence status (`kg.appraisal`). Only claims that a document
states count as speaking for or against; what a curator inferred, and links that follow from a phase alone, are counted
apart. Sources of the same authors on the same material are one independent source.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Standing
from kg.namespaces import gap, slug_of, thing
from kg.queries import (
    Cause,
    Listed,
    MapRow,
    Pairs,
    Phase,
    SourceListed,
    TacticListed,
    causes,
    fetch_some,
    list_of,
    map_of_causes,
    map_of_sources,
    phases_in_order,
    sources,
    tactics,
)
from kg.store import Reader

COLUMNS = {"phases": "SupportPhase", "tactics": "Tactic", "outcomes": "Outcome"}
"""What may stand across a map with causes down, and its class. A map with sources down has causes across."""

_GAP = thing("stance", "gap")
_AGAINST = "challengedBy"
_BY_PHASE = "phase"


@dataclass(frozen=True)
class Cell:
    """Where a row and a column meet.

    Attributes:
        stances: how many stated claims there are by slug of their stance; without those a source is cited against.
        sources: the sources behind those claims; a claim that reports a gap has none.
        independent: how many independence groups these are.
        told: the stated claims.
        inferences: the claims that belong here by a curator's inference or a pack's mapping alone.
        placings: the claims that belong here only because a tactic stands in a phase.
        challenged: the claims the row, a source, is cited against.
        claims: all the claims, by address.
        standing: the best standing by which anything belongs here; None where nothing does.
    """

    stances: Mapping[str, int]
    sources: tuple[str, ...]
    independent: int
    told: tuple[str, ...]
    inferences: tuple[str, ...]
    placings: tuple[str, ...]
    challenged: tuple[str, ...]
    claims: tuple[str, ...]
    standing: Standing | None

    @property
    def inferred(self) -> int:
        """How many claims belong here by inference or mapping alone."""
        return len(self.inferences)

    @property
    def by_phase(self) -> int:
        """How many claims belong here only because a tactic stands in a phase."""
        return len(self.placings)

    @property
    def against(self) -> int:
        """How many claims the row, a source, is cited against."""
        return len(self.challenged)


@dataclass(frozen=True)
class EvidenceMap:
    """Rows and columns in their order, and the cells that hold something, by row and column."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    filled: Mapping[tuple[str, str], Cell]

    @property
    def cells(self) -> dict[tuple[str, str], Cell]:
        """A cell for each pair, empty ones too: of a large base there are very many."""
        return {(row, column): self.cell(row, column) for row in self.rows for column in self.columns}

    def cell(self, row: str, column: str) -> Cell:
        """Where a row and a column meet."""
        return self.filled.get((row, column), _EMPTY)


def map_causes(reader: Reader, columns: str) -> EvidenceMap:
    """The map with causes of failure down.

    Args:
        reader: the graph.
        columns: what stands across: a key of `COLUMNS`.
    """
    across = _ACROSS[columns](reader)
    return _laid_out(_causes(reader), across, map_of_causes(reader, COLUMNS[columns]))


def map_sources(reader: Reader) -> EvidenceMap:
    """The map with sources down and causes of failure across."""
    down = tuple(row.source for row in sources(reader))
    return _laid_out(down, _causes(reader), map_of_sources(reader))


def cells_of_causes(reader: Reader, columns: str, pairs: Pairs) -> dict[tuple[str, str], Cell]:
    """The cells of `map_causes` for these pairs of row and column; without those that hold nothing."""
    return cells(map_of_causes(reader, COLUMNS[columns], _standing_on(reader, "causes", columns, pairs)))


def cells_of_sources(reader: Reader, pairs: Pairs) -> dict[tuple[str, str], Cell]:
    """The cells of `map_sources` for these pairs of row and column; without those that hold nothing."""
    return cells(map_of_sources(reader, _standing_on(reader, "sources", "causes", pairs)))


def _standing_on(reader: Reader, rows: str, columns: str, pairs: Pairs) -> Pairs:
    """The pairs of what stands on both sides of a map: what was given up, say, does not."""
    across = _LISTED[columns](reader, sorted({column for _, column in pairs}))
    down = _LISTED[rows](reader, sorted({row for row, column in pairs if column in across}))
    return [(row, column) for row, column in pairs if row in down and column in across]


def _causes(reader: Reader) -> tuple[str, ...]:
    return tuple(row.cause for row in causes(reader))


def _phases(reader: Reader) -> tuple[str, ...]:
    return tuple(row.thing for row in phases_in_order(reader))


def _tactics(reader: Reader) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.tactic for row in tactics(reader)))


def _outcomes(reader: Reader) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.thing for row in list_of(reader, "Outcome")))


_ACROSS: dict[str, Callable[[Reader], tuple[str, ...]]] = {
    "phases": _phases,
    "tactics": _tactics,
    "outcomes": _outcomes,
}


def cells(found: Sequence[MapRow]) -> dict[tuple[str, str], Cell]:
    """The cells that these claims fill, by row and column."""
    by_cell: dict[tuple[str, str], list[MapRow]] = defaultdict(list)
    for row in found:
        by_cell[row.row, row.column].append(row)
    return {place: _cell(together) for place, together in by_cell.items()}


_LISTED: dict[str, Callable[[Reader, Sequence[str]], set[str]]] = {
    "causes": lambda reader, some: {row.cause for row in fetch_some(reader, "causes", Cause, some)},
    "phases": lambda reader, some: {row.thing for row in fetch_some(reader, "phases_in_order", Phase, some)},
    "tactics": lambda reader, some: {row.tactic for row in fetch_some(reader, "tactics", TacticListed, some)},
    "outcomes": lambda reader, some: {
        row.thing for row in fetch_some(reader, "list_of", Listed, some, cls=gap("Outcome"))
    },
    "sources": lambda reader, some: {row.source for row in fetch_some(reader, "sources", SourceListed, some)},
}
"""Which of some things stand on a side of a map, by what stands there."""


def _laid_out(rows: tuple[str, ...], columns: tuple[str, ...], found: Sequence[MapRow]) -> EvidenceMap:
    down, across = set(rows), set(columns)
    return EvidenceMap(rows, columns, cells([row for row in found if row.row in down and row.column in across]))


def _cell(found: Sequence[MapRow]) -> Cell:
    told = [r for r in found if _standing(r) <= Standing.BY_TABLE and r.via != _AGAINST]
    bearing = [r for r in told if r.stance != _GAP]
    inferred = {r.claim for r in found if _standing(r) >= Standing.MAPPED} - {r.claim for r in told}
    return Cell(
        stances=Counter(slug_of(stance) for _, stance in {(r.claim, r.stance) for r in told}),
        sources=tuple(sorted({r.source for r in bearing})),
        independent=len({r.group for r in bearing}),
        told=_claims(told),
        inferences=tuple(sorted(inferred)),
        placings=_claims([r for r in found if _standing(r) == Standing.BY_PHASE]),
        challenged=_claims([r for r in found if r.via == _AGAINST]),
        claims=_claims(found),
        standing=min((_standing(r) for r in found), default=None),
    )


def _claims(found: Sequence[MapRow]) -> tuple[str, ...]:
    return tuple(sorted({row.claim for row in found}))


def _standing(row: MapRow) -> Standing:
    """The weaker of the claim's own standing and of what joins it with the cell."""
    joined = max(Standing.of(row.standing), Standing.of(row.joined))
    return max(joined, Standing.BY_PHASE) if row.via == _BY_PHASE else joined


_EMPTY = _cell([])
