"""Health: alive whatever is wrong, ready when all that is needed is there; told shortly, never kept, never counted."""

from __future__ import annotations

import fcntl
import logging
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from benchmarks.ports import free_port
from kg.settings import Settings
from kg.store.snapshots import Snapshots
from tests.sparql.conftest import until
from webui import create_app


@pytest.fixture(scope="module")
def client(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    database = f"sqlite:///{tmp_path_factory.mktemp('people')}/people.sqlite"
    return create_app(replace(seeded, database=database)).test_client()


def test_a_live_process_says_so_in_two_letters(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text, answer.headers["Cache-Control"]) == (200, "ok\n", "no-store")


def test_ready_when_base_database_and_query_readers_are_there(client: FlaskClient) -> None:
    assert until(lambda: client.get("/readyz").status_code == 200)
    assert client.get("/readyz").json == {"ready": True, "problems": {}}


def test_a_base_that_cannot_be_read_is_told_but_does_not_end_the_process(seeded: Settings, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("private")
    client = create_app(replace(seeded, data=tmp_path, database="sqlite://")).test_client()
    answer = client.get("/readyz?exclude=queries")
    assert (answer.status_code, answer.json["problems"]) == (503, {"base": "The evidence base cannot be read"})
    assert str(tmp_path) not in answer.text
    assert client.get("/healthz").status_code == 200


def test_a_database_that_is_gone_is_told_without_its_address(
    seeded: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    gone = f"postgresql://robin:hunter2hunter2@127.0.0.1:{free_port()}/people"
    client = create_app(replace(seeded, database=gone)).test_client()
    with caplog.at_level(logging.WARNING, "gapbridge.health"):
        first, second = (client.get("/readyz?exclude=queries") for _ in range(2))
    assert first.status_code == second.status_code == 503
    assert first.json["problems"] == {"database": "Accounts and drafts cannot be reached just now"}
    assert len(caplog.records) == 1  # the change is logged, not each time somebody looks
    assert "hunter2" not in caplog.text + caplog.records[0].__dict__["problem"]


def test_reading_can_go_on_without_the_database(seeded: Settings) -> None:
    gone = f"postgresql://127.0.0.1:{free_port()}/people"
    client = create_app(replace(seeded, database=gone)).test_client()
    assert client.get("/readyz?exclude=database&exclude=queries").json["ready"]


def test_query_readers_that_cannot_be_started_are_told_from_a_damaged_base(
    seeded: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python3")
    app = create_app(replace(seeded, database="sqlite://"))
    asked, told = "/readyz?exclude=database", {"queries": "The readers of the base cannot be started"}
    assert until(lambda: app.test_client().get(asked).json["problems"] == told)
    app.extensions["gapbridge.endpoint"].pool.close()


def test_query_readers_that_are_gone_are_missed_and_come_back(seeded: Settings) -> None:
    app = create_app(replace(seeded, database="sqlite://"))
    client, pool = app.test_client(), app.extensions["gapbridge.endpoint"].pool
    asked = "/readyz?exclude=database"
    assert client.get(asked).json["problems"] == {"queries": "The readers of the base are being started"}
    assert until(lambda: client.get(asked).status_code == 200)
    pool._parent._process.kill()
    pool._parent._process.wait()
    assert client.get(asked).status_code == 503
    assert until(lambda: client.get(asked).status_code == 200)
    pool.close()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading(client: FlaskClient, path: str) -> None:
    answer = client.post(path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert "Content-Security-Policy" in answer.headers


def test_looking_opens_no_session_and_is_not_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        assert "Set-Cookie" not in client.get("/healthz").headers
    assert caplog.records == []


def test_numbers_are_for_nobody_unless_the_settings_say_so(app: Flask) -> None:
    assert app.test_client().get("/metrics").status_code == 404


def test_while_the_search_index_of_a_large_base_is_made_all_are_told_so(
    seeded: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = shutil.copytree(seeded.data, tmp_path / "base", ignore=shutil.ignore_patterns("search"))
    monkeypatch.setattr(Snapshots, "is_large", lambda *_: True)
    client = create_app(replace(seeded, data=data, memory_limit_quads=0)).test_client()
    (data / "search").mkdir()
    with (data / "search" / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        page, gone, ready = (client.get(path) for path in ("/causes", "/nothing", "/readyz?exclude=queries"))
    assert (page.status_code, page.headers["Retry-After"]) == (503, "30")
    assert "The search of this evidence base is being prepared" in page.text
    assert gone.status_code == 404
    assert (ready.status_code, ready.json["problems"]) == (503, {"base": "The search index is being made"})
