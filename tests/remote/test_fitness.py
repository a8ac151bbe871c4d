"""A server that cannot hold a base, or that only one may write to: told at the start and by the commands."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import EngineRefused
from kg.operating.doctor import base, shared
from kg.operating.finding import NOTE, PROBLEM, WELL, Finding
from kg.settings import Settings, read_settings
from kg.store.remote.opening import make_sure_of_server
from tests.people_support import KEY
from tests.remote.support import change, differing, noting, reader, settings_for
from tests.remote.tiny import Handler, Tiny

Do = Callable[[], tuple[int, bytes]]
APART = "keeps guarded updates apart"
_WON = re.compile(r"INSERT \{ (GRAPH <[^>]+> \{).*?(<[^>]+#won-\d+> \S+ \"\d+\" \.)")


@pytest.fixture
def machine(server: Tiny, migrated: Path, tmp_path: Path) -> Settings:
    """A machine whose base shall stand on a tiny server."""
    (tmp_path / "base").mkdir()
    shutil.copy(migrated, tmp_path / "base")
    return settings_for(server.address, tmp_path / "base")


@pytest.fixture
def careless(server: Tiny, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    """A server on which all win who come at once: each saw what was there before any of them."""
    done = server.done

    def all_win(kind: str, form: dict[str, list[str]], path: str, method: str, body: bytes) -> tuple[int, bytes]:
        won = _WON.search(form["update"][0]) if kind == "update" else None
        if won:
            with server.lock:
                server.store.update(f"INSERT DATA {{ {won[1]} {won[2]} }} }}")
        return done(kind, form, path, method, body)

    monkeypatch.setattr(server, "done", all_win)
    return server


@pytest.mark.usefixtures("careless")
def test_a_server_that_does_not_keep_updates_apart_has_one_writer_and_that_is_told(
    machine: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert re.search(f"{APART}.*one process writes at a time, by the lock", make_sure_of_server(machine))
    change(machine, noting(reader(machine), "first"))
    assert change(machine, noting(reader(machine), "second")) == 2
    assert differing(machine) == []
    told = command(machine, monkeypatch, "engine")
    assert (told.exit_code, bool(re.search(f"{APART} +no ", told.output))) == (0, True), told.output
    found = one(machine)
    assert (found.level, "the lock in the database" in found.why) == (NOTE, True)


def test_a_server_that_cannot_hold_a_base_is_refused(
    server: Tiny, machine: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_short(handler: Handler, do: Do) -> None:
        status, body = do()
        handler.send(status, body if len(body) < 300_000 else body[:-2])

    server.faults["query"] = cut_short
    with pytest.raises(EngineRefused, match=r"cannot hold a base.*gives long answers whole"):
        make_sure_of_server(machine)
    told = command(machine, monkeypatch, "engine")
    assert (told.exit_code, "cannot hold a base" in told.output) == (1, True), told.output
    found = one(machine)
    assert (found.level, "gives long answers whole" in found.what) == (PROBLEM, True)


def test_the_doctor_tells_how_the_server_stands(server: Tiny, machine: Settings) -> None:
    assert one(machine).level == WELL
    server.faults["query"] = lambda handler, do: handler.send(401, b"who are you?")
    assert (one(machine).level, "does not let us in" in one(machine).what) == (PROBLEM, True)
    server.stop()
    assert (one(machine).level, "cannot be reached" in one(machine).what) == (PROBLEM, True)
    assert not (machine.data / "base").exists()


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ({"DATABASE": "postgresql://people@db.example.org/gapbridge"}, NOTE),
        ({"DATABASE": "postgresql://people@db.example.org/gapbridge", "SECRET_KEY": KEY}, ""),
        ({"DATABASE": ""}, ""),
    ],
)
def test_machines_that_share_people_need_one_key_of_the_forms(given: dict[str, str], level: str) -> None:
    found = shared.machines(read_settings({f"GAPBRIDGE_{name}": value for name, value in given.items()}))
    assert "".join(one.level for one in found) == level


def one(settings: Settings) -> Finding:
    """What the doctor finds, which is one thing."""
    wrong = [found for found in base.engine(settings) if found.level == PROBLEM]
    (found,) = [*wrong, *shared.server(settings)]
    return found


def command(settings: Settings, monkeypatch: pytest.MonkeyPatch, *words: str):  # type: ignore[no-untyped-def]
    """Run a command of the program under these settings."""
    assert settings.engine
    given = {
        "DATA": str(settings.data),
        "ENGINE": settings.engine.query[0],
        "ENGINE_UPDATE": settings.engine.update[0],
        "ENGINE_GRAPHS": settings.engine.graphs[0],
    }
    for name, value in given.items():
        monkeypatch.setenv(f"GAPBRIDGE_{name}", value)
    return CliRunner().invoke(main, list(words))
