"""The command that cites, and references as files."""

from __future__ import annotations

import json
from pathlib import Path

from tests.exporting.readers import read_bibtex, read_ris


def test_sources_in_a_style_in_the_order_given(read):
    told = read("cite", "hudson-2019", "source/gold-2017", "--style", "vancouver").stdout.splitlines()
    assert [line[:8] for line in told] == ["Hudson B", "Gold J. "]


def test_sources_for_reference_managers(read):
    assert list(read_bibtex(read("cite", "gold-2017", "gold-2014", "--style", "bibtex").stdout)) == [
        "gold-2017",
        "gold-2014",
    ]
    assert json.loads(read("cite", "gold-2017", "--style", "csl-json").stdout)[0]["id"] == "gold-2017"
    ris = read("cite", "gold-2017", "--style", "ris").stdout_bytes.decode()
    assert dict(read_ris(ris)[0])["TY"] == "RPRT"


def test_what_is_no_source_is_cited_as_recorded(read):
    told = read("cite", "two-way-communication").stdout
    assert told.startswith("“Two-way communication processes”. Recorded in Gapbridge, revision 1, ")
    assert read("cite").stdout.startswith("The Gapbridge authors (")


def test_only_sources_go_to_reference_managers(read):
    result = read("cite", "two-way-communication", "--style", "ris")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "No source" in result.stderr


def test_all_references_as_a_file(read, tmp_path: Path):
    for suffix, count in (("bib", "@"), ("ris", "TY  - "), ("csl.json", '"type": ')):
        file = tmp_path / f"refs.{suffix}"
        assert read("export", str(file)).exit_code == 0
        assert file.read_text(encoding="utf-8").count(count) >= 61
