"""`gapbridge contributions`: the desk from the command line, as an account of a reviewer."""

from __future__ import annotations

from pathlib import Path

from kg.accounts.people import People
from kg.contributions import Desk
from kg.database import open_database
from kg.settings import read_settings
from tests.cli.conftest import runner
from tests.contributions.desk_support import ANNA, draft


def test_what_was_handed_in_is_listed_shown_and_accepted_or_rejected(data: Path) -> None:
    settings = read_settings({"GAPBRIDGE_DATA": str(data)})
    database, run = open_database(settings), runner(data)
    desk = Desk(database, settings)
    People(database).add("Ben Checker", "ben@example.org", "reviewer", "three words on a wall")
    first, second = (desk.submit(desk.save(draft(slug), ANNA).id, ANNA, 1) for slug in ("one", "two"))
    assert first.id in run("contributions", "list").output
    assert "+ Stance: Supports" in run("contributions", "show", first.id).output
    assert "revision 2" in run("contributions", "accept", first.id, "--as", "ben@example.org").output
    assert run("contributions", "reject", second.id, "--as", "ben@example.org", "--say", "Twice.").exit_code == 0
    assert (desk.get(first.id).state, desk.get(second.id).state) == ("accepted", "rejected")
    again = run("contributions", "accept", first.id, "--as", "ben@example.org")
    assert (again.exit_code, "not waiting" in again.output) == (1, True)
    database.close()
