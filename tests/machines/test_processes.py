"""Several processes that serve one base on one machine: one writer, snapshots for all, one set of people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from kg.accounts.people import People
from kg.contributions import Desk
from kg.database import open_database
from kg.settings import Settings
from tests.conftest import LONG, copied
from tests.contributions.desk_support import ANNA, draft
from tests.machines.machine import Machine
from tests.machines.network import Host
from tests.machines.visiting import Visitor, accepted, claimed
from tests.people_support import PASSWORD

EACH, WRITERS = 24, 6
MAIL = "ben@example.org"


@pytest.fixture
def machine(seeded: Settings, tmp_path: Path) -> Iterator[Machine]:
    """A machine with three processes that serve."""
    copied(seeded.data, tmp_path / "base")
    made = Machine(Host("127.0.0.1"), tmp_path, {"WEB_PROCESSES": "3", "QUERY_PROCESSES": "3", "DOI_RESOLVER": "off"})
    made.start()
    try:
        made.wait()
        yield made
    finally:
        made.stop()


@pytest.mark.skipif(
    not LONG, reason="starts four processes for what two show in test_sharing; GAPBRIDGE_LONG=1 tries it"
)
def test_three_processes_are_one_site(machine: Machine, seeded: Settings) -> None:
    settings = replace(seeded, data=machine.data)
    database = open_database(settings)
    People(database).add("Ben Checker", MAIL, "reviewer", PASSWORD)
    People(database).add("Anna Author", "anna@example.org", "contributor", PASSWORD)
    author, reviewer = Visitor(), Visitor()
    assert author.sign_in(machine.url, "anna@example.org").status == 303
    assert reviewer.sign_in(machine.url, MAIL).status == 303
    assert {reviewer.get(machine.url, "/account").status for _ in range(EACH)} == {200}
    path = claimed(author, machine.url, "p. 43")
    assert accepted(reviewer, machine.url, path).status == 303
    claim = re.search(r'href="(/id/claim/[^"]+)"', reviewer.get(machine.url, path).text)
    assert claim
    assert {Visitor().get(machine.url, claim[1]).status for _ in range(EACH)} == {200}, "at once, and by all processes"
    desk = Desk(database, settings)
    ids = desk.save_all([draft(f"of-many-{n}") for n in range(WRITERS)], ANNA, submit=True)
    with ThreadPoolExecutor(WRITERS) as people:
        statuses = set(people.map(lambda id: accepted(reviewer, machine.url, f"/review/{id}").status, ids))
    assert statuses == {303}
    assert sorted(desk.get(id).revision for id in ids) == list(range(3, 3 + WRITERS))
    database.close()
