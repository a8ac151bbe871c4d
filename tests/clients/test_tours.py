"""docs/tours.ipynb: its cells run in order against a server, hold what their words say, and store no output."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.queries import example, gaps, tactics
from kg.store import Reader

FILE = Path(__file__).parents[2] / "docs/tours.ipynb"
NOTEBOOK = json.loads(FILE.read_text(encoding="utf-8"))
CELLS = NOTEBOOK["cells"]
OURS = '"http://127.0.0.1:8080/sparql"'


def code() -> list[str]:
    return ["".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "code"]


@pytest.fixture(scope="module")
def toured(endpoint: str) -> dict[str, Any]:
    """The names that the notebook leaves behind when it has run from top to bottom."""
    names: dict[str, Any] = {}
    for text in code():
        exec(text.replace(OURS, json.dumps(endpoint)), names)
    return names


def test_it_is_a_notebook_of_version_4_without_outputs() -> None:
    assert (NOTEBOOK["nbformat"], NOTEBOOK["nbformat_minor"]) == (4, 5)
    assert NOTEBOOK.keys() == {"cells", "metadata", "nbformat", "nbformat_minor"}
    for cell in CELLS:
        of_code = {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        assert cell["cell_type"] in ("code", "markdown")
        assert cell.keys() == {"cell_type", "id", "metadata", "source"} | of_code
        assert re.fullmatch(r"[\w-]{1,64}", cell["id"])
        assert all(isinstance(line, str) for line in cell["source"])
        assert all(line.endswith("\n") for line in cell["source"][:-1])
        assert (cell.get("outputs", []), cell.get("execution_count")) == ([], None)
    assert len({cell["id"] for cell in CELLS}) == len(CELLS)


def test_it_is_written_as_jupyter_writes_it() -> None:
    """So that saving it there changes what was edited and nothing else."""
    written = json.dumps(NOTEBOOK, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    assert FILE.read_text(encoding="utf-8") == written


def test_it_needs_the_standard_library_and_pandas_alone() -> None:
    trees = [ast.walk(ast.parse(text)) for text in code()]
    found = {node.module for tree in trees for node in tree if isinstance(node, ast.ImportFrom)}
    assert found == {"urllib.error", "urllib.parse", "urllib.request"}
    assert re.findall(r"^import (\w+)", "\n".join(code()), re.MULTILINE) == ["re", "pandas"]


def test_its_address_stands_in_one_place() -> None:
    assert "".join(code()).count(OURS) == 1
    assert "".join(code()).count("http://127.") == 1


def test_its_examples_are_those_of_the_library() -> None:
    named = re.findall(r'example\("([\w-]+)"', "\n".join(code()))
    assert {example(name).name for name in named} >= {"causes", "path", "tactics", "claim_cards", "gaps", "counts"}


def test_practitioners_tour(toured: dict[str, Any], reader: Reader) -> None:
    assert toured["worry"].endswith("failure-cause/dispersed-governance")
    assert toured["phases"].values.tolist() == [["Tracking", "By table", "Hypothesises"]]
    how = toured["addressing"].groupby("howLabel")["tactic"].nunique()
    assert set(how.index) == {"addresses by inference", "addresses by phase"}  # “no document states one”
    assert how["addresses by inference"] > how["addresses by phase"] > 0  # “most are a curator's inference”
    assert set(toured["considered"]["tactic"]) == set(toured["addressing"]["tactic"])
    statuses = {row.tactic: (row.statusLabel, row.cautions, row.gaps) for row in tactics(reader)}
    for row in toured["considered"].itertuples():
        assert (row.statusLabel, row.cautions, row.gaps) == statuses[row.tactic]
    assert "supported by" not in set(toured["behind"]["relationLabel"])  # “no work is recorded as supporting it”
    assert set(toured["said"]["documentLabel"]) == {"Hudson et al. 2019"}  # “one document recommends it”


def test_researchers_tour(toured: dict[str, Any], reader: Reader) -> None:
    assert {"As stated", "Curator inference"} <= set(toured["claims"]["standingLabel"])
    assert set(toured["gaps"]["claim"]) == set(gaps(reader))
    assert set(toured["gaps"]["stanceLabel"]) == {"Reports an evidence gap"}
    assert 0 < len(toured["single"]) <= len(toured["resting"]) < len(toured["tactics"])
    assert toured["footing"]["claims"].sum() == toured["counts"]["https://w3id.org/gapbridge/ns#Claim"]
    assert toured["unread"]["claims"].is_monotonic_decreasing


def test_tools_tour(toured: dict[str, Any]) -> None:
    table = toured["evidence_map"]
    assert len(table) == 4
    assert table.loc["Dispersed governance", ("addresses by phase", "Tracking")] == 5
    assert table.isna().any().any()  # what is empty stays empty, and is no nought
    by_how = table.T.groupby(level="how").sum().T.loc["Dispersed governance"]
    linked = toured["addressing"].groupby("howLabel")["tactic"].nunique()
    assert by_how[by_how > 0].to_dict() == linked.to_dict()
    assert "no source recorded" in set(toured["steps"]["relationLabel"])
    assert toured["status"] == 304
