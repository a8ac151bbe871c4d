"""docs/clients.md: every snippet runs as it stands, and gives what the page says that it gives."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from pathlib import Path

import pytest

from kg.queries import causes
from kg.store import Reader
from tests.clients.conftest import Run

PAGE = (Path(__file__).parents[2] / "docs/clients.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
OURS = "http://127.0.0.1:8080"


def here(site: str, language: str) -> list[str]:
    """The page's snippets in a language, asking the server of the tests."""
    return [text.replace(OURS, site) for kind, text in SNIPPETS if kind == language]


def tells_every_cause(printed: str, reader: Reader) -> bool:
    return all(row.label in printed for row in causes(reader))


def test_page_has_snippets_in_these_languages_and_no_others() -> None:
    assert {kind for kind, _ in SNIPPETS} == {"python", "r", "sh", "js"}
    assert all(OURS in text for _, text in SNIPPETS)


@pytest.mark.parametrize("which", range(3), ids=["pandas", "sparqlwrapper", "rdflib"])
def test_python(site: str, reader: Reader, which: int) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(here(site, "python")[which], {})
    assert tells_every_cause(printed.getvalue(), reader)


def test_curl(site: str, reader: Reader, curl: Run, run: Run, tmp_path: Path) -> None:
    posted, twice = (run("sh", "-euc", script, cwd=tmp_path) for script in here(site, "sh"))
    assert tells_every_cause(posted, reader)
    assert tells_every_cause(twice.partition("200\n")[0], reader)
    assert twice.endswith("200\n304\n")


def test_javascript(site: str, reader: Reader, javascript: Run) -> None:
    (script,) = here(site, "js")
    assert tells_every_cause(javascript(script), reader)


def test_r(site: str, reader: Reader, run: Run) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("no Rscript: apt-get install r-base-core")
    (script,) = here(site, "r")
    assert tells_every_cause(run(program, "-e", script), reader)
