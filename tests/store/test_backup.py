"""Backup and restore: real copies, checked before they count."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
from pathlib import Path

import pytest

from kg.errors import BadInput, StoreDamaged, StoreMissing, StoreTooNew
from kg.settings import Settings
from kg.store import Home, back_up, restore
from kg.store.backup import verify_backup
from tests.store.store_support import MOST, go_on, grown, is_known, nquads, opened, tree


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store and its backup; not to be written to."""
    folder = tmp_path_factory.mktemp("saved")
    assert back_up(grown(Home(folder / "base"), 4), folder / "backup") == 4
    return folder


@pytest.fixture
def home(saved: Path, tmp_path: Path) -> Home:
    return Home(shutil.copytree(saved / "base", tmp_path / "base"))


@pytest.fixture
def backup(saved: Path, tmp_path: Path) -> Path:
    return shutil.copytree(saved / "backup", tmp_path / "backup")


def test_a_restored_store_is_the_one_that_was_saved(home: Home, backup: Path, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    assert restore(backup, other) == 4
    assert nquads(other.reader(0)) == nquads(home.reader(0))
    assert tree(other.journal.folder) == tree(home.journal.folder)


def test_a_restored_store_goes_on(backup: Path, tmp_path: Path) -> None:
    other = Home(tmp_path / "deep" / "other")
    restore(backup, other)
    grown(other, 2)
    assert is_known(other.reader(0), 6)


def test_the_seed_data_come_back(fresh: Settings, tmp_path: Path) -> None:
    home, other = Home(fresh.data), Home(tmp_path / "other")
    assert restore_of(home, tmp_path / "backup", other) == 1
    assert nquads(other.reader(10**6)) == nquads(home.reader(10**6))


def restore_of(home: Home, backup: Path, other: Home) -> int:
    assert back_up(home, backup) == home.snapshots.newest()
    return restore(backup, other)


def test_a_backup_shares_no_file_with_the_store(saved: Path) -> None:
    ours = {p.stat().st_ino for p in (saved / "base").rglob("*") if p.is_file()}
    assert not ours & {p.stat().st_ino for p in (saved / "backup").rglob("*") if p.is_file()}


def test_saving_changes_nothing_in_the_store(home: Home, tmp_path: Path) -> None:
    before = tree(home.folder, but=())
    back_up(home, tmp_path / "backup")
    assert tree(home.folder, but=()) == before


def test_restoring_changes_nothing_in_the_backup(backup: Path, tmp_path: Path) -> None:
    before = tree(backup, but=())
    restore(backup, Home(tmp_path / "other"))
    assert tree(backup, but=()) == before


def test_a_backup_is_made_beside_a_writer(home: Home, tmp_path: Path) -> None:
    with opened(home) as writer:
        go_on(writer, 2)
        assert back_up(home, tmp_path / "backup") == 6
        go_on(writer, 2)
    restore(tmp_path / "backup", Home(tmp_path / "other"))
    assert is_known(Home(tmp_path / "other").reader(0), 6)


def test_backups_succeed_while_snapshots_come_and_go(tmp_path: Path) -> None:
    home = grown(Home(tmp_path / "base", keep=1), 1)
    enough = threading.Event()

    def write() -> None:
        with opened(home) as writer:
            while not enough.is_set() and writer.reader.revision < MOST:
                go_on(writer, 1)

    writing = threading.Thread(target=write)
    writing.start()
    made: list[int] = []
    while writing.is_alive() and len(set(made)) < 4:
        made.append(back_up(home, tmp_path / f"backup{len(made)}"))
    enough.set()
    writing.join()
    for number, revision in enumerate(made):
        other = Home(tmp_path / f"other{number}")
        assert restore(tmp_path / f"backup{number}", other) == revision
        assert is_known(other.reader(0), revision)
    assert len(set(made)) == 4


def test_a_relative_folder_will_do(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert back_up(home, Path()) == 4
    monkeypatch.chdir(tmp_path / "here")  # it is another folder now
    assert restore(tmp_path / "here", Home(Path("../there"))) == 4
    assert is_known(Home(tmp_path / "there").reader(0), 4)


# --- Refused ----------------------------------------------------------------------------------------


def test_where_there_is_no_store_there_is_nothing_to_save(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        back_up(Home(tmp_path / "nowhere"), tmp_path / "backup")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["mine.txt", "lock", ".hidden"])
def test_a_backup_goes_into_an_empty_folder_only(home: Home, tmp_path: Path, name: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / name).write_text("mine")
    with pytest.raises(BadInput, match="is not empty"):
        back_up(home, tmp_path / "full")
    assert tree(tmp_path / "full", but=()).keys() == {name}


def test_a_file_in_the_backups_place_is_left_alone(home: Home, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(BadInput, match="is not empty"):
        back_up(home, tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_store_is_not_restored_over_another(home: Home, backup: Path) -> None:
    before = tree(home.folder, but=())
    with pytest.raises(BadInput, match="is not empty"):
        restore(backup, home)
    assert tree(home.folder, but=()) == before


def test_an_empty_folder_may_be_restored_into(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "lock").touch()  # what a refused start leaves
    assert restore(backup, Home(tmp_path / "other")) == 4


@pytest.mark.parametrize("folder", ["nowhere", "base"])
def test_what_is_no_backup_is_not_restored(home: Home, tmp_path: Path, folder: str) -> None:
    with pytest.raises(BadInput, match="holds no backup"):
        restore(tmp_path / folder, Home(tmp_path / "other"))
    assert not (tmp_path / "other").exists()


def files_of(backup: Path) -> list[Path]:
    return sorted(p for p in backup.rglob("*") if p.is_file() and p.stat().st_size)


def test_a_byte_changed_in_any_file_of_a_backup_is_found(backup: Path, tmp_path: Path) -> None:
    for path in files_of(backup):
        data = path.read_bytes()
        for place in {0, len(data) // 3, len(data) - 2}:
            path.write_bytes(data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :])
            with pytest.raises(StoreDamaged, match="not as it was saved"):
                restore(backup, Home(tmp_path / "other"))
        path.write_bytes(data)
    assert not (tmp_path / "other").exists()
    assert restore(backup, Home(tmp_path / "other")) == 4


def test_a_lost_file_is_named(backup: Path, tmp_path: Path) -> None:
    (backup / "journal" / "00000002.rdfp").unlink()
    with pytest.raises(StoreDamaged, match=r"journal/00000002\.rdfp"):
        restore(backup, Home(tmp_path / "other"))


@pytest.mark.parametrize("text", ["", "{", "[1]", "5", "null", "\x00"])
def test_a_spoilt_list_of_checksums_is_told(backup: Path, tmp_path: Path, text: str) -> None:
    (backup / "checksums.json").write_text(text)
    with pytest.raises(StoreDamaged, match="not as it was saved"):
        restore(backup, Home(tmp_path / "other"))


def test_what_was_not_saved_is_not_restored(backup: Path, tmp_path: Path) -> None:
    shutil.copy(backup / "journal" / "00000004.rdfp", backup / "journal" / "00000005.rdfp")
    assert restore(backup, Home(tmp_path / "other")) == 4
    assert Home(tmp_path / "other").journal.head == 4


def test_a_backup_of_a_newer_program_is_not_restored(backup: Path, tmp_path: Path) -> None:
    (backup / "format.json").write_text('{"format": 2}')
    sums = json.loads((backup / "checksums.json").read_text())
    sums["format.json"] = hashlib.sha256(b'{"format": 2}').hexdigest()
    (backup / "checksums.json").write_text(json.dumps(sums))
    with pytest.raises(StoreTooNew):
        restore(backup, Home(tmp_path / "other"))
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("what", ["journal", "snapshot"])
def test_what_is_damaged_is_not_saved(home: Home, tmp_path: Path, what: str) -> None:
    path = home.journal.path(2) if what == "journal" else home.snapshots.path(4) / "CURRENT"
    path.write_bytes(path.read_bytes()[:-1])
    before = tree(home.folder)
    with pytest.raises(StoreDamaged):
        back_up(home, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()
    assert tree(home.folder) == before


def test_every_file_of_a_backup_is_forced_to_disk_before_it_has_its_name(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forced: set[str] = set()
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda h: (forced.add(os.readlink(f"/proc/self/fd/{h}")), sync(h))[1])
    back_up(home, tmp_path / "backup")
    draft = tmp_path / ".backup.tmp"
    assert {str(draft / p.relative_to(tmp_path / "backup")) for p in (tmp_path / "backup").rglob("*")} <= forced


def test_a_backup_says_whether_it_is_sound(backup: Path) -> None:
    assert len(verify_backup(backup)) == len([p for p in backup.rglob("*") if p.is_file()]) - 1
