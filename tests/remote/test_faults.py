"""Servers on bad days: what users are told, that nothing accepted is lost, and that reading goes on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from benchmarks.ports import free_port
from kg.answering import Question, open_pool
from kg.errors import (
    AcceptedUnseen,
    BadInput,
    DatabaseUnavailable,
    EngineProblem,
    EngineRefused,
    EngineTooSlow,
    EngineUnreachable,
    QueryTooLong,
    StoreDamaged,
)
from kg.settings import Settings
from kg.store import Home, Writer
from kg.store.remote import RemoteReader
from kg.store.remote.opening import sharing
from kg.store.remote.probing import probe
from tests.remote.conftest import Speak
from tests.remote.servers.address import Address
from tests.remote.support import change, differing, noting, reader, settings_for, shared_by, take_over
from tests.remote.tiny import Handler, Tiny

Do = Callable[[], tuple[int, bytes]]
EVERYTHING = "SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s"


@pytest.fixture
def machine(server: Tiny, migrated: Path, tmp_path: Path) -> Settings:
    """A machine with a base of a few statements on a tiny server."""
    (tmp_path / "base").mkdir()
    shutil.copy(migrated, tmp_path / "base")
    settings = settings_for(server.address, tmp_path / "base", ENGINE_SECONDS="1", QUERY_SECONDS="1")
    change(settings, noting(reader(settings), "first"))
    return settings


def test_a_server_that_is_away_bars_changes_and_no_reading(server: Tiny, machine: Settings) -> None:
    server.stop()
    with pytest.raises(EngineUnreachable, match="cannot be reached"):
        change(machine, noting(reader(machine), "second"))
    assert reader(machine).revision == 1
    assert asked(machine)
    server.start()
    assert change(machine, noting(reader(machine), "second")) == 2
    assert differing(machine) == []


def test_where_one_replica_is_away_the_other_does_its_part(server: Tiny, migrated: Path, tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    shutil.copy(migrated, tmp_path / "base")
    own, gone = server.address, f"http://127.0.0.1:{free_port()}"
    both = Address(f"{gone}/query {own.query}", f"{gone}/update {own.update}", f"{gone}/graphs {own.graphs}")
    machine = settings_for(both, tmp_path / "base", ENGINE_SECONDS="1", QUERY_SECONDS="1")
    assert change(machine, noting(reader(machine), "first")) == 1
    assert {place: head.revision for place, head in sharing(machine).heads().items()} == {1: 1}
    assert asked(machine)


def test_what_was_made_without_an_answer_is_not_made_twice(server: Tiny, machine: Settings) -> None:
    def made_and_gone(handler: Handler, do: Do) -> None:
        do()
        handler.hang_up()

    server.faults["update"], before = made_and_gone, server.asked["update"]
    assert change(machine, noting(reader(machine), "second")) == 2
    assert server.asked["update"] == before + 1
    assert differing(machine) == []


def test_what_never_arrived_is_sent_again(server: Tiny, machine: Settings) -> None:
    def gone_once(handler: Handler, do: Do) -> None:
        del server.faults["update"]
        handler.hang_up()

    server.faults["update"] = gone_once
    assert change(machine, noting(reader(machine), "second")) == 2
    assert differing(machine) == []


def test_a_deadlock_is_tried_again(server: Tiny, machine: Settings) -> None:
    def given_up(handler: Handler, do: Do) -> None:
        del server.faults["update"]
        handler.send(500, b"Virtuoso 40001 Error SR172: Transaction deadlocked")

    server.faults["update"] = given_up
    assert change(machine, noting(reader(machine), "second")) == 2
    assert differing(machine) == []


def test_a_server_lost_in_the_middle_of_a_change_gets_it_later(server: Tiny, machine: Settings) -> None:
    def lost(handler: Handler, do: Do) -> None:
        handler.hang_up()
        server.faults["query"] = lost

    server.faults["update"] = lost
    assert change(machine, noting(reader(machine), "second")) == 2, "what the journal has is accepted"
    server.faults.clear()
    assert sharing(machine).keeper.head().revision == 1
    assert change(machine, noting(reader(machine), "third")) == 3
    assert differing(machine) == []


def test_a_large_change_that_breaks_off_is_never_half_there(server: Tiny, machine: Settings) -> None:
    def moves_nothing(handler: Handler, do: Do) -> None:
        handler.send(500, b"out of memory")

    server.faults["update"] = moves_nothing
    assert change(machine, noting(reader(machine), "large", 900)) == 2
    assert server.asked["graphs"] > 0, "its statements were brought there"
    assert len(RemoteReader(sharing(machine).client, 1)) == len(reader(machine)) - 900 - 3 - 6
    server.faults.clear()
    change(machine, noting(reader(machine), "third"))
    assert differing(machine) == []


def test_a_filling_that_breaks_off_is_begun_anew(server: Tiny, machine: Settings) -> None:
    def full(handler: Handler, do: Do) -> None:
        handler.send(507, b"disk full")

    server.store.clear()
    server.faults["graphs"] = full
    with pytest.raises(EngineRefused, match="507"):
        change(machine, noting(reader(machine), "second"))
    assert sharing(machine).keeper.head().revision == 0
    server.faults.clear()
    change(machine, noting(reader(machine), "second"))
    assert differing(machine) == []


def test_a_server_that_keeps_a_part_is_found_out(server: Tiny, machine: Settings) -> None:
    def swallowed(handler: Handler, do: Do) -> None:
        handler.send(204, b"")

    server.store.clear()
    server.faults["graphs"] = swallowed
    with pytest.raises(EngineRefused, match="holds 0"):
        change(machine, noting(reader(machine), "second"))


@pytest.mark.parametrize("cut", ["promised more", "cut off", "message appended"])
def test_half_an_answer_is_none(server: Tiny, machine: Settings, cut: str) -> None:
    def half(handler: Handler, do: Do) -> None:
        status, body = do()
        if cut == "promised more":
            handler.send(status, body[: len(body) // 2], len(body))
            handler.hang_up()
        else:
            handler.send(status, body[: len(body) // 2] + (b"" if cut == "cut off" else b"Query timed out"))

    server.faults["query"] = half
    with pytest.raises(EngineProblem):
        RemoteReader(sharing(machine).client, 1).rows(EVERYTHING)


def test_a_slow_server_is_given_up(server: Tiny, machine: Settings) -> None:
    def dripping(handler: Handler, do: Do) -> None:
        _, body = do()
        handler.send(200, b"", len(body) + 1000)
        while not handler.wfile.closed:
            try:
                handler.wfile.write(b" ")
            except OSError:
                return

    server.faults["query"] = dripping
    with pytest.raises(EngineTooSlow):
        RemoteReader(sharing(machine).client, 1, megabytes=1 << 20).rows(EVERYTHING)


def test_a_visitors_query_that_takes_too_long_is_told_as_such(server: Tiny, machine: Settings) -> None:
    def partly(handler: Handler, do: Do) -> None:
        status, body = do()
        handler.send(status, body[:-2] if b'"first' in body or b"agent" in body else body)

    server.faults["query"] = partly
    with pytest.raises(QueryTooLong, match="the most it may"):
        asked(machine)


@pytest.mark.parametrize("status", [401, 403])
def test_who_is_not_let_in_is_told_what_to_look_at(server: Tiny, machine: Settings, status: int) -> None:
    server.faults["query"] = lambda handler, do: handler.send(status, b"who are you?")
    with pytest.raises(EngineRefused, match="GAPBRIDGE_ENGINE_AUTH"):
        change(machine, noting(reader(machine), "second"))


def test_another_base_on_the_server_is_left_alone(server: Tiny, machine: Settings, tmp_path: Path) -> None:
    before = set(server.store)
    stranger = settings_for(server.address, tmp_path / "stranger")
    with pytest.raises(EngineRefused, match="another base"):
        change(stranger, noting(reader(stranger), "intruder"))
    assert set(server.store) == before


def test_a_copy_is_not_written_to_without_its_server(machine: Settings) -> None:
    with pytest.raises(BadInput, match="GAPBRIDGE_ENGINE"):
        Writer(Home(machine.data), lambda _: [], ())


def test_a_copy_of_another_base_is_refused(server: Tiny, machine: Settings, tmp_path: Path) -> None:
    with Writer(Home(tmp_path / "other"), lambda _: [], ()) as writer:
        writer.commit(noting(writer.reader, "elsewhere"))
    other = settings_for(server.address, tmp_path / "other", shared_by(machine))
    with pytest.raises(StoreDamaged, match="another base"):
        change(other, noting(reader(other), "second"))


def test_an_older_backup_of_the_database_gets_back_what_it_lacks(
    server: Tiny, machine: Settings, tmp_path: Path
) -> None:
    change(machine, noting(reader(machine), "second"))
    fresh = settings_for(server.address, machine.data, f"sqlite:///{tmp_path}/restored.sqlite")
    server.store.clear()  # the server belongs to the base that was
    assert change(fresh, noting(reader(fresh), "third")) == 3
    assert differing(fresh) == []


def test_a_new_machine_reads_what_others_made_while_the_server_is_away(
    server: Tiny, machine: Settings, tmp_path: Path
) -> None:
    server.stop()
    new = settings_for(server.address, tmp_path / "new", shared_by(machine))
    take_over(new)
    assert set(reader(new).quads()) == set(reader(machine).quads())


def test_a_server_that_ignores_guards_cannot_hold_a_base(server: Tiny, speak: Speak) -> None:
    def unguarded(handler: Handler, do: Do) -> None:
        do()
        server.store.update('INSERT DATA { GRAPH <https://w3id.org/gapbridge/graph/x> { <a:a> <a:b> "c" } }')
        for quad in list(server.store):
            if quad.object.value == "1" and "probe-" in str(quad.graph_name):  # type: ignore[union-attr]
                server.store.update(f"DELETE DATA {{ GRAPH {quad.graph_name} {{ {quad.triple} }} }}")
        handler.send(204, b"")

    server.faults["update"] = unguarded
    traits = {trait.name: trait for trait in probe(speak(server.address))}
    assert not traits["a guard that does not hold stops the update"].holds


def test_a_tiny_server_passes_the_self_test(server: Tiny, speak: Speak) -> None:
    assert [trait for trait in probe(speak(server.address)) if not trait.holds] == []


def asked(settings: Settings) -> list[object]:
    """The rows of a visitor's query."""
    pool = open_pool(settings)
    try:
        found = json.loads(pool.answer(Question(EVERYTHING), "visitor").body)
    finally:
        pool.close()
    rows: list[object] = found["results"]["bindings"]
    return rows


def test_what_the_shared_journal_has_is_told_as_accepted(machine: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("kg.store.snapshots.Snapshots.publish", full)
        with pytest.raises(AcceptedUnseen):
            change(machine, noting(reader(machine), "second"))
    take_over(machine)
    assert change(machine, noting(reader(machine), "third")) == 3
    assert differing(machine) == []


def test_a_database_that_goes_away_leaves_nothing_half_done(machine: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("insert", {}, OSError("gone"))

    with monkeypatch.context() as broken:
        broken.setattr("sqlalchemy.orm.Session.add", gone)
        with pytest.raises(DatabaseUnavailable, match="will show"):
            change(machine, noting(reader(machine), "second"))
    assert reader(machine).revision == 1
    assert change(machine, noting(reader(machine), "second")) == 2
    assert differing(machine) == []
