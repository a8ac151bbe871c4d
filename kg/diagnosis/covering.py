"""The smallest set of tactics that covers what is to be covered: an exact search, with ties broken by a stated rule.

It counts links on record. It says nothing about effect: that a tactic is held to address a cause is somebody's claim.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

MOST_TRIED = 200_000
"""How many sets are tried at the most; beyond that, the set is put together step by step and may not be smallest."""

RULE = (
    "Of all sets of tactics that are linked with every cause in question, one with the fewest tactics. Among sets of "
    "equal size: the one whose links came about best (stated, then from a table, then by phase, then mapped, "
    "then inferred; a tactic counts by its weakest link), then the one whose tactics have the better status by the "
    "rules, then the first by name."
)
"""The rule in words, for pages and briefs."""


@dataclass(frozen=True)
class Option:
    """A tactic as the search sees it.

    Attributes:
        thing: its address.
        label: its name.
        covers: what it is linked with, of whatever there is to cover.
        standing: the weakest standing among these links; less is better.
        status: the place of its status; less is better.
    """

    thing: str
    label: str
    covers: frozenset[str]
    standing: int = 0
    status: int = 0

    @property
    def rank(self) -> tuple[int, int, str, str]:
        """Standing, status, name; the address last, so that no two options are equal."""
        return self.standing, self.status, self.label, self.thing


@dataclass(frozen=True)
class Cover:
    """A set that covers.

    Attributes:
        chosen: the tactics, by name.
        covered: what they cover.
        left: what none of the tactics offered is linked with.
        exact: whether every smaller set was ruled out and all of this size were compared.
    """

    chosen: tuple[Option, ...]
    covered: frozenset[str]
    left: frozenset[str]
    exact: bool


def smallest_cover(wanted: Collection[str], options: Sequence[Option]) -> Cover:
    """The smallest set of options that covers what can be covered (minimum set cover).

    Of options that cover the same, only the best can stand in the answer: swapping it in makes no set larger and no
    key worse. So one is kept for each way of covering, and all sets of those are tried, the smallest first.

    Args:
        wanted: what is to be covered.
        options: what there is to choose from; what they cover beside that does not count.
    """
    best = _best_of_each(frozenset(wanted), options)
    reachable = frozenset().union(*best)
    left = frozenset(wanted) - reachable
    if not reachable:
        return Cover((), reachable, left, exact=True)
    if sum(comb(len(best), size) for size in range(1, len(reachable) + 1)) > MOST_TRIED:
        return _cover(_step_by_step(reachable, list(best.values())), reachable, left, exact=False)
    size, fitting = 0, list[tuple[Option, ...]]()
    while not fitting:
        size += 1
        fitting = list(_fitting(reachable, list(best.values()), size))
    return _cover(min(fitting, key=_key), reachable, left, exact=True)


def _best_of_each(wanted: frozenset[str], options: Sequence[Option]) -> dict[frozenset[str], Option]:
    """For each part of what is wanted that some option covers, the best of those that do."""
    best: dict[frozenset[str], Option] = {}
    for option in sorted(options, key=lambda o: o.rank):
        if part := option.covers & wanted:
            best.setdefault(part, option)
    return best


def _fitting(wanted: frozenset[str], options: Sequence[Option], size: int) -> Iterator[tuple[Option, ...]]:
    for chosen in combinations(options, size):
        if wanted <= frozenset().union(*(option.covers for option in chosen)):
            yield chosen


def _key(chosen: Sequence[Option]) -> tuple[list[int], list[int], list[str], list[str]]:
    """What decides between sets of one size: the worst standings first, then the worst statuses, then names."""
    return (
        sorted((o.standing for o in chosen), reverse=True),
        sorted((o.status for o in chosen), reverse=True),
        sorted(o.label for o in chosen),
        sorted(o.thing for o in chosen),
    )


def _step_by_step(wanted: frozenset[str], options: Sequence[Option]) -> list[Option]:
    """Whatever covers most of what is still open, the best of those first."""
    chosen, open_still = list[Option](), set(wanted)
    while open_still:
        found = min(options, key=lambda o: (-len(o.covers & open_still), o.rank))
        chosen.append(found)
        open_still -= found.covers
    return chosen


def _cover(chosen: Sequence[Option], covered: frozenset[str], left: frozenset[str], *, exact: bool) -> Cover:
    return Cover(tuple(sorted(chosen, key=lambda o: (o.label, o.thing))), covered, left, exact)
