"""Whatever is accepted stays: killed writers, power cuts, a full disk, a crash at each step of a change.

The known base makes this strict: its state at each revision is known, so what is found must be one of these states,
whole, and none older than the last that was acknowledged. `GAPBRIDGE_TEST_KILLS` says how many writers die.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg.store.journal
import kg.store.snapshots
from kg.errors import NotWritten, StoreDamaged
from kg.store import Home, Writer
from kg.store.journal import Journal
from kg.store.snapshots import Snapshots
from tests.store.store_support import commit, copied, go_on, grown, is_known, nquads, numbered, opened, says, tree

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("GAPBRIDGE_TEST_KILLS", "24"))
CUTS = KILLS // 2


# --- Killed ----------------------------------------------------------------------------------------


def start(home: Home, limit: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.busy_writer", str(home.folder), str(home.keep), str(limit)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def killed_after(home: Home, limit: int, seconds: float) -> int:
    """Let a writer run for a while, and kill it; gives the last number it acknowledged.

    Meanwhile readers come all the time: each must find a whole revision, not older than what was acknowledged.
    """
    acknowledged = [0]
    with start(home, limit) as writer:
        assert writer.stdout is not None
        acknowledged.append(int(writer.stdout.readline()))
        lines = writer.stdout
        listener = threading.Thread(target=lambda: acknowledged.extend(int(line) for line in lines))
        listener.start()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if wanted := acknowledged[-1]:
                reader = home.reader(random.choice([0, 10**6]))
                assert reader.revision >= wanted
                assert is_known(reader, reader.revision)
        writer.kill()
        listener.join()
    return acknowledged[-1]


@pytest.mark.parametrize(("keep", "limit"), [(1, 0), (3, 10**6)])
def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path, keep: int, limit: int) -> None:
    home, chance = Home(tmp_path / "base", keep), random.Random(keep)
    most = 0
    for _ in range(KILLS // 2):
        acknowledged = killed_after(home, limit, chance.uniform(0, 0.1))
        if acknowledged:
            published = home.reader(0)  # readable as the dead writer left it
            assert acknowledged <= published.revision <= acknowledged + 1
            assert is_known(published, published.revision)
        with opened(home) as writer:
            found = writer.reader.revision
            assert acknowledged <= found <= acknowledged + 1  # at most the one that was under way
            assert is_known(writer.reader, found)
            most = max(most, found)
    assert is_known(home.reader(0), most)
    assert [p.number for p in home.journal.since(0)] == list(range(1, most + 1))


def test_a_writer_killed_at_its_start_hinders_nobody(tmp_path: Path) -> None:
    home, chance = Home(tmp_path / "base"), random.Random(0)
    for _ in range(max(4, KILLS // 6)):
        with start(home, 0) as writer:
            time.sleep(chance.uniform(0.05, 0.3))
            writer.kill()
    with opened(home) as writer:
        assert is_known(writer.reader, writer.reader.revision)


# --- Power cut --------------------------------------------------------------------------------------


def cut(folder: Path, chance: random.Random) -> None:
    """What a power cut may leave of files nobody forced to disk: their newest bytes are gone or nonsense."""
    for path in folder.iterdir():
        if path.is_file() and (path.suffix == ".log" or path.name.startswith(("MANIFEST", "CURRENT", "OPTIONS"))):
            data = path.read_bytes()
            kept = chance.randrange(len(data) + 1)
            rest = chance.choice([b"", b"\0" * (len(data) - kept), chance.randbytes(len(data) - kept)])
            path.write_bytes(data[:kept] + rest)


@pytest.mark.parametrize("limit", [0, 10**6])
def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path, limit: int) -> None:
    home, chance = Home(tmp_path / "base"), random.Random(limit)
    with opened(home, limit=limit) as writer:
        for number in range(CUTS):
            go_on(writer, chance.randrange(1, 5))
            acknowledged = writer.reader.revision
            after = Home(tmp_path / f"after{number}")
            copied(home.folder, after.folder)
            cut(after.folder / "work", chance)
            if chance.random() < 0.8:
                cut(after.snapshots.path(acknowledged), chance)
            with opened(after) as again:
                assert is_known(again.reader, acknowledged)
                go_on(again, 1)
            assert is_known(after.reader(0), acknowledged + 1)


def test_an_acknowledged_change_and_every_folder_on_its_way_were_forced_to_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forced: set[tuple[str, str]] = set()  # a file or folder, and what lay in it when it was forced
    sync = os.fsync

    def noting(handle: int) -> None:
        path = Path(os.readlink(f"/proc/self/fd/{handle}"))
        for name in os.listdir(path) if path.is_dir() else [""]:
            forced.add((os.path.relpath(path, tmp_path), name))
        sync(handle)

    monkeypatch.setattr(os, "fsync", noting)
    grown(Home(tmp_path / "deep" / "base"), 1)
    assert forced >= {
        (".", "deep"),
        ("deep", "base"),
        ("deep/base", "journal"),
        ("deep/base/journal/.00000001.rdfp.tmp", ""),
        ("deep/base/journal", "00000001.rdfp"),
    }


# --- A crash at each step ---------------------------------------------------------------------------

Make = Callable[..., Any]


class Crash(BaseException):
    """The machine stops here."""


def crash_before(work: Make, save: Callable[[], None]) -> Make:
    def crash(*_: object, **__: object) -> None:
        save()
        raise Crash

    return crash


def crash_after(work: Make, save: Callable[[], None]) -> Make:
    def crash(*args: object, **named: object) -> None:
        work(*args, **named)
        save()
        raise Crash

    return crash


steps: dict[str, tuple[object, str, Callable[[Make, Callable[[], None]], Make], int]] = {
    "after the change was applied": (Writer, "_apply", crash_after, 3),
    "before the journal": (Journal, "append", crash_before, 3),
    "before the journal entry has its name": (kg.store.journal, "sync", crash_before, 4),
    "after the journal": (Journal, "append", crash_after, 4),
    "before the snapshot": (Snapshots, "publish", crash_before, 4),
    "before the snapshot has its name": (Path, "rename", crash_before, 4),
    "before the pointer": (kg.store.snapshots, "write_durably", crash_before, 4),
    "after the pointer": (kg.store.snapshots, "write_durably", crash_after, 4),
    "before old snapshots go": (Snapshots, "_drop_old", crash_before, 4),
}


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the known base at revision 3; not to be written to."""
    return grown(Home(tmp_path_factory.mktemp("three") / "base"), 3).folder


