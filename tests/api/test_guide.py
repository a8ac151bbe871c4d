"""The guides: the examples of docs/api.md run against a real server, and the page for people tells the whole table."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest
from flask.testing import FlaskClient

from tests.data_support import ROOT as REPOSITORY
from tests.webui.page_support import Visited
from webui.api.operations import OPERATIONS, ROOT
from webui.api.problems import KINDS

GUIDE = (REPOSITORY / "docs" / "api.md").read_text(encoding="utf-8")
LINES = [line for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL) for line in block.splitlines()]


def run(site: str, line: str, fail: str = "f") -> str:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    base = {"BASE": site + ROOT, "PATH": "/usr/bin:/bin"}
    found = subprocess.run(
        ["sh", "-c", line.replace("curl -s", f"curl -s{fail}")], env=base, capture_output=True, check=True, timeout=30
    )
    return found.stdout.decode()


@pytest.mark.parametrize("line", LINES)
def test_an_example_gives_an_answer(site: str, line: str) -> None:
    answer = run(site, line)
    if "text/turtle" in line:
        assert "gap:Assessment" in answer
        return
    found = json.loads(answer)
    held = next(found[name] for name in ("items", "claims", "paths", "rows", "findings") if name in found)
    assert held
    assert found["honesty"]["note"]


def test_the_guide_shows_the_main_operations() -> None:
    shown = {o.name for o in OPERATIONS if any(o.path.partition("/{")[0] in line for line in LINES)}
    assert shown >= {"search", "thing", "paths", "claims", "map", "questions", "assess"}


@pytest.mark.parametrize("more", ["", " -H 'Transfer-Encoding: chunked'"])
def test_a_body_of_ten_megabytes_ends_in_a_problem(site: str, more: str) -> None:
    sent = "head -c 10000000 /dev/zero | curl -s -H 'Content-Type: application/json' --data-binary @-"
    told = json.loads(run(site, f"{sent}{more} $BASE/assessments", fail=""))
    assert told["status"] == 413
    assert json.loads(run(site, "curl -s $BASE/"))["revision"]


def test_a_body_may_come_in_chunks(site: str) -> None:
    (line,) = (line for line in LINES if "assessments" in line and "turtle" not in line)
    whole, chunked = run(site, line), run(site, f"{line} -H 'Transfer-Encoding: chunked'")
    assert json.loads(whole) == json.loads(chunked)


def test_the_page_tells_every_operation_parameter_and_problem(client: FlaskClient) -> None:
    page = Visited("/api", 200, client.get("/api").text)
    assert page.faults == []
    for operation in OPERATIONS:
        assert f"operation-{operation.name}" in page.ids
        assert all(ROOT + example in page.links for example in operation.examples)
        for parameter in (*operation.in_path, *operation.query):
            assert f"<code>{parameter.name}</code>" in page.html
    assert {kind.name for kind in KINDS} <= set(page.ids)


def test_every_page_leads_to_the_guide(client: FlaskClient) -> None:
    assert "/api" in Visited("/", 200, client.get("/").text).links


def test_the_type_of_a_problem_leads_to_its_meaning(client: FlaskClient) -> None:
    told = client.get(f"{ROOT}/search").get_json()["type"]
    path, _, fragment = told.partition("#")
    assert fragment in Visited(path, 200, client.get(path).text).ids
