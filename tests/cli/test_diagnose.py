"""`gapbridge diagnose`: the same answers as on the pages and for programs, and the same that follows."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest

from kg.settings import read_settings
from tests.cli.conftest import Run
from webui import create_app

ANSWERS = (
    "-a", "failure-cause/dispersed-governance=met", "-a", "failure-cause/vagaries-of-the-political-cycle=partly-met",
    "-a", "tactic/intermediary-bodies=planned", "-a", "ambiguity=high", "-a", "conflict=low",
    "-a", "review-question/lessons-learned=Not yet.",
)  # fmt: skip


def test_it_says_what_is_covered_open_and_unknown(read: Run) -> None:
    out = read("diagnose", "--name", "Joined-up care", *ANSWERS).output
    assert "Ambiguity high, Conflict low: Experimental implementation." in out
    assert "Vagaries of the political cycle: no tactic in use or planned is on record for it." in out
    assert "1 tactic is linked with 1 open cause" in out
    assert "It says nothing about effect" in out


def test_command_line_page_and_interface_agree(read: Run, filled: Path) -> None:
    told = json.loads(read("diagnose", "--name", "Joined-up care", *ANSWERS, "--json").output)
    client = create_app(read_settings({"GAPBRIDGE_DATA": str(filled)})).test_client()
    given = client.get(f"/api/v1/diagnoses?d={told['code']}").get_json()
    for name in ("policy", "shows", "leavesOpen", "unknown", "rule", "limit"):
        assert told[name] == given[name]
    assert told["cover"] == [tactic["iri"] for tactic in given["cover"]["tactics"]]
    assert told["coverStated"] == [tactic["iri"] for tactic in given["coverStated"]["tactics"]]
    for name in ("cautions", "atOdds", "tensions", "gaps"):
        assert told[name] == [claim["iri"] for claim in given[name]]
    assert [f["sentence"] for f in told["findings"]] == [f["sentence"] for f in given["findings"]]
    page = client.get(given["page"]).text
    for sentence in (*told["shows"], *told["unknown"], given["cover"]["sentence"]):
        assert sentence in page
    again = json.loads(read("diagnose", "http://x" + given["page"], "--json").output)
    assert again == told


def test_it_follows_as_assess_says(read: Run) -> None:
    """Several instruments at once tell no more, and no less, than each of them by itself."""
    both = json.loads(read("diagnose", "--policy", "care-act-2014", "-a", "ambiguity=high", "-a", "conflict=low",
                           "-a", "australian-criterion/urgent=met", "--json").output)  # fmt: skip
    alone = [
        *json.loads(read("assess", "care-act-2014", "matland-type", "-a", "ambiguity=high", "-a", "conflict=low",
                         "--json").output)["findings"],
        *json.loads(read("assess", "care-act-2014", "australian-criterion", "-a", "urgent=met",
                         "--json").output)["findings"],
    ]  # fmt: skip
    answers = ("met", "high", "low", "unanswered")
    assert both["findings"] == [f for f in alone if f["kind"] not in answers]


def test_the_brief_is_written(read: Run, tmp_path: Path) -> None:
    for name in ("brief.docx", "brief.md"):
        out = read("diagnose", "--name", "Joined-up care", *ANSWERS, "--out", str(tmp_path / name)).output
        assert f"The brief is in {tmp_path / name}." in out
    assert docx.Document(io.BytesIO((tmp_path / "brief.docx").read_bytes())).tables
    assert (tmp_path / "brief.md").read_text(encoding="utf-8").startswith("# Brief on Joined-up care\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-a", "ambiguity"], "write ITEM=VALUE"),
        (["-a", "tactic/nonsense=in-use"], "No step asks about “tactic/nonsense”"),
        (["-a", "tactic/co-design=met"], "choose in-use, planned"),
        (["1.abc"], "does not hold a diagnosis"),
        (["--policy", "none-such"], "There is nothing called"),
        (["--name", "n" * 121], "The name may have 120"),
        (["--out", "brief.pdf"], "neither a .docx nor an .md file"),
    ],
)
def test_what_cannot_be_used_is_told(read: Run, words: list[str], told: str) -> None:
    found = read("diagnose", *words)
    assert found.exit_code in (1, 2)
    assert told in found.stderr
