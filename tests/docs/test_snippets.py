"""Tutorials and guides: what stands in them to be run runs as it stands, against a base and a server of the tests."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from kg.contributing import open_base
from kg.settings import Settings

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted([*DOCS.glob("tutorials/*.md"), *DOCS.glob("how-to/*.md"), *DOCS.glob("explanation/*.md")])
OURS = "http://127.0.0.1:8080"
_BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


def snippets(*languages: str) -> list[object]:
    """Each block in one of these languages, with a name that says where it stands."""
    return [
        pytest.param(text, id=f"{page.stem}-{number}")
        for page in PAGES
        for number, (_, language, text) in enumerate(_BLOCK.findall(page.read_text(encoding="utf-8")))
        if language in languages
    ]


def test_every_block_is_of_a_kind_that_is_tested() -> None:
    kinds = {language for page in PAGES for _, language, _ in _BLOCK.findall(page.read_text(encoding="utf-8"))}
    assert kinds <= {"sh", "python", "sparql", "html", "r", "console", "text"}


@pytest.mark.parametrize(
    "document", [p for p in PAGES if "```sh" in p.read_text(encoding="utf-8")], ids=lambda p: p.stem
)
def test_commands_of_a_page_run_one_after_the_other(document: Path, site: str, fresh: Settings, tmp_path: Path) -> None:
    """As somebody does who follows the page, in an empty folder."""
    (tmp_path / "password.txt").write_text("three words on a wall\n", encoding="utf-8")
    blocks = [text for _, language, text in _BLOCK.findall(document.read_text(encoding="utf-8")) if language == "sh"]
    script = "\n".join(blocks).replace(OURS, site)
    commands = Path(sys.executable).parent
    own = {"GAPBRIDGE_DATA": str(fresh.data), "GAPBRIDGE_MEMORY_LIMIT_QUADS": "1"}  # to hold it in memory takes longer
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=tmp_path,
        env={**own, "PATH": f"{commands}:/usr/bin:/bin", "PYTHONPATH": str(DOCS.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("text", snippets("python"))
def test_python(text: str, site: str) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(text.replace(OURS, site), {})
    assert printed.getvalue().strip()


@pytest.mark.parametrize("text", snippets("sparql"))
def test_queries_have_rows(text: str, seeded: Settings) -> None:
    assert open_base(seeded).select(text)


@pytest.mark.parametrize("text", snippets("html"))
def test_addresses_in_a_page_answer(text: str, site: str) -> None:
    """Pages of other hosts may show what stands there."""
    for address in re.findall(rf'{OURS}([^"]*)"', text):
        with urlopen(site + address, timeout=20) as answer:
            assert answer.status == 200
            if address.endswith(".svg"):
                assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
