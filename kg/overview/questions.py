"""What is asked of the whole base, each question once: its rows are looked up live in a small base, else kept.

A row is what the query file of the same answer gives, so that page and endpoint agree; only the maps are counted here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from kg import queries
from kg.evidence_map import EvidenceMap
from kg.namespaces import PREFIXES, slug_of
from kg.overview.covered import Covered, Covering, covered, covering
from kg.overview.whole import GROUPS, MAPS, CellClaim, CellCounts, Counted, MapCounts, Whole, counts_of
from kg.queries import (
    Cause,
    CauseShown,
    GapAlone,
    Listed,
    Phase,
    Sign,
    SourceListed,
    SourceValue,
    TacticListed,
    Unbacked,
    Wanted,
)

T = TypeVar("T")
WANTED_AT_MOST = 300
"""So many entries of each work list are looked up."""


@dataclass(frozen=True)
class Question(Generic[T]):
    """Something asked of the whole base.

    Attributes:
        name: what its rows are kept under.
        row: what a row is; its fields are texts and whole numbers.
        ask: gives all rows in their order.
        key: what rows can be looked up by; the same for all where they only come in order.
    """

    name: str
    row: type[T]
    ask: Callable[[Whole], Iterable[T]]
    key: Callable[[T], str] = lambda _: ""


def _of_reader(name: str, row: type[T], key: Callable[[T], str] = lambda _: "") -> Question[T]:
    """A question that one query answers."""
    asked: Callable[[Any], Iterable[T]] = getattr(queries, name)
    return Question(name, row, lambda whole: asked(whole.reader), key)


def _by_cause(row: Any) -> str:
    return str(row.cause)


def _of_pair(row: Covered | Covering) -> str:
    return f"{row.cause} {row.phase}"


CAUSES = _of_reader("causes", Cause)
SIGNS = _of_reader("signs_of_causes", Sign, lambda row: f"{row.cause} {row.relation}")
SHOWN_BY = _of_reader("policies_of_causes", CauseShown, _by_cause)
PHASES = _of_reader("phases_in_order", Phase)
COVERED = Question("covered", Covered, lambda whole: covered(whole.reader), _of_pair)
COVERING = Question("covering", Covering, lambda whole: covering(whole.reader), _of_pair)
TACTICS = _of_reader("tactics", TacticListed, lambda row: row.phase)
UNBACKED = _of_reader("unbacked_tactics", Unbacked)
GAPS_ALONE = _of_reader("gaps_alone", GapAlone)
SOURCES = _of_reader("sources", SourceListed)
SOURCE_VALUES = _of_reader("values_of_sources", SourceValue)
WORK = Question("worklist", Wanted, lambda whole: queries.worklist(whole.reader, WANTED_AT_MOST))
COUNTS = Question("counts", Counted, lambda whole: _pairs(queries.counts(whole.reader)))
IN_PHASES = Question("tactics_in_phases", Counted, lambda whole: _pairs(queries.tactics_in_phases(whole.reader)))
STATUSES = Question("statuses", Counted, lambda whole: _pairs(_statuses(whole)))
GAPS = Question("gaps", Counted, lambda whole: (Counted(claim, 1) for claim in queries.gaps(whole.reader)))


def _statuses(whole: Whole) -> Counter[str]:
    """How many tactics stand at each status; one that stands in several phases counts once."""
    return Counter({row.tactic: row.status for row in queries.tactics(whole.reader)}.values())


def _pairs(found: Mapping[str, int]) -> Iterator[Counted]:
    return (Counted(name, count) for name, count in found.items())


def _list_of(cls: str, whole: Whole) -> Iterable[Listed]:
    return queries.list_of(whole.reader, cls)


_LISTED = ("Framework", "Policy", "Outcome", "Notion", "SupportBody", PREFIXES["foaf"] + "Person")
LISTS = {cls: Question(f"list of {cls}", Listed, partial(_list_of, cls)) for cls in _LISTED}
"""The lists of a kind, by class."""


def _rows(across: str, whole: Whole) -> Iterator[Counted]:
    """What stands down a map: all causes, but of the sources only those of which it holds anything."""
    return _axis(whole.map(across), 0, keep=across != "causes")


def _columns(across: str, whole: Whole) -> Iterator[Counted]:
    """What stands across: all causes or phases, but of tactics and outcomes only those of which it holds anything."""
    return _axis(whole.map(across), 1, keep=across in ("causes", "phases"))


def _left_out(across: str, whole: Whole) -> Iterator[Counted]:
    """Sources, tactics or outcomes of which a map holds nothing at all."""
    found = whole.map(across)
    held = {place[across != "causes"] for place in found.filled}
    things = {"causes": found.rows, "phases": ()}.get(across, found.columns)
    return (Counted(thing, 0) for thing in things if thing not in held)


def _axis(found: EvidenceMap, end: int, *, keep: bool) -> Iterator[Counted]:
    """One side of a map in its order, with how many of its cells hold something; with `keep` also where none does."""
    held = Counter(place[end] for place in found.filled)
    return (Counted(thing, held[thing]) for thing in (found.rows, found.columns)[end] if keep or held[thing])


def _cells(across: str, whole: Whole) -> Iterator[CellCounts]:
    counted = (counts_of(row, column, cell) for (row, column), cell in whole.map(across).filled.items())
    return (cell for cell in counted if cell is not None)


def _claims(across: str, whole: Whole) -> Iterator[CellClaim]:
    for (row, column), cell in whole.map(across).filled.items():
        for group in GROUPS:
            yield from (CellClaim(row, column, group, claim) for claim in getattr(cell, group))


def _told(across: str, whole: Whole) -> Iterator[MapCounts]:
    found = whole.map(across)
    cells = found.filled.values()
    yield MapCounts(
        cells=len(found.rows) * len(found.columns),
        stated=sum(bool(cell.told) for cell in cells),
        apart=sum(bool(cell.claims) and not cell.told for cell in cells),
        gaps=sum(cell.stances.get("gap", 0) for cell in cells),
    )


def _of_maps(
    what: str, row: type[T], ask: Callable[[str, Whole], Iterable[T]], key: Callable[[T], str]
) -> dict[str, Question[T]]:
    """The same question of each map."""
    return {across: Question(f"{what} of {across}", row, partial(ask, across), key) for across in MAPS}


def _slug(row: Counted) -> str:
    return slug_of(row.name)


MAP_ROWS = _of_maps("rows", Counted, _rows, _slug)
MAP_COLUMNS = _of_maps("columns", Counted, _columns, _slug)
MAP_LEFT_OUT = _of_maps("left out", Counted, _left_out, _slug)
MAP_CELLS = _of_maps("cells", CellCounts, _cells, lambda cell: f"{cell.row} {cell.column}")
MAP_CLAIMS = _of_maps("claims", CellClaim, _claims, lambda claim: f"{claim.row} {claim.column} {claim.group}")
MAP_TOLD = _of_maps("map", MapCounts, _told, lambda _: "")
"""The evidence maps, by what stands across: rows and columns, cells by both, their claims by group, and all in sum."""
_MAPS: tuple[dict[str, Question[Any]], ...] = MAP_ROWS, MAP_COLUMNS, MAP_LEFT_OUT, MAP_CELLS, MAP_CLAIMS, MAP_TOLD

QUESTIONS: tuple[Question[Any], ...] = (
    CAUSES,
    SIGNS,
    SHOWN_BY,
    PHASES,
    COVERED,
    COVERING,
    TACTICS,
    UNBACKED,
    GAPS_ALONE,
    SOURCES,
    SOURCE_VALUES,
    WORK,
    COUNTS,
    IN_PHASES,
    STATUSES,
    GAPS,
    *LISTS.values(),
    *(asked[across] for across in MAPS for asked in _MAPS),
)
"""All, those of one map after the other."""
