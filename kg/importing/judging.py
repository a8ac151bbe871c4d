"""What becomes of each row of a file: new, already there, to be decided by a person, or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from kg.importing.comparing import Index, Known, Match
from kg.importing.naming import short_label
from kg.importing.reading import Row
from kg.importing.references import Reference
from kg.importing.sources import Sources

ROW = "row "
"""What the address of another row of the same file begins with."""


class Verdict(Enum):
    """What becomes of a row."""

    NEW = "new"
    THERE = "already there"
    UNSURE = "needs a decision"
    REFUSED = "refused"


@dataclass(frozen=True)
class Judged:
    """A row with what becomes of it.

    Attributes:
        row: the row.
        verdict: what becomes of it.
        matches: sources, or earlier rows of the file, that may be the same work; the likeliest first.
    """

    row: Row
    verdict: Verdict
    matches: tuple[Match, ...] = ()

    @property
    def why(self) -> str:
        """Why, in words; empty for a row that is new."""
        if self.verdict is Verdict.REFUSED:
            return self.row.refused
        return "; ".join(f"{match.known.label}: {', '.join(match.reasons)}" for match in self.matches[:2])


class Judge:
    """Judges rows one after the other, against the base and against those before.

    Args:
        sources: what the base has.
        others: what else may be the same work as a reference, such as what waits for a review.
    """

    def __init__(self, sources: Sources, others: Callable[[Reference], list[Match]] = lambda _: []) -> None:
        self._sources, self._others, self._before = sources, others, Index()

    def judge(self, row: Row) -> Judged:
        """What becomes of a row."""
        if row.reference is None:
            return Judged(row, Verdict.REFUSED)
        there, before = self._sources.matches(row.reference), self._before.matches(row.reference)
        others = self._others(row.reference)
        matches = tuple(sorted([*there, *others, *before], key=lambda match: (not match.certain, -match.likeness))[:5])
        verdict = _verdict(matches)
        if verdict is not Verdict.THERE:
            self.remember(row.number, row.reference)
        return Judged(row, verdict, matches)

    def remember(self, number: int, reference: Reference) -> None:
        """Compare later rows with this one too."""
        self._before.add(Known(f"{ROW}{number}", f"Row {number} ({short_label(reference)})", reference))


def judge_all(rows: Iterable[Row], sources: Sources) -> Iterator[Judged]:
    """What becomes of each row of a file."""
    judge = Judge(sources)
    return (judge.judge(row) for row in rows)


def _verdict(matches: tuple[Match, ...]) -> Verdict:
    if not matches:
        return Verdict.NEW
    return Verdict.THERE if matches[0].certain else Verdict.UNSURE
