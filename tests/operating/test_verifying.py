"""Verifying finds what was changed behind the program's back, names it, and changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from kg.contributing import index
from kg.database import open_database
from kg.errors import StoreMissing
from kg.operating.backup import back_up
from kg.operating.finding import NOTE, PROBLEM, Finding
from kg.operating.verifying import verify, verify_backups
from kg.settings import Settings
from kg.store import DERIVED_GRAPH, Home, Literal, NamedNode, Quad
from kg.store.fingerprint import of_journal, of_snapshot
from kg.store.rewinding import copied
from tests.operating.operating_support import settings_of, small_base, spoil
from tests.store.store_support import opened, says, tree


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return small_base(tmp_path / "base")


def looked(home: Home) -> dict[str, Finding]:
    return {one.about: one for one in verify(settings_of(home.folder), derived=False)}


def tampered(home: Home, change: Callable[[Home], None]) -> Finding:
    """The one problem that is found after a change behind the program's back."""
    before = tree(home.folder, but=())
    assert not [one for one in looked(home).values() if one.level == PROBLEM]
    assert tree(home.folder, but=()) == before, "nothing is changed"
    change(home)
    (found,) = [one for one in looked(home).values() if one.level == PROBLEM]
    assert found.why
    assert found.mend
    return found


def test_the_journal_gives_what_the_snapshots_hold(home: Home) -> None:
    for number, found in of_journal(home.journal, 4):
        if number in home.snapshots.revisions():
            assert found == of_snapshot(home.snapshots.path(number))


@pytest.mark.parametrize("place", [3, -80, -2])
def test_a_changed_journal_entry(home: Home, place: int) -> None:
    found = tampered(home, lambda home: spoil(home.journal.path(2), place))
    assert (found.about, "00000002" in found.what) == ("journal", True)


def test_damage_in_any_order_of_the_statements_is_found(home: Home, tmp_path: Path) -> None:
    orders = sorted(home.snapshots.path(4).glob("*.sst"))
    missed = 0
    for order in orders:
        harmed = copytree(home.folder, tmp_path / order.stem)
        spoil(Home(harmed).snapshots.path(4) / order.name, 10)
        found = {one.about: one for one in verify(settings_of(harmed))}
        assert found["indexes of snapshot 4"].level == PROBLEM
        missed += found["snapshot 4"].level != PROBLEM
    assert missed >= 4, "of those, reading in one order finds some alone"


def test_an_index_that_is_damaged_is_built_anew_from_the_journal_as_it_says(home: Home) -> None:
    for order in home.snapshots.path(4).glob("*.sst"):
        spoil(order, 10)
    rmtree(home.snapshots.folder)
    with opened(home):
        pass
    assert [one for one in verify(settings_of(home.folder)) if one.level == PROBLEM] == []


def test_a_lost_journal_entry(home: Home) -> None:
    found = tampered(home, lambda home: home.journal.path(2).unlink())
    assert "has no entry 2" in found.what


def test_a_journal_that_ends_too_early(home: Home) -> None:
    found = tampered(home, lambda home: home.journal.path(4).unlink())
    assert (found.about, "ends at 3" in found.what) == ("pointer", True)


def test_an_entry_in_the_place_of_another(home: Home) -> None:
    found = tampered(home, lambda home: home.journal.path(2).write_bytes(home.journal.text(3)))
    assert "does not hold revision 2" in found.what


@pytest.mark.parametrize("quad", [says("s4", "4-9"), Quad(says("s4", "").subject, NamedNode("x:y"), Literal("z"))])
def test_a_snapshot_with_a_statement_that_nobody_made(home: Home, quad: Quad) -> None:
    def tamper(home: Home) -> None:
        work = home.folder / "work"
        engine = copied(home.snapshots.path(4), 4, work)
        engine.store.add(quad)
        home.snapshots.publish(engine.store, 4)

    found = tampered(home, tamper)
    assert found.about == "snapshot 4"
    assert "not what the journal gives" in found.what


def test_a_snapshot_whose_statement_says_something_else(home: Home) -> None:
    """The counts agree; the hashes do not."""

    def tamper(home: Home) -> None:
        engine = copied(home.snapshots.path(4), 4, home.folder / "work")
        engine.store.remove(says("s4", "4-1"))
        engine.store.add(says("s4", "4-9"))
        home.snapshots.publish(engine.store, 4)

    assert "others than these" in tampered(home, tamper).what


def test_a_snapshot_that_cannot_be_read(home: Home) -> None:
    found = tampered(home, lambda home: (home.snapshots.path(4) / "CURRENT").write_text(""))
    assert found.about == "snapshot 4"


def test_links_that_do_not_follow(fresh: Settings) -> None:
    place = Home(fresh.data)
    engine = copied(place.snapshots.path(1), 1, fresh.data / "work")
    engine.store.remove(next(iter(engine.quads(graph=DERIVED_GRAPH))))
    place.snapshots.publish(engine.store, 1)
    found = {one.about: one for one in verify(fresh)}
    assert found["derived links"].level == PROBLEM
    assert "1 statements would come in and 0 go out" in found["derived links"].what


def test_an_index_that_leaves_something_out(home: Home) -> None:
    settings = settings_of(home.folder)
    assert index(settings).touching([says("s3", "").subject.value], 4)
    assert looked(home)["index of the history"].what == "up to revision 4, as the journal says"
    with closing(sqlite3.connect(home.folder / "history.sqlite")) as history, history:
        history.execute("DELETE FROM touched WHERE revision = 3")
    found = looked(home)["index of the history"]
    assert (found.level, "in revisions 3." in found.what) == (PROBLEM, True)


def test_accounts_that_are_not_in_order(home: Home) -> None:
    settings = settings_of(home.folder)
    open_database(settings).close()
    assert "in order" in looked(home)["accounts"].what
    with closing(sqlite3.connect(home.folder / "people.sqlite")) as people, people:
        people.execute("INSERT INTO diagnoses VALUES ('d', 'nobody', 'n', 'c', '2026-01-01', '2026-01-01')")
    assert "refers to a row of accounts that is not there" in looked(home)["accounts"].what
    with closing(sqlite3.connect(home.folder / "people.sqlite")) as people, people:
        people.execute("DELETE FROM diagnoses")
        people.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "does not know" in looked(home)["accounts"].what
    spoil(home.folder / "people.sqlite", 20)
    (home.folder / "people.sqlite").write_bytes(b"nonsense" * 1000)
    assert "cannot be read" in looked(home)["accounts"].what


def test_where_there_is_no_base_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        list(verify(settings_of(tmp_path / "nowhere")))


def test_backups_are_looked_through_each(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for _ in range(2):
        made = back_up(settings_of(home.folder), folder).folder
    found = list(verify_backups(folder))
    assert {one.level for one in found} <= {"well", NOTE}
    (made / "format.json").write_text("{}")
    first, second = [one for one in verify_backups(folder) if one.about.startswith("backup 0")]
    assert (first.level, second.level) == (PROBLEM, PROBLEM), "they share the file"
    assert [one.level for one in verify_backups(tmp_path)] == [PROBLEM]
