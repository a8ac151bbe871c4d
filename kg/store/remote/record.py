"""The journal that several machines share, in the relational database: what stands there is accepted.

A revision's number is the table's key, so that no two changes can have the same one, whoever made them. Who writes
holds a lock in the database, on the connection by which the change is entered: whoever loses it can enter nothing.
"""

from __future__ import annotations

import secrets
import time
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from kg.database import Database
from kg.errors import Conflict, DatabaseUnavailable, StoreHeld
from kg.store.lock import WriterLock
from kg.store.remote.tables import LineRow, PatchRow

_LOCK = 0x6761_7077
_PAUSE = 0.02
_AT_ONCE = 20


class Record:
    """The shared journal.

    Args:
        database: where it stands.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: Connection | None = None

    @property
    def line(self) -> str:
        """The name of the base whose journal this is; given to it with the first look."""
        with self._database.reading() as session:
            found = session.get(LineRow, 1)
        if found is not None:
            return found.name
        try:
            with self._database.changing() as session:
                session.add(LineRow(id=1, name=secrets.token_hex(12)))
        except IntegrityError:
            pass  # another process was first
        return self.line

    @property
    def head(self) -> int:
        """The number of the newest patch, 0 where there is none."""
        with self._database.reading() as session:
            return session.scalar(select(func.max(PatchRow.number))) or 0

    def seal(self, number: int) -> str:
        """The checksum that a patch is sealed with; empty where it is not there."""
        with self._database.reading() as session:
            return session.scalar(select(PatchRow.seal).where(PatchRow.number == number)) or ""

    def since(self, number: int) -> Iterator[tuple[int, bytes]]:
        """The patches after a revision as they were written, oldest first."""
        later = select(PatchRow.number, PatchRow.data).where(PatchRow.number > number).order_by(PatchRow.number)
        while True:
            with self._database.reading() as session:
                rows = session.execute(later.where(PatchRow.number > number).limit(_AT_ONCE)).all()
            for number, data in rows:
                yield number, zlib.decompress(data)
            if len(rows) < _AT_ONCE:
                return

    def add(self, number: int, data: bytes, seal: str) -> None:
        """Enter a patch: with this it is accepted, by all machines.

        Raises:
            Conflict: another one made that revision.
            DatabaseUnavailable: the database does not answer, or the lock was lost; the patch may be entered.
        """
        row = PatchRow(number=number, seal=seal, data=zlib.compress(data))
        try:
            with self._changing() as session:
                session.add(row)
        except IntegrityError as error:
            raise Conflict(number - 1, self.head) from error
        except DatabaseUnavailable as error:
            raise DatabaseUnavailable(f"{error} Whether this change is in will show when it answers again.") from error

    def lock(self) -> SharedLock:
        """The lock of all machines, to be taken by who writes."""
        return SharedLock(self)

    def hold(self, wait: float) -> ExitStack:
        """Take the lock; closing what this gives lets go of it.

        Raises:
            StoreHeld: somebody has it for longer than this.
            DatabaseUnavailable: the database does not answer.
        """
        if self._database.address.startswith("sqlite"):  # then all who write are on this machine
            lock = WriterLock(Path(f"{self._database.engine.url.database}.writing"))
            lock.acquire(wait)
            stack = ExitStack()
            stack.callback(lock.release)
            return stack
        return self._hold_connection(wait)

    def _hold_connection(self, wait: float) -> ExitStack:
        stack, end = ExitStack(), time.monotonic() + wait
        try:
            connection = stack.enter_context(self._database.engine.connect())
            while not connection.scalar(text("select pg_try_advisory_lock(:key)"), {"key": _LOCK}):
                if time.monotonic() >= end:
                    raise StoreHeld("Another machine is writing to the base just now.")
                connection.rollback()
                time.sleep(_PAUSE)  # to wait in the database knows no end of its own
            connection.commit()
        except DBAPIError as error:
            stack.close()
            raise _gone(error) from error
        except BaseException:
            stack.close()
            raise
        self._held = connection
        stack.callback(self._let_go, connection)
        return stack

    def _let_go(self, connection: Connection) -> None:
        """Let go of the lock, or of the connection and the lock with it."""
        self._held = None
        try:
            connection.rollback()
            connection.execute(text("select pg_advisory_unlock(:key)"), {"key": _LOCK})
            connection.commit()
        except DBAPIError:
            connection.invalidate()

    @contextmanager
    def _changing(self) -> Iterator[Session]:
        """A session on the connection that holds the lock, where there is one."""
        if self._held is None:
            with self._database.changing() as session:
                yield session
            return
        try:
            with Session(self._held) as session, session.begin():
                yield session
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise _gone(error) from error


class SharedLock:
    """The lock of all machines, as `WriterLock` is that of one."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._held: ExitStack | None = None

    def acquire(self, wait: float = 0) -> None:
        """Take it.

        Raises:
            StoreHeld: somebody else has it.
            DatabaseUnavailable: the database does not answer.
        """
        self._held = self._record.hold(wait)

    def release(self) -> None:
        """Let go of it."""
        if self._held is not None:
            self._held.close()
            self._held = None


def _gone(error: DBAPIError) -> DatabaseUnavailable:
    return DatabaseUnavailable(f"The database that holds the journal does not answer: {error.orig}")
