"""Links work once: an invitation makes the account it was made for, another lets somebody choose a new password."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from kg.accounts.links import Links
from kg.accounts.people import People
from kg.accounts.sessions import Sessions
from kg.accounts.signing import Door
from kg.accounts.tables import LinkRow
from kg.database import Database, now
from kg.errors import BadInput, GapbridgeError, NoLongerKept
from tests.people_support import PASSWORD, add_person


def test_an_invitation_makes_the_account_it_was_made_for_once(database: Database) -> None:
    links = Links(database)
    secret = links.invite("Ann@Example.org", "reviewer")
    account = links.accept(secret, "Ann Example", PASSWORD, "Works for a council.")
    assert (account.mail, account.role, account.interest) == ("ann@example.org", "reviewer", "Works for a council.")
    with pytest.raises(NoLongerKept):
        links.accept(secret, "Another", PASSWORD)
    assert len(People(database).list()) == 1


def test_of_two_who_use_it_at_once_one_gets_the_account(database: Database) -> None:
    secret = Links(database).invite("ann@example.org", "reviewer")

    def attempt(number: int) -> str:
        try:
            return Links(database).accept(secret, f"Person {'ab'[number]}", PASSWORD).name
        except GapbridgeError:
            return ""

    with ThreadPoolExecutor(2) as threads:
        made = [name for name in threads.map(attempt, range(2)) if name]
    assert [person.name for person in People(database).list()] == made


def test_its_secret_is_kept_nowhere(database: Database) -> None:
    secret = Links(database).invite("ann@example.org", "reviewer")
    with database.reading() as session:
        assert secret not in str(session.execute(text("select * from links")).all())


def test_what_was_typed_wrong_leaves_the_invitation(database: Database) -> None:
    links = Links(database)
    secret = links.invite("ann@example.org", "reviewer")
    with pytest.raises(BadInput):
        links.accept(secret, "Ann Example", "short")
    assert links.invitation(secret).mail == "ann@example.org"


def test_links_end_by_themselves_or_are_withdrawn_or_replaced(database: Database) -> None:
    links = Links(database)
    first = links.invite("ann@example.org", "reviewer")
    second = links.invite("ann@example.org", "contributor")
    other = links.invite("bob@example.org", "contributor")
    assert [link.mail for link in sorted(links.invitations(), key=lambda found: found.mail)] == [
        "ann@example.org",
        "bob@example.org",
    ]
    links.withdraw(links.invitation(other).id)
    with database.changing() as session:
        session.execute(update(LinkRow).values(ends=now() - timedelta(seconds=1)))
    for secret in (first, second, other, "", "é\udcff"):
        with pytest.raises(NoLongerKept):
            links.invitation(secret)
    assert links.invitations() == ()


def test_who_has_an_account_is_not_invited(database: Database) -> None:
    with pytest.raises(BadInput, match="already"):
        Links(database).invite(add_person(database).mail, "reviewer")


def test_a_new_password_is_chosen_once_and_ends_all_sessions(database: Database) -> None:
    links, person = Links(database), add_person(database)
    session = Sessions(database).begin(person.id)
    secret = links.reset(person)
    with pytest.raises(BadInput):
        links.choose_password(secret, "short")
    links.choose_password(secret, "quite another four words")
    assert Sessions(database).find(session) is None
    assert Door(database).admit(person.mail, "quite another four words", "here") == person
    with pytest.raises(NoLongerKept):
        links.choose_password(secret, "and yet another one here")


def test_neither_link_does_what_the_other_does(database: Database) -> None:
    links, person = Links(database), add_person(database)
    reset, invitation = links.reset(person), links.invite("new@example.org", "reviewer")
    with pytest.raises(NoLongerKept):
        links.accept(reset, "Ann Example", PASSWORD)
    with pytest.raises(NoLongerKept):
        links.choose_password(invitation, PASSWORD)


def test_who_is_kept_out_does_not_come_back_by_a_new_password(database: Database) -> None:
    links, person = Links(database), add_person(database)
    secret = links.reset(person)
    People(database).set_disabled(person.id, True)
    with pytest.raises(NoLongerKept):
        links.choose_password(secret, PASSWORD)
