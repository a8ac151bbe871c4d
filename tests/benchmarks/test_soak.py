"""The soak's script, on a short run: everybody gets what is meant for them, and what was wrong is told."""

from __future__ import annotations

from collections import Counter

from benchmarks.soak import Seen, Soaked, soak
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
    assert "| runaway |" in done.table()


def test_what_grows_is_told() -> None:
    grown = Soaked(30, (), QUIET, Taken(300.0, 90, 4, 20), 0)
    assert grown.wrong() == ["memory grew from 200 to 300 MB", "files grew from 60 to 90"]
    assert not Soaked(30, (), QUIET, QUIET, 0).wrong()
    assert not Soaked(1, (), QUIET, Taken(300.0, 90, 4, 20), 0).wrong(), "too short to say"


def test_an_answer_that_was_not_meant_and_a_change_that_is_lost_are_told() -> None:
    pages, accepted = Seen("page"), Seen("accepted")
    for status in (200, 500, 0):
        pages.note(0.01, status, f"/{status}")
    accepted.note(0.5, 303, "/review/1")
    assert accepted.statuses == Counter({303: 1})
    told = Soaked(30, (pages, accepted), QUIET, QUIET, 0).wrong()
    assert told == ["page: 1 × 500, first /500", "page: 1 × 0, first /0", "1 were accepted, 0 stand in the base"]
    assert pages.percentile(0.95) == 10
