"""Engines beside each other: every question put to each in turn, answers counted, and what came of it as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from benchmarks.asking import Runner, Running, rows

ALONE, OURS = "engine alone", "ours"
Ask = Callable[[Running, int], tuple[float, bytes]]
"""Puts the question of a number; gives the seconds and the answer."""


@dataclass(frozen=True)
class Row:
    """A question, in several forms that are asked in turn.

    Attributes:
        what: the head of the line.
        asks: how it is put to an engine, by the engine's name; one that is missing is not asked.
        accept: in which form answers come; empty where they are not compared.
        most: how often each engine is asked at most.
    """

    what: str
    asks: Mapping[str, Ask]
    accept: str = ""
    most: int = 40


@dataclass
class Cell:
    """What came of a question.

    Attributes:
        took: seconds, or another figure, by the question's number.
        words: what is said in place of a figure.
        unit: of the figure.
    """

    took: list[float] = field(default_factory=list)
    words: str = ""
    unit: str = "s"

    @property
    def middle(self) -> float | None:
        """The figure; None where there is none."""
        return None if self.words or not self.took else median(self.took)

    def __str__(self) -> str:
        middle = self.middle
        return self.words or "—" if middle is None else shown(middle, self.unit)


Line = tuple[str, Mapping[str, Cell]]


def ask_all(row: Row, runners: Sequence[Runner], seconds: float) -> Line:
    """Put a question to all engines, one after the other, again and again, for about so many seconds each.

    The first time is for warming up and for comparing: who gives another number of rows than the first engine that
    answers is told, and not timed. Who does not answer in time is ended, so that nothing goes on beside the others.
    """
    cells, counts = {runner.name: Cell() for runner in runners}, list[int]()
    asked = [r for r in runners if r.name in row.asks and _compares(row, r, cells[r.name], counts)]
    for number in range(1, row.most + 1):
        asked = [r for r in asked if sum(cells[r.name].took) < seconds]
        for runner in asked:
            answer = _answer(row, runner, number, cells[runner.name])
            if answer is not None:
                cells[runner.name].took.append(answer[0])
        asked = [r for r in asked if not cells[r.name].words]
    for runner in runners:
        runner.look()
    return row.what, cells


def _compares(row: Row, runner: Runner, cell: Cell, counts: list[int]) -> bool:
    """Whether an engine gives as many rows as those before."""
    answer = _answer(row, runner, 0, cell)
    if answer is None or not row.accept:
        return answer is not None
    counts.append(rows(answer[1], row.accept))
    if counts[-1] != counts[0]:
        cell.words = f"{counts[-1]:,} rows, not {counts[0]:,}"
    return not cell.words


def _answer(row: Row, runner: Runner, number: int, cell: Cell) -> tuple[float, bytes] | None:
    try:
        return row.asks[runner.name](runner.begin(), number)
    except TimeoutError as late:
        cell.words = str(late)
        runner.end()
    except ValueError as error:
        cell.words = f"refused ({str(error).partition(':')[0]})"
    return None


def table(lines: Iterable[Line], names: Sequence[str]) -> str:
    """Lines by engine, with how ours compares; ratios above 1 are better for ours."""
    peers = [name for name in names if name not in (ALONE, OURS)]
    heads = ["", *names, f"ours to the {ALONE}", "ours to the best of the others"]
    parts = [heads, ["---"] * len(heads)]
    for what, cells in lines:
        best = min(peers, key=lambda name: _ratio(cells, name) or float("inf"))
        ratios = [_told(_ratio(cells, ALONE)), _told(_ratio(cells, best), best)]
        parts.append([what, *(str(cells.get(name, Cell())) for name in names), *ratios])
    return "".join(f"| {' | '.join(part)} |\n" for part in parts)


def _ratio(cells: Mapping[str, Cell], name: str) -> float | None:
    """How many times as long as ours another took, in the middle of what both answered; None where that is unknown."""
    ours, other = cells.get(OURS, Cell()), cells.get(name, Cell())
    if ours.words or other.words or not ours.took or not other.took:
        return None
    return median(theirs / mine for mine, theirs in zip(ours.took, other.took, strict=False))


def _told(ratio: float | None, name: str = "") -> str:
    return "—" if ratio is None else f"{ratio:.2g}" + (f" ({name})" if name else "")


def shown(value: float, unit: str) -> str:
    """A figure in the unit that suits its size."""
    if unit == "s" and value < 1:
        value, unit = value * 1000, "ms"
    space = "" if unit.startswith("/") else " "
    return f"{value:,.0f}{space}{unit}" if value >= 100 else f"{value:.2g}{space}{unit}"
