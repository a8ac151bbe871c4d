"""`gapbridge assess`: apply a framework to a policy, see what follows, keep it as a file, load it, see its page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.settings import read_settings
from tests.cli.conftest import Run
from webui import create_app


def test_without_answers_it_says_what_there_is_to_answer(read: Run) -> None:
    out = read("assess", "care-act-2014", "matland-type").output
    assert "ambiguity" in out
    assert "Values: low, high, unknown" in out


def test_it_says_what_follows_with_the_claims_and_their_standing(read: Run) -> None:
    out = read("assess", "care-act-2014", "australian-criterion", "-a", "urgent=met:It had a date.").output
    assert "Requires urgent implementation: met. It had a date." in out
    assert "1 criterion is met, and one is enough: the guidelines call for a full plan. [as stated]" in out


def test_its_json_holds_assessment_and_findings(read: Run) -> None:
    found = json.loads(read("assess", "care-act-2014", "matland-type", "-a", "ambiguity=high", "--json").output)
    assert found["assessment"]["policy"].endswith("policy/care-act-2014")
    assert [f["kind"] for f in found["findings"]] == ["high", "unanswered"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-a", "urgent"], "write ITEM=VALUE"),
        (["-a", "nonsense=met"], "“nonsense” is not one of: top-priority"),
        (["-a", "urgent=perhaps"], "“perhaps” is not one of: met"),
        (["-a", "urgent=met", "-a", "urgent=met"], "answered 2 times"),
        (["-a", "urgent=met", "--by", "nobody-known"], "There is nothing called"),
    ],
)
def test_a_wrong_answer_is_told_with_the_choices(read: Run, words: list[str], told: str) -> None:
    result = read("assess", "care-act-2014", "australian-criterion", *words)
    assert result.exit_code in (1, 2)
    assert told in result.output


def test_an_argument_is_not_applied(read: Run) -> None:
    result = read("assess", "care-act-2014", "kaehne-argument")
    assert result.exit_code == 2
    assert "not applied to a policy" in result.output


def test_a_file_of_it_loads_and_has_a_page_to_print(run: Run, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "care-act.ttl"
    answers = ("-a", "ambiguity=high:Many readings.", "-a", "conflict=low", "--on", "2026-03-02")
    assert run("assess", "care-act-2014", "matland-type", *answers, "--out", str(file)).exit_code == 0
    assert run("load", str(file)).exit_code == 0
    page = create_app(read_settings({"GAPBRIDGE_DATA": str(data)})).test_client()
    text = page.get("/id/assessment/care-act-2014-matland-type-gapbridge-20260302").text
    assert "Many readings." in text
    assert "Hypothesis: Support for problem-solving may suit Experimental implementation." in text
    assert "Weakest standing: as stated" in text
