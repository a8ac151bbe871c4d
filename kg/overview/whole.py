"""One revision as a whole, with the evidence maps laid out once for all that is asked of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from kg.evidence_map import Cell, EvidenceMap, cells_of_causes, cells_of_sources, map_causes, map_sources
from kg.store import Reader

Keys = Sequence[tuple[str, ...]]
"""What some rows are asked for by: the values of what their query is narrowed by (`kg.queries.narrowed`)."""
MAPS = ("phases", "tactics", "outcomes", "causes")
"""What stands across each map; with causes across, sources stand down."""


@dataclass(frozen=True)
class Counted:
    """Something and how many there are of it."""

    name: str
    count: int


@dataclass(frozen=True)
class MapCounts:
    """A map in numbers: how many cells there are, and what they hold.

    Attributes:
        stated: cells in which a document states something.
        apart: those that hold something, but nothing that a document states.
        gaps: the claims that report missing evidence.
    """

    cells: int
    stated: int
    apart: int
    gaps: int


@dataclass(frozen=True)
class CellCounts:
    """A cell of a map in numbers, by the fields of `kg.evidence_map.Cell`; only cells that hold something."""

    row: str
    column: str
    supports: int
    conditional: int
    describes: int
    cautions: int
    disputes: int
    gap: int
    independent: int
    told: int
    inferred: int
    by_phase: int
    against: int

    @property
    def stances(self) -> dict[str, int]:
        """How many stated claims there are by slug of their stance, without those that there are none of."""
        return {name: count for name in STANCES if (count := getattr(self, name))}


@dataclass(frozen=True)
class CellClaim:
    """A claim in a cell of a map, and in which group of its claims it stands: one of `GROUPS`."""

    row: str
    column: str
    group: str
    claim: str


GROUPS = ("told", "challenged", "inferences", "placings")
"""The groups of a cell's claims, by the fields of `kg.evidence_map.Cell`."""
STANCES = ("supports", "conditional", "describes", "cautions", "disputes", "gap")


def counts_of(row: str, column: str, cell: Cell) -> CellCounts | None:
    """A cell in numbers; None where it holds nothing."""
    if not cell.claims:
        return None
    stances = {name: cell.stances.get(name, 0) for name in STANCES}
    return CellCounts(
        row,
        column,
        **stances,
        independent=cell.independent,
        told=len(cell.told),
        inferred=cell.inferred,
        by_phase=cell.by_phase,
        against=cell.against,
    )


class Whole:
    """A revision as a whole, and parts of it.

    Args:
        reader: the graph.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        # of a method it would hold this, and this the reader, in a circle: until the garbage is collected
        self._laid_out = lru_cache(maxsize=1)(partial(_lay_out, reader))
        self._filled = lru_cache(maxsize=1)(partial(_fill, reader))

    def map(self, across: str) -> EvidenceMap:
        """A map, laid out; the last one is kept, since several things are asked of it one after the other."""
        return self._laid_out(across)

    def cells(self, across: str, only: Keys | None = None) -> Mapping[tuple[str, str], Cell]:
        """The cells of a map that hold something; of these pairs alone where asked."""
        return self.map(across).filled if only is None else self._filled(across, tuple(only))


def _lay_out(reader: Reader, across: str) -> EvidenceMap:
    return map_sources(reader) if across == "causes" else map_causes(reader, across)


def _fill(reader: Reader, across: str, only: Keys) -> Mapping[tuple[str, str], Cell]:
    return cells_of_sources(reader, only) if across == "causes" else cells_of_causes(reader, across, only)
