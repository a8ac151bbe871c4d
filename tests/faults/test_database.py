"""The database of accounts stops, comes back, or is held by somebody else: readers never notice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import kg.database.opening
from benchmarks.ports import free_port
from kg.contributing import open_base
from kg.contributions import Desk
from kg.database import Database, open_database
from kg.errors import DatabaseUnavailable
from kg.settings import Settings
from kg.store import Writer
from tests.contributions.desk_support import ANNA, BEN, draft
from tests.database_support import Server, postgresql
from tests.operating.operating_support import settings_of
from tests.people_support import signed_in, site


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgresql() as made:
        yield made


def handed_in(desk: Desk) -> tuple[str, int]:
    row = desk.save(draft("waiting"), ANNA)
    row = desk.submit(row.id, ANNA, row.version)
    return row.id, row.version


def test_a_server_of_databases_that_stops_and_comes_back(seeded: Settings, server: Server) -> None:
    with site(seeded, server.new_database()) as app:
        reviewer, reader = signed_in(app, "reviewer"), app.test_client()
        assert reviewer.get("/review").status_code == 200
        server.stop()
        try:
            assert reader.get("/coverage").status_code == 200
            answer = reviewer.get("/review")
            assert answer.status_code == 503
            assert "Accounts and drafts cannot be reached just now" in answer.text
        finally:
            server.start()
        assert reviewer.get("/review").status_code == 200, "the same session, the same process"


@pytest.mark.parametrize("accept", ["text/plain", "application/json"])
def test_a_program_that_sends_a_change_is_not_told_where_the_database_is(seeded: Settings, accept: str) -> None:
    port = free_port()
    headers = {"Authorization": f"Bearer gapbridge_{'a' * 43}", "Accept": accept}
    with site(seeded, f"postgresql://robin@127.0.0.1:{port}/people", updates=True) as app:
        update = app.test_client().post("/sparql", data={"update": "INSERT DATA {}"}, headers=headers)
        graph = app.test_client().put("/graph-store?default", data=b"", headers=headers)
    for answer in (update, graph):
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "gives no good answer just now" in answer.text
        assert str(port) not in answer.text


def test_a_database_that_stops_between_a_revision_and_its_note(
    fresh: Settings, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change is in, and its reviewer is told that the database is gone; whoever looks next sets it right."""
    settings = settings_of(fresh.data, DATABASE=server.new_database())
    database = open_database(settings)
    desk = Desk(database, settings)
    id, version = handed_in(desk)
    commit = Writer.commit

    def stopping(writer: Writer, change: object) -> int:
        revision = commit(writer, change)  # type: ignore[arg-type]
        server.stop()
        return revision

    with monkeypatch.context() as patched:
        patched.setattr(Writer, "commit", stopping)
        with pytest.raises(DatabaseUnavailable):
            desk.accept(id, BEN, version)
    server.start()
    assert open_base(settings).revision == 2
    assert (desk.get(id).state, desk.get(id).revision) == ("accepted", 2)
    database.close()


def test_a_file_that_somebody_else_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.database.opening, "_WAIT_SECONDS", 0.05)
    database = open_database(settings_of(tmp_path))
    desk = Desk(database, settings_of(tmp_path))
    id, _ = handed_in(desk)
    with closing(sqlite3.connect(tmp_path / "people.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert desk.get(id).state == "submitted", "who reads does not wait"
        with pytest.raises(DatabaseUnavailable, match="locked"):
            desk.comment(id, BEN, "A remark.")
        other.execute("ROLLBACK")
    desk.comment(id, BEN, "A remark.")
    database.close()


def test_a_file_that_is_gone_is_told_and_not_made_anew_in_silence(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/nowhere/people.sqlite")
    with pytest.raises(DatabaseUnavailable, match="does not answer"):
        database.upgrade()
    database.close()
