"""Batches of references: row by row, stopped and taken up again, killed at every step, decided by hand."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.batches import ADDED, LEFT, REFUSED, THERE, UNSURE, Batches, draft_of, kept, working
from kg.batches.waiting import Waiting
from kg.contributing import open_base
from kg.contributions import Desk, Filters, Person
from kg.database import Database, open_database
from kg.errors import BadInput, NotAllowed, NotFound
from kg.importing import Agents, Reference, Sources, names_of
from kg.namespaces import thing
from kg.queries import references
from kg.settings import Settings
from tests.conftest import LONG
from tests.data_support import whole

KILLS = 20 if LONG else 2
ROOT = Path(__file__).parents[2]
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


def test_an_import_whose_process_is_killed_goes_on_where_it_stopped_and_doubles_nothing(
    batches: Batches, desk: Desk, database: Database, seeded: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, chance = batches.add(many(200) + FIVE.encode(), "many.bib", ANNA), random.Random(4)
    address, done = database.engine.url.render_as_string(hide_password=False), 0
    for _ in range(KILLS):
        words = [sys.executable, "-m", "tests.batches.busy_import", str(seeded.data), address, id]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout
            assert int(process.stdout.readline()) > done  # it went on from where the one before was
            time.sleep(chance.random() * 0.05)  # at any moment of the steps that follow
            process.kill()
            assert process.wait() == -signal.SIGKILL
        done = batches.get(id).done
    monkeypatch.setattr(kept, "LEASE_SECONDS", -1)
    assert batches.run(id).counts == {ADDED: 202, THERE: 1, UNSURE: 1, REFUSED: 1}
    made = [row.contribution for page in range(1, 6) for row in batches.rows(id, ADDED, page)]
    assert sorted(made) == sorted(desk.ids(id))
    assert len({desk.get(one).source for one in made}) == len(made) == 202


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


def test_a_row_is_compared_with_what_waits_for_its_review_too(batches: Batches, desk: Desk) -> None:
    first, again = (batches.add(FIVE.encode(), name, who) for name, who in (("a.bib", ANNA), ("b.bib", BEN)))
    batches.run(first)
    batches.run(again)
    assert outcomes(batches, again) == [THERE, THERE, UNSURE, REFUSED, THERE]
    (there, *_) = batches.rows(again, THERE)
    assert there.why == "Müller 2024 (waits for review): same title, same year, same first author"
    for id in desk.ids(first):
        desk.reject(id, BEN, 1, "Out of scope.")
    third = batches.add(FIVE.encode(), "c.bib", BEN)
    batches.run(third)
    assert outcomes(batches, third) == OUTCOMES


def test_drafts_of_others_are_compared_with_nothing_and_ones_own_are(database: Database, desk: Desk) -> None:
    work = Reference("Book", "Quite a new book on delivery", authors=names_of("Müller, A."), year="2024")
    draft = draft_of(work, "muller-2024", "Müller 2024", Agents(), 1)
    (id,) = desk.save_all([draft], ANNA)
    waiting = Waiting(database)
    waiting.refresh()
    assert [match.certain for match in waiting.matches(work, ANNA)] == [True]
    assert waiting.matches(work, BEN) == []
    assert waiting.matches(work, ANNA, draft=id) == []
    desk.save(replace(draft, id=id, version=1, form={**draft.form, "reference": work.plain()}), ANNA)
    waiting.refresh()
    assert len(waiting.matches(work, ANNA)) == 1  # in its newest version alone


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
