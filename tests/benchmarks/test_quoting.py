"""What was measured is quoted in pages from the newest result, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.growth import KINDS
from tools.measured import newest, with_measured

ROOT = Path(__file__).parents[2]
PAGE = "Before.\n\n<!-- measured: {} -->\nold\n<!-- end of measured -->\n\nAfter.\n"
RESULT = """# Growth

2026-11-22; x86_64, 2 cores.

## 98,606 statements, ours in memory

|  | engine alone |
| --- | --- |
| tiny answer | 1 ms |

## 991,386 statements, ours on disk

|  | engine alone |
| --- | --- |
| tiny answer | 2 ms |
| cause page | 3 ms |
"""


@pytest.fixture
def results(tmp_path: Path) -> Path:
    (tmp_path / "2026-11-21-growth.md").write_text(RESULT.replace("2 ms", "9 ms"), encoding="utf-8")
    (tmp_path / "2026-11-22-growth.md").write_text(RESULT, encoding="utf-8")
    return tmp_path


def test_the_largest_base_of_the_newest_result_is_quoted_with_its_machine(results: Path) -> None:
    quoted = with_measured(PAGE.format("growth"), results)
    assert "991,386 statements, ours on disk. 2026-11-22; x86_64, 2 cores.\n\n|  | engine alone |" in quoted
    assert "| tiny answer | 2 ms |\n| cause page | 3 ms |\n" in quoted
    assert "old" not in quoted
    assert "1 ms" not in quoted


def test_a_page_may_choose_lines(results: Path) -> None:
    quoted = with_measured(PAGE.format("growth: cause page"), results)
    assert "| cause page | 3 ms |" in quoted
    assert "tiny answer" not in quoted


def test_a_line_that_is_not_there_any_more_is_told(results: Path) -> None:
    with pytest.raises(SystemExit, match=r"2026-11-22-growth\.md has no line home page"):
        with_measured(PAGE.format("growth: home page"), results)


def test_what_was_quoted_once_is_quoted_the_same_again(results: Path) -> None:
    once = with_measured(PAGE.format("growth"), results)
    assert with_measured(once, results) == once


def test_where_nothing_was_measured_the_page_says_how(tmp_path: Path) -> None:
    assert "Not measured yet: `make bench ARGS=--write` does." in with_measured(PAGE.format("table"), tmp_path)
    assert newest(tmp_path, "table") is None


@pytest.mark.parametrize("page", ["README.md", "docs/explanation/capacity.md"])
def test_every_line_that_a_page_quotes_is_measured(page: str) -> None:
    marks = [
        line for line in (ROOT / page).read_text(encoding="utf-8").splitlines() if "<!-- measured: growth: " in line
    ]
    wanted = {name.strip() for line in marks for name in line[len("<!-- measured: growth: ") : -len(" -->")].split(";")}
    assert wanted
    assert wanted <= {kind.what for kind in KINDS}
