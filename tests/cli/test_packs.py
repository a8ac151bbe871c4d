"""Packs by the command line: told first, done once, and back as they came."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.cli.conftest import Run
from tests.packs.packs_support import CROSSWALK


def test_a_pack_lives_its_life(run: Run, tmp_path: Path) -> None:
    told = run("pack", "add", str(CROSSWALK), "--dry-run")
    assert "(not done: this is how it would be)" in told.output
    assert "stays at revision 1" in told.output
    assert "Revision 2." in run("pack", "add", str(CROSSWALK)).output
    assert json.loads(run("pack", "show", "crosswalk", "--json").output)["things"]["Tactic"] == 3
    run("export", str(tmp_path), "--as-pack", "--only", "crosswalk")
    assert (tmp_path / "crosswalk" / "pack.ttl").read_bytes() == (CROSSWALK / "pack.ttl").read_bytes()
    assert "Nothing differs" in run("load", str(tmp_path / "crosswalk")).output
    assert "Revision 3." in run("pack", "off", "crosswalk").output
    states = {row["pack"].rpartition("/")[2]: row["state"] for row in json.loads(run("pack", "list", "--json").output)}
    assert (states["crosswalk"], states["hudson-2019"]) == ("off", "base")
    assert "Revision 4." in run("pack", "on", "crosswalk").output


def test_a_skeleton_conforms_as_it_is(read: Run, tmp_path: Path) -> None:
    read("pack", "new", str(tmp_path / "my-own"), "--title", 'Mine, "all mine"')
    checked = read("pack", "check", str(tmp_path / "my-own"))
    assert checked.exit_code == 0, checked.output
    assert "Pack “my-own” 0.1.0 added" in checked.output


def test_what_does_not_conform_is_told_and_ends_with_one(read: Run, tmp_path: Path) -> None:
    shutil.copytree(CROSSWALK, tmp_path / "pack")
    source = tmp_path / "pack" / "sources" / "crosswalk-example.ttl"
    source.write_text(source.read_text().replace("gap:shortLabel", "gap:noSuchTerm"))
    checked = read("pack", "check", str(tmp_path / "pack"))
    assert checked.exit_code == 1
    assert "uses a property that the ontology does not define" in checked.output


def test_a_name_that_cannot_stand_in_an_address_is_refused(read: Run, tmp_path: Path) -> None:
    refused = read("pack", "new", str(tmp_path / "x"), "--name", "My Pack")
    assert refused.exit_code == 2
    assert "lower-case letters" in refused.output
