"""Made-up bases are bases: in order by every check, derived as the rules derive, the same from the same seed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from benchmarks.bases import publish
from benchmarks.generator import Generator
from benchmarks.questions import questions
from kg.contributing import open_base
from kg.derivation import steps
from kg.settings import read_settings
from kg.store import Engine, rederive
from kg.validation import problems, shacl

TRIPLES = 9000


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return list(Generator(TRIPLES).lines())


@pytest.fixture
def engine(lines: list[str]) -> Engine:
    store = Store()
    store.bulk_load("".join(lines).encode(), RdfFormat.N_QUADS)
    return Engine(store, 1)


def test_the_size_is_about_what_was_asked_for(engine):
    assert 0.8 * TRIPLES < len(engine) < 1.2 * TRIPLES


def test_the_same_seed_gives_the_same(lines):
    assert list(Generator(TRIPLES).lines()) == lines
    assert list(Generator(TRIPLES, seed=2).lines()) != lines


def test_no_check_finds_a_violation_or_a_warning(engine):
    assert problems(engine, ("violation", "warning")) == []


def test_it_conforms_to_the_shapes(engine):
    assert [v for v in shacl(engine) if v.severity != "info"] == []


def test_what_follows_is_what_the_rules_say(engine):
    assert rederive(engine, steps()) == (frozenset(), frozenset())


def test_few_works_are_cited_by_many_claims():
    made = Generator(60_000)
    for _ in made.lines():
        pass
    cited = Counter(work for claim in made.made.claims for work in claim.works)
    most = [count for _, count in cited.most_common()]
    assert sum(most[: len(made.made.works) // 20]) > sum(most) / 3
    assert most[len(most) // 2] * 10 < most[0]


def test_a_published_base_opens_and_every_question_has_an_answer(lines, tmp_path: Path):
    settings = read_settings({"GAPBRIDGE_DATA": str(tmp_path / "base")})
    count = publish(settings, iter(lines), tmp_path)
    base = open_base(settings)
    assert (base.revision, len(base)) == (1, count)
    for asked in questions(base):
        answers = [base.answer(text, "csv", "nt") for text in asked.texts]
        assert max(answer.count(b"\n") for answer in answers) > 1, asked.name
