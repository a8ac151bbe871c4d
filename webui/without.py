"""What would be different without sources, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.namespaces import gap, thing
from kg.search import Search
from kg.tables import Bound, Definition, Made, Param, row_of
from kg.what_if import Effect, grounds, without

if TYPE_CHECKING:
    from kg.store import Reader

MOST_SOURCES = 12
"""How many sources a page takes away at once."""
_COLUMNS = ("change", "thing", "relation", "other", "before", "after", "why")


@dataclass(frozen=True)
class _Row:
    change: str
    thing: str
    relation: str = ""
    other: str = ""
    before: str = ""
    after: str = ""
    why: str = ""


def _make(reader: Reader, search: Search, bound: Bound) -> Made:
    rows = _rows(without(grounds(reader), bound["without"]))
    return [row_of(vars(row), {"thing", "relation", "other", "before", "after"}) for row in rows]


def _rows(effect: Effect) -> Iterator[_Row]:
    for change in effect.statuses:
        ends = (thing("evidence-status", change.before.status), thing("evidence-status", change.after.status))
        told = [
            f"{name} {was} to {now}"
            for name, was, now in (
                ("claims for it", change.before.supports, change.after.supports),
                ("cautions and disputes", change.before.cautions, change.after.cautions),
                ("gaps", change.before.gaps, change.after.gaps),
                ("independent groups", change.before.independent, change.after.independent),
            )
            if was != now
        ]
        yield _Row("status", change.tactic, gap("evidenceStatus"), "", *ends, "; ".join(told))
    for path in (*effect.paths, *effect.own_paths):
        yield _Row("path breaks", path.tactic, path.relation, path.source, path.cause, path.phase)
    for link in (*effect.fallen, *effect.own):
        yield _Row("link falls", *link)
    for claim, why in sorted(effect.gone.items()):
        yield _Row("claim goes", claim, why=why.value)
    for claim, works in sorted(effect.thinner.items()):
        yield _Row("claim rests on less", claim, why=f"Works left: {len(works)}")


WITHOUT = Definition(
    "without_sources",
    "What would be different without sources",
    "a status that changes (before, after), a path that breaks (its tactic and source; before: its cause, after: its "
    "phase), a link that falls, a claim that goes, or one that rests on less",
    (Param("without", "one or more sources", many=True, example="source/gold-2017"),),
    _COLUMNS,
    _make,
)
