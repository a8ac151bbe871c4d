"""Long lists in parts: which part is shown, what it holds, and the way to the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from webui.contexts.page import Link

T = TypeVar("T")
_ALL, _AROUND = 40, 3
"""So many links to parts are all shown; of more, those so near."""


@dataclass(frozen=True)
class Part:
    """One part of a list: how many it has, how many a part has, and which part is wanted, from 1 on."""

    count: int
    size: int
    wanted: int

    @property
    def last(self) -> int:
        """How many parts there are."""
        return max(1, -(-self.count // self.size))

    @property
    def now(self) -> int:
        """Which part it is: the nearest there is to what is wanted."""
        return min(max(self.wanted, 1), self.last)

    @property
    def start(self) -> int:
        """How many come before it."""
        return (self.now - 1) * self.size

    @property
    def told(self) -> str:
        """Which of them these are; empty where they are all."""
        return f"{self.start + 1} to {min(self.start + self.size, self.count)} of {self.count}" if self.last > 1 else ""

    @property
    def rows(self) -> tuple[int, int]:
        """How many come before it, and how many it has at most: what a query for this part alone takes."""
        return self.start, self.size

    def of(self, found: Sequence[T]) -> list[T]:
        """This part of a whole list."""
        return list(found[self.start : self.start + self.size])

    def links(self, address: str, anchor: str = "") -> tuple[Link, ...]:
        """To every part, of very many the first, the last and those around; none where there is one alone."""
        every = range(1, self.last + 1) if self.last > 1 else ()
        numbers = [n for n in every if self.last <= _ALL or n in (1, self.last) or abs(n - self.now) <= _AROUND]
        return tuple(Link(str(n), f"{address}{n}{anchor}", n == self.now) for n in numbers)


def pager(address: str, part: int, last: int) -> tuple[Link, ...]:
    """The way to the parts before and after one, and to both ends."""
    wanted = (
        ("Newest", 1),
        ("Newer", part - 1),
        (f"Part {part} of {last}", part),
        ("Older", part + 1),
        ("First", last),
    )
    if last <= 1:
        return ()
    return tuple(
        Link(label, "" if number == part else address.format(number), number == part)
        for label, number in wanted
        if 1 <= number <= last and (number != part or label.startswith("Part"))
    )
