"""Nothing is lost and nothing doubled: not by who is killed, and not by fifty who write at once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from kg.contributing import home
from kg.contributions import Contribution, Desk, Draft, as_text
from kg.database import Database, open_database
from kg.namespaces import gap
from kg.settings import Settings
from kg.store import Change, placed, text_of
from tests.contributions.busy_desk import plain, plain_writer, settings_in
from tests.contributions.desk_support import ANNA, BEN, note

ROUNDS = 500 if os.environ.get("GAPBRIDGE_LONG") else 20
EACH = 4
"""So many contributions wait when a round begins."""
ROOT = Path(__file__).parents[2]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A base that holds next to nothing, written without rules and checks, where everybody waits for their turn."""
    plain(monkeypatch)
    monkeypatch.setattr("kg.contributions.accepting.WAIT_SECONDS", 300)
    monkeypatch.setattr("kg.database.opening._WAIT_SECONDS", 300)
    made = settings_in(tmp_path / "base")
    with plain_writer(made) as first:
        first.commit(Change(0, placed([note("The first.")])))
    return made


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = open_database(settings)
    yield opened
    opened.close()


def handed_in(desk: Desk, count: int, name: str = "") -> list[str]:
    """Small changes that wait."""
    drafts = [
        Draft("edit", f"Note {name}{n}", added=as_text(placed([note(f"Note {name}{n}.")])), base=1)
        for n in range(count)
    ]
    return desk.save_all(drafts, ANNA, submit=True)


def accepted_by(settings: Settings) -> dict[str, int]:
    """The revision of each contribution that is in the base, as the journal tells; fails where one is in twice."""
    found: Counter[str] = Counter()
    revisions: dict[str, int] = {}
    for patch in home(settings).journal.since(0):
        for quad in patch.added:
            if quad.predicate.value == gap("contribution"):
                found[text_of(quad.object)] += 1
                revisions[text_of(quad.object)] = patch.number
    assert not [id for id, count in found.items() if count > 1]
    return revisions


def check(desk: Desk, settings: Settings, ids: list[str]) -> list[Contribution]:
    """What the desk says of them is what the base holds."""
    rows = [desk.get(id) for id in ids]
    revisions = accepted_by(settings)
    assert {row.id: row.revision for row in rows if row.state == "accepted"} == {
        id: number for id, number in revisions.items() if id in ids
    }
    assert {row.state for row in rows} <= {"accepted", "submitted"}
    assert {row.accepting for row in rows} == {""}
    return rows


def test_who_is_killed_loses_nothing_and_doubles_nothing(settings: Settings, database: Database) -> None:
    desk, chance = Desk(database, settings), random.Random(6)
    ids: list[str] = []
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.contributions.busy_desk", str(settings.data)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    with process:
        assert process.stdin
        assert process.stdout
        longest = 0.0
        for number in range(ROUNDS + 1):
            ids += handed_in(desk, EACH, f"{number}-")
            print("go", file=process.stdin, flush=True)
            child, begun = int(process.stdout.readline()), time.monotonic()
            if longest:
                time.sleep(chance.random() * longest)  # at any moment of such a round
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            assert process.stdout.readline() == "ended\n"
            longest = longest or time.monotonic() - begun  # the first one is let be, to know how long they take
            check(desk, settings, ids[-EACH * 3 :])
        process.stdin.close()
    rows = check(desk, settings, ids)
    for row in rows:  # what was left open can still be accepted, once
        if row.state == "submitted":
            desk.accept(row.id, BEN, row.version)
    assert {row.state for row in check(desk, settings, ids)} == {"accepted"}


def test_fifty_who_write_at_once_lose_nothing_and_double_nothing(settings: Settings, database: Database) -> None:
    desks = [Desk(database, settings) for _ in range(2)]  # as two processes of a server have them
    ids = handed_in(desks[0], 50)

    def accept(place: int) -> int:
        return desks[place % 2].accept(ids[place], BEN, 1).revision

    with ThreadPoolExecutor(50) as people:
        revisions = list(people.map(accept, range(50)))
    assert sorted(revisions) == list(range(2, 52))
    assert {row.state for row in check(desks[0], settings, ids)} == {"accepted"}


def test_two_who_accept_the_same_make_one_revision(settings: Settings, database: Database) -> None:
    desks = [Desk(database, settings) for _ in range(2)]
    (id,) = handed_in(desks[0], 1)

    def accept(place: int) -> str:
        try:
            return str(desks[place].accept(id, BEN, 1).revision)
        except Exception as error:
            return type(error).__name__

    with ThreadPoolExecutor(2) as people:
        told = sorted(people.map(accept, range(2)))
    assert told[0] == "2"
    assert told[1] in ("EditedMeanwhile", "OutOfTurn")
    check(desks[0], settings, [id])
