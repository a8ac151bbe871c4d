"""The marks of the evidence map: a ring for what documents state, a square for what is inferred or follows by phase.

All is said by SVG attributes and classes, since the content policy allows no style in the page; the patterns of the
classes (`map.css`) tell the stances apart without colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

_SIDES = {
    "for": ("supports", "conditional"),
    "telling": ("describes",),
    "against": ("cautions", "disputes"),
    "gap": ("gap",),
}
"""What a stretch of the ring stands for, and the stances it takes together."""
_SMALLEST, _LARGEST = 0.6, 0.94  # of half the box
_MANY = 9
"""From this many sources on, rings grow no further; the number tells."""


@dataclass(frozen=True)
class Arc:
    """A stretch of a ring; `side` names its pattern."""

    side: str
    path: str


@dataclass(frozen=True)
class Ring:
    """A ring in a square box.

    Attributes:
        size: the box's sides.
        middle: where its middle stands, both ways.
        arcs: the stretches, by share of the claims.
        number: what stands inside.
    """

    size: int
    middle: str
    arcs: tuple[Arc, ...]
    number: str


def ring(stances: Mapping[str, int], number: int, size: int) -> Ring:
    """The ring of some stated claims.

    Args:
        stances: how many claims take each stance.
        number: how many independent sources these are; the ring grows with it.
        size: the sides of its box.
    """
    counts = {side: sum(stances.get(name, 0) for name in names) for side, names in _SIDES.items()}
    total, radius = sum(counts.values()), _radius(number, size)
    arcs, start = [], 0.0
    for side, count in counts.items():
        if count:
            end = start + count / total
            arcs.append(Arc(side, _path(start, end, radius, size / 2)))
            start = end
    return Ring(size, f"{size / 2:g}", tuple(arcs), str(number))


def _radius(number: int, size: int) -> float:
    grown = sqrt(min(number, _MANY) / _MANY)
    return size / 2 * (_SMALLEST + (_LARGEST - _SMALLEST) * grown) - 2.5


def _path(start: float, end: float, radius: float, middle: float) -> str:
    """A stretch from one share of the round to another, clockwise from the top; two halves where it is the whole."""
    if end - start > 0.999:
        return f"{_arc(start, start + 0.5, radius, middle)} {_arc(start + 0.5, end, radius, middle)}"
    return _arc(start, end, radius, middle)


def _arc(start: float, end: float, radius: float, middle: float) -> str:
    (x, y), (to_x, to_y) = (_point(share, radius, middle) for share in (start, end))
    return f"M{x} {y}A{radius:.4g} {radius:.4g} 0 {int(end - start > 0.5)} 1 {to_x} {to_y}"


def _point(share: float, radius: float, middle: float) -> tuple[str, str]:
    angle = 2 * pi * share
    return f"{middle + radius * sin(angle):.4g}", f"{middle - radius * cos(angle):.4g}"
