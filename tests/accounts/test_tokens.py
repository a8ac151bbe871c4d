"""Tokens: told once, kept as a hash, worthless when revoked or over; a person's reach as far as their role."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text, update

from kg.accounts.people import People
from kg.accounts.tables import TokenRow
from kg.accounts.token import CONTRIBUTE, PREFIX, UPDATE
from kg.accounts.tokens import Tokens
from kg.database import Database, now
from kg.errors import BadInput, NotFound, StoreDamaged
from kg.namespaces import thing
from tests.people_support import add_person


@pytest.fixture
def tokens(database: Database, tmp_path: Path) -> Tokens:
    return Tokens(database, tmp_path)


def test_a_token_is_found_by_its_secret_alone(tokens: Tokens) -> None:
    secret = tokens.create("one", (UPDATE,), "https://example.org/me")
    tokens.create("two", (UPDATE,))
    found = tokens.find(secret)
    assert found is not None
    assert (found.name, found.agent, found.may(UPDATE), found.may("other")) == (
        "one",
        "https://example.org/me",
        True,
        False,
    )
    for wrong in ("", "one", secret[:-1], secret + "x", found.id, "é\udcff", PREFIX, PREFIX + "é\udcff"):
        assert tokens.find(wrong) is None


def test_the_project_answers_where_nobody_else_is_named(tokens: Tokens) -> None:
    tokens.create("one", (UPDATE,))
    assert tokens.list()[0].agent == thing("agent", "gapbridge")


def test_a_secret_has_256_bits_and_is_kept_nowhere(tokens: Tokens, database: Database) -> None:
    secrets = {tokens.create(f"t{i}", (UPDATE,)) for i in range(20)}
    assert {len(secret.removeprefix(PREFIX)) for secret in secrets} == {43}
    with database.reading() as session:
        kept = str(session.execute(text("select * from tokens")).all())
    assert len(secrets) == 20
    assert not any(secret.removeprefix(PREFIX) in kept for secret in secrets)


def test_a_revoked_token_is_worthless(tokens: Tokens) -> None:
    secret = tokens.create("one", (UPDATE,))
    tokens.revoke("one")
    assert tokens.find(secret) is None
    with pytest.raises(NotFound):
        tokens.revoke("one")
    assert tokens.find(tokens.create("one", (UPDATE,))) is not None


def test_a_token_ends_with_its_days(tokens: Tokens, database: Database) -> None:
    secret = tokens.create("one", (UPDATE,), days=1)
    assert tokens.find(secret) is not None
    with database.changing() as session:
        session.execute(update(TokenRow).values(ends=now() - timedelta(days=1)))
    assert tokens.find(secret) is None
    assert tokens.list()[0].expired


def test_its_last_use_is_told(tokens: Tokens) -> None:
    secret = tokens.create("one", (UPDATE,))
    assert tokens.list()[0].used == ""
    tokens.find(secret)
    assert tokens.list()[0].used != ""


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 61, "taken"])
def test_a_token_needs_a_name_of_its_own(tokens: Tokens, name: str) -> None:
    tokens.create("taken", (UPDATE,))
    with pytest.raises(BadInput):
        tokens.create(name, (UPDATE,))
    assert [token.name for token in tokens.list()] == ["taken"]


@pytest.mark.parametrize("rights", [(), ("all",), (UPDATE, "all")])
def test_a_token_needs_rights_that_there_are(tokens: Tokens, rights: tuple[str, ...]) -> None:
    with pytest.raises(BadInput):
        tokens.create("x", rights)
    assert tokens.list() == ()


def test_tokens_made_at_once_are_all_kept(tokens: Tokens) -> None:
    with ThreadPoolExecutor(4) as threads:
        secrets = list(threads.map(lambda i: tokens.create(f"t{i}", (UPDATE,)), range(12)))
    assert all(tokens.find(secret) for secret in secrets)


# --- Of a person -------------------------------------------------------------------------------------


def test_people_call_theirs_what_they_like_and_see_their_own(tokens: Tokens, database: Database) -> None:
    one, other = add_person(database), add_person(database)
    for person in (one, other):
        tokens.create_for(person, "notebook", (CONTRIBUTE,))
    tokens.create("notebook", (UPDATE,))
    assert [(t.name, t.owner, t.agent) for t in tokens.list_of(one.id)] == [("notebook", one.mail, one.agent)]
    tokens.revoke_own(other.id, tokens.list_of(one.id)[0].id)
    tokens.revoke("notebook", other.mail)
    assert {token.owner for token in tokens.list()} == {one.mail, ""}


def test_nobody_makes_a_token_beyond_their_role(tokens: Tokens, database: Database) -> None:
    with pytest.raises(BadInput, match="administrator"):
        tokens.create_for(add_person(database, "reviewer"), "x", (UPDATE,))


def test_who_loses_a_role_loses_what_their_tokens_could(tokens: Tokens, database: Database) -> None:
    add_person(database, "administrator")
    person = add_person(database, "administrator")
    secret = tokens.create_for(person, "x", (UPDATE, CONTRIBUTE))
    People(database).set_role(person.id, "contributor")
    found = tokens.find(secret)
    assert found is not None
    assert found.rights == (CONTRIBUTE,)
    People(database).set_disabled(person.id, True)
    assert tokens.find(secret) is None


# --- Those of an earlier program ---------------------------------------------------------------------


def earlier(folder: Path, *names: str) -> None:
    """The file as it was written before there was a database."""
    made, agent = "2026-01-02T03:04:05+00:00", thing("agent", "gapbridge")
    rows = [
        {"name": name, "rights": ["update"], "agent": agent, "created": made, "expires": "",
         "digest": sha256(f"{PREFIX}{name}".encode()).hexdigest()}
        for name in names
    ]  # fmt: skip
    (folder / "tokens.json").write_text(json.dumps(rows))


def test_they_are_taken_over_once_and_none_is_lost(tokens: Tokens, database: Database, tmp_path: Path) -> None:
    secret = tokens.create("newer", (UPDATE,))
    earlier(tmp_path, "one", "newer")
    taken = Tokens(database, tmp_path)
    assert [(t.name, t.created[:10]) for t in taken.list() if t.created < "2026-01-03"] == [
        ("newer (2)", "2026-01-02"),
        ("one", "2026-01-02"),
    ]
    assert all(taken.find(each) for each in (secret, f"{PREFIX}one", f"{PREFIX}newer"))
    assert sorted(path.name for path in tmp_path.glob("tokens*")) == ["tokens.json.moved"]


def test_a_power_cut_between_doubles_nothing(tokens: Tokens, database: Database, tmp_path: Path) -> None:
    earlier(tmp_path, "one", "two")
    Tokens(database, tmp_path)
    (tmp_path / "tokens.json.moved").rename(tmp_path / "tokens.json")
    assert [token.name for token in Tokens(database, tmp_path).list()] == ["one", "two"]


@pytest.mark.parametrize("text", ["", "[1]", '[{"name": "one"}]', "{}x"])
def test_a_file_that_is_not_as_it_was_written_is_told(database: Database, tmp_path: Path, text: str) -> None:
    (tmp_path / "tokens.json").write_text(text)
    with pytest.raises(StoreDamaged):
        Tokens(database, tmp_path)
    assert (tmp_path / "tokens.json").exists()
