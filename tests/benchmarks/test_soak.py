"""The soak's script, on a short run: everybody gets what is meant for them, and what was wrong is told."""

from __future__ import annotations

from collections import Counter

from benchmarks.roles import OVERSEER, PAGES, READERS
from benchmarks.soak import soak
from benchmarks.soaked import Seen, Soaked
from benchmarks.watch import Taken
from kg.settings import Settings
from tests.conftest import LONG

QUIET = Taken(200.0, 60, 4, 20)


def test_a_short_run_on_a_real_server(fresh: Settings) -> None:
    done = soak(fresh, 0.4 if LONG else 0.04, readers=1, pause=0.2)
    assert not done.wrong(), done.table()
    assert {one.kind for one in done.seen} == {"page", "query", "runaway", "accepted", "shown"}
    assert done.revisions >= 1
    assert done.late.memory > 0
    assert {OVERSEER, PAGES} <= {role for role, memory in done.late.roles.items() if memory > 0}
    assert done.folder[1] >= done.folder[0] > 1
    assert "| runaway |" in done.table()


def test_what_grows_is_told() -> None:
    grown = Soaked(30, (), QUIET, Taken(300.0, 90, 4, 20), 0)
    assert grown.wrong() == ["memory of what lasts grew from 200 to 300 MB", "files grew from 60 to 90"]
    assert not Soaked(30, (), QUIET, QUIET, 0).wrong()
    assert not Soaked(1, (), QUIET, Taken(300.0, 90, 4, 20), 0).wrong(), "too short to say"


def test_what_queries_need_for_a_moment_and_what_new_statements_take_is_no_growth() -> None:
    def held(pages: float, readers: float) -> Taken:
        return Taken(pages + readers, 60, 4, 20, {PAGES: pages, READERS: readers})

    assert not Soaked(30, (), held(200, 0), held(200, 300), 0).wrong()
    assert not Soaked(30, (), held(200, 0), held(240, 0), 0, came=20_000).wrong()
    assert Soaked(30, (), held(200, 300), held(240, 0), 0).wrong()
    assert Soaked(30, (), held(200, 0), held(260, 0), 0, came=20_000).wrong()


def test_an_answer_that_was_not_meant_and_a_change_that_is_lost_are_told() -> None:
    pages, accepted = Seen("page"), Seen("accepted")
    for status in (200, 500, 0):
        pages.note(0.01, status, f"/{status}")
    accepted.note(0.5, 303, "/review/1")
    assert accepted.statuses == Counter({303: 1})
    told = Soaked(30, (pages, accepted), QUIET, QUIET, 0).wrong()
    assert told == ["page: 1 × 500, first /500", "page: 1 × 0, first /0", "1 were accepted, 0 stand in the base"]
    assert pages.percentile(0.95) == 10
