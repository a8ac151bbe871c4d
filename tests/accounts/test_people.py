"""Accounts: one for a mail address, with an address of its own in the record, and always an administrator left."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData

from kg.accounts import passwords
from kg.accounts.links import Links
from kg.accounts.people import People, faults
from kg.accounts.sessions import Sessions
from kg.accounts.signing import Door
from kg.accounts.tables import AccountRow
from kg.database import Database, open_database
from kg.errors import BadInput, NotFound, WrongPassword
from kg.settings import read_settings
from tests.people_support import PASSWORD, add_person

OURS = ("accounts", "sessions", "links", "tokens", "identities", "errands", "attempts")


def test_the_migrations_make_what_the_tables_say(database: Database) -> None:
    with database.engine.connect() as connection:
        ours = {"include_name": lambda name, kind, _: kind != "table" or name in OURS}
        context = MigrationContext.configure(connection, opts=ours)
        made = MetaData(naming_convention=AccountRow.metadata.naming_convention)
        for name in OURS:
            AccountRow.metadata.tables[name].to_metadata(made)
        assert compare_metadata(context, made) == []


def test_two_people_of_one_name_have_two_addresses(database: Database) -> None:
    one, other = (add_person(database, name="Zoë Example") for _ in range(2))
    assert one.agent != other.agent
    assert one.agent.startswith("https://w3id.org/gapbridge/id/agent/zoe-example-")


def test_a_mail_address_has_one_account_however_it_is_written(database: Database) -> None:
    People(database).add("Ann Example", "Ann@Example.org", "reviewer", PASSWORD)
    with pytest.raises(BadInput, match="already"):
        People(database).add("Another", " ann@example.org ", "reviewer", PASSWORD)
    assert [person.mail for person in People(database).list()] == ["ann@example.org"]


@pytest.mark.parametrize("mail", ["", "ann", "ann@", "@example.org", "ann@example", "a b@example.org", "a@b.c\n<x>"])
def test_a_mail_address_is_one(database: Database, mail: str) -> None:
    with pytest.raises(BadInput, match="mail address"):
        People(database).add("Ann Example", mail, "reviewer", PASSWORD)


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\x00b", "12"])
def test_a_name_can_stand_beside_contributions(database: Database, name: str) -> None:
    with pytest.raises(BadInput, match="name"):
        People(database).add(name, "a@example.org", "reviewer", PASSWORD)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("eleven char", "at least 12"),
        ("aaaaaaaaaaaaaaaa", "repeats"),
        ("abc12abc12abc12", "repeats"),
        ("x" * 257, "at most 256"),
        ("ann.example@example.org", "“example”"),
        ("who is ann example really", "“example”"),
        ("my way to gapbridge 77", "“gapbridge”"),
        ("password1234", "very many people"),
        ("P@$$w0rd 2026!!", "very many people"),
        ("qwertyuiop123", "very many people"),
        ("1qaz2wsx3edc", "very many people"),
        ("correct horse battery staple", "very many people"),
        ("September2026", "very many people"),
    ],
)
def test_a_password_that_guessers_try_first_is_refused_and_why_is_told(password: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        passwords.check(password, "Ann Example", "ann.example@example.org", "gapbridge")


@pytest.mark.parametrize(
    "password", ["a long walk in september rain", "aB3dE5gH7jK9", "7$9k!2@x#4q%", "policy, rain and tea"]
)
def test_a_password_that_only_its_owner_would_put_together_will_do(password: str) -> None:
    passwords.check(password, "Ann Example", "ann.example@example.org", "gapbridge")


def test_a_password_that_was_leaked_is_refused_where_a_list_of_these_is_kept(tmp_path: Path) -> None:
    leaked, free = ("rain in three lines", "ПарольИзТрёхСлов", "line at the end"), "rain in three"
    file = tmp_path / "leaked.txt"
    file.write_bytes(f"{leaked[0]}\r\n{leaked[1]}\nno {leaked[2]}\n{leaked[2]}".encode())
    database = open_database(read_settings({"GAPBRIDGE_DATA": str(tmp_path), "GAPBRIDGE_PASSWORD_LIST": str(file)}))
    people, links = People(database), Links(database)
    account = people.add("Bo", "bo@example.org", "reviewer", free)
    secret = links.reset(account)
    ways: tuple[Callable[[str], object], ...] = (
        lambda password: people.add("Cy", "cy@example.org", "reviewer", password),
        lambda password: people.set_password(account.id, password),
        lambda password: links.choose_password(secret, password),
        lambda password: links.accept(links.invite("di@example.org", "reviewer"), "Di", password),
    )
    for way, password in product(ways, leaked):
        with pytest.raises(BadInput, match="leaked"):
            way(password)
    assert set(faults(password=leaked[0], listed=file)) == {"password"}
    database.close()


def test_a_password_may_be_any_words(database: Database) -> None:
    for number, password in enumerate(["only small letters", "ПарольИзТрёхСлов", "🙂 a b c d e f g", " spaces stay  "]):
        People(database).add("Ann Example", f"a{number}@example.org", "reviewer", password)
        assert Door(database).admit(f"a{number}@example.org", password, "here").role == "reviewer"


def test_each_role_may_what_those_before_it_may(database: Database) -> None:
    reviewer = add_person(database, "reviewer")
    assert [reviewer.may(role) for role in ("contributor", "reviewer", "administrator")] == [True, True, False]
    with pytest.raises(BadInput, match="role"):
        People(database).set_role(reviewer.id, "owner")


def test_the_last_administrator_stays(database: Database) -> None:
    people, one = People(database), add_person(database, "administrator")
    for leave in (lambda: people.set_role(one.id, "reviewer"), lambda: people.set_disabled(one.id, True)):
        with pytest.raises(BadInput, match="last administrator"):
            leave()
    other = add_person(database, "administrator")
    people.set_disabled(one.id, True)
    with pytest.raises(BadInput, match="last administrator"):
        people.set_role(other.id, "contributor")


def test_who_is_disabled_is_out_at_once(database: Database) -> None:
    people, person = People(database), add_person(database)
    secret = Sessions(database).begin(person.id)
    people.set_disabled(person.id, True)
    assert Sessions(database).find(secret) is None
    with pytest.raises(WrongPassword):
        Door(database).admit(person.mail, PASSWORD, "here")
    people.set_disabled(person.id, False)
    assert Sessions(database).find(secret) is None
    assert Door(database).admit(person.mail, PASSWORD, "here").id == person.id


def test_nobody_is_told_as_such(database: Database) -> None:
    with pytest.raises(NotFound):
        People(database).find("nobody@example.org")
