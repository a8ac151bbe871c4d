"""The pool of readers: fair, bounded, quick to replace what it kills, and gone when its owner is."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from http.client import HTTPException

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request

from kg.answering import Pool, Question
from kg.errors import QueryProblem, QueryTooLong, ResultTooLarge, ServerBusy, StoreDamaged, StoreMissing, WrongForm
from kg.settings import read_settings
from kg.store import Home
from kg.store.spool import SMALL
from kg.store.turns import Turns
from tests.sparql.conftest import children, descendants, state_of, until, worked
from webui.sparql import Endpoint
from webui.sparql.cache import LARGEST

ALL = Question("SELECT ?o { ?s <https://w3id.org/gapbridge/ns#note> ?o } ORDER BY ?o")
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o FILTER(?a = ?none) }"
BOMB = " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(40))
HUNGRY = f"SELECT (STRLEN(?a40) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?a0) {BOMB} }}"


@pytest.fixture
def pool(data):
    settings = read_settings({"GAPBRIDGE_DATA": str(data)})
    opened = Pool(Home(data), replace(settings, query_seconds=2, query_megabytes=300))
    yield opened
    opened.close()


@pytest.fixture
def patient_pool(data):
    """One with time enough, whatever else the machine is doing."""
    settings = read_settings({"GAPBRIDGE_DATA": str(data)})
    opened = Pool(Home(data), replace(settings, query_seconds=60, query_megabytes=300, query_result_megabytes=4))
    yield opened
    opened.close()


@pytest.fixture
def small_pool(small):
    opened = Pool(small.home, small.settings)
    yield opened
    opened.close()


BEFORE = set()
"""Readers that were there when a test began: of applications that other tests keep open, or just on their way out."""


@pytest.fixture(autouse=True)
def _note_those_of_others():
    BEFORE.clear()
    BEFORE.update(readers())


def readers():
    """Parents and workers of the pools that the test at hand opened in this process."""
    parents = [p for p in children(os.getpid()) if b"kg.store.worker" in command(p)]
    family = parents + [worker for parent in parents for worker in descendants(parent)]
    return [process for process in family if process not in BEFORE]


def workers():
    """Those of them that answer."""
    return [p for p in readers() if not descendants(p)]


def until_busy(process):
    """Wait until a reader is at work on a long query."""
    before = worked(process)
    assert until(lambda: worked(process) >= before + 10)


def command(process):
    try:
        with open(f"/proc/{process}/cmdline", "rb") as file:
            return file.read()
    except OSError:
        return b""


@pytest.mark.parametrize("memory_limit", [1, 400_000])
def test_in_memory_and_on_disk(small, memory_limit):
    pool = Pool(small.home, replace(small.settings, memory_limit_quads=memory_limit))
    answers = [pool.answer(ALL, "a") for _ in range(3)]
    assert all(b'"first"' in answer.body for answer in answers)
    assert {(answer.revision, answer.kind, answer.form) for answer in answers} == {(1, "select", "json")}
    pool.close()


def test_a_reader_reaches_no_network(pool):
    pool.answer(Question("ASK {}"), "a")
    mine = os.readlink("/proc/self/ns/net")
    assert all(os.readlink(f"/proc/{process}/ns/net") != mine for process in readers())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("SELECT", QueryProblem),
        (LONG, QueryTooLong),
        (HUNGRY, QueryTooLong),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", ResultTooLarge),
        ("SELECT * { SERVICE <http://x/> {} }", QueryProblem),
    ],
)
def test_problems(pool, patient_pool, text, problem):
    pool = pool if problem is QueryTooLong else patient_pool
    with pytest.raises(problem) as caught:
        pool.answer(Question(text), "a")
    assert type(caught.value) is problem
    assert pool.answer(Question("ASK {}"), "a").body


def test_forms_must_fit(pool):
    with pytest.raises(WrongForm):
        pool.answer(Question("ASK {}", table=""), "a")
    with pytest.raises(WrongForm):
        pool.answer(Question("DESCRIBE <a:a>", graph=""), "a")


def test_a_large_answer_comes_as_a_file(pool):
    answer = pool.answer(Question("SELECT * { ?s ?p ?o } LIMIT 20000", table="csv"), "a")
    with answer.file as file:
        assert len(file.read()) == answer.size > 1 << 20


def test_killed_readers_are_replaced(pool):
    pool.answer(Question("ASK {}"), "a")
    worker = next(p for p in readers() if len(descendants(p)) == 0)
    os.kill(worker, signal.SIGKILL)
    with pytest.raises(ServerBusy):
        pool.answer(Question("ASK {}"), "a")
    assert pool.answer(Question("ASK {}"), "a").kind == "ask"
    assert until(lambda: state_of(worker) == "")


def test_a_killed_parent_is_replaced(pool):
    pool.answer(Question("ASK {}"), "a")
    parent = next(p for p in readers() if descendants(p))
    os.kill(parent, signal.SIGKILL)

    def answered() -> bool:
        try:
            return pool.answer(Question("ASK {}"), "a").kind == "ask"
        except ServerBusy:
            return False

    assert until(answered)
    assert until(lambda: state_of(parent) in ("", "Z"))


def test_a_stack_overflow_ends_a_reader_only(patient_pool):
    patient_pool.answer(Question("ASK {}"), "a")
    worker = next(p for p in readers() if len(descendants(p)) == 0)
    with ThreadPoolExecutor(1) as executor:
        asked = executor.submit(patient_pool.answer, Question(LONG), "a")
        until_busy(worker)
        os.kill(worker, signal.SIGSEGV)  # as the kernel does it
        with pytest.raises(QueryProblem, match="nested"):
            asked.result(60)
    assert patient_pool.answer(Question("ASK {}"), "a").kind == "ask"


def test_new_revisions_are_read_at_once(small, small_pool):
    assert small_pool.answer(ALL, "a").revision == 1
    old = workers()
    small.publish("second")
    answer = small_pool.answer(ALL, "a")
    assert (answer.revision, b'"second"' in answer.body) == (2, True)
    assert until(lambda: not any(state_of(process) for process in old))


@pytest.mark.parametrize("memory_limit", [1, 400_000])
def test_the_parent_of_readers_moves_on(small, memory_limit):
    pool = Pool(small.home, replace(small.settings, memory_limit_quads=memory_limit))
    pool.answer(ALL, "a")
    (parent,) = [p for p in readers() if descendants(p)]
    for number in range(2, 6):
        small.publish(f"text {number}")
        answer = pool.answer(ALL, "a")
        assert (answer.revision, answer.body.count(b'"text ')) == (number, number - 1)
    assert [p for p in readers() if descendants(p)] == [parent]
    assert os.listdir(f"/proc/{parent}/task") == [str(parent)]  # of a single thread, since it forks
    pool.close()


def test_without_a_patch_other_readers_take_their_place(small, small_pool):
    small_pool.answer(ALL, "a")
    old = readers()
    small.publish("second")
    small.home.journal.path(2).unlink()
    answer = small_pool.answer(ALL, "a")
    assert (answer.revision, b'"second"' in answer.body) == (2, True)
    assert until(lambda: not any(state_of(process) for process in old))


def test_an_old_revision_is_answered_to_the_end(data, small, small_pool):
    small.publish("second")
    large = Question("SELECT * { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(10)) + "FILTER(?a1 = ?none) }")
    assert small_pool.answer(ALL, "a").revision == 2
    worker = next(p for p in readers() if len(descendants(p)) == 0)
    with ThreadPoolExecutor(1) as executor:
        running = executor.submit(small_pool.answer, large, "a")
        until_busy(worker)
        small.publish("third")
        assert small_pool.answer(ALL, "b").revision == 3
        with pytest.raises(QueryTooLong):
            running.result(60)
    assert until(lambda: len([p for p in readers() if descendants(p)]) == 1)


def test_nothing_to_read(tmp_path):
    pool = Pool(Home(tmp_path / "none"), read_settings({"GAPBRIDGE_DATA": str(tmp_path / "none")}))
    with pytest.raises(StoreMissing):
        pool.answer(ALL, "a")
    pool.close()


def test_a_damaged_snapshot_is_told(small, small_pool):
    for file in small.home.snapshots.path(1).iterdir():
        file.unlink()
    with pytest.raises(StoreDamaged):
        small_pool.answer(ALL, "a")
    assert readers() == []


def test_closing_ends_all(pool):
    pool.answer(Question("ASK {}"), "a")
    assert len(readers()) == 2
    pool.close()
    assert until(lambda: readers() == [])


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_the_server_leaves_nobody_behind(small, start, sign):
    server = start(small.settings.data)
    family = server.family()
    assert any(b"kg.store.worker" in command(process) for process in family)
    server.stop(sign)
    assert until(lambda: not any(state_of(process) for process in family))


def test_a_killed_server_leaves_nobody_behind(data, start):
    server = start(data, GAPBRIDGE_QUERY_SECONDS="60")
    asking = ThreadPoolExecutor(1)
    family = server.family()
    workers = [p for p in family if b"kg.store.worker" in command(p)]
    assert len(workers) == 2
    lost = asking.submit(server.ask, LONG)
    until_busy(next(p for p in workers if not descendants(p)))
    for process in set(family) - set(workers):
        with suppress(ProcessLookupError):  # the one before it may have taken it along
            os.kill(process, signal.SIGKILL)
    server.stop(signal.SIGKILL)
    assert until(lambda: not any(state_of(p) not in ("", "Z") for p in family))
    assert isinstance(lost.exception(60), OSError | HTTPException)
    asking.shutdown()


def waiting(turns):
    return sum(map(len, turns._queues.values()))


def test_turns_are_shared():
    turns = Turns(places=8, waiting=10)  # four quick ones

    def running(client):
        turn = turns.turn(client, 0)
        try:
            return turn, turn.__enter__()
        except ServerBusy:
            return None

    first = [running("a") for _ in range(3)]
    assert [bool(turn) for turn in first] == [True, True, False]
    second = [running("b") for _ in range(2)]
    assert [bool(turn) for turn in second] == [True, False]
    (third,) = [running("c")]
    assert third
    assert running("d") is None
    for context, _ in (turn for turn in (*first, *second, third) if turn):
        context.__exit__(None, None, None)
    assert running("d")


def test_long_ones_give_way_where_somebody_else_waits():
    turns = Turns(places=2, waiting=4)
    with turns.turn("a", 0) as older, ThreadPoolExecutor(2) as executor:
        turns.slow_down(older)
        with turns.turn("a", 0) as newer:

            def one(client):
                with turns.turn(client, 60):
                    return client

            executor.submit(one, "a")
            assert until(lambda: waiting(turns) == 1)
            turns.slow_down(newer)
            assert not newer.slow  # only their own client waits
            assert not older.stopped
            other = executor.submit(one, "b")
            assert until(lambda: waiting(turns) == 2)
            turns.slow_down(newer)
            assert newer.slow
            assert older.stopped
            assert other.result(60) == "b"


def test_the_queue_is_bounded_and_shared():
    turns, order = Turns(places=1, waiting=4), []

    def one(client):
        try:
            with turns.turn(client, 60):
                order.append(client)
        except ServerBusy:
            order.append("busy " + client)

    with ThreadPoolExecutor(6) as executor, turns.turn("x", 0):
        for number, client in enumerate("aaaabb", start=1):
            executor.submit(one, client)
            assert until(lambda number=number: waiting(turns) + len(order) == number)
        assert order == ["busy a", "busy a", "busy b"]  # half of what is left: two, then one
    assert order[3:] == ["a", "b", "a"]  # in rotation


def request(endpoint, query, **headers):
    def app(environ, start_response):
        return endpoint.respond(Request(environ))(environ, start_response)

    return Client(app).get("/sparql", query_string={"query": query}, headers=headers)


def test_a_new_revision_makes_kept_answers_void(small):
    endpoint = Endpoint(small.settings, lambda _: None)
    first = request(endpoint, ALL.text)
    assert request(endpoint, ALL.text).data == first.data
    tag = first.headers["ETag"]
    assert request(endpoint, ALL.text, **{"If-None-Match": tag}).status_code == 304
    small.publish("second")
    second = request(endpoint, ALL.text, **{"If-None-Match": tag})
    assert (second.status_code, b'"second"' in second.data) == (200, True)
    assert second.headers["ETag"] != tag
    assert endpoint.kept.size == 1000 + len(ALL.text) + len(second.data), "what is of the first does not stay"
    endpoint.pool.close()


def test_an_answer_that_is_not_small_is_kept_too(small, monkeypatch):
    endpoint = Endpoint(small.settings, lambda _: None)
    numbers = " ".join(map(str, range(100)))
    query = f"SELECT * {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} }}"
    first = request(endpoint, query)
    assert LARGEST > len(first.data) > SMALL
    monkeypatch.setattr(endpoint.pool, "answer", None)  # nobody is left who could find it again
    assert request(endpoint, query).data == first.data
    endpoint.pool.close()


def test_who_asks_too_often_is_told_to_wait(small):
    endpoint = Endpoint(replace(small.settings, query_rate=3), lambda _: None)
    found = [request(endpoint, "ASK {}") for _ in range(4)]
    assert [reply.status_code for reply in found] == [200, 200, 200, 429]
    assert 0 < int(found[3].headers["Retry-After"]) <= 20
    assert found[3].headers["Access-Control-Allow-Origin"] == "*"
    endpoint.pool.close()
