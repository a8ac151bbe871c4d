"""Diagnoses kept under an account: each person finds their own and nobody else's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.accounts.people import People
from kg.accounts.tables import AccountRow
from kg.database import Database
from kg.diagnosis.saved import MOST, SavedDiagnoses
from kg.errors import BadInput, NotFound
from tests.people_support import add_person


def of_somebody(database: Database) -> SavedDiagnoses:
    return SavedDiagnoses(database, add_person(database).id)


def test_what_is_saved_is_found_again_with_its_name_and_time(database: Database) -> None:
    mine = of_somebody(database)
    saved = mine.save("  Bus lanes ", "1.abc")
    assert (saved.name, saved.code) == ("Bus lanes", "1.abc")
    assert mine.list() == (saved,)
    assert mine.get(saved.id) == saved


def test_the_same_answers_are_kept_once_under_the_newest_name(database: Database) -> None:
    mine = of_somebody(database)
    first = mine.save("Bus lanes", "1.abc")
    assert mine.save("Bus lanes, second look", "1.abc").id == first.id
    assert [one.name for one in mine.list()] == ["Bus lanes, second look"]


def test_the_same_answers_of_two_people_are_two(database: Database) -> None:
    mine, theirs = of_somebody(database), of_somebody(database)
    assert mine.save("Bus lanes", "1.abc").id != theirs.save("Bus lanes", "1.abc").id


@pytest.mark.parametrize(
    "ask", [lambda d, id: d.get(id), lambda d, id: d.rename(id, "Mine now"), lambda d, id: d.delete(id)]
)
def test_nobody_elses_is_there(database: Database, ask: Callable[[SavedDiagnoses, str], object]) -> None:
    theirs = of_somebody(database)
    saved = theirs.save("Bus lanes", "1.abc")
    with pytest.raises(NotFound):
        ask(of_somebody(database), saved.id)
    assert theirs.list() == (saved,)


def test_another_name_and_none_any_more(database: Database) -> None:
    mine = of_somebody(database)
    saved = mine.save("Bus lanes", "1.abc")
    assert mine.rename(saved.id, "Cycle lanes").name == "Cycle lanes"
    mine.delete(saved.id)
    assert mine.list() == ()


@pytest.mark.parametrize("name", ["", " \n", "x" * 121])
def test_a_name_that_will_not_do_is_refused_with_what_would(database: Database, name: str) -> None:
    with pytest.raises(BadInput, match=r"Give it a name|Shorten it"):
        of_somebody(database).save(name, "1.abc")


def test_there_is_an_end_to_what_one_account_keeps(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.diagnosis.saved.MOST", 2)
    assert MOST > 2
    mine = of_somebody(database)
    for code in ("1.a", "1.b"):
        mine.save("Bus lanes", code)
    with pytest.raises(BadInput, match="Delete one"):
        mine.save("Bus lanes", "1.c")


def test_they_go_with_the_account(database: Database) -> None:
    person = add_person(database)
    SavedDiagnoses(database, person.id).save("Bus lanes", "1.abc")
    with database.changing() as session:
        session.delete(session.get(AccountRow, person.id))
    assert SavedDiagnoses(database, person.id).list() == ()
    assert person not in People(database).list()
