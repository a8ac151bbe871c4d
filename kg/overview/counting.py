"""What is summed up: how many there are, by class, status and phase.

Of a large base sums are kept up by what a change takes away from them and adds to them (`kg.overview.sums`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg import queries
from kg.namespaces import gap
from kg.overview.questions import Question
from kg.overview.whole import Counted, Keys, Whole
from kg.queries import TacticListed, fetch, fetch_some


@dataclass(frozen=True)
class _OfClass:
    cls: str
    count: int


def by_status(rows: Iterable[TacticListed]) -> Counter[str]:
    """How many tactics stand at each status; one that stands in several phases counts once."""
    return Counter(status for _, status in {(row.tactic, row.status) for row in rows})


def by_phase(rows: Iterable[TacticListed]) -> Counter[str]:
    """How many tactics stand in each phase; under the empty text those that stand in none."""
    return Counter(row.phase for row in rows)


def _counts(whole: Whole, only: Keys | None) -> Iterator[Counted]:
    rows = (
        fetch(whole.reader, "counts", _OfClass) if only is None else fetch_some(whole.reader, "counts", _OfClass, only)
    )
    found: Counter[str] = Counter()
    for row in rows:
        found[row.cls.removeprefix(gap(""))] += row.count
    return pairs(found)


def pairs(found: Mapping[str, int]) -> Iterator[Counted]:
    """Counts as rows, by name."""
    return (Counted(name, count) for name, count in sorted(found.items()))


def _question(name: str, ask: Callable[[Whole, Keys | None], Iterable[Counted]], query: str = "") -> Question[Counted]:
    return Question(name, Counted, ask, lambda row: str(row.name), lambda row, _: (row.name,), query=query)


COUNTS = _question("counts", _counts, "counts")
STATUSES = _question("statuses", lambda whole, _: pairs(by_status(queries.tactics(whole.reader))))
IN_PHASES = _question("tactics_in_phases", lambda whole, _: pairs(queries.tactics_in_phases(whole.reader)))
