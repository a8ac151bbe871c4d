"""Engines beside each other: who gives another answer, none, or is not there is told; nobody is left out silently."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from benchmarks.alone import alone
from benchmarks.asking import InProcess, Runner
from benchmarks.comparison import ALONE, OURS, Cell, Row, ask_all, shown, table
from benchmarks.loading import load_all
from benchmarks.peers import PEERS, RDFLIB_MOST, Peer
from benchmarks.questions import TABLE

LINE = "<urn:x:a> <urn:x:p> <urn:x:b> <urn:x:g> .\n"
COUNT = "SELECT ?s { ?s ?p ?o }"

ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {' . '.join(f'?a{n} ?b{n} ?c{n}' for n in range(40))} }}"


class Engine:
    """An engine that answers with so many rows, or fails."""

    def __init__(self, rows: int, error: Exception | None = None) -> None:
        self.rows, self.error = rows, error

    def query(self, text: str, accept: str) -> tuple[float, bytes]:
        if self.error:
            raise self.error
        return 0.001, json.dumps({"results": {"bindings": [{}] * self.rows}}).encode()

    def memory(self) -> float:
        return 10.0


def runner(name: str, rows: int, error: Exception | None = None, starts: list[str] | None = None) -> Runner:
    @contextmanager
    def start() -> Iterator[Engine]:
        (starts if starts is not None else []).append(name)
        yield Engine(rows, error)

    return Runner(name, start)


def asked(runners: list[Runner]) -> dict[str, Cell]:
    row = Row("rows", {one.name: lambda engine, _: engine.query(COUNT, TABLE) for one in runners}, TABLE, most=3)
    return dict(ask_all(row, runners, seconds=1)[1])


def test_each_is_asked_as_often_as_the_others() -> None:
    cells = asked([runner(ALONE, 2), runner(OURS, 2)])
    assert [len(cell.took) for cell in cells.values()] == [3, 3]


def test_another_answer_is_told_and_not_timed() -> None:
    cells = asked([runner(ALONE, 2), runner("Other", 1)])
    assert (cells["Other"].words, cells["Other"].took) == ("1 rows, not 2", [])


def test_who_gives_no_answer_in_time_is_ended_and_started_anew() -> None:
    starts: list[str] = []
    late = runner("Late", 2, TimeoutError("none in 1 s"), starts)
    assert asked([late])["Late"].words == "none in 1 s"
    assert late.running is None
    asked([late])
    assert starts == ["Late", "Late"]


def test_who_refuses_a_question_is_told_and_runs_on() -> None:
    picky = runner("Picky", 2, ValueError("status 400: what is this"))
    assert asked([picky])["Picky"].words == "refused (status 400)"
    assert picky.running is not None


def test_ratios_are_of_what_both_answered_and_the_best_of_the_others_is_named() -> None:
    cells = {ALONE: Cell([0.002]), OURS: Cell([0.004, 9]), "Fast": Cell([0.001]), "Slow": Cell([0.1]), "No": Cell()}
    line = table([("path", cells)], [*cells]).splitlines()[2]
    assert line == "| path | 2 ms | 4.5 s | 1 ms | 100 ms | — | 0.5 | 0.25 (Fast) |"


def test_what_ours_did_not_answer_has_no_ratio() -> None:
    cells = {ALONE: Cell([0.002]), OURS: Cell(words="none in 10 s"), "Fast": Cell([0.001])}
    assert table([("map", cells)], [*cells]).splitlines()[2].endswith("| none in 10 s | 1 ms | — | — |")


def test_figures_are_shown_in_units_that_suit_them() -> None:
    assert [shown(0.00123, "s"), shown(0.5, "s"), shown(12.34, "s"), shown(1234.5, "MB")] == [
        "1.2 ms",
        "500 ms",
        "12 s",
        "1,234 MB",
    ]


def test_a_peer_that_is_not_here_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    reasons = {peer.name: peer.absent(1000) for peer in PEERS}
    assert reasons == {
        "oxigraph serve": "there is no `oxigraph` here (the package oxigraph)",
        "rdflib-endpoint": "there is no `rdflib-endpoint` here (the package rdflib-endpoint)",
        "Fuseki": "there is no Java on this machine",
        "Virtuoso": "there is no virtuoso-t and no isql-vt on this machine (Debian: virtuoso-opensource-7-bin)",
    }


def test_a_peer_that_is_too_slow_for_a_size_says_so() -> None:
    rdflib = next(peer for peer in PEERS if peer.name == "rdflib-endpoint")
    assert rdflib.absent(RDFLIB_MOST + 1) == "not measured beyond 200,000 statements"


def test_a_peer_that_is_missing_or_cannot_be_loaded_is_noted(tmp_path: Path) -> None:
    def fail(data: Path, folder: Path) -> None:
        raise RuntimeError("it was refused")

    def peer(name: str, missing: str) -> Peer:
        return Peer(name, lambda: missing, lambda: "1", fail, lambda _: pytest.fail("never started"))

    data = tmp_path / "base.nq"
    data.write_text(LINE, encoding="utf-8")
    found = load_all(data, tmp_path / "all", 1, [peer("Away", "nobody has it"), peer("Broken", "")], patience=1)
    assert [one.name for one in found.runners] == [ALONE, OURS]
    assert found.absent == {"Away": "nobody has it", "Broken": "it could not be loaded or started: it was refused"}
    assert found.disk[ALONE].took[0] > 0


def test_the_engine_alone_answers_takes_statements_in_and_can_be_ended(tmp_path: Path) -> None:
    Store(str(tmp_path)).bulk_load(LINE.encode(), RdfFormat.N_QUADS)
    with alone(tmp_path) as process:
        engine = InProcess(process, patience=20)
        engine.insert(LINE.replace("urn:x:a", "urn:x:c"))
        _, answer = engine.query(COUNT, TABLE)
        assert len(json.loads(answer)["results"]["bindings"]) == 2
        assert engine.memory() > 0
        with pytest.raises(ValueError, match="error"):
            engine.query("SELECT nothing", TABLE)
        with pytest.raises(TimeoutError, match=r"none in 0\.2 s"):
            process.query(ENDLESS, 0.2)
