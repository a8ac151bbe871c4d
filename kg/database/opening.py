"""Opening the database, and bringing it to the newest form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DataError, NoSuchModuleError, OperationalError
from sqlalchemy.orm import Session

from kg.errors import BadInput, DatabaseUnavailable, OnlyReplica
from kg.settings import REPLICA, Settings

FILE = "people.sqlite"
MIGRATIONS = Path(__file__).parent / "migrations"
_READS = "gapbridge_reads"
_SILENCE = {
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 4,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}
_SILENCE_THERE = (
    "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; "
    "set tcp_user_timeout = '25s'"
)
"""After what silence either side takes a connection to PostgreSQL as cut: 10 seconds here, 25 there.

By itself, who waits for a cut-off server waits for a quarter of an hour, and what a cut-off machine has locked stays
locked for two hours. Source: PostgreSQL's manual, 32.1.2 (libpq) and 19.3.2 (TCP settings).
"""
_UPGRADE_LOCK = 0x6761_7062
_WAIT_SECONDS = 20
"""How long a change waits for another one on SQLite, which takes one at a time."""


class Database:
    """A database at an address.

    Args:
        address: an address as SQLAlchemy reads it, with PostgreSQL's or SQLite's scheme.
        password_list: a file of passwords that nobody whose account stands in it may choose.
    """

    def __init__(self, address: str, password_list: Path | None = None) -> None:
        self.address, self.password_list = address, password_list

    @cached_property
    def engine(self) -> Engine:
        """The connections; none is open before somebody asks."""
        if self.address.startswith("sqlite"):
            engine = create_engine(self.address, connect_args={"timeout": _WAIT_SECONDS}, hide_parameters=True)
            event.listen(engine, "connect", _on_connect)
            event.listen(engine, "begin", _on_begin)
            return engine
        engine = create_engine(
            self.address,
            pool_pre_ping=True,
            hide_parameters=True,  # errors are logged, and what they would tell is people's
            isolation_level="READ COMMITTED",
            connect_args={name: value for name, value in _SILENCE.items() if name not in make_url(self.address).query},
        )
        event.listen(engine, "connect", _on_server)
        return engine

    @contextmanager
    def changing(self) -> Iterator[Session]:
        """A session whose work is kept when all went well, and undone otherwise.

        Raises:
            DatabaseUnavailable: it does not answer.
        """
        with _told(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads, and so never waits for a change.

        Raises:
            DatabaseUnavailable: it does not answer.
        """
        engine = self.engine.execution_options(**{_READS: True})
        with _told(), Session(engine, expire_on_commit=False) as session:
            yield session

    def upgrade(self) -> None:
        """Bring the tables to the newest form; nothing happens where they have it."""
        with _told(), self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":  # several processes may come at once; SQLite has them wait
                connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
            if not _is_newest(connection):
                _migrate(connection)

    def prepare(self) -> None:
        """Make the tables in an empty database; one that has the form of an earlier program is not moved in silence.

        Raises:
            DatabaseUnavailable: it does not answer, or has the form of an earlier or a newer program.
        """
        with _told(), self.engine.begin() as connection:
            if _is_newest(connection):
                return
            form = form_of(connection)
        if form:
            raise DatabaseUnavailable(_of_another_program(form))
        self.upgrade()

    def check(self) -> None:
        """Make sure that it answers and that its tables have the newest form; a few short questions.

        Raises:
            DatabaseUnavailable: it does not, or they have not.
        """
        with _told(), self.engine.execution_options(**{_READS: True}).connect() as connection:
            if not _is_newest(connection):
                raise DatabaseUnavailable("The tables of accounts and drafts have another form than this program's.")

    def close(self) -> None:
        """Let the connections go."""
        self.engine.dispose()


def open_database(settings: Settings) -> Database:
    """The database these settings name, with its tables made where it is empty.

    Raises:
        BadInput: the address is none.
        DatabaseUnavailable: it does not answer, or has the form of another program.
    """
    database = Database(_address(settings), settings.password_list)
    try:
        database.prepare()
    except (ArgumentError, NoSuchModuleError) as error:
        raise BadInput("GAPBRIDGE_DATABASE must be the address of a PostgreSQL or SQLite database.") from error
    return database


def _is_newest(connection: Connection) -> bool:
    """Whether the last migration was made here; found out without the machinery, which takes its time to load."""
    return form_of(connection) == forms()[-1]


def form_of(connection: Connection) -> str:
    """The last migration that was made in a database; empty where none was."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(text("select version_num from alembic_version")) or "")


def forms() -> list[str]:
    """The migrations this program knows, oldest first."""
    return sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _of_another_program(form: str) -> str:
    what = (
        f"The database of accounts and drafts has the form {form}; this program's is {forms()[-1]}. Nothing was done."
    )
    if form in forms():
        return f"{what} gapbridge migrate moves it on, after a backup."
    return f"{what} Install the newer gapbridge that made it."


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _address(settings: Settings) -> str:
    if not settings.database:
        _refuse_replica(settings.data / REPLICA)
        _make(settings.data / FILE)
        return f"sqlite:///{settings.data / FILE}"
    try:
        url = make_url(settings.database)
    except ArgumentError as error:
        raise BadInput("GAPBRIDGE_DATABASE must be the address of a PostgreSQL or SQLite database.") from error
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    if settings.database_password:
        url = url.set(password=settings.database_password)
    return url.render_as_string(hide_password=False)


def _refuse_replica(mark: Path) -> None:
    """Refuse to begin a second database beside a copy: who signs up there would be unknown to the base itself.

    Raises:
        OnlyReplica: there is such a mark.
    """
    if mark.exists():
        raise OnlyReplica(str(json.loads(mark.read_text(encoding="utf-8"))["of"]))


def _make(path: Path) -> None:
    """Make the file where it is not there, for the owner alone: it holds mail addresses and hashes of passwords."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
    except OSError as error:
        raise DatabaseUnavailable(f"The database of accounts and drafts cannot be made: {error}.") from error


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise DatabaseUnavailable(f"The database of accounts and drafts does not answer: {error.orig}") from error
    except DataError as error:  # PostgreSQL takes no NUL, for one; what it says may hold what somebody typed
        raise BadInput("This holds a character or a number that cannot be kept. Nothing was changed.") from error


def _on_connect(connection: Any, _: Any) -> None:
    """SQLite as a server needs it: readers never wait, what refers to something must find it."""
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, not where the driver guesses
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _on_server(connection: Any, _record: Any) -> None:
    """Have a server notice that this machine is gone; by a statement, since poolers refuse such options."""
    with connection.cursor() as cursor:
        cursor.execute(_SILENCE_THERE)
    connection.commit()


def _on_begin(connection: Any) -> None:
    """Take the write lock at once: a session that reads first and writes later would be refused, not made to wait."""
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get(_READS) else "BEGIN IMMEDIATE")
