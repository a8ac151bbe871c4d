"""Figures by size: how each grows for every tenfold, and which grow more than they are meant to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from math import log10
from pathlib import Path

from benchmarks.comparison import Cell

FLAT, LINEAR = 2.0, 12.0
"""How many times a figure may become in a tenfold base: one that should not grow with it, and one that grows along."""


@dataclass(frozen=True)
class Kind:
    """What a figure is of.

    Attributes:
        what: the head of its line.
        unit: its unit.
        bends: it is marked where it grows more than so many times for a tenfold; nothing where more is better.
        more_is_better: whether it is to be marked where it shrinks as much instead.
    """

    what: str
    unit: str = "s"
    bends: float = FLAT
    more_is_better: bool = False


@dataclass(frozen=True)
class Sized:
    """What was measured of one size.

    Attributes:
        statements: how many there are.
        cells: figures, by their kind's name.
        head: of the column.
    """

    statements: int
    cells: dict[str, Cell]
    head: str

    def cell(self, kind: Kind) -> Cell:
        """The figure of a kind; an empty one where it was not measured."""
        return self.cells.get(kind.what, Cell())

    def write(self, path: Path) -> None:
        """Keep it for a table with other sizes."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Sized:
        """As it was written."""
        found = json.loads(path.read_text(encoding="utf-8"))
        return cls(**found | {"cells": {kind: Cell(**cell) for kind, cell in found["cells"].items()}})


def table(kinds: Sequence[Kind], sizes: Sequence[Sized]) -> str:
    """Kinds by size, with the growth from each size to the next, for a tenfold, and where it bends."""
    steps = [f"{before.head} → {after.head}" for before, after in pairwise(sizes)]
    lines = [["", *(one.head for one in sizes), *steps]]
    lines.append(["---"] * len(lines[0]))
    for kind in kinds:
        cells = [one.cell(kind) for one in sizes]
        if any(str(cell) != "—" for cell in cells):
            growths = [_told(kind, *pair) for pair in pairwise(sizes)]
            lines.append([kind.what, *map(str, cells), *growths])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def bends(kinds: Sequence[Kind], sizes: Sequence[Sized]) -> list[str]:
    """A line for each place where a figure grows more than it is meant to, or is lost."""
    return [
        f"{kind.what}: {before.cell(kind)} with {before.head}, {after.cell(kind)} with {after.head}"
        for kind in kinds
        for before, after in pairwise(sizes)
        if _is_bent(kind, before, after)
    ]


def growth(kind: Kind, before: Sized, after: Sized) -> float | None:
    """How many times a figure becomes for a tenfold; None where it is not known at both sizes."""
    one, other = before.cell(kind), after.cell(kind)
    if not one.middle or not other.middle or before.statements >= after.statements:
        return None
    return float((other.middle / one.middle) ** (1 / log10(after.statements / before.statements)))


def _told(kind: Kind, before: Sized, after: Sized) -> str:
    factor, mark = growth(kind, before, after), "**bends**" if _is_bent(kind, before, after) else ""
    return f"× {factor:.2g} {mark}".rstrip() if factor is not None else mark or "—"


def _is_bent(kind: Kind, before: Sized, after: Sized) -> bool:
    factor = growth(kind, before, after)
    if factor is None:
        return before.cell(kind).middle is not None and after.cell(kind).words != ""
    return (1 / factor if kind.more_is_better else factor) > kind.bends


def head(statements: int) -> str:
    """A size in a word."""
    return f"{float(f'{statements / 1e6:.2g}'):g} M"
