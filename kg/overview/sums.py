"""Sums kept up by what goes out of them and what comes in, never counted anew.

Each cell of a map that comes to hold something, or no longer does, counts for what stands before it and above it; each
tactic for its status and its phases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kg.overview.answers import Answers
from kg.overview.counting import COUNTS, IN_PHASES, STATUSES, by_phase, by_status
from kg.overview.maps import (
    MAP_CELLS,
    MAP_COLUMNS,
    MAP_LEFT_OUT,
    MAP_ROWS,
    MAP_TOLD,
    SHOWN_EMPTY,
    SIDES,
    is_told_left_out,
    sums,
)
from kg.overview.questions import TACTICS, Question
from kg.overview.whole import MAPS, CellCounts, Counted

_SUMMED = {STATUSES.name: STATUSES, IN_PHASES.name: IN_PHASES, COUNTS.name: COUNTS}
_ACROSS = {question.name: across for across, question in MAP_CELLS.items()}


class Sums:
    """The sums of a file of answers.

    Args:
        answers: the file.
    """

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._counted: Counter[tuple[str, str]] = Counter()
        self._maps = {across: _Map(answers, across) for across in MAPS}

    def tell(self, question: Question[Any], gone: Sequence[Any], new: Sequence[Any]) -> None:
        """Take in which rows of a question went out and came in; all rows that tell about one thing together."""
        if question is TACTICS:
            for summed, count in ((STATUSES, by_status), (IN_PHASES, by_phase)):
                self._add(summed, count(gone), count(new))
        elif question is COUNTS:
            self._add(COUNTS, *({row.name: row.count for row in rows} for rows in (gone, new)))
        elif question.name in _ACROSS:
            self._maps[_ACROSS[question.name]].tell(gone, new)
        for found in self._maps.values():
            found.tell_side(question, gone, new)

    def write(self) -> None:
        """Write the sums as they are now."""
        for (name, thing), more in self._counted.items():
            old = self._answers.take_out(_SUMMED[name], [thing])
            count = sum(row.count for row in old) + more
            self._answers.put_in(_SUMMED[name], [Counted(thing, count)] if count else [])
        for found in self._maps.values():
            found.write()

    def _add(self, question: Question[Counted], gone: dict[str, int], new: dict[str, int]) -> None:
        for sign, counts in ((-1, gone), (1, new)):
            for thing, count in counts.items():
                self._counted[question.name, thing] += sign * count


class _Map:
    """What is summed of one map."""

    def __init__(self, answers: Answers, across: str) -> None:
        self._answers, self._across = answers, across
        self._held: tuple[Counter[str], Counter[str]] = Counter(), Counter()
        self._told = (sums(0, ()), sums(0, ()))

    def tell(self, gone: Sequence[CellCounts], new: Sequence[CellCounts]) -> None:
        for sign, cells in ((-1, gone), (1, new)):
            for cell in cells:
                self._held[0][cell.row] += sign
                self._held[1][cell.column] += sign
        self._told = sums(0, gone), sums(0, new)

    def tell_side(self, question: Question[Any], gone: Sequence[Any], new: Sequence[Any]) -> None:
        """Take in that things came to stand on a side of the map, no longer do, or stand elsewhere."""
        for side, listed in enumerate(SIDES[self._across]):
            if listed is question:
                self._held[side].update({question.about(row): 0 for rows in (gone, new) for row in rows})

    def write(self) -> None:
        for side, listed in enumerate(SIDES[self._across]):
            for thing, more in self._held[side].items():
                self._write(side, listed, thing, more)
        self._write_told()

    def _write(self, side: int, listed: Question[Any], thing: str, more: int) -> None:
        shown, left_out = (MAP_ROWS, MAP_COLUMNS)[side][self._across], MAP_LEFT_OUT[self._across]
        held = sum(row.count for row in self._answers.take_out(shown, [thing])) + more
        place = self._answers.place(listed, thing)
        if is_told_left_out(self._across, side):
            self._answers.take_out(left_out, [thing])
        if place is None:
            return
        if held or SHOWN_EMPTY[self._across][side]:
            self._answers.put_in(shown, [Counted(thing, held)], place)
        else:
            self._answers.put_in(left_out, [Counted(thing, 0)], place)

    def _write_told(self) -> None:
        told = MAP_TOLD[self._across]
        old = next(iter(self._answers.take_out(told)), sums(0, ()))
        rows, columns = (self._answers.things(listed) for listed in SIDES[self._across])
        gone, new = self._told
        count = {name: getattr(old, name) - getattr(gone, name) + getattr(new, name) for name in _OF_CELLS}
        self._answers.put_in(told, [replace(old, cells=rows * columns, **count)])


_OF_CELLS = ("stated", "apart", "gaps")
