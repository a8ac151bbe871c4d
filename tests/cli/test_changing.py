"""SPARQL updates and tokens on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg.accounts.tokens import Tokens
from kg.database import open_database
from kg.settings import read_settings
from tests.cli.conftest import Run, runner
from tests.cli.test_writing import NOTION, everything
from tests.sparql.update_support import make_base

UPDATE = NOTION.replace("notion:test-idea a", "INSERT DATA { notion:test-idea a", 1) + "}"
IDEA = "+ <https://w3id.org/gapbridge/id/notion/test-idea>"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small base that conforms; not to be written to."""
    return make_base(tmp_path_factory.mktemp("changing") / "base").data


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """A copy of it, the test's own."""
    return Path(shutil.copytree(made, tmp_path / "base"))


@pytest.fixture
def run(data: Path) -> Run:
    return runner(data)


def test_an_update_shows_what_it_changed_and_is_there_at_once(run, tmp_path):
    file = tmp_path / "idea.ru"
    file.write_text(UPDATE)
    shown = run("update", str(file), "-m", "An idea", "--agent", "https://w3id.org/gapbridge/id/agent/second-reader")
    assert shown.stdout.splitlines()[-1] == "Revision 2: 6 statements in, 0 out."
    assert (
        sum(line.startswith("+ <https://w3id.org/gapbridge/id/notion/test-idea>") for line in shown.stdout.splitlines())
        == 6
    )
    assert "Test idea" in run("show", "test-idea").stdout
    newest = run("query", "--named", "revisions", "--format", "csv").stdout.splitlines()[1]
    assert newest.endswith("agent/second-reader,An idea")


def test_a_dry_run_shows_what_would_change_and_why_it_would_be_refused_and_keeps_nothing(run, data, tmp_path):
    file = tmp_path / "idea.ru"
    before = everything(data)
    file.write_text(UPDATE.replace("skos:definition", "skos:note"))
    result = run("update", str(file), "--dry-run")
    assert result.exit_code == 1
    assert "This would put 6 statements in and take 0 out; nothing was kept." in result.stdout
    assert "Say in one sentence" in result.stderr
    file.write_text(UPDATE)
    told = json.loads(run("update", str(file), "--dry-run", "--json").stdout)
    assert (told["base"], told["revision"], told["added"], told["violations"]) == (1, 1, 6, [])
    assert everything(data) == before


def test_an_update_that_is_wrong_changes_nothing(run, data, tmp_path):
    file = tmp_path / "bad.ru"
    before = everything(data)
    file.write_text("LOAD <http://127.0.0.1:1/>")
    assert "LOAD is not allowed" in run("update", str(file)).stderr
    file.write_text(UPDATE)
    assert "Nobody here has the address" in run("update", str(file), "--agent", "http://example.org/x").stderr
    assert "is no address" in run("update", str(file), "--agent", "me").stderr
    assert everything(data) == before


def test_a_token_is_told_once_listed_without_its_secret_and_revoked(run, data):
    made = run("token", "create", "notebook", "--right", "update", "--days", "3")
    secret = made.stdout.strip()
    assert "GAPBRIDGE_UPDATES=on" in made.stderr
    database = open_database(read_settings({"GAPBRIDGE_DATA": str(data)}))
    assert Tokens(database, data).find(secret)
    database.close()
    listed = json.loads(run("token", "list", "--json").stdout)
    assert [(t["name"], t["rights"], "digest" in t) for t in listed] == [("notebook", ["update"], False)]
    assert secret not in run("token", "list").stdout
    assert run("token", "create", "notebook", "--right", "update").exit_code == 2
    assert run("token", "create", "other").exit_code == 2
    assert run("token", "create", "other", "--right", "update", "--agent", "http://example.org/x").exit_code == 2
    assert run("token", "revoke", "notebook").exit_code == 0
    assert run("token", "revoke", "notebook").exit_code == 1
    assert json.loads(run("token", "list", "--json").stdout) == []


def test_a_backup_holds_a_token_by_its_hash_alone_or_not_at_all(run, tmp_path):
    secret = run("token", "create", "notebook", "--right", "update").stdout.strip()
    assert run("backup", str(tmp_path / "with")).exit_code == 0
    assert run("backup", str(tmp_path / "without"), "--without-people").exit_code == 0
    assert not [path for name in ("tokens*", "people*") for path in (tmp_path / "without").rglob(name)]
    saved = [path for path in (tmp_path / "with").rglob("*") if path.is_file()]
    assert any(path.name == "people.sqlite" for path in saved)
    assert not [path for path in saved if secret.encode() in path.read_bytes()]
