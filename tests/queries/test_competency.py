"""The questions of the ontology's model, each with the rows it must give, which stand in `competency_answers`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.data_support import COMPETENCY, base, claims, competency, derived_graph, graph, rdflib_rows, rows
from tests.queries.competency_answers import CRITERIA, LARGE, LESSONS, WHOLE, Answer

FILES = sorted(COMPETENCY.glob("*.rq"))
NUMBERS = range(1, 33)


def name(path: Path) -> str:
    return path.stem


def answer(number: int, variables: str) -> Answer:
    solutions = base().select(competency(number).read_text(encoding="utf-8"))
    wanted = variables.split()
    assert not solutions or set(wanted) <= set(solutions[0])
    order = [list(solutions[0]).index(v) for v in wanted] if solutions else []
    return [tuple(row[i] for i in order) for row in rows(base(), competency(number).read_text(encoding="utf-8"))]


def test_there_are_32_questions_each_with_its_answer() -> None:
    assert [int(path.stem[2:4]) for path in FILES][: len(NUMBERS)] == list(NUMBERS)  # the rest: documents_competency
    assert sorted([*WHOLE, *LARGE]) == list(NUMBERS)


@pytest.mark.parametrize("number", sorted(WHOLE))
def test_small_answers_are_just_these(number: int) -> None:
    variables, expected = WHOLE[number]
    assert sorted(answer(number, variables)) == sorted(expected)


@pytest.mark.parametrize("number", sorted(LARGE))
def test_large_answers_hold_these(number: int) -> None:
    count, variables, some = LARGE[number]
    found = answer(number, variables)
    assert len(found) == count
    assert set(some) <= set(found)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_both_engines_agree(path: Path) -> None:
    query = path.read_text(encoding="utf-8")
    assert rows(base(), query) == rdflib_rows(graph(), query)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_header_says_what_for_whom(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    header = dict(re.findall(r"^# (title|for|topic|row): (.+)$", text, re.MULTILINE))
    assert set(header) == {"title", "for", "topic", "row"}
    assert header["title"].endswith("?")
    assert header["for"] in ("practitioner", "researcher", "tool")


@pytest.mark.parametrize("path", FILES, ids=name)
def test_portable(path: Path) -> None:
    """Only the prefixes it uses, no graph names, a fixed order, no path without an anchor (model, §1.8)."""
    text = re.sub(r"^#.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    body = re.sub(r"^PREFIX.*$", "", text, flags=re.MULTILINE)
    declared = re.findall(r"^PREFIX ([a-z-]+):", text, re.MULTILINE)
    assert declared == sorted({p for p in re.findall(r"(?<![\w?$:/-])([a-z][a-z-]*):[a-zA-Z]", body)})
    assert not re.search(r"\b(GRAPH|FROM|SERVICE)\b", body)
    assert not re.search(r"\w[+*](?=[\s/;])", body)
    assert "ORDER BY" in body


def test_ordered_answers_come_in_order() -> None:
    assert [label for _, label in answer(8, "position label")] == list(CRITERIA)
    counts = [int(n) for (n,) in answer(18, "claims")]
    assert counts == sorted(counts, reverse=True)


def test_large_answers_agree_with_a_second_count() -> None:
    assert sum(int(n) for (n,) in answer(24, "claims")) == len(claims()) == 615
    assert len(answer(22, "claim")) == sum(c.standing == "link-basis/curator-inference" for c in claims())
    about_tactics = [c for c in claims() if c.subject.startswith("tactic/") or c.subject in LESSONS]
    assert sum(int(n) for (n,) in answer(25, "claims")) == len(about_tactics)
    written = {q for q in derived_graph(base()) if "/id/summary/" not in q.subject.value}
    assert len(answer(29, "subject")) == len(written)
