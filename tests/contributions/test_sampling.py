"""A whole batch is accepted at once only after a random sample of it was found right, one by one."""

from __future__ import annotations

import pytest

from kg.contributing import home, open_base
from kg.contributions import Desk, Draft, as_text, sample_size
from kg.database import open_database
from kg.errors import NotAllowed, NotFound, OutOfTurn
from kg.settings import Settings
from kg.store import placed
from tests.contributions.desk_support import ANNA, BEN, CLARA, note


def handed_in(desk: Desk, count: int = 12) -> list[str]:
    """A batch of small changes."""
    drafts = [
        Draft("edit", f"Note {n}", added=as_text(placed([note(f"Note number {n}.")])), base=1, batch="b1")
        for n in range(count)
    ]
    return desk.save_all(drafts, ANNA, submit=True)


@pytest.mark.parametrize(("waiting", "needed"), [(1, 1), (5, 5), (12, 5), (50, 5), (51, 6), (1000, 100)])
def test_a_tenth_is_looked_at_and_never_fewer_than_five(waiting: int, needed: int) -> None:
    assert sample_size(waiting) == needed


def test_the_sample_is_drawn_at_random_and_stays(desk: Desk) -> None:
    ids = handed_in(desk, 60)
    first, second = desk.draw("b1", BEN), desk.draw("b1", CLARA)
    drawn = {one.id for one in first.sample}
    assert len(drawn) == 6
    assert drawn <= set(ids)
    assert drawn != {one.id for one in second.sample}, "one in fifty million"
    assert {one.id for one in desk.draw("b1", BEN).sample} == drawn


def test_nothing_is_accepted_at_once_before_the_sample_was_looked_at(desk: Desk) -> None:
    handed_in(desk)
    drawn = desk.draw("b1", BEN)
    for one in drawn.sample[:-1]:
        desk.look(one.id, BEN, one.version)
    with pytest.raises(OutOfTurn, match="not looked at"):
        desk.accept_batch("b1", BEN)


def test_a_refusal_in_the_sample_ends_it(desk: Desk) -> None:
    handed_in(desk)
    first, *others = desk.draw("b1", BEN).sample
    desk.reject(first.id, BEN, first.version, "This is not so.")
    for one in others:
        desk.look(one.id, BEN, one.version)
    assert desk.batch("b1", BEN).refused == (first.id,)
    with pytest.raises(OutOfTurn, match="one by one"):
        desk.accept_batch("b1", BEN)


def test_what_was_changed_since_is_looked_at_again(desk: Desk) -> None:
    handed_in(desk)
    one = desk.draw("b1", BEN).sample[0]
    desk.look(one.id, BEN, one.version)
    row = desk.get(one.id)
    desk.save(Draft("edit", "Other words", added=row.added, base=1, batch="b1", id=row.id, version=row.version), ANNA)
    assert desk.batch("b1", BEN).looked == 0


def test_nobody_samples_what_they_wrote(desk: Desk) -> None:
    handed_in(desk)
    with pytest.raises(NotAllowed):
        desk.draw("b1", ANNA)


def test_the_whole_batch_can_be_given_back(desk: Desk) -> None:
    ids = handed_in(desk)
    desk.return_batch("b1", BEN, "All of these name the wrong tactic.")
    assert {desk.get(id).state for id in ids} == {"changes-asked"}


def test_there_is_no_batch_without_a_name(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.batch("nothing", BEN)


def test_a_batch_found_right_goes_in_as_one_revision(fresh: Settings) -> None:
    database = open_database(fresh)
    desk = Desk(database, fresh)
    ids = handed_in(desk)
    for one in desk.draw("b1", BEN).sample:
        desk.look(one.id, BEN, one.version)
    revision = desk.accept_batch("b1", BEN)
    assert revision == open_base(fresh).revision == 2
    assert {(desk.get(id).state, desk.get(id).revision) for id in ids} == {("accepted", 2)}
    assert sum("Note number" in str(quad) for quad in home(fresh).journal.read(2).added) == len(ids)
    database.close()
