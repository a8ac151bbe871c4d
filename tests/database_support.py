"""A database of either kind for tests: SQLite in a folder, PostgreSQL on a server of the tests' own.

The server starts with the first test that wants it and ends with the session. It refuses to run as root, so root
starts it as another user.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from benchmarks.ports import free_port
from kg.database import Database

KINDS = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server that trusts whoever asks; it can be stopped, and started again."""

    port: int
    start: Callable[[], None]
    stop: Callable[[], None]
    host: str = "127.0.0.1"

    def new_database(self) -> str:
        """The address of a database that nobody has used."""
        name = f"t{secrets.token_hex(6)}"
        engine = create_engine(self._address("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"create database {name}"))
        engine.dispose()
        return self._address(name)

    def _address(self, name: str) -> str:
        return f"postgresql+psycopg://tester@{self.host}:{self.port}/{name}"


@contextmanager
def postgresql(host: str = "127.0.0.1", within: Sequence[str] = ()) -> Iterator[Server]:
    """A server as long as the `with` block; the test is skipped where there can be none.

    Args:
        host: where it listens.
        within: the words before a command that have it run elsewhere, in a network of its own.
    """
    binaries, user = _binaries(), _user()
    folder = Path(tempfile.mkdtemp(prefix="gapbridge-pg-"))
    data, port = folder / "data", free_port()
    try:
        if user:
            shutil.chown(folder, user, user)
        _run(user, binaries / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync")
        with (data / "pg_hba.conf").open("a") as file:
            file.write(f"host all all {host}/24 trust\n")
        options = f"-h {host} -p {port} -k '' -F"
        control = partial(_run, user, binaries / "pg_ctl", "-D", data, "-w", within=within)
        start, stop = (
            partial(control, "-l", folder / "log", "-o", options, "start"),
            partial(control, "-m", "immediate", "stop"),
        )
        start()
        try:
            yield Server(port, start, stop, host)
        finally:
            stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def empty(database: Database) -> None:
    """Take everything out of a database."""
    names = ", ".join(name for name in inspect(database.engine).get_table_names() if name != "alembic_version")
    with database.changing() as session:
        session.execute(text(f"truncate {names} cascade"))


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[4].zfill(4))
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path))
    if not found:
        pytest.skip("there is no PostgreSQL server on this machine")
    return found[-1].parent


def _user() -> str:
    """As whom it runs; empty for whoever runs the tests."""
    if os.geteuid():
        return ""
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    pytest.skip("PostgreSQL refuses root, and there is no other user")


def _run(user: str, *words: object, within: Sequence[str] = ()) -> None:
    before = ("setpriv", f"--reuid={user}", f"--regid={_group(user)}", "--clear-groups") if user else ()
    command = [*within, *before, *map(str, words)]
    # its output goes to a file: the server that is started would hold a pipe open for ever
    with tempfile.TemporaryFile() as told:
        done = subprocess.run(command, stdout=told, stderr=subprocess.STDOUT, cwd="/", timeout=300, check=False)
        if done.returncode:
            told.seek(0)
            raise RuntimeError(told.read().decode(errors="replace"))


def _group(user: str) -> str:
    return str(pwd.getpwnam(user).pw_gid)
