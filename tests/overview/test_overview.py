"""What is asked of the whole base: kept answers are those that would be looked up, and pages say how old they are."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kg.contributing import home, load_files, open_base
from kg.overview import (
    CAUSES,
    COVERED,
    COVERING,
    LISTS,
    MAP_CELLS,
    MAP_CLAIMS,
    QUESTIONS,
    SIGNS,
    TACTICS,
    Keeper,
    Kept,
    Live,
    Question,
    keeping,
    make,
    maker,
)
from kg.queries import phase_coverage
from kg.settings import Settings
from webui import create_app

PAGES = ("/tactics", "/sources", "/frameworks", "/gaps", "/worklist", "/map", "/map?columns=tactics")
CHANGE = """@prefix gap: <https://w3id.org/gapbridge/ns#> .
@prefix outcome: <https://w3id.org/gapbridge/id/outcome/> .
@prefix scheme: <https://w3id.org/gapbridge/id/scheme/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
outcome:a-new-one a gap:Outcome, skos:Concept ; skos:prefLabel "A new one"@en ; skos:definition "New."@en ;
  skos:inScheme scheme:outcome ; gap:outcomeKind <https://w3id.org/gapbridge/id/outcome-kind/process> .
"""


@pytest.fixture(scope="module")
def live(seeded: Settings) -> Live:
    return Live(open_base(seeded))


@pytest.fixture(scope="module")
def kept(live: Live, seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    path = tmp_path_factory.mktemp("overview") / "answers.sqlite"
    make(open_base(seeded), path)
    return Kept(path, live.revision)


@pytest.fixture
def large(fresh: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A base that counts as large, though it is not."""
    monkeypatch.setattr(keeping, "FIRST_SECONDS", 120.0)  # the machine may be busy
    return replace(fresh, memory_limit_quads=1)


@pytest.fixture
def keeper(large: Settings) -> Iterator[Keeper]:
    made = Keeper(home(large), large.memory_limit_quads)
    yield made
    made.close()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_kept_answers_are_those_that_would_be_looked_up(live: Live, kept: Kept, question: Question[Any]) -> None:
    rows = live.rows(question)
    assert kept.rows(question) == rows
    assert kept.count(question) == live.count(question) == len(rows)
    assert kept.rows(question, (1, 2)) == live.rows(question, (1, 2)) == rows[1:3]


@pytest.mark.parametrize(
    "question",
    [SIGNS, COVERED, COVERING, TACTICS, MAP_CELLS["tactics"], MAP_CLAIMS["phases"]],
    ids=lambda question: question.name,
)
def test_rows_are_found_by_their_keys(live: Live, kept: Kept, question: Question[Any]) -> None:
    rows = live.rows(question)
    keys = sorted({question.key(row) for row in rows})[:3]
    assert kept.of(question, keys) == live.of(question, keys)
    assert len(kept.of(question, keys)) == sum(question.key(row) in keys for row in rows) > 0
    assert len(kept.of(question, keys, 1)) == len(live.of(question, keys, 1)) == len(keys)


def test_the_coverage_board_holds_the_rows_of_its_query(live: Live, seeded: Settings) -> None:
    wanted = {(row.cause, row.phase, row.tactic) for row in phase_coverage(open_base(seeded)) if row.tactic}
    assert {(row.cause, row.phase, row.tactic) for row in live.rows(COVERING)} == wanted
    assert sum(row.tactics for row in live.rows(COVERED)) == len(wanted)


def test_a_small_base_keeps_nothing(seeded: Settings) -> None:
    keeper = Keeper(home(seeded), seeded.memory_limit_quads)
    assert keeper.kept(1) is None
    assert not keeper.path(1).exists()


def test_who_comes_first_waits_for_the_answers(keeper: Keeper) -> None:
    found = keeper.kept(1)
    assert found is not None
    assert found.revision == 1
    assert len(found.rows(CAUSES)) == 4
    assert keeper.kept(1) is found


def test_after_a_change_the_answers_before_it_serve_and_the_page_says_so(
    large: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(large).test_client()
    assert "as of revision" not in client.get("/outcomes").text
    monkeypatch.setattr(keeping.Keeper, "_start", lambda keeper, revision: None)  # those of the change are not made yet
    _change(large, tmp_path)
    answer = client.get("/outcomes")
    assert "Lists and counts are as of revision 1; those of revision 2 are being made." in answer.text
    assert "A new one" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_in_the_end_the_answers_are_those_of_the_change(
    large: Settings, tmp_path: Path, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keeper.kept(1) is not None
    _change(large, tmp_path)
    monkeypatch.setattr(keeping, "_REST", 0)
    while (found := keeper.kept(2)) is None or found.revision != 2:
        time.sleep(0.05)
    assert "A new one" in {row.label for row in found.rows(LISTS["Outcome"])}


def test_the_process_goes_on_from_the_answers_that_there_are(
    large: Settings, tmp_path: Path, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would take long to make them whole."""
    assert keeper.kept(1) is not None
    _change(large, tmp_path)
    monkeypatch.setattr(maker, "make", None)
    found = tmp_path / "2.sqlite"
    maker._make(maker.Task(str(large.data), 2, str(found), str(keeper.path(1)), 1), found)
    assert "A new one" in {row.label for row in Kept(found, 2).rows(LISTS["Outcome"])}


def test_pages_of_a_large_base_say_what_those_of_a_small_one_say(large: Settings, seeded: Settings) -> None:
    one, other = create_app(large).test_client(), create_app(seeded).test_client()
    for address in PAGES:
        assert _main(one, address) == _main(other, address)


def _main(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    found = re.search(r"<main.*?</main>", answer.text, re.DOTALL)
    assert found
    return found[0]


def _change(settings: Settings, folder: Path) -> None:
    file = folder / "change.ttl"
    file.write_text(CHANGE, encoding="utf-8")
    assert load_files(settings, [file], "A new outcome")[1] == 2


@pytest.mark.parametrize("address", ["/", "/coverage"])
def test_a_page_of_a_large_base_says_how_much_it_does_not_name(large: Settings, seeded: Settings, address: str) -> None:
    short, whole = (_main(create_app(one).test_client(), address) for one in (large, seeded))
    missing = Counter(_entries(whole)) - Counter(_entries(short))
    assert not Counter(_entries(short)) - Counter(_entries(whole))
    assert sum(missing.values()) == _left_out(short) - _left_out(whole) > 0


def _left_out(page: str) -> int:
    return sum(map(int, re.findall(r">(\d+) more\b", page)))


def _entries(page: str) -> list[str]:
    return re.findall(r"<li>.*?</li>", page)
