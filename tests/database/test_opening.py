"""The database: made at first use, brought to its newest form, told in plain words where it does not answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from benchmarks.ports import free_port
from kg.accounts.signing_key import signing_key
from kg.contributing import open_base
from kg.database import open_database
from kg.errors import BadInput, DatabaseUnavailable
from kg.settings import read_settings


def test_it_is_made_in_the_data_folder_at_first_use(tmp_path: Path) -> None:
    database = open_database(read_settings({"GAPBRIDGE_DATA": str(tmp_path / "base")}))
    assert (tmp_path / "base" / "people.sqlite").stat().st_mode & 0o777 == 0o600
    assert "alembic_version" in inspect(database.engine).get_table_names()
    database.close()


def test_to_open_it_again_changes_nothing(tmp_path: Path) -> None:
    settings = read_settings({"GAPBRIDGE_DATA": str(tmp_path)})
    for _ in range(2):
        database = open_database(settings)
        with database.changing() as session:
            assert len(session.execute(text("select * from alembic_version")).all()) == 1
        database.close()


def test_work_that_fails_leaves_nothing(tmp_path: Path) -> None:
    database = open_database(read_settings({"GAPBRIDGE_DATA": str(tmp_path)}))
    with database.changing() as session:
        session.execute(text("create table t (x int)"))

    def broken() -> None:
        with database.changing() as session:
            session.execute(text("insert into t values (1)"))
            raise LookupError

    with pytest.raises(LookupError):
        broken()
    with database.changing() as session:
        assert not session.execute(text("select * from t")).all()
    database.close()


@pytest.mark.parametrize("address", ["nonsense", "mysql+nothing://x/y"])
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(BadInput, match="GAPBRIDGE_DATABASE"):
        open_database(read_settings({"GAPBRIDGE_DATABASE": address}))


def test_a_database_that_does_not_answer_is_told() -> None:
    address = f"postgresql://nobody@127.0.0.1:{free_port()}/none"
    with pytest.raises(DatabaseUnavailable, match="does not answer"):
        open_database(read_settings({"GAPBRIDGE_DATABASE": address}))


def test_reading_does_not_wait_for_a_change(tmp_path: Path) -> None:
    database = open_database(read_settings({"GAPBRIDGE_DATA": str(tmp_path)}))
    with database.changing() as session:
        session.execute(text("create table t (x int)"))
        with database.reading() as other:
            assert not other.execute(text("select name from sqlite_master where name = 't'")).all()
    database.close()


def test_an_account_may_be_made_before_the_base_is(tmp_path: Path) -> None:
    settings = read_settings({"GAPBRIDGE_DATA": str(tmp_path)})
    open_database(settings).close()
    signing_key(settings)
    assert open_base(settings).revision == 1
