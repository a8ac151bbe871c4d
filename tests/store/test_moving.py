"""Readers in memory that move on by patches: equal to one that was loaded, and never between two revisions."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kg.errors import StoreDamaged
from kg.store import Home, Moving, Quad
from kg.store.engine import on_disk
from tests.conftest import LONG
from tests.store.store_support import commit, grown, is_known, nquads, opened, quads, says

IN_MEMORY = 10**6


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return grown(Home(tmp_path / "base"), 3)


def begun(home: Home) -> Moving:
    """Over the newest revision, which nobody reads any more."""
    moving = Moving(home, IN_MEMORY)
    moving.newest()
    return moving


def loads(home: Home, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The revisions whose snapshots are loaded from now on."""
    found: list[int] = []

    def noted(folder: Path, revision: int, *, memory_limit: int) -> object:
        found.append(revision)
        return on_disk(folder, revision, memory_limit=memory_limit)

    monkeypatch.setattr("kg.store.home.on_disk", noted)
    return found


@settings(max_examples=200 if LONG else 12, phases=(Phase.explicit, Phase.generate))
@given(st.lists(st.tuples(st.frozensets(quads, max_size=6), st.frozensets(quads, max_size=6)), max_size=6))
def test_a_reader_that_moved_on_says_what_the_snapshot_says(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[frozenset[Quad], frozenset[Quad]]]
) -> None:
    home = grown(Home(tmp_path_factory.mktemp("moved") / "base"), 1)
    moving = begun(home)
    with opened(home) as writer:
        for added, removed in changes:
            commit(writer, added, removed)
            reader = moving.newest()
            assert nquads(reader) == nquads(home.reader(0))
            assert reader.revision == home.snapshots.newest()
            del reader


def test_to_move_on_loads_no_snapshot(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    moving, loaded = begun(home), loads(home, monkeypatch)
    grown(home, 4)
    assert is_known(moving.newest(), 7)
    assert loaded == []


def test_who_reads_goes_on_in_the_revision_they_read(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.moving.PATIENCE_SECONDS", 0.01)
    moving, loaded = Moving(home, IN_MEMORY), loads(home, monkeypatch)
    held = moving.newest()
    grown(home, 2)
    assert is_known(moving.newest(), 5)
    assert is_known(held, 3)
    assert loaded == [3, 5]


def test_a_move_waits_for_who_is_about_to_end(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.moving.PATIENCE_SECONDS", 60.0)
    moving = Moving(home, IN_MEMORY)
    held, loaded = [moving.newest()], loads(home, monkeypatch)
    grown(home, 1)
    ending = threading.Timer(0.05, held.clear)
    ending.start()
    assert is_known(moving.newest(), 4)
    ending.join()
    assert loaded == []


@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_without_a_patch_the_snapshot_is_loaded(home: Home, harm: str) -> None:
    moving = begun(home)
    grown(home, 3)
    patch = home.journal.path(5)
    if harm == "missing":
        patch.unlink()
    else:
        patch.write_bytes(patch.read_bytes().replace(b"5-1", b"5-x"))
    assert is_known(moving.newest(), 6)


@pytest.mark.parametrize(("name", "most"), [("MOST_PATCHES", 1), ("MOST_BYTES", 100), ("MOST_REMOVED", 1)])
def test_far_behind_the_snapshot_is_loaded(home: Home, monkeypatch: pytest.MonkeyPatch, name: str, most: int) -> None:
    monkeypatch.setattr(f"kg.store.moving.{name}", most)
    moving, loaded = begun(home), loads(home, monkeypatch)
    grown(home, 2)
    assert is_known(moving.newest(), 5)
    assert loaded == [5]


def test_nothing_moves_on_into_another_base(home: Home, tmp_path: Path) -> None:
    moving = begun(home)
    other = Home(tmp_path / "other")
    with opened(other) as writer:
        for number in range(5):
            commit(writer, [says("other", str(number))])
    home.folder.rename(tmp_path / "away")
    other.folder.rename(home.folder)
    assert nquads(moving.newest()) == nquads(home.reader(0))


def test_a_damaged_snapshot_is_told_where_it_must_be_loaded(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.moving.MOST_PATCHES", 0)
    moving = begun(home)
    grown(home, 1)
    for file in home.snapshots.path(4).iterdir():
        file.unlink()
    with pytest.raises(StoreDamaged):
        moving.newest()
