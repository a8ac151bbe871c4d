"""Sessions: known by a secret that is kept nowhere, ended by time, by their person, by a new password."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text, update

from kg.accounts.people import People
from kg.accounts.sessions import IDLE, LONGEST, Sessions
from kg.accounts.tables import SessionRow
from kg.database import Database, now
from tests.people_support import add_person


def aged(database: Database, **moments: timedelta) -> None:
    """Let what is noted of all sessions be so long ago."""
    with database.changing() as session:
        session.execute(update(SessionRow).values({name: now() - ago for name, ago in moments.items()}))


def test_a_session_is_found_by_its_secret_alone(database: Database) -> None:
    person = add_person(database)
    secret = Sessions(database).begin(person.id, "Firefox on Linux")
    found = Sessions(database).find(secret)
    assert found is not None
    assert found.account == person
    for wrong in ("", found.session, secret[:-1], "é\udcff"):
        assert Sessions(database).find(wrong) is None


def test_its_secret_is_kept_nowhere(database: Database) -> None:
    secret = Sessions(database).begin(add_person(database).id)
    with database.reading() as session:
        kept = str(session.execute(text("select * from sessions")).all())
    assert secret not in kept


@pytest.mark.parametrize(
    "ago", [{"used": IDLE + timedelta(minutes=1)}, {"used": timedelta(), "created": LONGEST + timedelta(minutes=1)}]
)
def test_it_ends_unused_and_ends_in_any_case(database: Database, ago: dict[str, timedelta]) -> None:
    person = add_person(database)
    secret = Sessions(database).begin(person.id)
    aged(database, **ago)
    assert Sessions(database).find(secret) is None
    assert Sessions(database).list(person.id) == ()


def test_its_use_is_noted(database: Database) -> None:
    person = add_person(database)
    secret = Sessions(database).begin(person.id)
    aged(database, used=timedelta(hours=1))
    Sessions(database).find(secret)
    assert now() - Sessions(database).list(person.id)[0].used < timedelta(minutes=1)


def test_they_end_one_by_one_or_all(database: Database) -> None:
    sessions, person = Sessions(database), add_person(database)
    secrets = [sessions.begin(person.id, f"device {n}") for n in range(4)]
    here = sessions.find(secrets[0])
    first = sessions.find(secrets[1])
    assert here is not None
    assert first is not None
    sessions.end(person.id, first.session)
    assert [sessions.find(secret) is not None for secret in secrets] == [True, False, True, True]
    sessions.end_all(person.id, but=here.session)
    assert [sessions.find(secret) is not None for secret in secrets] == [True, False, False, False]


def test_nobody_ends_another_ones(database: Database) -> None:
    sessions, one, other = Sessions(database), add_person(database), add_person(database)
    secret = sessions.begin(one.id)
    found = sessions.find(secret)
    assert found is not None
    sessions.end(other.id, found.session)
    sessions.end_all(other.id)
    assert sessions.find(secret) is not None


def test_a_new_password_ends_them(database: Database) -> None:
    person = add_person(database)
    secret = Sessions(database).begin(person.id)
    People(database).set_password(person.id, "quite another four words")
    assert Sessions(database).find(secret) is None
