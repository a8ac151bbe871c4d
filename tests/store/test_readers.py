"""Readers: on published snapshots, which never change, at one revision, without waiting for anybody."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kg.errors import QueryProblem, StoreMissing
from kg.store import Home, Writer, in_memory
from tests.store.store_support import MOST, echo, go_on, grown, is_known, opened, says, tree

IN_MEMORY, ON_DISK = 10**6, 0
both = pytest.mark.parametrize("limit", [IN_MEMORY, ON_DISK], ids=["in memory", "on disk"])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "base")


def test_where_nothing_is_there_is_no_reader(home: Home) -> None:
    with pytest.raises(StoreMissing, match=r"no evidence base in .*base yet"):
        home.reader(IN_MEMORY)
    assert not home.folder.exists()


def test_before_the_first_revision_there_is_no_reader(home: Home) -> None:
    with opened(home), pytest.raises(StoreMissing):
        home.reader(IN_MEMORY)


@both
def test_a_reader_keeps_its_revision_while_a_writer_publishes(home: Home, limit: int) -> None:
    with opened(home) as writer:
        go_on(writer, 3)
        reader = home.reader(limit)
        go_on(writer, 12)
        assert is_known(reader, 3)
        assert is_known(home.reader(limit), 15)


@both
def test_a_reader_outlives_its_snapshot(tmp_path: Path, limit: int) -> None:
    home = Home(tmp_path / "base", keep=1)
    reader = grown(home, 2).reader(limit)
    grown(home, 12)
    assert not home.snapshots.path(2).exists()
    assert is_known(reader, 2)


def test_a_snapshot_never_changes(home: Home) -> None:
    with opened(home) as writer:
        go_on(writer, 4)
        before = tree(home.snapshots.path(4))
        go_on(writer, 2)
        home.reader(ON_DISK).select("SELECT * { ?s ?p ?o }")
        assert tree(home.snapshots.path(4)) == before
    grown(home, 0)
    assert tree(home.snapshots.path(4)) == before


def test_reading_changes_no_file(home: Home) -> None:
    grown(home, 3)
    before = tree(home.folder, but=())
    assert is_known(home.reader(ON_DISK), 3)
    assert tree(home.folder, but=()) == before


@pytest.mark.parametrize("keep", [1, 3])
def test_the_newest_snapshots_stay(tmp_path: Path, keep: int) -> None:
    home = grown(Home(tmp_path / "base", keep), 6)
    assert home.snapshots.revisions() == list(range(6, 6 - keep, -1))


def test_a_closed_writer_leaves_no_working_copy(home: Home) -> None:
    grown(home, 2)
    assert sorted(p.name for p in home.folder.iterdir()) == ["format.json", "journal", "lock", "snapshots"]


def test_a_reader_never_waits_for_a_writer(home: Home) -> None:
    grown(home, 2)
    inside, go = threading.Event(), threading.Event()

    def slow(reader: object) -> list[object]:
        inside.set()
        assert go.wait(10)
        return []

    def write() -> None:
        with Writer(home, lambda _: [], [echo, slow]) as writer:  # type: ignore[list-item]
            go_on(writer, 1)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert inside.wait(10)
        assert is_known(home.reader(IN_MEMORY), 2)  # in the middle of the change
    finally:
        go.set()
        thread.join()
    assert is_known(home.reader(IN_MEMORY), 3)


@both
def test_readers_that_open_while_snapshots_come_and_go_all_succeed(tmp_path: Path, limit: int) -> None:
    home = grown(Home(tmp_path / "base", keep=1), 1)
    found: list[int] = []
    failed: list[Exception] = []
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            try:
                reader = home.reader(limit)
                assert is_known(reader, reader.revision)
                found.append(reader.revision)
            except Exception as error:  # told below, in the thread of the test
                failed.append(error)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        with opened(home) as writer:
            while len(set(found)) < 4 and not failed and writer.reader.revision < MOST:
                go_on(writer, 1)
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert not failed
    assert len(set(found)) >= 4


# --- What may be asked ------------------------------------------------------------------------------

three = in_memory([says("a", "1"), says("b", "2"), says("b", "3")])


def test_a_row_has_a_term_or_nothing_for_each_variable() -> None:
    (row,) = three.select('SELECT ?s ?x { ?s ?p "1" }')
    assert (list(row), row["x"]) == (["s", "x"], None)


@pytest.mark.parametrize(
    ("way", "query"),
    [
        ("select", "ASK {}"),
        ("select", "CONSTRUCT WHERE { ?s ?p ?o }"),
        ("ask", "SELECT * {}"),
        ("ask", "CONSTRUCT WHERE { ?s ?p ?o }"),
        ("construct", "ASK {}"),
        ("construct", "SELECT * {}"),
        ("select", "SELECT * {"),
        ("ask", ""),
        ("construct", "INSERT DATA { <a:b> <a:c> <a:d> }"),
        ("select", "SELECT (?s AS ?s) { ?s ?p ?o }"),
    ],
)
def test_a_query_of_the_wrong_kind_or_form_is_told(way: str, query: str) -> None:
    with pytest.raises(QueryProblem):
        getattr(three, way)(query)


def test_a_query_sees_all_graphs_as_one() -> None:
    assert three.ask('ASK { ?a ?p "1" . ?b ?p "3" }')
    assert len(three.select("SELECT * { ?s ?p ?o }")) == 3


def test_an_answer_comes_as_a_table_or_as_triples() -> None:
    assert three.answer('SELECT ?o { ?s ?p ?o FILTER(?o = "1") }', "csv", "nt") == b"o\r\n1\r\n"
    assert three.answer("ASK {}", "json", "nt") == b'{"head":{},"boolean":true}'
    assert three.answer('CONSTRUCT WHERE { ?s ?p "1" }', "csv", "nt").count(b"\n") == 1