@pytest.mark.parametrize("limit", [0, 10**6], ids=["on disk", "in memory"])
@pytest.mark.parametrize(("owner", "name", "how", "revision"), steps.values(), ids=steps)
def test_a_crash_at_any_step_leaves_the_change_whole_or_not_there(
    three: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    name: str,
    how: Callable[[Make, Callable[[], None]], Make],
    revision: int,
    limit: int,
) -> None:
    home, left = Home(shutil.copytree(three, tmp_path / "base")), Home(tmp_path / "left")
    with opened(home, limit=limit) as writer, monkeypatch.context() as patched:
        patched.setattr(owner, name, how(getattr(owner, name), lambda: copied(home.folder, left.folder)))
        with pytest.raises(Crash):
            commit(writer, *numbered(4))
    for place in (left, home):  # as the crash left it, and after the writer could still clear up
        assert place.reader(0).revision in (3, revision)
        assert is_known(place.reader(0), place.reader(0).revision)
        with opened(place, limit=limit) as writer:
            assert is_known(writer.reader, revision)
    grown(left, 1)
    assert is_known(left.reader(0), revision + 1)


def test_after_a_crash_the_writer_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = grown(Home(tmp_path / "base"), 1)
    with opened(home) as writer:
        with monkeypatch.context() as patched:
            patched.setattr(Journal, "append", crash_before(Journal.append, lambda: None))
            with pytest.raises(Crash):
                go_on(writer, 1)
        with pytest.raises(StoreDamaged, match="open it anew"):
            commit(writer, [says("a", "1")])


@pytest.mark.parametrize("limit", [0, 10**6], ids=["on disk", "in memory"])
@pytest.mark.parametrize("failing", ["fsync", "open"])
def test_a_full_disk_refuses_the_change_and_closes_the_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, failing: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    home = grown(Home(tmp_path / "base"), 3)
    before, text = tree(home.folder, but=("lock", ".00000004.rdfp.tmp")), nquads(home.reader(0))
    with opened(home, limit=limit) as writer:
        with monkeypatch.context() as patched:
            patched.setattr(*(os, failing), full)
            with pytest.raises(NotWritten, match="no space left"):
                go_on(writer, 1)
        assert home.journal.head == 3
        with pytest.raises(StoreDamaged, match="open it anew"):
            go_on(writer, 1)
        assert nquads(home.reader(0)) == text
    assert tree(home.folder, but=("lock", ".00000004.rdfp.tmp")) == before
    grown(home, 2)
    assert is_known(home.reader(0), 5)
