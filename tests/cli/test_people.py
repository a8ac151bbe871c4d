"""`gapbridge people`: what is done about accounts from the machine itself."""

from __future__ import annotations

from pathlib import Path

from kg.accounts.people import People
from kg.accounts.sessions import Sessions
from kg.database import open_database
from kg.settings import read_settings
from tests.cli.conftest import runner


def test_sessions_of_one_person_or_of_all_are_ended(tmp_path: Path) -> None:
    database, run = open_database(read_settings({"GAPBRIDGE_DATA": str(tmp_path)})), runner(tmp_path)
    people, sessions = People(database), Sessions(database)
    secrets = [sessions.begin(people.add("A B", f"{who}@example.org", "reviewer").id) for who in ("a", "b", "c")]
    assert run("people", "sign-out").exit_code == 2
    assert "There is no account with the mail address “nobody@example.org”." in run(
        "people", "sign-out", "nobody@example.org"
    ).output.replace("\n", " ")
    assert run("people", "sign-out", "a@example.org").exit_code == 0
    assert [sessions.find(secret) is None for secret in secrets] == [True, False, False]
    assert "everybody" in run("people", "sign-out", "--everybody").output
    assert [sessions.find(secret) is None for secret in secrets] == [True, True, True]
    database.close()
