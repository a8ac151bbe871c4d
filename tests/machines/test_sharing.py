"""Several machines, each with several processes, on one engine and one database: one base, one set of people.

All in one file, since the machines are started once for it. GAPBRIDGE_LONG=1 has them try more, and for longer.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest

from kg.contributing import home
from kg.contributions import Desk
from kg.contributions.model import ACCEPTED
from kg.namespaces import gap
from kg.store import text_of
from kg.store.remote.opening import sharing
from tests.conftest import LONG
from tests.contributions.desk_support import ANNA, draft
from tests.machines.conftest import Site
from tests.machines.visiting import Visitor, accepted, claimed, revision_at
from tests.remote.support import change, differing, noting, reader, take_over
from tests.sparql.conftest import until

EACH = 12
"""So many connections to a machine: the kernel deals them out to all of its processes."""
WRITERS, ROUNDS = 20, 6 if LONG else 1
ASK = "/sparql?query=ASK%20%7B%7D"
only_long = pytest.mark.skipif(not LONG, reason="takes a minute of processor time; GAPBRIDGE_LONG=1 has it tried")


@pytest.fixture
def desk(site: Site) -> Desk:
    """The desk of all machines, as the tests themselves look at it."""
    return Desk(site.database, site.here)


@pytest.fixture
def path(desk: Desk, request: pytest.FixtureRequest) -> str:
    """The address of a claim that waits for a reviewer."""
    return waiting(desk, [request.node.originalname.replace("_", "-")])[0]


def cut(site: Site, name: str) -> AbstractContextManager[None]:
    """A host that nobody reaches, where there is a network to cut."""
    if site.network.reason:
        pytest.skip(f"nothing to cut: {site.network.reason}")
    return site.network.cut(name)


def waiting(desk: Desk, names: list[str]) -> list[str]:
    """Hand in a claim by each of these names; gives their addresses at the desk."""
    return [f"/review/{id}" for id in desk.save_all([draft(name) for name in names], ANNA, submit=True)]


def test_who_signs_in_at_one_machine_is_signed_in_at_all_and_signs_out_of_all(site: Site) -> None:
    one, other = (machine.url for machine in site.machines)
    visitor = site.somebody("contributor")
    assert [visitor.get(other, "/account").status for _ in range(EACH)] == [200] * EACH
    before = dict(visitor.cookies)
    assert visitor.post(other, "/sign-out", {}, page="/account").status == 303
    visitor.cookies = before
    assert [visitor.get(one, "/account").status for _ in range(EACH)] == [303] * EACH


def test_a_claim_handed_in_at_one_and_accepted_at_another_is_seen_at_all(site: Site) -> None:
    one, other = (machine.url for machine in site.machines)
    path, reviewer = claimed(site.somebody("contributor"), one, "p. 41"), site.somebody("reviewer")
    assert accepted(reviewer, other, path).status == 303
    claim = re.search(r'href="(/id/claim/[^"]+)"', reviewer.get(other, path).text)
    assert claim
    for machine in site.machines:
        assert until(lambda at=machine.url: seen(at, claim[1]) == {200}), machine.said  # type: ignore[misc]


def seen(at: str, path: str) -> set[int]:
    """How a machine answers to an address, by many connections."""
    return {Visitor().get(at, path).status for _ in range(EACH)}


@only_long
@pytest.mark.parametrize("path", [ASK, "/api/v1/search?q=governance"])
def test_a_machine_never_goes_back_to_a_revision_before_one_that_it_showed(site: Site, path: str) -> None:
    at, stop = site.machines[1].url, threading.Event()
    with ThreadPoolExecutor() as pool:
        told = pool.submit(lambda: list(revisions_shown(at, path, stop)))
        try:
            for number in range(3):
                take_over(site.here)
                newest = change(site.here, noting(reader(site.here), f"news-{len(path)}-{number}"))
                assert until(lambda: revision_at(at, path)[1] >= newest)  # noqa: B023
        finally:
            stop.set()
    assert told.result() == sorted(told.result())
    assert told.result()[-1] == newest


def revisions_shown(at: str, path: str, stop: threading.Event) -> Iterator[int]:
    """Ask again and again with the newest tag, by ever new connections; gives the revisions of the answers."""
    last, tag = 0, ""
    while True:
        is_over = stop.is_set()
        status, revision, tag = revision_at(at, path, tag)
        if status == 200:
            last = revision
        yield last
        if is_over:
            return


@only_long
def test_who_write_at_both_machines_at_once_lose_and_double_nothing(site: Site, desk: Desk) -> None:
    before = sharing(site.here).record.head
    paths, reviewer = waiting(desk, [f"at-once-{n}" for n in range(WRITERS)]), site.somebody("reviewer")

    def accept(place: int) -> int:
        return accepted(reviewer, site.machines[place % 2].url, paths[place]).status

    with ThreadPoolExecutor(WRITERS) as people:
        assert set(people.map(accept, range(WRITERS))) == {303}
    rows = [desk.get(path.rpartition("/")[2]) for path in paths]
    assert sorted(row.revision for row in rows) == list(range(before + 1, before + 1 + WRITERS))
    in_step(site)


def test_with_the_engine_cut_off_all_is_read_and_changes_wait(site: Site, path: str) -> None:
    one, other = (machine.url for machine in site.machines)
    reviewer = site.somebody("reviewer")
    with cut(site, "engine"):
        assert Visitor().get(one, "/tactics").status == 200
        assert revision_at(one, ASK)[0] == 200
        refused = accepted(reviewer, one, path)
        assert (refused.status, refused.headers["retry-after"]) == (503, "30")
        assert "Nothing was changed, and all can be read meanwhile" in refused.text
        assert site.network.hosts["engine"].address not in refused.text
        told = site.machines[1].run("engine")
        assert (told.returncode, "cannot be reached" in told.stderr) == (1, True), told
    assert accepted(reviewer, other, path).status == 303


def test_with_the_database_cut_off_all_is_read_and_people_are_told(site: Site, path: str) -> None:
    one, other = (machine.url for machine in site.machines)
    reviewer = site.somebody("reviewer")
    with cut(site, "people"):
        assert Visitor().get(one, "/tactics").status == 200
        assert revision_at(other, ASK)[0] == 200
        refused = reviewer.get(one, path)
        assert (refused.status, refused.headers["retry-after"]) == (503, "30")
        assert "All can be read meanwhile" in refused.text
        assert site.network.hosts["people"].address not in refused.text
    assert accepted(reviewer, one, path).status == 303


@only_long
def test_a_machine_cut_off_while_it_writes_holds_nobody_up_for_long(site: Site, path: str) -> None:
    one, other = (machine.url for machine in site.machines)
    desk, reviewer = Desk(site.database, site.here), site.somebody("reviewer")
    (second,) = desk.save_all([draft("while-another-is-cut-off")], ANNA, submit=True)
    with ThreadPoolExecutor() as people:
        told = people.submit(accepted, reviewer, one, path)
        assert until(lambda: desk.get(path.rpartition("/")[2]).accepting or told.done())
        with cut(site, "a"):
            assert accepted(reviewer, other, f"/review/{second}").status == 303, "the lock of who is gone is let go of"
        told.exception()
    row = desk.get(path.rpartition("/")[2])
    assert row.accepting == ""
    newest = sharing(site.here).record.head
    assert until(lambda: revision_at(one, ASK)[1] == newest)


def test_a_machine_killed_while_it_accepts_loses_nothing_and_stops_nobody(site: Site, desk: Desk) -> None:
    one, other = site.machines
    reviewer = site.somebody("reviewer")
    for number in range(ROUNDS):
        first, second = waiting(desk, [f"killed-{number}", f"goes-on-{number}"])
        was_told = accepting_and_killed(site, desk, reviewer, first)
        assert accepted(reviewer, other.url, second).status == 303
        row = desk.get(first.rpartition("/")[2])
        assert (row.accepting, row.state == ACCEPTED) == ("", bool(revisions_of(site)[row.id]))
        assert row.state == ACCEPTED or not was_told
        if LONG:
            one.start()
            one.wait()
            newest = sharing(site.here).record.head
            assert until(lambda: revision_at(one.url, ASK)[1] == newest), "it catches up"  # noqa: B023
    in_step(site)


def accepting_and_killed(site: Site, desk: Desk, reviewer: Visitor, path: str) -> bool:
    """Kill the first machine while it accepts; gives whether somebody was told that it was done."""
    id = path.rpartition("/")[2]
    with ThreadPoolExecutor() as people:
        told = people.submit(accepted, reviewer, site.machines[0].url, path)
        assert until(lambda: desk.get(id).accepting or told.done())
        site.machines[0].kill()
        return told.exception() is None and told.result().status == 303


def revisions_of(site: Site) -> Counter[str]:
    """In how many revisions each contribution came in, as the journal tells."""
    take_over(site.here)
    return Counter(
        text_of(quad.object)
        for patch in home(site.here).journal.since(1)
        for quad in patch.added
        if quad.predicate.value == gap("contribution")
    )


def in_step(site: Site) -> None:
    """Journal, engine and copies are at one revision, and no contribution came in twice."""
    assert set(revisions_of(site).values()) == {1}
    newest = sharing(site.here).record.head
    assert until(lambda: sharing(site.here).keeper.head().revision == newest)
    assert not LONG or differing(site.here) == []
    for machine in site.machines if LONG else site.machines[1:]:
        assert until(lambda at=machine.url: revision_at(at, ASK)[1] == newest)  # type: ignore[misc]
