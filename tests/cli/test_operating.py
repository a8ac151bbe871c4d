"""Commands for whoever keeps a base running."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import runner
from tests.operating.operating_support import small_base, spoil


@pytest.fixture
def small(tmp_path):
    """The folder of a base of four revisions."""
    return small_base(tmp_path / "base").folder


def test_backups_are_listed_verified_and_restored_to_an_empty_place_only(small, tmp_path):
    run, elsewhere, saved = runner(small), runner(tmp_path / "elsewhere"), str(tmp_path / "saved")
    assert "Revision 4 is saved" in run("backup", saved).stdout
    assert "000002-r4, with" in run("backup", saved, "--keep", "1").stdout
    assert run("backup", saved, "--list").stdout.splitlines()[1].startswith("000002-r4  4 ")
    assert run("verify", saved, "--quick").exit_code == 0
    assert "Revision 3 is in place." in elsewhere("restore", saved, "--to", "3").stdout
    assert elsewhere("restore", saved).exit_code == 2


def test_a_backup_of_nothing_says_so(tmp_path):
    result = runner(tmp_path / "nowhere")("backup", str(tmp_path / "saved"))
    assert result.exit_code == 1
    assert "There is no evidence base" in result.stderr


def test_a_folder_that_the_machine_refuses_is_named_with_what_to_do(small):
    result = runner(small)("backup", "/sys/gapbridge")  # where not even root can make one
    assert result.exit_code == 1
    assert "/sys/gapbridge" in result.stderr
    assert "choose another folder" in result.stderr


def test_an_administrator_without_a_password_is_refused(small):
    result = runner(small)("people", "add-administrator", "Ada", "ada@example.org", given="")
    assert result.exit_code == 2
    assert "No password came in" in result.stderr
    assert "ada@" not in runner(small)("people", "list").stdout


def test_what_does_not_verify_is_told_with_its_mend_and_by_the_exit_code(small):
    spoil(small / "journal" / "00000002.rdfp", 9)
    result = runner(small)("verify", "--quick")
    assert result.exit_code == 1
    assert "problem  journal" in result.stdout
    assert "gapbridge restore" in result.stdout
    assert "1 problem found" in result.stderr
    told = json.loads(runner(small)("verify", "--quick", "--json").stdout)
    assert [one["about"] for one in told if one["level"] == "problem"] == ["journal"]
