"""A full disk, a disk that can only be read, a disk that gives back something else.

What was accepted stays, what was refused left nothing, readers go on, and all is well once the disk is.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg.store.snapshots
import kg.store.whole
from kg.accounts.signing_key import signing_key
from kg.contributing import open_base
from kg.contributions import Contribution, Desk
from kg.database import open_database
from kg.errors import AcceptedUnseen, NotWritten, StoreDamaged
from kg.operating.finding import PROBLEM
from kg.operating.verifying import verify
from kg.settings import Settings
from kg.store import Home
from kg.store.snapshots import Snapshots
from tests.conftest import LONG, copied
from tests.contributions.desk_support import ANNA, draft
from tests.faults.faults_support import Disk, small_disk
from tests.operating.operating_support import settings_of, small_base, spoil
from tests.people_support import signed_in
from tests.store.store_support import go_on, grown, is_known, opened, tree
from webui import create_app

KILOBYTE = 1 << 10


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk", 64) as made:
        yield made


def sound(home: Home) -> bool:
    return not [one for one in verify(settings_of(home.folder), derived=False) if one.level == PROBLEM]


# --- Full -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [0, 10**6], ids=["on disk", "in memory"])
def test_on_a_full_disk_each_change_is_in_or_leaves_nothing(disk: Disk, limit: int) -> None:
    """However much there is left: for the lock, the working copy, the journal entry, the snapshot, the pointer."""
    home = small_base(disk.folder / "base", 3)
    told = set[str]()
    for kilobytes in (0, 4, 8, 12, 16, 20, 32, 64, 128, 256, 512) if LONG else (0, 8, 20, 64, 256):
        accepted = home.journal.head
        disk.fill(but=kilobytes * KILOBYTE)
        try:
            with opened(home, limit=limit) as writer:
                go_on(writer, 1)
            accepted += 1
        except NotWritten as error:
            told.add(str(error))
        except AcceptedUnseen as error:
            accepted = error.revision
        assert is_known(home.reader(0), home.snapshots.newest()), "readers go on"
        disk.empty()
        with opened(home, limit=limit) as writer:
            assert is_known(writer.reader, accepted)
        assert is_known(home.reader(0), accepted)
    assert told, "at the least room of all it cannot go well"
    assert all("no space left on device" in words.lower() for words in told), told
    assert sound(grown(home, 1))


def test_a_change_that_cannot_be_published_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal had taken it; the disk was full when the pointer was to move."""
    home = small_base(tmp_path / "base", 3)
    before = tree(home.folder)
    with opened(home) as writer, monkeypatch.context() as patched:
        patched.setattr(kg.store.snapshots, "write_durably", full)
        with pytest.raises(NotWritten, match=r"no space left on device\. Nothing was changed"):
            go_on(writer, 1)
    assert tree(home.folder) == before
    assert is_known(grown(home, 1).reader(0), 4)


def test_a_change_that_cannot_be_taken_back_is_told_as_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = small_base(tmp_path / "base", 3)
    with monkeypatch.context() as patched:
        patched.setattr(kg.store.snapshots, "write_durably", full)
        patched.setattr(kg.store.whole, "sync", full)
        with pytest.raises(AcceptedUnseen, match="accepted as revision 4") as told, opened(home) as writer:
            go_on(writer, 1)
    assert told.value.revision == 4
    assert home.reader(0).revision == 3
    with opened(home) as writer:
        assert is_known(writer.reader, 4)
    assert is_known(home.reader(0), 4)


def test_what_fails_after_readers_see_a_change_does_not_refuse_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = small_base(tmp_path / "base", 3)
    with opened(home) as writer, monkeypatch.context() as patched:
        patched.setattr(Snapshots, "_drop_old", full)
        go_on(writer, 1)
        assert writer.reader.revision == 4
    assert is_known(home.reader(0), 4)


