"""Restoring: to an empty place, to a point, with the people; never over anything, never from what is spoilt."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.accounts.people import People
from kg.accounts.signing_key import signing_key
from kg.contributing import open_base
from kg.contributions import Desk
from kg.database import open_database
from kg.errors import BadInput, StoreDamaged, StoreTooNew
from kg.operating.backup import back_up, check_backup, newest_backup
from kg.operating.restoring import restore
from kg.settings import Settings
from kg.store import Home
from tests.conftest import copied
from tests.contributions.desk_support import ANNA, BEN, draft
from tests.database_support import Server
from tests.operating.operating_support import settings_of, small_base, spoil
from tests.store.store_support import grown, is_known, nquads, tree


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a base and its backup; not to be written to."""
    folder = tmp_path_factory.mktemp("saved")
    small_base(folder / "base")
    back_up(settings_of(folder / "base"), folder / "backups")
    return folder


@pytest.fixture
def backup(saved: Path, tmp_path: Path) -> Path:
    """One backup."""
    return shutil.copytree(saved / "backups" / "000001-r4", tmp_path / "backup")


def restored(folder: Path, target: Path, to: int = 0) -> Home:
    restore(folder, settings_of(target), to=to)
    return Home(target)


@pytest.fixture(scope="module")
def filled(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seed data, people and their work, and a backup of it; not to be written to."""
    folder = tmp_path_factory.mktemp("filled")
    settings = settings_of(copied(seeded.data, folder / "base"))
    fill(settings, accepting=True)
    back_up(settings, folder / "backups")
    return folder


def fill(settings: Settings, *, accepting: bool) -> None:
    """One contribution that is accepted, one that waits and one that was only begun; and an account."""
    signing_key(settings)
    database = open_database(settings)
    People(database).add("Robin Example", "robin@example.org", "contributor", "three words on a wall")
    desk = Desk(database, settings)
    for slug in ("accepted", "waiting", "begun"):
        row = desk.save(draft(slug), ANNA)
        if slug != "begun":
            row = desk.submit(row.id, ANNA, row.version)
        if slug == "accepted" and accepting:
            desk.accept(row.id, BEN, row.version)
    database.close()


@contextmanager
def desk_of(settings: Settings) -> Iterator[Desk]:
    """The desk of a base that was restored, whose people must be there too."""
    database = open_database(settings)
    assert People(database).find("robin@example.org").name == "Robin Example"
    yield Desk(database, settings)
    database.close()


def test_a_base_with_its_people_drafts_and_queue_comes_back(filled: Path, tmp_path: Path) -> None:
    before, after = settings_of(filled / "base"), settings_of(tmp_path / "other")
    done = restore(filled / "backups", after)
    assert (done.people, done.revision, done.reopened.contributions) == (True, 2, 0)
    assert nquads(open_base(after)) == nquads(open_base(before))
    assert signing_key(after) == signing_key(before)
    assert (after.data / "secret.key").stat().st_mode & 0o777 == 0o600
    with desk_of(after) as desk:
        listed = {row.title: row.state for row in desk.of_author(ANNA.id).rows}
    assert listed == {"Claim accepted": "accepted", "Claim waiting": "submitted", "Claim begun": "draft"}


def test_what_was_accepted_after_the_point_waits_again(filled: Path, seeded: Settings, tmp_path: Path) -> None:
    after = settings_of(tmp_path / "other")
    done = restore(filled / "backups", after, to=1)
    assert (done.revision, done.reopened.contributions) == (1, 1)
    assert nquads(open_base(after)) == nquads(open_base(seeded))
    with desk_of(after) as desk:
        again = next(row for row in desk.queue().rows if row.title == "Claim accepted")
        assert (again.state, again.revision, again.accepting) == ("submitted", 0, "")
        assert "restored to revision 1" in desk.events(again.id)[-1].text


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_every_revision_of_the_journal_can_be_gone_back_to(backup: Path, tmp_path: Path, number: int) -> None:
    other = restored(backup, tmp_path / "other", to=number)
    assert is_known(other.reader(0), number)
    assert other.journal.head == number
    assert other.snapshots.revisions() == [number]
    assert is_known(grown(other, 2).reader(0), number + 2)


def test_the_people_of_a_postgresql_server_come_back(
    fresh: Settings, tmp_path: Path, postgresql_server: Server
) -> None:
    first = settings_of(fresh.data, DATABASE=postgresql_server.new_database())
    fill(first, accepting=False)
    assert back_up(first, tmp_path / "backups").people == "postgresql"
    other = settings_of(tmp_path / "other", DATABASE=postgresql_server.new_database())
    restore(tmp_path / "backups", other)
    with desk_of(other) as desk:
        assert {row.state for row in desk.of_author(ANNA.id).rows} == {"submitted", "draft"}
    with pytest.raises(BadInput, match="not empty"):
        restore(tmp_path / "backups", settings_of(tmp_path / "third", DATABASE=other.database))
    with pytest.raises(BadInput, match="come from postgresql"):
        restore(tmp_path / "backups", settings_of(tmp_path / "third"))
    assert not restore(tmp_path / "backups", settings_of(tmp_path / "third"), with_people=False).people


# --- Refused ----------------------------------------------------------------------------------------


def test_restoring_changes_nothing_in_the_backup(backup: Path, tmp_path: Path) -> None:
    before = tree(backup, but=())
    restored(backup, tmp_path / "other", to=2)
    assert tree(backup, but=()) == before


def test_a_base_is_not_restored_over_another(saved: Path, backup: Path, tmp_path: Path) -> None:
    base = shutil.copytree(saved / "base", tmp_path / "base")
    before = tree(base, but=())
    with pytest.raises(BadInput, match="is not empty"):
        restore(backup, settings_of(base))
    assert tree(base, but=()) == before


def test_an_empty_folder_may_be_restored_into(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "lock").touch()  # what a refused start leaves
    assert restore(backup, settings_of(tmp_path / "other")).revision == 4


@pytest.mark.parametrize("number", [5, 99])
def test_a_revision_that_is_not_in_the_backup_is_told(backup: Path, tmp_path: Path, number: int) -> None:
    with pytest.raises(BadInput, match="revisions 1 to 4"):
        restore(backup, settings_of(tmp_path / "other"), to=number)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("folder", ["nowhere", "base"])
def test_what_is_no_backup_is_not_restored(saved: Path, tmp_path: Path, folder: str) -> None:
    with pytest.raises(BadInput, match="holds no backup"):
        restore(saved / folder, settings_of(tmp_path / "other"))
    assert not (tmp_path / "other").exists()


def test_a_byte_changed_in_any_file_of_a_backup_is_found(backup: Path, tmp_path: Path) -> None:
    for path in sorted(p for p in backup.rglob("*") if p.is_file() and p.stat().st_size):
        for place in {0, path.stat().st_size // 3, -2}:
            spoil(path, place)
            with pytest.raises(StoreDamaged, match="not as it was saved"):
                restore(backup, settings_of(tmp_path / "other"))
            spoil(path, place)
    assert not (tmp_path / "other").exists()
    assert restore(backup, settings_of(tmp_path / "other")).revision == 4


def test_a_lost_file_is_named(backup: Path, tmp_path: Path) -> None:
    (backup / "journal" / "00000002.rdfp").unlink()
    with pytest.raises(StoreDamaged, match=r"journal/00000002\.rdfp"):
        restore(backup, settings_of(tmp_path / "other"))


@pytest.mark.parametrize("text", ["", "{", "[1]", "5", "null", "\x00"])
def test_a_spoilt_list_of_checksums_is_told(backup: Path, tmp_path: Path, text: str) -> None:
    (backup / "checksums.json").write_text(text)
    with pytest.raises(StoreDamaged, match="not as it was saved"):
        restore(backup, settings_of(tmp_path / "other"))


def test_what_was_not_saved_is_not_restored(backup: Path, tmp_path: Path) -> None:
    shutil.copy(backup / "journal" / "00000004.rdfp", backup / "journal" / "00000005.rdfp")
    assert restored(backup, tmp_path / "other").journal.head == 4


def test_a_backup_of_a_newer_program_is_not_restored(backup: Path, tmp_path: Path) -> None:
    rewrite(backup, "format.json", '{"format": 2}')
    with pytest.raises(StoreTooNew):
        restore(backup, settings_of(tmp_path / "other"))
    assert not (tmp_path / "other").exists()


def test_a_backup_of_an_earlier_program_is_restored(backup: Path, tmp_path: Path) -> None:
    """It was the folder itself, and told nothing of itself."""
    rewrite(backup, "backup.json", None)
    assert restored(backup, tmp_path / "other").reader(0).revision == 4


def rewrite(backup: Path, name: str, text: str | None) -> None:
    """Have a file say something else, and the list of checksums agree."""
    sums = json.loads((backup / "checksums.json").read_text())
    del sums[name]
    (backup / name).unlink()
    if text is not None:
        (backup / name).write_text(text)
        sums[name] = hashlib.sha256(text.encode()).hexdigest()
    (backup / "checksums.json").write_text(json.dumps(sums))


def test_all_that_lies_in_a_backup_has_a_checksum(backup: Path) -> None:
    names = {str(p.relative_to(backup)) for p in backup.rglob("*") if p.is_file()}
    assert check_backup(newest_backup(backup)).keys() == names - {"checksums.json"}
