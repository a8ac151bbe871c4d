"""What is asked of the whole base, each question once: its rows are looked up live in a small base, else kept.

A row is what the query file of the same answer gives, so that page and endpoint agree; only the maps are counted here
(`kg.overview.maps`). Of a large base the rows that a change touches are asked anew (`kg.overview.making`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from kg import queries
from kg.model import Standing
from kg.namespaces import PREFIXES, gap
from kg.overview.covered import Covered, Covering, covered, covering
from kg.overview.whole import Keys, Whole
from kg.queries import (
    WORKLISTS,
    Cause,
    CauseShown,
    GapAlone,
    GapAt,
    Listed,
    Phase,
    PhaseCovered,
    Sign,
    SourceListed,
    SourceValue,
    TacticListed,
    Unbacked,
    Wanted,
    fetch,
    fetch_some,
)

T = TypeVar("T")
Order = Callable[[Any, Callable[[str], str]], tuple[str, ...]]
"""The texts by which rows stand in order, from a row and from what tells the place of a thing among its like."""
WANTED_AT_MOST, WANTED_KEPT = 300, 1000
"""So many entries of each work list are shown, and kept: those that are settled are followed by others."""


@dataclass(frozen=True)
class Question(Generic[T]):
    """Something asked of the whole base.

    Attributes:
        name: what its rows are kept under.
        row: what a row is; its fields are texts and whole numbers.
        ask: gives all rows in their order, or those of some keys.
        about: what a row tells about: what the query is narrowed by, joined by spaces.
        order: where a row stands.
        key: what rows can be looked up by; the same for all where they only come in order.
        query: the file whose header says what touches its rows; empty where they are summed up from other rows.
    """

    name: str
    row: type[T]
    ask: Callable[[Whole, Keys | None], Iterable[T]]
    about: Callable[[Any], str]
    order: Order
    key: Callable[[T], str] = lambda _: ""
    query: str = ""


def _by_query(name: str, row: type[T], about: str, order: Order, key: Callable[[T], str] = lambda _: "") -> Question[T]:
    """A question that one query answers, narrowed by what stands in one field of its rows."""

    def ask(whole: Whole, only: Keys | None) -> list[T]:
        return fetch(whole.reader, name, row) if only is None else fetch_some(whole.reader, name, row, only)

    return Question(name, row, ask, lambda found: str(getattr(found, about)), order, key, name)


def _pair(row: Covered | Covering) -> str:
    return f"{row.cause} {row.phase}"


def _phase_first(row: TacticListed | Unbacked, place: Callable[[str], str]) -> tuple[str, str]:
    """By phase; what stands in none comes last."""
    return ("0", place(row.phase)) if row.phase else ("1", "")


CAUSES = _by_query("causes", Cause, "cause", lambda row, place: (place(row.cause), row.cause))
SIGNS = _by_query(
    "signs_of_causes", Sign, "cause",
    lambda row, place: (row.cause, row.relation, place(row.standing), row.label, row.sign, row.definition),
    lambda row: f"{row.cause} {row.relation}",
)  # fmt: skip
SHOWN_BY = _by_query(
    "policies_of_causes", CauseShown, "cause",
    lambda row, place: (place(row.cause), row.cause, row.policyLabel, row.policy, row.claim),
    lambda row: row.cause,
)  # fmt: skip
PHASES = _by_query("phases_in_order", Phase, "thing", lambda row, place: (place(row.thing), row.thing))
TACTICS = _by_query(
    "tactics", TacticListed, "tactic",
    lambda row, place: (*_phase_first(row, place), place(row.tactic), row.tactic, row.phase),
    lambda row: row.phase,
)  # fmt: skip
UNBACKED = _by_query(
    "unbacked_tactics", Unbacked, "tactic",
    lambda row, place: (*_phase_first(row, place), row.label, row.tactic, row.phase),
)  # fmt: skip
GAPS_ALONE = _by_query(
    "gaps_alone", GapAlone, "thing", lambda row, _: (row.label, row.thing, row.documentLabel, row.document)
)
SOURCES = _by_query("sources", SourceListed, "source", lambda row, _: (row.label, row.source))
SOURCE_VALUES = _by_query(
    "values_of_sources", SourceValue, "value", lambda row, _: (row.property, row.label, row.value)
)


def _covered_of(whole: Whole, only: Keys | None) -> Sequence[PhaseCovered]:
    if only is None:
        return queries.phases_covered(whole.reader)
    return fetch_some(whole.reader, "phases_covered", PhaseCovered, only)


def _in_cell(row: Covered | Covering, place: Callable[[str], str]) -> tuple[str, ...]:
    return place(row.cause), row.cause, place(row.phase), row.phase


def _best_first(row: Covering, place: Callable[[str], str]) -> tuple[str, ...]:
    best = next(str(way.value) for way in Standing if way.slug == row.standing)
    return *_in_cell(row, place), best, row.label.casefold(), row.label, row.tactic


COVERED = Question(
    "covered", Covered, lambda whole, only: covered(_covered_of(whole, only)), _pair, _in_cell, _pair, "phases_covered"
)
COVERING = Question(
    "covering", Covering, lambda whole, only: covering(_covered_of(whole, only)), _pair, _best_first, _pair,
    "phases_covered",
)  # fmt: skip


def _wanted(whole: Whole, only: Keys | None) -> Iterable[Wanted]:
    if only is None:
        return queries.worklist(whole.reader, WANTED_KEPT)
    return fetch_some(whole.reader, "worklist", Wanted, only)


def _wanted_first(row: Wanted, _: Callable[[str], str]) -> tuple[str, ...]:
    return str(list(WORKLISTS).index(row.kind)), f"{10**9 - row.weight:010}", row.label, row.thing, row.why


WORK = Question(
    "worklist", Wanted, _wanted, lambda row: str(row.thing), _wanted_first, lambda row: row.kind, "worklist"
)


GAPS = _by_query("gaps", GapAt, "claim", lambda row, _: (row.document, row.locator, row.claim))


def _list_of(cls: str) -> Question[Listed]:
    full = cls if ":" in cls else gap(cls)

    def ask(whole: Whole, only: Keys | None) -> list[Listed]:
        if only is None:
            return queries.list_of(whole.reader, cls)
        return fetch_some(whole.reader, "list_of", Listed, only, cls=full)

    return Question(
        f"list of {cls}", Listed, ask, lambda row: str(row.thing),
        lambda row, _: (row.label, row.thing, row.kindLabel, row.kind), query="list_of",
    )  # fmt: skip


_LISTED = ("Framework", "Policy", "Outcome", "Notion", "SupportBody", PREFIXES["foaf"] + "Person")
LISTS = {cls: _list_of(cls) for cls in _LISTED}
"""The lists of a kind, by class."""