def full(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.fixture
def site(disk: Disk, seeded: Settings) -> Settings:
    """The seed data on that disk, with one contribution that waits."""
    settings = settings_of(copied(seeded.data, disk.folder / "base"))
    signing_key(settings)
    database = open_database(settings)
    desk = Desk(database, settings)
    row = desk.save(draft("waiting"), ANNA)
    desk.submit(row.id, ANNA, row.version)
    database.close()
    return settings


def test_what_people_see_while_the_disk_is_full_and_while_it_can_only_be_read(disk: Disk, site: Settings) -> None:
    app = create_app(site)
    reviewer, reader = signed_in(app, "reviewer"), app.test_client()
    row = waiting(site)
    form = {"do": "accept", "version": str(row.version)}

    disk.fill()
    assert reader.get("/map").status_code == 200
    answer = reviewer.post(f"/review/{row.id}", data=form)
    assert answer.status_code == 503
    assert "full" in answer.text or "no space left" in answer.text
    disk.empty()

    app.extensions["gapbridge.database"].close()  # the system lets no disk go over that files are written on
    disk.remount("ro")
    assert reader.get("/coverage").status_code == 200
    assert create_app(site).test_client().get("/").status_code == 200, "a server may even be started"
    assert reviewer.post(f"/review/{row.id}", data=form).status_code == 503
    app.extensions["gapbridge.database"].close()
    disk.remount("rw")

    assert open_base(site).revision == 1
    answer = reviewer.post(f"/review/{row.id}", data=form | {"version": str(waiting(site).version)})
    assert answer.status_code == 303, answer.text
    assert open_base(site).revision == 2
    app.extensions["gapbridge.database"].close()


def waiting(settings: Settings) -> Contribution:
    """The one contribution in the queue."""
    database = open_database(settings)
    (row,) = Desk(database, settings).queue().rows
    database.close()
    return row


# --- Damaged ----------------------------------------------------------------------------------------


def damage(snapshot: Path) -> None:
    """Flip a byte in each file that holds statements."""
    for path in snapshot.iterdir():
        if path.suffix in (".sst", ".log") and path.stat().st_size:
            spoil(path, path.stat().st_size // 2)


def lose(snapshot: Path) -> None:
    (snapshot / "CURRENT").unlink()


@pytest.mark.parametrize("harm", [damage, lose, shutil.rmtree])
@pytest.mark.parametrize("which", ["newest", "all"])
def test_a_damaged_snapshot_is_set_aside_and_rebuilt_from_the_journal(tmp_path: Path, harm, which: str) -> None:  # type: ignore[no-untyped-def]
    home = small_base(tmp_path / "base", 4)
    kept = home.snapshots.revisions()
    for revision in kept[:1] if which == "newest" else kept:
        harm(home.snapshots.path(revision))
    with opened(home) as writer:
        assert is_known(writer.reader, 4)
    assert is_known(home.reader(0), 4)
    assert sound(home)


@pytest.mark.skipif(not LONG, reason="takes its time: GAPBRIDGE_LONG=1")
def test_a_server_that_runs_does_not_notice_that_its_snapshot_is_lost(fresh: Settings) -> None:
    client = create_app(fresh).test_client()
    assert client.get("/").status_code == 200
    shutil.rmtree(Home(fresh.data).snapshots.path(1))
    assert client.get("/map").status_code == 200
    assert open_base(fresh).revision == 1, "whoever comes next rebuilds it"


def test_a_damaged_journal_entry_stops_nobody_but_who_needs_it(tmp_path: Path) -> None:
    home = small_base(tmp_path / "base", 4)
    spoil(home.journal.path(2), 9)
    assert is_known(grown(home, 1).reader(0), 5)
    before = tree(home.folder)
    for revision in home.snapshots.revisions():
        damage(home.snapshots.path(revision))
    with pytest.raises(StoreDamaged, match=r"00000002\.rdfp is not as it was written"):
        opened(home).__enter__()
    assert {n: s for n, s in tree(home.folder).items() if "journal" in n} == {
        n: s for n, s in before.items() if "journal" in n
    }, "nothing is overwritten"
