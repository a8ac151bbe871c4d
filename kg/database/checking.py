"""Looking through the database as it lies there: nothing is made, moved or mended."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from kg.database.opening import form_of, forms
from kg.errors import DatabaseUnavailable

_WAIT_SECONDS = 5
_MOST_TOLD = 5


@dataclass(frozen=True)
class Condition:
    """How a database stands.

    Attributes:
        form: the last migration that was made in it; empty where none was.
        newest: the last one that this program knows.
        wrong: what is not in order.
    """

    form: str
    newest: str
    wrong: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether this program knows the form: a newer program may have moved it on."""
        return not self.form or self.form in forms()


def examine_file(path: Path, *, still: bool = False) -> Condition:
    """Look through a SQLite file: its own check, and whether what refers to something finds it.

    Args:
        path: the file.
        still: whether nobody writes in it, as in a backup.

    Raises:
        DatabaseUnavailable: it cannot be read.
    """
    mode = "immutable=1" if still else "mode=ro"
    try:
        with closing(sqlite3.connect(f"file:{path}?{mode}", uri=True, timeout=_WAIT_SECONDS)) as connection:
            wrong = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            dangling = connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST_TOLD)
            wrong += [
                f"a row of {table} refers to a row of {parent} that is not there" for table, _, parent, _ in dangling
            ]
            return Condition(_form(connection), forms()[-1], tuple(wrong[:_MOST_TOLD]))
    except sqlite3.Error as error:
        raise DatabaseUnavailable(f"{path} cannot be read: {error}.") from error


def examine_server(address: str) -> Condition:
    """Look whether a PostgreSQL server answers and which form it has; it keeps what refers to what by itself.

    Raises:
        DatabaseUnavailable: it does not answer.
    """
    engine = create_engine(address, connect_args={"connect_timeout": _WAIT_SECONDS})
    try:
        with engine.connect() as connection:
            return Condition(form_of(connection), forms()[-1])
    except OperationalError as error:
        raise DatabaseUnavailable(f"The database of accounts and drafts does not answer: {error.orig}") from error
    finally:
        engine.dispose()


def _form(connection: sqlite3.Connection) -> str:
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone() if there else None
    return str(found[0]) if found else ""
