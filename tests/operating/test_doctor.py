"""The doctor names each thing that is wrong, why it matters and what to do; and changes nothing."""

from __future__ import annotations

import os
import shutil
import socket
from collections import namedtuple
from pathlib import Path

import pytest

from benchmarks.ports import free_port
from kg.accounts.signing_key import signing_key
from kg.contributing import home
from kg.database import open_database
from kg.operating.doctor import base, examine, machine, settings_in_force
from kg.operating.finding import NOTE, PROBLEM, WELL, Finding
from kg.settings import SETTINGS, Settings, read_settings
from kg.store import Home
from kg.store.lock import WriterLock
from tests.operating.operating_support import settings_of, small_base, spoil
from tests.remote.tiny import tiny
from tests.store.store_support import tree


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Those of a small base."""
    return settings_of(small_base(tmp_path / "base").folder)


def one(found: object) -> Finding:
    (only,) = list(found)  # type: ignore[call-overload]
    assert isinstance(only, Finding)
    assert only.level == WELL or (only.why and only.mend)
    return only


def test_all_is_looked_at_and_nothing_changed(seeded: Settings, tmp_path: Path) -> None:
    signing_key(seeded)
    before = tree(seeded.data)
    found = list(examine({"GAPBRIDGE_DATA": str(seeded.data), "GAPBRIDGE_PORT": "1"}))
    assert [f for f in found if f.level == PROBLEM] == []
    assert len({f.about for f in found}) >= 10
    assert tree(seeded.data) == before


# --- Settings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"PUBLIC_URL": "http://data.example.org"}, "not https"),
        ({"MAIL_HOST": "mail.example.org"}, "GAPBRIDGE_MAIL_FROM is not"),
        ({"MAIL_FROM": "a@example.org"}, "GAPBRIDGE_MAIL_HOST is not"),
        ({"MAIL_HOST": "127.0.0.1", "MAIL_FROM": "a@example.org", "MAIL_USER": "me"}, "only one is set"),
        ({"MAIL_HOST": "m.example.org", "MAIL_FROM": "a@example.org", "MAIL_SECURITY": "none"}, "without encryption"),
        ({"HOST": "0.0.0.0"}, "without https"),
        ({"PLAIN_HTTP": "on"}, "PLAIN_HTTP is on"),
        ({"WEB_PROCESSES": "9"}, "fewer GAPBRIDGE_QUERY_PROCESSES"),
    ],
)
def test_settings_that_do_not_fit(given: dict[str, str], told: str) -> None:
    found = one(settings_in_force.look(read_settings({f"GAPBRIDGE_{name}": value for name, value in given.items()})))
    assert told in found.what
    assert found.level in (PROBLEM, NOTE)


def test_settings_that_fit() -> None:
    public = {"GAPBRIDGE_PUBLIC_URL": "https://data.example.org", "GAPBRIDGE_HOST": "0.0.0.0"}
    assert one(settings_in_force.look(read_settings(public))).level == WELL


def test_a_misspelt_setting_is_told_with_the_one_that_was_meant() -> None:
    found = one(settings_in_force.names({"GAPBRIDGE_PROT": "8080", "HOME": "/", f"GAPBRIDGE_{SETTINGS[0].name}": "x"}))
    assert "GAPBRIDGE_PORT" in found.mend


def test_settings_that_cannot_be_read_end_it(tmp_path: Path) -> None:
    found = one(examine({"GAPBRIDGE_PORT": "many", "GAPBRIDGE_DATA": str(tmp_path)}))
    assert (found.level, "GAPBRIDGE_PORT" in found.what) == (PROBLEM, True)


# --- What it runs on --------------------------------------------------------------------------------


def test_a_data_folder_that_is_not_there_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert one(machine.folder(settings_of(tmp_path / "nowhere"))).level == NOTE
    assert one(machine.folder(settings_of(tmp_path / "file"))).level == PROBLEM


def test_a_disk_that_can_only_be_read_is_not_taken_for_another_users(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "_takes_files", lambda _: False)
    found = one(machine.folder(settings))
    assert ("see to the mount" in found.mend, "chown" in found.mend) == (True, False)


def test_secrets_that_others_can_read(settings: Settings) -> None:
    signing_key(settings)
    open_database(settings).close()
    assert one(machine.secrets(settings)).level == WELL
    (settings.data / "secret.key").chmod(0o644)
    found = one(machine.secrets(settings))
    assert (found.level, "secret.key has mode 644" in found.what) == (PROBLEM, True)


@pytest.mark.parametrize(("free", "level"), [(1 << 40, WELL), (1 << 29, NOTE), (1 << 20, PROBLEM)])
def test_a_disk_that_fills(settings: Settings, monkeypatch: pytest.MonkeyPatch, free: int, level: str) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1 << 41, 0, free))
    assert one(machine.disk(settings)).level == level


def test_a_port_that_is_taken() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert one(machine.port(read_settings({"GAPBRIDGE_PORT": str(port)}))).level == NOTE
    assert one(machine.port(read_settings({"GAPBRIDGE_PORT": str(port)}))).level == WELL


def test_libraries_that_are_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    assert one(machine.libraries(read_settings({}))).level == WELL
    monkeypatch.setattr(machine, "requires", lambda _: ["flask>=999.1", "no-such-library>=1", 'x>=9; extra == "test"'])
    found = one(machine.libraries(read_settings({})))
    assert "needed is 999.1; no-such-library is missing" in found.what


# --- The base ---------------------------------------------------------------------------------------


def test_who_is_writing_is_named(settings: Settings) -> None:
    assert one(base.lock(settings)).level == WELL
    other = WriterLock(settings.data / "lock")
    other.acquire()
    found = one(base.lock(settings))
    other.release()
    assert f"process {os.getpid()} on" in found.what


def test_a_newer_layout_and_a_foreign_folder(settings: Settings, tmp_path: Path) -> None:
    (settings.data / "format.json").write_text('{"format": 99}')
    assert "Install a newer gapbridge" in one(base.layout(settings)).what
    (settings.data / "format.json").write_text("x")
    assert "gapbridge restore" in one(base.layout(settings)).mend
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "letter.txt").touch()
    assert one(base.layout(settings_of(tmp_path / "foreign"))).level == PROBLEM


def test_snapshots_that_are_damaged_or_were(settings: Settings) -> None:
    place = home(settings)
    place.snapshots.set_aside(3)
    told = list(base.snapshots(settings))
    assert [(f.level, f.what.split(":")[0]) for f in told[:1]] == [(NOTE, "Set aside as damaged")]
    (place.snapshots.path(4) / "CURRENT").unlink()
    assert list(base.snapshots(settings))[-1].level == PROBLEM
    (place.snapshots.folder / "current").write_text("nonsense")
    assert "does not name a revision" in list(base.snapshots(settings))[-1].what


def test_snapshots_that_are_gone_are_no_reason_to_restore_a_backup(settings: Settings) -> None:
    place = home(settings)
    shutil.rmtree(place.snapshots.path(4))
    assert "newest revision, 4, is gone" in one(base.snapshots(settings)).what
    shutil.rmtree(place.snapshots.folder)
    assert "does not say which revision" in one(base.snapshots(settings)).what
    assert one(base.journal(settings)).level == WELL
    assert list(base.ontology(settings)) == []


def test_a_server_of_the_base_that_is_away() -> None:
    there = {"GAPBRIDGE_ENGINE": f"http://127.0.0.1:{free_port()}/q", "GAPBRIDGE_ENGINE_UPDATE": "http://127.0.0.1/u"}
    found = one(base.engine(read_settings(there)))
    assert (found.level, "cannot be reached" in found.what) == (PROBLEM, True)
    assert list(base.engine(read_settings({}))) == []
    with tiny() as server:
        address = {"GAPBRIDGE_ENGINE": server.address.query, "GAPBRIDGE_ENGINE_UPDATE": server.address.update}
        assert one(base.engine(read_settings(address))).level == WELL


def test_a_journal_that_is_behind_ahead_or_spoilt(settings: Settings) -> None:
    place: Home = home(settings)
    assert one(base.journal(settings)).level == WELL
    (place.snapshots.folder / "current").write_text("3\n")
    assert one(base.journal(settings)).level == NOTE
    spoil(place.journal.path(2), 9)
    assert "Not as they were written are the entries 2" in one(base.journal(settings)).what
    place.journal.path(4).unlink()
    place.journal.path(1).unlink()
    assert one(base.journal(settings)).level == PROBLEM


def test_what_cannot_be_looked_at_hinders_nothing_else(settings: Settings) -> None:
    shutil.rmtree(settings.data / "snapshots")
    (settings.data / "history.sqlite").write_text("nonsense" * 100)
    found = {f.about: f for f in examine({"GAPBRIDGE_DATA": str(settings.data)})}
    assert found["snapshots"].level == found["index of the history"].level == PROBLEM
    assert "clock" in found
