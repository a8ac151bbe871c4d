"""Commands that write, check or save."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import runner
from tests.conftest import LONG

NOTION = """PREFIX gap: <https://w3id.org/gapbridge/ns#>
PREFIX notion: <https://w3id.org/gapbridge/id/notion/>
PREFIX scheme: <https://w3id.org/gapbridge/id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
notion:test-idea a gap:Notion , skos:Concept ; skos:prefLabel "Test idea"@en ;
  skos:definition "An idea for a test."@en ; skos:inScheme scheme:notion ; skos:topConceptOf scheme:notion .
"""

HOLDER = """import time
from kg.contributing import writer
from kg.settings import read_settings
with writer(read_settings()):
    print("in", flush=True)
    time.sleep(60)
"""


def everything(folder: Path) -> dict[str, bytes]:
    """All bytes below a folder, the lock aside."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name != "lock"}


def test_a_load_makes_a_revision_that_is_there_at_once(run, tmp_path):
    file = tmp_path / "idea.ttl"
    file.write_text(NOTION)
    assert run("load", str(file), "-m", "An idea").stdout.split("\n")[-2] == "Revision 2."
    assert "Test idea" in run("show", "test-idea").stdout
    assert run("load", str(file)).stdout.startswith("Nothing differs: the base stays at revision 2")


def test_the_message_and_the_time_are_kept_with_the_revision(run, tmp_path):
    file = tmp_path / "idea.ttl"
    file.write_text(NOTION)
    run("load", str(file), "-m", "An idea")
    rows = run("query", "--named", "revisions", "--format", "csv").stdout.splitlines()
    assert rows[1].startswith("2,2")
    assert rows[1].endswith("An idea")


def test_loading_the_programs_own_data_again_changes_nothing(run):
    assert "Nothing differs" in run("load").stdout


def test_turtle_that_does_not_parse_is_told_with_file_line_column_and_reason(run, data, tmp_path):
    file = tmp_path / "bad.ttl"
    file.write_text("PREFIX a: <http://a/>\na:b a:c\n   oops .\n")
    before = everything(data)
    result = run("load", str(file))
    assert result.exit_code == 1
    assert f"{file}:3:4: " in result.stderr
    assert everything(data) == before


def test_data_that_do_not_conform_are_told_with_thing_message_and_how_to_mend(run, data, tmp_path):
    file = tmp_path / "claim.ttl"
    file.write_text("<https://w3id.org/gapbridge/id/claim/x-1> a <https://w3id.org/gapbridge/ns#Claim> .")
    before = everything(data)
    result = run("load", str(file))
    assert result.exit_code == 1
    assert "claim/x-1" in result.stderr
    assert "Choose one stance" in result.stderr
    assert everything(data) == before


def test_a_blank_node_is_refused_with_its_reason(run, tmp_path):
    file = tmp_path / "blank.ttl"
    file.write_text("<https://w3id.org/gapbridge/id/claim/x> <http://a/> [] .")
    assert "have no place in the data" in run("load", str(file)).stderr


def test_a_file_of_no_known_format_is_refused(run, tmp_path):
    file = tmp_path / "claims.docx"
    file.write_text("")
    result = run("load", str(file))
    assert result.exit_code == 2
    assert "Known suffixes" in result.stderr


def test_validate_checks_files_without_loading_them(run, data, tmp_path):
    good, bad = tmp_path / "good.ttl", tmp_path / "bad.ttl"
    good.write_text(NOTION)
    bad.write_text(NOTION.replace(' ; skos:prefLabel "Test idea"@en', ""))
    before = everything(data)
    assert run("validate", "--no-shacl", str(good)).exit_code == 0
    result = run("validate", str(bad))
    assert result.exit_code == 1
    assert "notion/test-idea" in result.stderr
    assert everything(data) == before


def test_validate_of_the_base_runs_checks_and_shacl(run):
    """`make lint` runs all of it over all of the data, which takes a while."""
    result = run("validate", "--json", *([] if LONG else ["--no-shacl"]))
    assert result.exit_code == 0
    assert {v["severity"] for v in json.loads(result.stdout)} <= {"warning", "info"}


def test_anchors_of_documents_that_are_not_there_are_told(run, tmp_path):
    (tmp_path / "other.txt").write_text("Another text.")
    result = run("check-anchors", str(tmp_path))
    assert result.exit_code == 1
    assert "No document in" in result.stderr
    assert "source/hudson-2019" in result.stderr


def test_an_anchor_is_printed_for_words_that_occur_once(run, tmp_path):
    document = tmp_path / "text.txt"
    document.write_text("One  two\nthree two.")
    told = json.loads(run("anchor", str(document), "two three").stdout)
    assert (told["start"], told["end"]) == (4, 13)
    assert run("anchor", str(document), "two").exit_code == 2


def test_a_load_while_another_process_writes_names_the_other(data, tmp_path):
    environment = {"GAPBRIDGE_DATA": str(data), "PATH": ""}
    holder = subprocess.Popen([sys.executable, "-c", HOLDER], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout
        assert holder.stdout.readline() == "in\n"
        file = tmp_path / "idea.ttl"
        file.write_text(NOTION)
        result = runner(data)("load", str(file))
        assert result.exit_code == 1
        assert f"process {holder.pid} on " in result.stderr
        assert runner(data)("info").exit_code == 0, "readers never wait for a writer"
    finally:
        holder.kill()
        holder.communicate()


def test_a_store_of_a_newer_program_is_left_alone(run, data):
    (data / "format.json").write_text('{"format": 99}')
    before = everything(data)
    result = run("info")
    assert result.exit_code == 1
    assert "Install a newer gapbridge" in result.stderr
    assert everything(data) == before


@pytest.mark.parametrize(("name", "value"), [("GAPBRIDGE_PORT", "many"), ("GAPBRIDGE_KEEP_SNAPSHOTS", "0")])
def test_a_setting_that_is_no_number_is_told(run, name, value):
    result = run("info", **{name: value})
    assert result.exit_code == 2
    assert name in result.stderr


def test_settings_are_listed_with_help(run):
    assert "GAPBRIDGE_DATA" in run("settings").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_get_a_completion_script(run, shell):
    assert "_GAPBRIDGE_COMPLETE" in run("completion", shell).stdout


def test_format_rewrites_turtle_once(run, tmp_path):
    file = tmp_path / "idea.ttl"
    file.write_text(NOTION)
    assert "1 of 1 files changed" in run("format", str(file)).stdout
    assert "0 of 1 files changed" in run("format", str(file)).stdout
