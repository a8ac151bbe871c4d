"""Replicas: whole revisions only, only what is new, readable at every moment, and never written to."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from kg.contributing import open_base
from kg.contributions import Desk
from kg.database import open_database
from kg.errors import BadInput, OnlyReplica, StoreDamaged, StoreMissing
from kg.operating.finding import PROBLEM
from kg.operating.replicating import Round, follow, replicate
from kg.operating.verifying import verify
from kg.settings import Settings
from kg.store import Home
from tests.contributions.desk_support import ANNA, draft
from tests.operating.operating_support import settings_of, small_base, spoil
from tests.people_support import signed_in, site
from tests.store.store_support import commit, go_on, grown, is_known, opened, says, tree


@pytest.fixture
def source(tmp_path: Path) -> Home:
    return small_base(tmp_path / "source", 3)


@pytest.fixture
def target(tmp_path: Path) -> Home:
    return Home(tmp_path / "target")


def test_a_replica_is_the_same_base_and_follows_it(source: Home, target: Home) -> None:
    before = tree(source.folder, but=())
    assert replicate(source, target) == Round(3, replica_size(target), 0)
    assert tree(source.folder, but=()) == before
    assert is_known(target.reader(0), 3)
    assert replicate(source, target) is None
    grown(source, 1)
    again = replicate(source, target)
    assert again
    assert again.linked > 0
    replicate(grown(source, 4), target)
    assert is_known(target.reader(0), 8)
    assert len(target.snapshots.revisions()) <= target.keep
    assert not [one for one in verify(settings_of(target.folder), derived=False) if one.level == PROBLEM]


def replica_size(target: Home) -> int:
    folders = (target.journal.folder, target.snapshots.path(3))
    return sum(path.stat().st_size for folder in folders for path in folder.iterdir())


def test_no_file_is_shared_with_the_base(source: Home, target: Home) -> None:
    replicate(source, target)
    ours = {p.stat().st_ino for p in source.folder.rglob("*") if p.is_file()}
    assert not ours & {p.stat().st_ino for p in target.folder.rglob("*") if p.is_file()}


def test_whoever_reads_finds_a_whole_revision_at_every_moment(source: Home, target: Home) -> None:
    stop, told = threading.Event(), list[object]()
    copying = threading.Thread(target=follow, args=(source, target, 0.001, stop, told.append))
    copying.start()
    try:
        with opened(source) as writer:
            while len(told) < 6 and writer.reader.revision < 300:
                go_on(writer, 1)
                if target.exists:
                    reader = target.reader(0)
                    assert is_known(reader, reader.revision)
    finally:
        stop.set()
        copying.join()
    assert len([one for one in told if isinstance(one, Round)]) >= 6
    replicate(source, target)
    assert is_known(target.reader(0), source.snapshots.newest())


def test_what_was_killed_midway_is_copied_anew(source: Home, target: Home) -> None:
    replicate(source, target)
    grown(source, 1)
    shutil.copy(source.journal.path(4), target.journal.path(4))  # the entry had come, the snapshot had not
    (target.snapshots.folder / ".00000004.tmp").mkdir()
    assert target.reader(0).revision == 3
    assert open_base(settings_of(target.folder)).revision == 3, "a replica is never mended by itself"
    replicate(source, target)
    assert is_known(target.reader(0), 4)


# --- Only read --------------------------------------------------------------------------------------


def test_nothing_is_written_to_a_replica(source: Home, target: Home) -> None:
    replicate(source, target)
    with pytest.raises(OnlyReplica, match=r"read replica of .*/source"):
        grown(target, 1)
    with pytest.raises(OnlyReplica):
        open_database(settings_of(target.folder))
    assert not (target.folder / "people.sqlite").exists()


def test_a_site_on_a_replica_shows_the_base_and_refuses_changes(fresh: Settings, tmp_path: Path) -> None:
    source, target = Home(fresh.data), Home(tmp_path / "target")
    replicate(source, target)
    with site(settings_of(target.folder), str(tmp_path)) as app:
        reviewer, reader = signed_in(app, "reviewer"), app.test_client()
        assert reader.get("/id/failure-cause/dispersed-governance").status_code == 200
        desk = Desk(open_database(settings_of(tmp_path, DATABASE=f"sqlite:///{tmp_path}/people.sqlite")), fresh)
        row = desk.save(draft("waiting"), ANNA)
        row = desk.submit(row.id, ANNA, row.version)
        answer = reviewer.post(f"/review/{row.id}", data={"do": "accept", "version": str(row.version)})
        assert answer.status_code == 403
        assert f"read replica of {fresh.data}" in answer.text
        assert desk.get(row.id).state == "submitted"
        desk._database.close()


# --- Refused ----------------------------------------------------------------------------------------


def test_where_there_is_no_base_there_is_nothing_to_copy(tmp_path: Path, target: Home) -> None:
    with pytest.raises(StoreMissing):
        replicate(Home(tmp_path / "nowhere"), target)
    assert not target.folder.exists()


def test_a_replica_does_not_go_over_something_else(source: Home, tmp_path: Path) -> None:
    base = small_base(tmp_path / "other", 2)
    before = tree(base.folder)
    with pytest.raises(BadInput, match="not empty and no replica"):
        replicate(source, base)
    assert tree(base.folder) == before


def test_one_base_is_not_continued_by_another(source: Home, target: Home, tmp_path: Path) -> None:
    replicate(source, target)
    other = Home(tmp_path / "other")
    with opened(other) as writer:
        for number in range(5):
            commit(writer, [says("other", str(number))])
    with pytest.raises(BadInput, match="another base"):
        replicate(other, target)
    assert is_known(target.reader(0), 3)


def test_a_base_that_was_restored_to_before_is_told(source: Home, target: Home, tmp_path: Path) -> None:
    grown(source, 1)
    earlier = Home(shutil.copytree(source.folder, tmp_path / "earlier"))
    grown(source, 1)
    replicate(source, target)
    with pytest.raises(StoreDamaged, match="restored to an earlier"):
        replicate(earlier, target)


def test_a_damaged_journal_entry_is_not_copied(source: Home, target: Home) -> None:
    spoil(source.journal.path(2), 9)
    with pytest.raises(StoreDamaged, match="checksum"):
        replicate(source, target)
    assert not target.exists
