"""The database of accounts and drafts in a backup: copied as it is at one moment, while others write in it.

SQLite by its online backup (sqlite.org/backup.html), PostgreSQL by its own pg_dump and pg_restore.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, create_engine, inspect, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from kg.database import Database
from kg.database.opening import FILE as FILE
from kg.errors import BadInput, DatabaseUnavailable, StoreDamaged
from kg.settings import Settings

DUMP = "people.pgdump"
NONE, SQLITE, POSTGRESQL = "none", "sqlite", "postgresql"
_WAIT_SECONDS = 30


def kind(settings: Settings) -> str:
    """What kind of database these settings name."""
    return SQLITE if not settings.database or settings.database.startswith("sqlite") else POSTGRESQL


def file_of(settings: Settings) -> Path:
    """Where the SQLite file lies that these settings name."""
    named = _url(settings).database if settings.database else ""
    return Path(named) if named else settings.data / FILE


def address(settings: Settings) -> str:
    """The address of the PostgreSQL server that these settings name, as SQLAlchemy wants it."""
    return _url(settings).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def save(settings: Settings, folder: Path) -> str:
    """Save the database into a folder; gives its kind, or `none` where nobody has made it yet.

    Raises:
        DatabaseUnavailable: it does not answer, or PostgreSQL's own tools are not there or fail.
        StoreDamaged: it is not in order.
    """
    if kind(settings) == POSTGRESQL:
        _run("pg_dump", _url(settings), "--format=custom", f"--file={folder / DUMP}")
        (folder / DUMP).chmod(0o600)
        return POSTGRESQL
    source = file_of(settings)
    if not source.exists() or not source.stat().st_size:
        return NONE
    _copy_sqlite(source, folder / FILE)
    return SQLITE


def content(path: Path) -> str:
    """A hash of all that a SQLite file holds, however it is laid out.

    Raises:
        DatabaseUnavailable: it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=_WAIT_SECONDS)) as connection:
            for line in connection.iterdump():
                digest.update(line.encode())
    except sqlite3.Error as error:
        raise DatabaseUnavailable(f"{path} cannot be read: {error}.") from error
    return digest.hexdigest()


def check_empty(settings: Settings) -> None:
    """Make sure that there are no people yet where they are to be brought back.

    Raises:
        BadInput: there are.
        DatabaseUnavailable: the database does not answer.
    """
    if kind(settings) == SQLITE:
        taken = settings.database and file_of(settings).exists() and file_of(settings).stat().st_size
    else:
        taken = _has_tables(settings)
    if taken:
        raise BadInput(
            "The database that GAPBRIDGE_DATABASE names is not empty. Nothing was changed; name an empty one."
        )


def bring_back(settings: Settings, folder: Path) -> Database:
    """Put the saved database of a folder in place, and open it in its newest form.

    Raises:
        DatabaseUnavailable: it does not answer, or PostgreSQL's own tools are not there or fail.
    """
    if kind(settings) == POSTGRESQL:
        words = ("--exit-on-error", "--single-transaction", "--no-privileges")
        _run("pg_restore", _url(settings), *words, str(folder / DUMP))
        database = Database(address(settings))
    else:
        target = file_of(settings) if settings.database else folder / FILE
        if target != folder / FILE:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.touch(mode=0o600)  # for its owner alone before anything of people stands in it
            target.chmod(0o600)
            shutil.copyfile(folder / FILE, target)
            (folder / FILE).unlink()
        database = Database(f"sqlite:///{target}")
    database.upgrade()
    return database


def _copy_sqlite(source: Path, target: Path) -> None:
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=_WAIT_SECONDS)) as read,
            closing(sqlite3.connect(target)) as written,
        ):
            read.backup(written)
            written.execute("PRAGMA journal_mode = DELETE")  # one file, which can be read where nothing can be written
            told = [row[0] for row in written.execute("PRAGMA integrity_check")]
    except sqlite3.Error as error:
        raise DatabaseUnavailable(f"{source} cannot be copied: {error}.") from error
    if told != ["ok"]:
        raise StoreDamaged(f"{source} is not in order: {told[0]}. Nothing was saved.")


def _url(settings: Settings) -> URL:
    try:
        url = make_url(settings.database)
        return url.set(password=settings.database_password) if settings.database_password else url
    except ArgumentError as error:
        raise BadInput("GAPBRIDGE_DATABASE must be the address of a PostgreSQL or SQLite database.") from error


def _has_tables(settings: Settings) -> bool:
    engine = create_engine(address(settings))
    try:
        return bool(inspect(engine).get_table_names())
    except OperationalError as error:
        raise DatabaseUnavailable(f"The database of accounts and drafts does not answer: {error.orig}") from error
    finally:
        engine.dispose()


def _run(tool: str, url: URL, *words: str) -> None:
    """Have PostgreSQL's own tool do something; the password goes where other users of the machine cannot see it."""
    if not shutil.which(tool):
        raise DatabaseUnavailable(
            f"Accounts and drafts stand in PostgreSQL, and its program {tool} is not here: install PostgreSQL's "
            "client programs, or leave these out with --without-people and save them by yourself."
        )
    address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environ = {**os.environ, "PGPASSWORD": url.password} if url.password else None
    command = [tool, "--no-owner", "--no-password", f"--dbname={address}", *words]
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs, no shell
        command, env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise DatabaseUnavailable(f"{tool} failed: {done.stderr.strip()[-500:]}")
