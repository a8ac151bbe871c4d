"""Guessing is slowed for who guesses, and shuts nobody else out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from kg.accounts import guessing, passwords
from kg.accounts.guessing import FORGOTTEN_AFTER, LONGEST_WAIT, OF_ACCOUNT, OF_CLIENT, Guessing
from kg.accounts.signing import Door
from kg.accounts.tables import AccountRow
from kg.database import Database, now
from kg.errors import TooManyAttempts, WrongPassword
from tests.people_support import PASSWORD, add_person


class Clock:
    """What time it is for those who count."""

    def __init__(self) -> None:
        self.now = now()

    def later(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(guessing, "now", lambda: made.now)
    return made


def guess(database: Database, mail: str, client: str = "here", times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(WrongPassword):
            Door(database).admit(mail, "not the password", client)


def test_after_a_few_wrong_ones_the_right_one_has_to_wait_too(database: Database, clock: Clock) -> None:
    person = add_person(database)
    guess(database, person.mail, times=OF_ACCOUNT.free + 1)
    with pytest.raises(TooManyAttempts, match="2 seconds") as told:
        Door(database).admit(person.mail, PASSWORD, "here")
    assert told.value.seconds == 2
    clock.later(timedelta(seconds=2))
    assert Door(database).admit(person.mail, PASSWORD, "here") == person


def test_the_wait_grows_and_has_an_end(database: Database, clock: Clock) -> None:
    waits = list[int]()
    for _ in range(OF_ACCOUNT.free + 24):
        try:
            Guessing(database).count((OF_ACCOUNT, "x"))
        except TooManyAttempts as error:
            waits.append(error.seconds)
            clock.later(timedelta(seconds=error.seconds))
    assert waits[:4] == [2, 4, 8, 16]
    assert waits[-1] == LONGEST_WAIT.total_seconds()


def test_from_elsewhere_the_person_still_gets_in(database: Database, clock: Clock) -> None:
    person = add_person(database)
    guess(database, person.mail, "attacker", OF_ACCOUNT.free + 1)
    with pytest.raises(TooManyAttempts):
        Door(database).admit(person.mail, PASSWORD, "attacker")
    assert Door(database).admit(person.mail, PASSWORD, "at home") == person


def test_who_goes_from_account_to_account_is_slowed_too(database: Database, clock: Clock) -> None:
    for number in range(OF_CLIENT.free + 1):
        Guessing(database).count((OF_ACCOUNT, f"{number}"), (OF_CLIENT, "attacker"))
    with pytest.raises(TooManyAttempts):
        Guessing(database).count((OF_ACCOUNT, "yet another"), (OF_CLIENT, "attacker"))
    Guessing(database).count((OF_ACCOUNT, "yet another"), (OF_CLIENT, "at home"))


def test_an_account_of_ones_own_wins_no_guesses_at_others(database: Database, clock: Clock) -> None:
    own = add_person(database)
    for number in range(3):
        guess(database, f"other{number}@example.org", "attacker")
        Door(database).admit(own.mail, PASSWORD, "attacker")
    with database.reading() as session:
        assert 3 in session.scalars(text("select failures from attempts")).all()


def test_what_was_wrong_is_forgotten_after_the_right_one_and_after_a_while(database: Database, clock: Clock) -> None:
    person = add_person(database)
    guess(database, person.mail, times=OF_ACCOUNT.free)
    Door(database).admit(person.mail, PASSWORD, "here")
    guess(database, person.mail, times=OF_ACCOUNT.free)
    clock.later(FORGOTTEN_AFTER + timedelta(seconds=1))
    guess(database, person.mail, times=OF_ACCOUNT.free)


def test_those_made_at_once_are_all_counted(database: Database, clock: Clock) -> None:
    def attempt(_: int) -> bool:
        try:
            Guessing(database).count((OF_ACCOUNT, "x"))
        except TooManyAttempts:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(attempt, range(OF_ACCOUNT.free + 8))) == OF_ACCOUNT.free + 1


def test_an_unknown_address_costs_as_much_work_as_a_known_one(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked = list[str]()
    real = passwords.verify
    monkeypatch.setattr(passwords, "verify", lambda kept, typed: (worked.append(typed), real(kept, typed))[1])
    guess(database, add_person(database).mail)
    guess(database, "nobody@example.org")
    assert worked == ["not the password"] * 2


def test_a_password_kept_by_weaker_rules_is_kept_by_todays_once_it_is_typed(database: Database, clock: Clock) -> None:
    from argon2 import PasswordHasher

    person, weak = add_person(database), PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    with database.changing() as session:
        session.execute(update(AccountRow).values(password=weak))
    Door(database).admit(person.mail, PASSWORD, "here")
    with database.reading() as session:
        kept = session.scalars(text("select password from accounts")).one()
    assert not passwords.outdated(kept)
    assert Door(database).admit(person.mail, PASSWORD, "here") == person


def test_now_is_in_utc() -> None:
    assert now().utcoffset() == timedelta()
