"""Letting contributions into the base: each once and whole, whenever the process that does it is killed.

All of it happens under the writer's lock. First the desk notes that this contribution is going in, then the revision is
made, which carries the contribution's number, then the desk notes the revision. So whoever holds the lock and finds a
contribution going in knows that somebody broke off there, and learns from the base on which side of the revision.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kg.contributing import home, writer
from kg.contributions.changing import change_for, fitted, refuse_overtaken
from kg.contributions.model import ACCEPTED, Contribution, Person
from kg.contributions.records import LONGEST_TEXT, contribution_of, fresh, note, refuse, reviewable
from kg.contributions.tables import ContributionRow, EventRow
from kg.database import Database, now
from kg.errors import BadInput, Conflict, DoesNotConform, Overtaken, ServerBusy, StoreHeld
from kg.queries import revision_of_contribution
from kg.settings import Settings
from kg.store import Reader, Writer

WAIT_SECONDS = 30
"""So long a contribution waits for others that are written."""
_REFUSALS = (BadInput, Conflict, DoesNotConform, Overtaken)
"""What refuses a change before anything of it is written."""
_BEGUN = "accepting"


class Acceptance:
    """Lets contributions into the base, one after the other; safe to use from several threads.

    Args:
        database: where they are kept.
        settings: where the base lies.
    """

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database, self._settings = database, settings
        self._turn = threading.Lock()

    def accept(self, id: str, who: Person, version: int, text: str = "") -> Contribution:
        """Let a contribution in; `Desk.accept` says what can go wrong."""
        self._check(id, who, version)  # before anybody is made to wait
        with self._writing() as open_writer:
            self._set_right(open_writer.reader)
            contribution = self._begin(id, who, version, text)
            try:
                revision = self._commit(open_writer, contribution, who)
            except _REFUSALS as error:
                self._break_off(id, str(error))
                raise
            return self._finish(id, revision)

    def settle(self) -> None:
        """Set right what broke off, where there is something and nobody is at it just now."""
        if not self._unfinished():
            return
        try:
            with writer(self._settings) as open_writer:
                self._set_right(open_writer.reader)
        except StoreHeld:
            pass  # it is going in at this moment

    @contextmanager
    def _writing(self) -> Iterator[Writer]:
        if not self._turn.acquire(timeout=WAIT_SECONDS):
            raise _busy()
        try:
            with writer(self._settings, WAIT_SECONDS) as open_writer:
                yield open_writer
        except StoreHeld as error:
            raise _busy() from error
        finally:
            self._turn.release()

    def _check(self, id: str, who: Person, version: int) -> None:
        with self._database.reading() as session:
            row = reviewable(session, id, who, version)
            refuse(row.contested, "Another reviewer disputes this: it stays open until that is settled.")

    def _begin(self, id: str, who: Person, version: int, text: str) -> Contribution:
        with self._database.changing() as session:
            row = reviewable(session, id, who, version)
            refuse(row.contested, "Another reviewer disputes this: it stays open until that is settled.")
            row.accepting = row.id
            note(session, row, _BEGUN, who, text)
            return contribution_of(row)

    def _commit(self, open_writer: Writer, contribution: Contribution, who: Person) -> int:
        reader = open_writer.reader
        contribution = fitted(contribution, reader)
        refuse_overtaken(contribution, reader, home(self._settings).journal)
        return open_writer.commit(change_for(contribution, who, reader, datetime.now(UTC)))

    def _finish(self, id: str, revision: int) -> Contribution:
        with self._database.changing() as session:
            row = fresh(session, id)
            _end(session, row, revision, "accepted")
            return contribution_of(row)

    def _break_off(self, id: str, reason: str) -> None:
        with self._database.changing() as session:
            _end(session, fresh(session, id), 0, "could not be accepted", reason)

    def _set_right(self, reader: Reader) -> None:
        """Bring to its end what somebody broke off in; only whoever holds the writer's lock may do this."""
        for id in self._unfinished():
            revision = next((row.number for row in revision_of_contribution(reader, id)), 0)
            with self._database.changing() as session:
                _end(session, fresh(session, id), revision, "accepted" if revision else "broke off")

    def _unfinished(self) -> list[str]:
        with self._database.reading() as session:
            return list(session.scalars(select(ContributionRow.id).where(ContributionRow.accepting != "")))


def _end(session: Session, row: ContributionRow, revision: int, what: str, reason: str = "") -> None:
    """Note how the acceptance that was begun last has ended."""
    row.accepting, row.changed = "", now()
    if revision:
        row.state, row.revision = ACCEPTED, revision
        row.version += 1
    begun = select(EventRow).where(EventRow.contribution_id == row.id, EventRow.what == _BEGUN)
    for event in session.scalars(begun):
        event.what, event.version, event.at = what, row.version, row.changed
        event.text = reason[:LONGEST_TEXT] or event.text


def _busy() -> ServerBusy:
    return ServerBusy("Others are changing the evidence base just now. Nothing was changed; please try again.")
