"""Changes on every engine: each arrives whole and once, whoever makes it; part of the table in the README."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.contributing import home
from kg.errors import Conflict
from kg.settings import Settings
from kg.store import statements_in
from kg.store.remote.keeping import guarded
from kg.store.remote.opening import sharing
from tests.remote.conftest import Engine, emptied
from tests.remote.racing import race
from tests.remote.support import change, differing, noting, reader, settings_for, shared_by, take_over


def test_a_change_arrives(small: Settings) -> None:
    number = change(small, noting(reader(small), "small"))
    assert sharing(small).keeper.head().revision == number
    assert differing(small) == []


def test_a_large_change_arrives_whole(small: Settings) -> None:
    change(small, noting(reader(small), "large", 1200))
    change(small, noting(reader(small), "large", 1100, gone=True))
    assert differing(small) == []


def test_a_change_that_is_sent_twice_is_made_once(small: Settings) -> None:
    number = change(small, noting(reader(small), "twice"))
    change(small, noting(reader(small), "twice", gone=True))
    patch = home(small).journal.read(number)
    sharing(small).client.update(guarded(sharing(small).record.line, patch))
    assert differing(small) == []


def test_a_server_that_lost_all_is_filled_anew(small: Settings) -> None:
    emptied(small)
    change(small, noting(reader(small), "anew"))
    assert differing(small) == []


def test_machines_take_turns(engine: Engine, small: Settings, tmp_path: Path) -> None:
    other = settings_for(engine.address, tmp_path / "other", shared_by(small))
    first = change(small, noting(reader(small), "here"))
    with pytest.raises(Conflict):
        change(other, replace(noting(reader(small), "there"), base=first - 1))
    second = change(other, noting(reader(small), "there"))
    take_over(small)
    assert (second, reader(small).revision) == (first + 1, first + 1)
    assert set(reader(small).quads()) == set(reader(other).quads())
    assert differing(small) == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_processes_that_write_at_once_lose_and_double_nothing(
    engine: Engine, kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    address = f"sqlite:///{tmp_path}/shared.sqlite"
    if kind == "postgresql":
        address = request.getfixturevalue("postgresql_server").new_database()
    machines = [settings_for(engine.address, tmp_path / str(n), address) for n in range(3)]
    emptied(machines[0])
    made = race(machines, each=2)
    take_over(machines[0])
    assert sorted(made) == list(range(1, 7))
    journal = home(machines[0]).journal
    touched = {subject for n in made for subject, _, _ in statements_in(journal.text(n)) if "/agent/racer" in subject}
    assert len(touched) == 6
    assert differing(machines[0]) == []
