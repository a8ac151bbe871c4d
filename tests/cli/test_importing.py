"""`gapbridge import`, row by row."""

from __future__ import annotations

import json
from pathlib import Path

FILE = """@book{one, title = {Quite a new book}, author = {New, A.}, year = 2024}
@techreport{two, title = {Tracking Delivery Global Trends and Warning Signs in Delivery Units}, author = {Gold, J.},
  year = 2017}
@article{three, title = {What Is Policy Failure?}, author = {McConnell, A.}, year = 2015}
@book{four, author = {Nobody}}
"""


def test_a_dry_run_tells_of_each_row_what_would_become_of_it_and_why(read, tmp_path: Path):
    file = tmp_path / "refs.bib"
    file.write_text(FILE)
    told = read("import", str(file), "--dry-run").stdout
    assert "1 new, 1 already there, 1 needs a decision, 1 refused. Nothing was kept." in told
    assert "Gold 2017: same title, same year, same first author" in told
    assert "It has no title. Give the title, as printed." in told


def test_the_same_as_json(read, tmp_path: Path):
    file = tmp_path / "refs.bib"
    file.write_text(FILE)
    rows = json.loads(read("import", str(file), "--dry-run", "--json").stdout)
    assert [row["outcome"] for row in rows] == ["new", "already there", "needs a decision", "refused"]
    assert rows[0]["reference"]["title"] == "Quite a new book"
    assert rows[2]["matches"][0]["reasons"][0] == "same title but for the subtitle"


def test_a_foreign_file_is_refused_in_words(read, tmp_path: Path):
    file = tmp_path / "refs.bib"
    file.write_bytes(b"%PDF-1.4")
    result = read("import", str(file), "--dry-run")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "This is a PDF" in result.stderr


def test_new_rows_go_to_the_reviewers_or_at_once_into_the_base(run, tmp_path: Path):
    file = tmp_path / "refs.bib"
    file.write_text(FILE)
    told = run("import", str(file)).stdout
    assert "1 added" in told
    assert "waits for the reviewers" in told
    file.write_text(FILE.replace("Quite a new", "Another and newer"))
    assert "Revision 2." in run("import", str(file), "--accept").stdout
    assert "Another and newer book" in run("show", "source/new-2024b").stdout
    again = json.loads(run("import", str(file), "--accept", "--json").stdout)
    assert (again["revision"], again["rows"][0]["outcome"]) == (0, "already there")


def test_a_finished_import_can_be_looked_at_again(run, tmp_path: Path):
    file = tmp_path / "refs.bib"
    file.write_text(FILE)
    made = json.loads(run("import", str(file), "--json").stdout)
    assert json.loads(run("import", "--resume", made["import"], "--json").stdout) == made
    assert run("import").exit_code == 2
