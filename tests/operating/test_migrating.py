"""Migrating: what would change is told, a backup is made, nothing of anybody's is lost, and there is a way back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

import kg.contributing.changing
import kg.operating.migrating
from kg.accounts.people import People
from kg.contributing import home, open_base
from kg.database import open_database
from kg.database.opening import MIGRATIONS, forms
from kg.errors import BadInput, DatabaseUnavailable, Entangled, StoreTooNew
from kg.namespaces import thing
from kg.operating.backup import backups, check_backup
from kg.operating.migrating import go_back, migrate, plan
from kg.settings import Settings
from kg.store import Change, Literal, NamedNode
from tests.operating.operating_support import settings_of, small_base
from tests.store.store_support import TEXT, opened, says

ONE, TWO = thing("source", "s1"), thing("source", "s2")
PERSON = thing("agent", "first-reader")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Those of the known base, under its own rule and check; the program's data say something else of two sources."""
    monkeypatch.setattr(kg.contributing.changing, "writer", lambda settings, *_, **__: opened(home(settings)))
    lines = [f'<{iri}> <{TEXT.value}> "newer" .' for iri in (ONE, TWO)]
    (tmp_path / "newer.ttl").write_text("\n".join(lines))
    monkeypatch.setattr(kg.operating.migrating, "seed_files", lambda: [tmp_path / "newer.ttl"])
    return settings_of(small_base(tmp_path / "base", 2).folder)


def test_what_a_newer_program_brings_is_taken_in_and_what_people_changed_stays(small: Settings, tmp_path: Path) -> None:
    with opened(home(small)) as writer:
        writer.commit(Change(2, frozenset({says("s2", "by a person")}), agent=PERSON))
    before = texts(small, ONE), texts(small, TWO)
    found = plan(small)
    assert (found.changes.changed, found.left, found.of_accounts) == ((ONE,), (TWO,), False)

    done = migrate(small, found, tmp_path / "copy")
    assert (done.before, done.after) == (3, 4)
    check_backup(backups(tmp_path / "copy")[0])
    assert (texts(small, ONE), texts(small, TWO)) == ({"newer"}, before[1])
    assert plan(small).empty

    go_back(small, tmp_path / "copy")
    assert (texts(small, ONE), texts(small, TWO)) == before
    with pytest.raises(BadInput, match="keeps no migration"):
        go_back(small, tmp_path / "copy")


def test_a_migration_is_not_undone_over_what_was_built_on_it(small: Settings, tmp_path: Path) -> None:
    migrate(small, plan(small), tmp_path / "copy")
    with opened(home(small)) as writer:
        newer, built = says("s1", "newer"), says("s1", "built on it")
        writer.commit(Change(3, frozenset({built}), frozenset({newer}), agent=PERSON))
    with pytest.raises(Entangled):
        go_back(small, tmp_path / "copy")
    assert texts(small, ONE) == {"built on it"}


def texts(settings: Settings, iri: str) -> set[str]:
    quads = open_base(settings).quads(subject=NamedNode(iri))
    return {quad.object.value for quad in quads if quad.predicate == TEXT and isinstance(quad.object, Literal)}


# --- The database of accounts -----------------------------------------------------------------------


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Those of a small base of which the program's own data say nothing, with accounts of an earlier form."""
    monkeypatch.setattr(kg.operating.migrating, "seed_files", list)
    made = settings_of(small_base(tmp_path / "base", 2).folder)
    database = open_database(made)
    People(database).add("Robin Example", "robin@example.org", "contributor")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, forms()[-2])
    database.close()
    return made


def test_accounts_of_an_earlier_program_are_not_moved_in_silence(settings: Settings) -> None:
    before = (settings.data / "people.sqlite").read_bytes()
    with pytest.raises(DatabaseUnavailable, match="gapbridge migrate"):
        open_database(settings)
    assert (settings.data / "people.sqlite").read_bytes() == before


def test_accounts_are_moved_on_and_back(settings: Settings, tmp_path: Path) -> None:
    found = plan(settings)
    assert (found.form, found.newest_form, found.of_record) == (forms()[-2], forms()[-1], False)
    migrate(settings, found, tmp_path / "copy")
    assert names(settings) == ["Robin Example"]
    go_back(settings, tmp_path / "copy")
    assert plan(settings).form == forms()[-2]


def test_there_is_no_way_back_over_what_people_did_since(settings: Settings, tmp_path: Path) -> None:
    migrate(settings, plan(settings), tmp_path / "copy")
    database = open_database(settings)
    People(database).add("Kim Example", "kim@example.org", "contributor")
    database.close()
    with pytest.raises(BadInput, match="going back would lose that"):
        go_back(settings, tmp_path / "copy")
    assert names(settings) == ["Kim Example", "Robin Example"]


def test_accounts_of_a_newer_program_are_left_alone(settings: Settings) -> None:
    with closing(sqlite3.connect(settings.data / "people.sqlite")) as people, people:
        people.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreTooNew, match="Install a newer gapbridge"):
        plan(settings)
    with pytest.raises(DatabaseUnavailable, match="Install the newer gapbridge"):
        open_database(settings)


def names(settings: Settings) -> list[str]:
    database = open_database(settings)
    found = sorted(account.name for account in People(database).list())
    database.close()
    return found
