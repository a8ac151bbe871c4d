"""Backups: real copies, each complete, sharing what did not change, checked before they count."""

from __future__ import annotations

import os
import shutil
import stat
import threading
from pathlib import Path

import pytest

from kg.accounts.signing_key import signing_key
from kg.database import open_database
from kg.errors import BadInput, StoreDamaged, StoreHeld, StoreMissing
from kg.operating import saving
from kg.operating.backup import Backup, back_up, backups, check_backup
from kg.operating.restoring import restore
from kg.store import Home, Patch
from kg.store.lock import WriterLock
from tests.operating.operating_support import inodes, settings_of, small_base, spoil
from tests.store.store_support import MOST, go_on, grown, is_known, nquads, opened, says, tree


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a base and its backup; not to be written to."""
    folder = tmp_path_factory.mktemp("saved")
    small_base(folder / "base")
    assert back_up(settings_of(folder / "base"), folder / "backups").revision == 4
    return folder


@pytest.fixture
def home(saved: Path, tmp_path: Path) -> Home:
    return Home(shutil.copytree(saved / "base", tmp_path / "base"))


@pytest.fixture
def folder(saved: Path, tmp_path: Path) -> Path:
    """A folder with one backup."""
    return shutil.copytree(saved / "backups", tmp_path / "backups")


def save(home: Home, folder: Path, keep: int = 0) -> Backup:
    return back_up(settings_of(home.folder), folder, keep=keep)


def restored(folder: Path, target: Path) -> Home:
    restore(folder, settings_of(target))
    return Home(target)


# --- Complete ---------------------------------------------------------------------------------------


def test_a_restored_base_is_the_one_that_was_saved_and_goes_on(home: Home, folder: Path, tmp_path: Path) -> None:
    other = restored(folder, tmp_path / "deep" / "other")
    assert nquads(other.reader(0)) == nquads(home.reader(0))
    assert tree(other.journal.folder) == tree(home.journal.folder)
    assert other.journal.path(2).stat().st_mtime_ns == home.journal.path(2).stat().st_mtime_ns, "when it was accepted"
    assert is_known(grown(other, 2).reader(0), 6)


def test_a_backup_shares_no_file_with_the_base_and_changes_nothing_in_it(home: Home, tmp_path: Path) -> None:
    before = tree(home.folder, but=())
    save(home, tmp_path / "backups")
    assert tree(home.folder, but=()) == before
    assert not inodes(home.folder) & inodes(tmp_path / "backups")


def test_a_backup_is_made_beside_a_writer(home: Home, tmp_path: Path) -> None:
    with opened(home) as writer:
        go_on(writer, 2)
        assert save(home, tmp_path / "backups").revision == 6
        go_on(writer, 2)
    assert is_known(restored(tmp_path / "backups", tmp_path / "other").reader(0), 6)


def test_backups_succeed_while_snapshots_come_and_go(tmp_path: Path) -> None:
    home = grown(Home(tmp_path / "base", keep=1), 1)
    enough = threading.Event()

    def write() -> None:
        with opened(home) as writer:
            while not enough.is_set() and writer.reader.revision < MOST:
                go_on(writer, 1)

    writing = threading.Thread(target=write)
    writing.start()
    made: list[Backup] = []
    while writing.is_alive() and len({one.revision for one in made}) < 4:
        made.append(save(home, tmp_path / "backups"))
    enough.set()
    writing.join()
    for number, backup in enumerate(made):
        assert is_known(restored(backup.folder, tmp_path / f"other{number}").reader(0), backup.revision)
    assert len({one.revision for one in made}) == 4


# --- Many in one folder -----------------------------------------------------------------------------


def test_what_has_not_changed_is_not_copied_again(home: Home, folder: Path) -> None:
    again = save(home, folder)
    assert again.copied == 0
    assert again.linked > 0
    grown(home, 1)
    after = save(home, folder)
    assert (after.folder / "journal" / "00000003.rdfp").stat().st_nlink == 3
    assert (after.folder / "journal" / "00000005.rdfp").stat().st_nlink == 1


def test_each_backup_is_complete_by_itself(home: Home, folder: Path, tmp_path: Path) -> None:
    grown(home, 1)
    save(home, folder)
    first, second = sorted(folder.glob("0*"))
    assert (first.name, second.name) == ("000001-r4", "000002-r5")
    shutil.rmtree(first)
    assert is_known(restored(folder, tmp_path / "other").reader(0), 5)


def test_a_file_that_rotted_in_an_earlier_backup_is_copied_anew(home: Home, folder: Path) -> None:
    earlier = folder / "000001-r4"
    spoil(earlier / "journal" / "00000002.rdfp", 9)
    again = save(home, folder)
    assert again.copied > 0
    check_backup(again)
    with pytest.raises(StoreDamaged, match=r"000001-r4.*journal/00000002\.rdfp"):
        check_backup(backups(folder)[1])


def quietly(path: Path) -> None:
    """Spoil a file as a disk does: nothing tells but what it says."""
    before = path.stat()
    with path.open("r+b") as file:
        file.seek(9)
        file.write(b"?")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_what_never_changes_is_not_read_again_and_what_a_disk_spoils_since_is_not_taken_over(
    home: Home, folder: Path
) -> None:
    save(home, folder)
    quietly(next(home.snapshots.path(4).glob("*.sst")))
    again = save(home, folder)
    assert again.believed > 0
    check_backup(again)
    with pytest.raises(StoreDamaged, match=r"\.sst is not what it was"):
        back_up(settings_of(home.folder), folder, anew=True)


def test_what_rotted_unseen_in_an_earlier_backup_is_told_by_verify_and_mended_by_reading_all(
    home: Home, folder: Path
) -> None:
    quietly(save(home, folder).folder / "journal" / "00000002.rdfp")
    with pytest.raises(StoreDamaged, match=r"journal/00000002\.rdfp"):
        check_backup(save(home, folder))
    check_backup(back_up(settings_of(home.folder), folder, anew=True))


def test_after_a_month_all_is_read_again(home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quietly(save(home, folder).folder / "journal" / "00000002.rdfp")
    monkeypatch.setattr(saving, "MONTH_SECONDS", 0)
    again = save(home, folder)
    assert again.believed == 0
    check_backup(again)


def test_a_list_of_what_is_known_that_is_spoilt_makes_all_be_read(home: Home, folder: Path) -> None:
    spoil(save(home, folder).folder / saving.KNOWN)
    assert save(home, folder).believed == 0


def test_a_snapshot_that_does_not_say_what_is_newest_is_not_saved(
    home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(home, folder)
    monkeypatch.setattr(saving, "_READ_WHOLE", 1)  # little is new in a large base
    save(grown(home, 1), folder)
    grown(home, 1)
    home.journal.append(Patch(6, (), (says("another", "thing"),)))
    with pytest.raises(StoreDamaged, match="cannot be read"):
        save(home, folder)


@pytest.mark.parametrize("name", ["checksums.json", "backup.json"])
def test_an_earlier_backup_that_is_spoilt_hinders_no_later_one(home: Home, folder: Path, name: str) -> None:
    (folder / "000001-r4" / name).write_text("{")
    check_backup(save(home, folder))


def test_the_oldest_go_once_there_are_more_than_are_to_be_kept(home: Home, folder: Path) -> None:
    for _ in range(3):
        save(home, folder, keep=2)
    assert [one.folder.name for one in backups(folder)] == ["000004-r4", "000003-r4"]


def test_a_backup_that_fails_leaves_the_earlier_ones(home: Home, folder: Path) -> None:
    grown(home, 1)
    before = tree(folder)
    spoil(home.journal.path(2), 9)
    with pytest.raises(StoreDamaged, match="Nothing was saved"):
        save(home, folder, keep=1)
    assert tree(folder) == before


def test_what_a_killed_backup_left_is_cleared_away(home: Home, folder: Path) -> None:
    (folder / ".making.tmp" / "snapshots").mkdir(parents=True)
    save(home, folder)
    assert not (folder / ".making.tmp").exists()
    assert len(backups(folder)) == 2


def test_two_at_once_do_not_get_into_each_others_way(home: Home, folder: Path) -> None:
    other = WriterLock(folder / "lock")
    other.acquire()
    with pytest.raises(StoreHeld):
        save(home, folder)
    other.release()


def test_where_the_disk_knows_no_second_names_all_is_copied(
    home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refused)
    again = save(home, folder)
    assert again.linked == 0
    check_backup(again)


# --- Refused ----------------------------------------------------------------------------------------


def test_where_there_is_no_base_there_is_nothing_to_save(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        back_up(settings_of(tmp_path / "nowhere"), tmp_path / "backups")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["mine.txt", "checksums.json"])
def test_backups_do_not_go_beside_something_else(home: Home, tmp_path: Path, name: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / name).write_text("mine")
    with pytest.raises(BadInput, match="choose"):
        save(home, tmp_path / "full")
    with pytest.raises(BadInput, match="is a file"):
        save(home, tmp_path / "full" / name)
    assert tree(tmp_path / "full", but=()).keys() == {name}


@pytest.mark.parametrize("name", [".", "backups"])
def test_backups_do_not_go_into_the_base_they_are_to_outlive(home: Home, name: str) -> None:
    before = tree(home.folder, but=())
    with pytest.raises(BadInput, match="lost with it"):
        save(home, home.folder / name)
    assert tree(home.folder, but=()) == before


@pytest.mark.parametrize("what", ["journal", "snapshot"])
def test_what_is_damaged_is_not_saved(home: Home, tmp_path: Path, what: str) -> None:
    path = home.journal.path(2) if what == "journal" else home.snapshots.path(4) / "CURRENT"
    path.write_bytes(path.read_bytes()[:-1])
    before = tree(home.folder)
    with pytest.raises(StoreDamaged):
        save(home, tmp_path / "backups")
    assert not backups(tmp_path / "backups")
    assert tree(home.folder) == before


def test_every_file_of_a_backup_is_forced_to_disk_before_it_has_its_name(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forced: set[str] = set()
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda h: (forced.add(os.readlink(f"/proc/self/fd/{h}")), sync(h))[1])
    made = save(home, tmp_path / "backups").folder
    draft = made.with_name(".making.tmp")
    assert {str(draft / p.relative_to(made)) for p in made.rglob("*")} <= forced


def test_what_is_saved_of_people_is_for_its_owner_alone(home: Home, tmp_path: Path) -> None:
    settings = settings_of(home.folder)
    signing_key(settings)
    open_database(settings).close()
    backup = back_up(settings, tmp_path / "backups")
    elsewhere = settings_of(tmp_path / "other", DATABASE=f"sqlite:///{tmp_path}/elsewhere.sqlite")
    restore(backup.folder, elsewhere)
    kept = [backup.folder / "people.sqlite", backup.folder / "secret.key", tmp_path / "elsewhere.sqlite"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in [backup.folder, *kept]] == [0o700, 0o600, 0o600, 0o600]
