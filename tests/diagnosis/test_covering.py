"""The smallest covering set, against all sets there are."""

from __future__ import annotations

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from kg.diagnosis import Option, smallest_cover
from kg.diagnosis import covering as module

CAUSES = "abcde"
parts = st.frozensets(st.sampled_from(CAUSES))
found = st.lists(st.tuples(parts, st.integers(0, 4), st.integers(0, 6), st.sampled_from("xyz")), max_size=7)
options = found.map(
    lambda rows: [Option(f"t{n}", label, covers, *ranks) for n, (covers, *ranks, label) in enumerate(rows)]
)


def subsets(offered: list[Option]) -> list[tuple[Option, ...]]:
    return list(chain.from_iterable(combinations(offered, size) for size in range(len(offered) + 1)))


def covered(chosen: tuple[Option, ...]) -> frozenset[str]:
    return frozenset().union(*(option.covers for option in chosen))


@given(wanted=parts, offered=options)
def test_it_covers_all_that_can_be_covered_and_says_what_cannot(wanted: frozenset[str], offered: list[Option]) -> None:
    cover = smallest_cover(wanted, offered)
    assert cover.covered == wanted & covered(tuple(offered))
    assert cover.covered <= covered(cover.chosen)
    assert cover.left == wanted - cover.covered
    assert cover.exact


@given(wanted=parts, offered=options)
def test_no_smaller_set_does_and_none_of_this_size_comes_before_it(
    wanted: frozenset[str], offered: list[Option]
) -> None:
    cover = smallest_cover(wanted, offered)
    fitting = [chosen for chosen in subsets(offered) if cover.covered <= covered(chosen)]
    size = min(map(len, fitting))
    assert len(cover.chosen) == size
    # a tactic counts by its links with what is wanted alone, as the caller gives them
    key = min(module._key(chosen) for chosen in fitting if len(chosen) == size)
    assert module._key(cover.chosen) == key


def test_ties_are_broken_by_standing_then_status_then_name() -> None:
    a = frozenset("a")
    stated = Option("t1", "Z", a, 0, 6)
    better_status = Option("t2", "Y", a, 1, 0)
    first_by_name = Option("t3", "X", a, 1, 0)
    assert smallest_cover("a", [better_status, stated, first_by_name]).chosen == (stated,)
    assert smallest_cover("a", [better_status, first_by_name]).chosen == (first_by_name,)
    assert smallest_cover("a", [Option("t4", "A", a, 1, 1), better_status]).chosen == (better_status,)


def test_a_cover_too_large_to_search_is_put_together_step_by_step_and_says_so() -> None:
    many = [str(n) for n in range(40)]
    cover = smallest_cover(many, [Option(f"t{n}", f"t{n}", frozenset(many[n : n + 3])) for n in range(40)])
    assert not cover.exact
    assert covered(cover.chosen) == frozenset(many)
