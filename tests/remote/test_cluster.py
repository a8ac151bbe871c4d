"""Replicas that fail: what was accepted reaches each of them in the end, and readers notice nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kg.answering import Question, open_pool
from kg.contributing import bring_server
from kg.errors import DatabaseUnavailable, EngineProblem
from kg.settings import Settings
from kg.store.remote import replicas as remote_replicas
from tests.conftest import LONG
from tests.database_support import postgresql
from tests.remote.conftest import emptied
from tests.remote.servers.cluster import REPLICAS, Cluster
from tests.remote.support import change, differing, noting, reader, settings_for

ROUNDS = 40 if LONG else 4


@pytest.fixture(autouse=True)
def _asked_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A replica that failed is not left alone for a while."""
    monkeypatch.setattr(remote_replicas, "AWAY_SECONDS", 0.0)


@pytest.fixture
def running(replicas: Cluster) -> Iterator[Cluster]:
    """Replicas that a test may stop."""
    yield replicas
    for replica in replicas.replicas:
        if not replica.number:
            replica.start()


@pytest.fixture
def machine(running: Cluster, tmp_path: Path, migrated: Path) -> Settings:
    """A machine with a base of a few statements on that cluster."""
    (tmp_path / "machine").mkdir()
    shutil.copy(migrated, tmp_path / "machine")
    settings = settings_for(running.address, tmp_path / "machine")
    emptied(settings)
    note(settings, "first")
    return settings


def note(settings: Settings, slug: str) -> int:
    """Make a change; gives its revision."""
    return change(settings, noting(reader(settings), slug))


def asked(settings: Settings, slug: str) -> bytes:
    """What a visitor is told of somebody."""
    with closing(open_pool(settings)) as pool:
        text = f'SELECT ?name WHERE {{ ?s <http://xmlns.com/foaf/0.1/name> ?name FILTER(CONTAINS(?name, "“{slug}”")) }}'
        return pool.answer(Question(text), "visitor").body


@pytest.mark.parametrize("gone", range(REPLICAS))
def test_with_a_replica_gone_changes_are_made_and_reading_goes_on(
    running: Cluster, machine: Settings, gone: int
) -> None:
    running.replicas[gone].kill()
    assert note(machine, "meanwhile") == 2
    assert b"meanwhile" in asked(machine, "meanwhile")
    assert b"meanwhile" in asked(machine, "meanwhile")


def test_a_replica_that_comes_back_is_brought_up_to_date(running: Cluster, machine: Settings) -> None:
    running.replicas[1].stop()
    note(machine, "missed")
    note(machine, "missed-too")
    running.replicas[1].start()
    bring_server(machine)
    assert differing(machine) == []


def test_with_all_replicas_gone_changes_are_refused_and_reading_goes_on(running: Cluster, machine: Settings) -> None:
    for replica in running.replicas:
        replica.kill()
    with pytest.raises(EngineProblem, match="cannot be reached"):
        note(machine, "refused")
    assert b"first" in asked(machine, "first")
    for replica in running.replicas:
        replica.start()
    assert note(machine, "again") == 2
    assert differing(machine) == []


def test_replicas_killed_in_the_midst_of_changes_lose_nothing_accepted(running: Cluster, machine: Settings) -> None:
    chance, accepted = random.Random(7), 1
    for number in range(ROUNDS):
        victim = running.replicas[chance.randrange(len(running.replicas))]
        with victim.killed_after(chance.uniform(0, 0.2)):
            accepted = note(machine, f"round-{number}")
        victim.start()
        bring_server(machine)
    assert accepted == ROUNDS + 1
    assert differing(machine) == []


def test_with_the_journal_gone_changes_are_refused_and_reading_goes_on(running: Cluster, tmp_path: Path) -> None:
    with postgresql() as server:
        machine = settings_for(running.address, tmp_path / "machine", server.new_database())
        emptied(machine)
        note(machine, "first")
        server.stop()
        try:
            with pytest.raises(DatabaseUnavailable):
                note(machine, "refused")
            assert b"first" in asked(machine, "first")
        finally:
            server.start()
        assert note(machine, "again") == 2
        assert differing(machine) == []
