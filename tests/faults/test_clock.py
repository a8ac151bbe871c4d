"""The clock is set back or forward by a year: order stays, nobody is shut out, work goes on."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import kg.database.table
import kg.store.writer
from kg.accounts.guessing import OF_ACCOUNT, Guessing
from kg.accounts.people import People
from kg.accounts.sessions import Sessions
from kg.batches import kept
from kg.contributions import Person
from kg.database import Database, open_database
from kg.importing import open_file
from kg.operating.doctor import machine
from kg.operating.finding import PROBLEM
from kg.operating.verifying import verify
from kg.queries import revisions
from tests.operating.operating_support import settings_of, small_base
from tests.store.store_support import go_on, is_known, opened

YEAR = timedelta(days=365)
Set = Callable[[timedelta], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Set:
    """Sets the clock by which revisions are dated and the database told the time."""

    def set_clock(by: timedelta) -> None:
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):  # type: ignore[no-untyped-def]
                return datetime.now(tz) + by

        for module in (kg.store.writer, kg.database.table):
            monkeypatch.setattr(module, "datetime", Clock)

    return set_clock


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_database(settings_of(tmp_path / "people"))


def test_revisions_keep_their_order_by_number(tmp_path: Path, clock: Set) -> None:
    home = small_base(tmp_path / "base", 1)
    for by in (YEAR, -YEAR, timedelta()):
        clock(by)
        with opened(home) as writer:
            go_on(writer, 1)
    reader = home.reader(0)
    assert is_known(reader, 4)
    rows = revisions(reader)
    assert [row.number for row in rows] == [4, 3, 2, 1]
    assert rows[1].at < rows[3].at < rows[2].at, "the dates are as wrong as the clock was"
    assert not [one for one in verify(settings_of(home.folder), derived=False) if one.level == PROBLEM]


@pytest.mark.parametrize("by", [YEAR, -YEAR])
def test_whoever_was_signed_in_signs_in_again_at_worst(database: Database, clock: Set, by: timedelta) -> None:
    account = People(database).add("Robin Example", "robin@example.org", "contributor", "three words on a wall")
    sessions = Sessions(database)
    before = sessions.begin(account.id)
    clock(by)
    assert (sessions.find(before) is not None) == (by < timedelta())
    during = sessions.begin(account.id)
    assert sessions.find(during)
    clock(timedelta())
    assert sessions.find(sessions.begin(account.id))
    database.close()


def test_nobody_is_shut_out_for_a_year(database: Database, clock: Set) -> None:
    guessing = Guessing(database)
    clock(YEAR)
    for _ in range(OF_ACCOUNT.free + 1):
        guessing.count((OF_ACCOUNT, "robin"))
    clock(timedelta())
    guessing.count((OF_ACCOUNT, "robin"))
    database.close()


def test_an_import_can_be_taken_up_again_whose_worker_was_seen_in_the_future(database: Database, clock: Set) -> None:
    data = b"TY  - BOOK\nTI  - A title\nER  -\n"
    who = Person("a1", "Anna Author")
    clock(YEAR)
    batch = kept.add(database, open_file(data, "one.ris"), data, "one.ris", who, False)
    assert kept.take(database, batch, "first")
    clock(timedelta())
    assert kept.take(database, batch, "second")
    database.close()


def test_the_doctor_says_that_the_clock_was_ahead(tmp_path: Path) -> None:
    home = small_base(tmp_path / "base", 1)
    ahead = (datetime.now(UTC) + YEAR).timestamp()
    os.utime(home.journal.path(1), (ahead, ahead))
    (found,) = machine.clock(settings_of(home.folder))
    assert "365 days from now" in found.what
