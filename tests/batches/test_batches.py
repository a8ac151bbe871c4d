"""Batches of references: row by row, stopped and taken up again, killed at every step, decided by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.batches import ADDED, LEFT, REFUSED, THERE, UNSURE, Batches, kept, working
from kg.contributing import open_base
from kg.contributions import Desk, Filters, Person
from kg.database import Database, open_database
from kg.errors import BadInput, NotAllowed, NotFound
from kg.importing import Sources
from kg.namespaces import thing
from kg.queries import references
from kg.settings import Settings
from tests.data_support import whole

ANNA = Person("a1", "Anna Author", thing("agent", "anna-author"))
BEN = Person("b2", "Ben Checker", thing("agent", "ben-checker"), "reviewer")
FIVE = """@book{one, title = {Quite a new book on delivery}, author = {Müller, A.}, year = 2024}
@techreport{two, title = {Tracking Delivery Global Trends and Warning Signs in Delivery Units}, author = {Gold, J.},
  year = 2017}
@article{three, title = {What Is Policy Failure?}, author = {McConnell, A.}, year = 2015}
@book{four, author = {Nobody}}
@book{five, title = {Another new book on support}, author = {Muller, A. and Gold, J.}, year = 2024}
"""
OUTCOMES = [ADDED, THERE, UNSURE, REFUSED, ADDED]


def many(count: int) -> bytes:
    one = (
        "@article{{k{0}, title = {{Findings on matter {0} of place x{0}y}}, author = {{Author{0}, A.}}, year = 2001}}\n"
    )
    return "".join(one.format(number) for number in range(count)).encode()


@pytest.fixture
def batches(database: Database, seeded: Settings, tmp_path: Path) -> Batches:
    return Batches(database, replace(seeded, data=tmp_path), lambda: Sources(whole()))


@pytest.fixture
def desk(database: Database, seeded: Settings, tmp_path: Path) -> Desk:
    return Desk(database, replace(seeded, data=tmp_path))


@pytest.fixture
def over_a_base(fresh: Settings) -> Iterator[Database]:
    opened = open_database(fresh)
    yield opened
    opened.close()


def outcomes(batches: Batches, id: str) -> list[str]:
    return [row.outcome for row in batches.rows(id)]


def test_each_row_comes_to_its_outcome_and_new_ones_wait_for_the_reviewers(batches: Batches, desk: Desk) -> None:
    id = batches.add(FIVE.encode(), "../refs.bib", ANNA)
    assert (batches.get(id).state, batches.get(id).name, batches.get(id).total) == ("stopped", "refs.bib", 5)
    batch = batches.run(id)
    assert (batch.state, batch.done, batch.counts[ADDED]) == ("done", 5, 2)
    assert outcomes(batches, id) == OUTCOMES
    made = [desk.get(row.contribution) for row in batches.rows(id, ADDED)]
    assert [(c.kind, c.state, c.author.id, c.source, c.batch) for c in made] == [
        ("source", "submitted", "a1", thing("source", "muller-2024"), id),
        ("source", "submitted", "a1", thing("source", "muller-gold-2024"), id),
    ]
    assert desk.queue(Filters(batch=id, state="submitted")).total == 2


def test_why_is_told_of_each_row_that_is_not_simply_added(batches: Batches) -> None:
    id = batches.add(FIVE.encode(), "refs.bib", ANNA)
    batches.run(id)
    _, there, unsure, refused, _ = batches.rows(id)
    assert there.why == "Gold 2017: same title, same year, same first author"
    assert unsure.matches[0]["address"] == thing("source", "mcconnell-2015")
    assert refused.why.startswith("It has no title.")


def test_what_was_imported_can_be_accepted_and_is_then_there(over_a_base: Database, fresh: Settings) -> None:
    batches, desk = Batches(over_a_base, fresh), Desk(over_a_base, fresh)
    id = batches.add(FIVE.encode(), "refs.bib", ANNA)
    batches.run(id)
    for contribution in desk.ids(id):
        desk.accept(contribution, BEN, 1)
    base = open_base(fresh)
    told = {row.property for row in references(base, [thing("source", "muller-2024")])}
    assert len(told) > 7
    people = {row.value for row in references(base, [thing("source", "muller-gold-2024")]) if "creator" in row.property}
    assert people == {thing("person", "muller-a-2"), thing("person", "gold-j")}


def test_stopped_it_goes_on_where_it_was(batches: Batches, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "AT_ONCE", 3)
    id = batches.add(many(10), "many.bib", ANNA)
    batch = batches.run(id, lambda at: batches.stop(id) if at.done >= 6 else None)
    assert (batch.state, batch.done, batch.alive) == ("stopped", 6, False)
    assert (batches.run(id).state, batches.get(id).counts) == ("done", {ADDED: 10})


class Killed(BaseException):
    """What a killed process does to the code it runs: nothing more happens."""


@pytest.mark.parametrize("step", ["add_rows", "judged", "link", "save_all"])
@pytest.mark.parametrize("after", [False, True])
def test_killed_at_any_step_it_loses_nothing_and_doubles_nothing(
    batches: Batches, desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    monkeypatch.setattr(working, "AT_ONCE", 2)
    id = batches.add(many(5) + FIVE.encode(), "many.bib", ANNA)
    place, name = (Desk, step) if step == "save_all" else (kept, step)
    whole_step, done = getattr(place, name), []

    def dying(*words: object, **more: object) -> object:
        done.append(1)
        if len(done) == (1 if step == "add_rows" else 2):
            if after:
                whole_step(*words, **more)
            raise Killed
        return whole_step(*words, **more)

    with monkeypatch.context() as patch:
        patch.setattr(place, name, dying)
        patch.setattr(kept, "leave", lambda *_, **__: None)  # a killed process notes nothing
        with pytest.raises(Killed):
            batches.run(id)
        patch.setattr(kept, "LEASE_SECONDS", -1)  # nobody heard of it since
        patch.undo()
    monkeypatch.setattr(kept, "LEASE_SECONDS", -1)
    assert batches.run(id).state == "done"
    rows = batches.rows(id)
    assert [row.outcome for row in rows] == [ADDED] * 5 + OUTCOMES
    made = [row.contribution for row in rows if row.outcome == ADDED]
    assert sorted(made) == sorted(desk.ids(id))
    assert len({desk.get(one).source for one in made}) == len(made) == 7


def test_two_do_not_work_on_one_batch(batches: Batches, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "AT_ONCE", 2)
    id = batches.add(many(4), "many.bib", ANNA)

    def other(_: object) -> None:
        with pytest.raises(NotAllowed, match="running already"):
            batches.run(id)

    assert batches.run(id, other).counts == {ADDED: 4}


def test_in_a_thread_of_its_own(batches: Batches) -> None:
    id = batches.add(many(3), "many.bib", ANNA)
    batches.go_on(id)
    batches.wait(id, 60)
    batches.go_on(id)
    assert (batches.get(id).state, batches.get(id).counts) == ("done", {ADDED: 3})


def test_a_row_in_doubt_is_added_once_or_left_out(batches: Batches, desk: Desk) -> None:
    id = batches.add((FIVE + FIVE.replace("Policy Failure?", "Policy Failure, again?")).encode(), "refs.bib", ANNA)
    batches.run(id)
    first, second = (row.number for row in batches.rows(id, UNSURE))
    made = batches.decide(id, first, add=True)
    assert desk.get(made).source == thing("source", "mcconnell-2015b")
    assert batches.decide(id, second, add=False) == ""
    assert batches.get(id).counts[LEFT] == 1
    with pytest.raises(NotAllowed):
        batches.decide(id, first, add=True)
    with pytest.raises(NotFound):
        batches.decide(id, 999, add=True)


def test_names_are_set_aside_while_their_sources_wait(batches: Batches) -> None:
    text = "@book{a, title = {%s}, author = {Newcomer, A.}, year = 2020}"
    ids = [batches.add((text % title).encode(), "a.bib", ANNA) for title in ("First of all", "Something else")]
    slugs = [row.slug for id in ids if batches.run(id) for row in batches.rows(id)]
    assert slugs == ["newcomer-2020", "newcomer-2020b"]


def test_at_once_it_is_one_revision_made_once(
    over_a_base: Database, fresh: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches, desk = Batches(over_a_base, fresh), Desk(over_a_base, fresh)
    id = batches.add(FIVE.encode(), "refs.bib", ANNA_KNOWN, at_once=True)
    with monkeypatch.context() as patch:
        patch.setattr(kept, "leave", lambda *_, **__: None)
        batches.run(id)  # all was done, and the end of it not noted
    monkeypatch.setattr(kept, "LEASE_SECONDS", -1)
    batch = batches.run(id)
    assert (batch.state, batch.revision, open_base(fresh).revision) == ("done", 2, 2)
    assert desk.ids(id) == []


ANNA_KNOWN = replace(ANNA, agent=thing("agent", "gapbridge"))


def test_what_is_no_file_of_references_is_not_taken(batches: Batches) -> None:
    with pytest.raises(BadInput, match="a PDF"):
        batches.add(b"%PDF-1.4", "x.pdf", ANNA)
    assert batches.of_author("a1") == []
