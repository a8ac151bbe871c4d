"""The folder of a store: who may write, what is refused, what is mended, and what is never overwritten."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.contributing import open_base
from kg.errors import GapbridgeError, StoreDamaged, StoreHeld, StoreMissing, StoreTooNew
from kg.settings import Settings, read_settings
from kg.store import Home
from tests.store.store_support import commit, go_on, grown, is_known, nquads, opened, says, tree

ROOT = Path(__file__).parents[2]
HOLD = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background would hand down its deafness
from pathlib import Path
from tests.store.store_support import grown, opened
from kg.store import Home
with opened(Home(Path(sys.argv[1]))) as writer:
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return grown(Home(tmp_path_factory.mktemp("five") / "base"), 5).folder


@pytest.fixture
def home(five: Path, tmp_path: Path) -> Home:
    """The known base at revision 5, with snapshots 3 to 5."""
    return Home(shutil.copytree(five, tmp_path / "base"))


def holder(home: Home) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(home.folder), "a word to know it by"]
    held = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert held.stdout is not None
    assert held.stdout.readline() == "held\n"
    return held


# --- One writer -------------------------------------------------------------------------------------


def test_a_second_writer_is_told_which_process_machine_and_command_is_writing(home: Home) -> None:
    with holder(home) as held:
        with pytest.raises(StoreHeld) as told, opened(home):
            pass
        held.kill()
    machine = subprocess.run(["hostname"], capture_output=True, text=True, check=True).stdout.strip()
    for word in (str(held.pid), machine, "a word to know it by", str(home.folder), "since"):
        assert word in str(told.value)


def test_a_second_writer_changes_nothing(home: Home) -> None:
    with opened(home) as writer:
        go_on(writer, 1)
        before = tree(home.folder, but=())
        with pytest.raises(StoreHeld), opened(home):
            pass
        assert tree(home.folder, but=()) == before
        go_on(writer, 1)
    assert is_known(home.reader(0), 7)


def test_readers_need_no_lock(home: Home) -> None:
    with opened(home):
        assert is_known(home.reader(0), 5)


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_lock_is_free_when_its_holder_is_dead(home: Home, by: signal.Signals) -> None:
    with holder(home) as held:
        held.send_signal(by)
        held.communicate()
        assert held.returncode != 0
    grown(home, 1)
    assert is_known(home.reader(0), 6)


@pytest.mark.parametrize("text", ["", "{", "[]", "5", '"x"', '{"process": 1}', "\x00"])
def test_a_holder_that_has_not_said_who_it_is_holds_all_the_same(home: Home, text: str) -> None:
    with opened(home):
        (home.folder / "lock").write_text(text)
        with pytest.raises(StoreHeld, match="has not said who it is"), opened(home):
            pass


# --- What is refused, and left as it is ---------------------------------------------------------------


def no_format(home: Home) -> None:
    (home.folder / "format.json").unlink()


def form(text: str) -> Callable[[Home], None]:
    return lambda home: (home.folder / "format.json").write_text(text) and None


def journal_gap(home: Home) -> None:
    home.journal.path(2).unlink()


def journal_without_end(home: Home) -> None:
    home.journal.path(5).unlink()


def journal_gone(home: Home) -> None:
    shutil.rmtree(home.journal.folder)


def journal_and_snapshots_without_end(home: Home) -> None:
    journal_without_end(home)
    shutil.rmtree(home.snapshots.path(5))


def everything_gone_but_the_pointer(home: Home) -> None:
    journal_gone(home)
    for revision in home.snapshots.revisions():
        shutil.rmtree(home.snapshots.path(revision))


def entry_and_snapshots_damaged(home: Home) -> None:
    shutil.rmtree(home.snapshots.folder)
    spoil(home.journal.path(4))


refused: dict[str, tuple[Callable[[Home], None], type[GapbridgeError], str]] = {
    "a newer layout": (form('{"format": 2}'), StoreTooNew, "layout 2; this program knows layouts up to 1"),
    "no layout": (form("{}"), StoreDamaged, "does not say which layout"),
    "no number": (form('{"format": "1"}'), StoreDamaged, "does not say which layout"),
    "null": (form('{"format": null}'), StoreDamaged, "does not say which layout"),
    "true": (form('{"format": true}'), StoreDamaged, "does not say which layout"),
    "layout 0": (form('{"format": 0}'), StoreDamaged, "does not say which layout"),
    "a list": (form("[1]"), StoreDamaged, "does not say which layout"),
    "empty": (form(""), StoreDamaged, "does not say which layout"),
    "no JSON": (form("{"), StoreDamaged, "does not say which layout"),
    "foreign files": (no_format, StoreDamaged, "format.json is missing"),
    "a gap in the journal": (journal_gap, StoreDamaged, "no entry 2"),
    "a snapshot newer than the journal": (journal_without_end, StoreDamaged, "5 was published .* ends at 4"),
    "no journal": (journal_gone, StoreDamaged, "5 was published .* ends at 0"),
    "a pointer newer than the journal": (journal_and_snapshots_without_end, StoreDamaged, "5 was published"),
    "nothing but a pointer": (everything_gone_but_the_pointer, StoreDamaged, "5 was published .* ends at 0"),
    "an entry that is needed is damaged": (entry_and_snapshots_damaged, StoreDamaged, "00000004.rdfp is not as it"),
}


@pytest.mark.parametrize(("spoilt", "kind", "words"), refused.values(), ids=refused)
def test_it_is_said_plainly_and_nothing_is_overwritten(
    home: Home, spoilt: Callable[[Home], None], kind: type[GapbridgeError], words: str
) -> None:
    spoilt(home)
    before = tree(home.folder)
    with pytest.raises(kind, match=words), opened(home):
        pass
    assert tree(home.folder) == before


@pytest.mark.parametrize("name", ["a newer layout", "no JSON", "foreign files"])
def test_in_a_folder_that_is_not_ours_not_even_the_lock_is_touched(home: Home, name: str) -> None:
    refused[name][0](home)
    (home.folder / "lock").unlink()
    before = tree(home.folder, but=())
    with pytest.raises(GapbridgeError), opened(home):
        pass
    assert tree(home.folder, but=()) == before


@pytest.mark.parametrize("name", ["a newer layout", "no JSON", "foreign files"])
def test_a_reader_is_told_as_well(home: Home, name: str) -> None:
    spoilt, kind, _ = refused[name]
    spoilt(home)
    with pytest.raises(StoreMissing if name == "foreign files" else kind):
        home.reader(0)


def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "base").write_text("mine")
    with pytest.raises(StoreDamaged, match="is a file"), opened(Home(tmp_path / "base")):
        pass
    assert (tmp_path / "base").read_text() == "mine"


@pytest.mark.parametrize("name", [None, "lock", ".format.json.tmp"])
def test_a_first_start_that_was_killed_is_made_anew(tmp_path: Path, name: str | None) -> None:
    home = Home(tmp_path / "base")
    home.folder.mkdir()
    if name:
        (home.folder / name).write_text("{")
    grown(home, 1)
    assert is_known(home.reader(0), 1)


# --- What is mended ---------------------------------------------------------------------------------


def spoil(path: Path, where: float = 0.5) -> None:
    data = bytearray(path.read_bytes())
    data[int(len(data) * where)] ^= 0xFF
    path.write_bytes(data)


def spoil_snapshot(home: Home, suffix: str = "", revision: int = 5) -> None:
    for path in home.snapshots.path(revision).iterdir():
        if path.name.endswith(suffix) and path.stat().st_size:
            spoil(path)


def cut_manifest(home: Home) -> None:
    (manifest,) = home.snapshots.path(5).glob("MANIFEST*")
    manifest.write_bytes(manifest.read_bytes()[: manifest.stat().st_size // 2])


mended: dict[str, Callable[[Home], None]] = {
    "the newest snapshot is gone": lambda home: shutil.rmtree(home.snapshots.path(5)),
    "the newest snapshot is empty": lambda home: [p.unlink() for p in home.snapshots.path(5).iterdir()] and None,
    "the tables of all snapshots are damaged": lambda home: spoil_snapshot(home, ".sst"),
    "CURRENT is damaged": lambda home: spoil_snapshot(home, "CURRENT"),
    "MANIFEST is cut": cut_manifest,
    "all snapshots are gone": lambda home: shutil.rmtree(home.snapshots.folder),
    "the pointer is gone": lambda home: (home.snapshots.folder / "current").unlink(),
    "the pointer is empty": lambda home: (home.snapshots.folder / "current").write_bytes(b"") and None,
    "the pointer is no text": lambda home: (home.snapshots.folder / "current").write_bytes(b"\xff\xfe\x00") and None,
    "the pointer is no number": lambda home: (home.snapshots.folder / "current").write_bytes(b"-5\n") and None,
    "the pointer is older": lambda home: (home.snapshots.folder / "current").write_bytes(b"4\n") and None,
    "the pointer names a snapshot long gone": lambda home: (
        (home.snapshots.folder / "current").write_bytes(b"1\n") and None
    ),
    "half a working copy lies there": lambda home: (
        shutil.copytree(home.snapshots.path(4), home.folder / "work") and spoil(home.folder / "work" / "CURRENT")
    ),
    "half a snapshot lies there": lambda home: (
        shutil.copytree(home.snapshots.path(4), home.snapshots.folder / ".00000006.tmp") and None
    ),
    "half a journal entry lies there": lambda home: (
        (home.journal.folder / ".00000006.rdfp.tmp").write_bytes(b"H id") and None
    ),
}


@pytest.mark.parametrize("spoilt", mended.values(), ids=mended)
def test_the_journal_gives_back_what_was_lost(home: Home, spoilt: Callable[[Home], None]) -> None:
    before, text = tree(home.journal.folder), nquads(home.reader(0))
    spoilt(home)
    with opened(home) as writer:
        assert is_known(writer.reader, 5)
        assert nquads(home.reader(0)) == text
        assert tree(home.journal.folder).items() >= before.items()
        go_on(writer, 1)
    assert is_known(home.reader(0), 6)
    grown(home, 1)
    assert is_known(home.reader(0), 7)


def test_a_damaged_snapshot_is_set_aside_not_destroyed(home: Home) -> None:
    spoil_snapshot(home, "CURRENT")
    before = tree(home.snapshots.path(5))
    grown(home, 0)
    assert tree(home.snapshots.folder / "damaged-00000005") == before


def test_a_byte_changed_anywhere_in_a_snapshot_never_gives_wrong_data(home: Home, tmp_path: Path) -> None:
    text, chance = nquads(home.reader(0)), random.Random(5)
    for number in range(25):
        other = Home(tmp_path / f"copy{number}")
        shutil.copytree(home.folder, other.folder)
        path = chance.choice([p for p in other.snapshots.path(5).iterdir() if p.stat().st_size])
        spoil(path, chance.random())
        with opened(other) as writer:
            assert nquads(writer.reader) == text
        assert nquads(other.reader(10**6)) == text


def test_an_entry_damaged_that_a_sound_snapshot_holds_hinders_nobody(home: Home) -> None:
    spoil(home.journal.path(2))
    grown(home, 1)
    assert is_known(home.reader(0), 6)


def test_the_layout_is_written_down(home: Home) -> None:
    assert json.loads((home.folder / "format.json").read_text()) == {"format": 1}


# --- The program's own base -------------------------------------------------------------------------


def test_a_base_is_filled_once(fresh: Settings) -> None:
    before = tree(fresh.data)
    assert open_base(fresh).revision == 1
    assert tree(fresh.data) == before


@pytest.mark.parametrize("spoilt", mended.values(), ids=mended)
def test_the_program_opens_what_the_journal_can_give_back(home: Home, spoilt: Callable[[Home], None]) -> None:
    spoilt(home)
    assert is_known(open_base(read_settings({"GAPBRIDGE_DATA": str(home.folder)})), 5)


@pytest.mark.parametrize("name", [name for name in refused if name != "foreign files"])
def test_the_program_says_what_it_cannot_open(home: Home, name: str) -> None:
    spoilt, kind, words = refused[name]
    spoilt(home)
    before = tree(home.folder)
    with pytest.raises(kind, match=words):
        open_base(read_settings({"GAPBRIDGE_DATA": str(home.folder)}))
    assert tree(home.folder) == before


def test_no_change_is_lost_when_the_snapshot_of_another_revision_takes_its_place(home: Home) -> None:
    shutil.rmtree(home.snapshots.path(5))
    shutil.copytree(home.snapshots.path(4), home.snapshots.path(5))
    with opened(home) as writer:
        assert is_known(writer.reader, 5)
        commit(writer, [says("a", "1")])
