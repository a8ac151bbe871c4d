"""Letting contributions into the base: each once and whole, whenever the process that does it is killed.

All of it happens under the writer's lock. First the desk notes that contributions are going in, under a mark; then the
revision is made, which carries that mark; then the desk notes the revision. So whoever holds the lock and finds a mark
knows that somebody broke off there, and learns from the base on which side of the revision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kg.contributing import home, writer
from kg.contributions.changing import change_for, fitted, fitted_together, refuse_overtaken
from kg.contributions.line import BUSY, Line
from kg.contributions.model import ACCEPTED, Contribution, Person
from kg.contributions.needing import refuse_needing
from kg.contributions.records import LONGEST_TEXT, contribution_of, kept, note, reviewable, stop
from kg.contributions.tables import ContributionRow, EventRow
from kg.database import Database, now
from kg.errors import (
    AcceptedUnseen,
    BadInput,
    Conflict,
    DoesNotConform,
    NotWritten,
    OutOfTurn,
    Overtaken,
    ServerBusy,
    StoreHeld,
)
from kg.queries import revision_of_contribution
from kg.settings import Settings
from kg.store import Reader, Warm, Writer

WAIT_SECONDS = 50
"""So long a contribution waits for others that are written, or longer while the line moves on (`Line`)."""
_REFUSALS = (BadInput, Conflict, DoesNotConform, NotWritten, OutOfTurn, Overtaken)
"""What refuses a change, and leaves nothing of it."""
_BEGUN = "accepting"

Choose = Callable[[Session], list[ContributionRow]]
"""Finds the rows that go in together, or says why they may not."""


class Acceptance:
    """Lets contributions into the base, one revision after the other; safe to use from several threads.

    Args:
        database: where they are kept.
        settings: where the base lies.
        warm: what holds the base in memory between two of them.
    """

    def __init__(self, database: Database, settings: Settings, warm: Warm) -> None:
        self._database, self._settings, self._warm = database, settings, warm
        self._line = Line()

    def accept(
        self, id: str, who: Person, version: int, text: str = "", beside: Mapping[str, int] | None = None
    ) -> Contribution:
        """Let a contribution in; `Desk.accept` says what can go wrong.

        Args:
            id: the contribution.
            who: who accepts it.
            version: the one they have read.
            text: what they say to it.
            beside: others that go in with it, each with the version that was read.
        """
        wanted = {**(beside or {}), id: version}

        def choose(session: Session) -> list[ContributionRow]:
            return [acceptable(session, one, who, read) for one, read in wanted.items()]

        self.accept_all(choose, id, who, text)
        with self._database.reading() as session:
            return contribution_of(kept(session, id))

    def accept_all(self, choose: Choose, mark: str, who: Person, text: str = "", message: str = "") -> int:
        """Let some contributions in by one revision; gives its number.

        Args:
            choose: which they are; asked before anybody waits, and again when it is their turn.
            mark: what the revision carries, by which it is found again.
            who: who accepts them.
            text: what they say to it.
            message: what the revision does, where that is not the contribution's title.
        """
        with self._database.reading() as session:
            choose(session)
        with self._writing() as open_writer:
            self._set_right(open_writer.reader)
            contributions = self._begin(choose, mark, who, text)
            try:
                revision = self._commit(open_writer, contributions, who, message)
            except _REFUSALS as error:
                self._end(mark, 0, "could not be accepted", str(error))
                raise
            except AcceptedUnseen as error:
                self._end(mark, error.revision, "accepted")
                raise
            self._end(mark, revision, "accepted")
            return revision

    def settle(self) -> None:
        """Set right what broke off, where there is something and nobody is at it just now."""
        if not self._marks():
            return
        try:
            with writer(self._settings, warm=self._warm) as open_writer:
                self._set_right(open_writer.reader)
        except StoreHeld:
            pass  # it is going in at this moment

    @contextmanager
    def _writing(self) -> Iterator[Writer]:
        with self._line.turn(WAIT_SECONDS):
            try:
                with writer(self._settings, WAIT_SECONDS, self._warm) as open_writer:
                    yield open_writer
            except StoreHeld as error:
                raise _busy() from error

    def _begin(self, choose: Choose, mark: str, who: Person, text: str) -> list[Contribution]:
        with self._database.changing() as session:
            rows = choose(session)
            for row in rows:
                row.accepting = mark
                note(session, row, _BEGUN, who, text)
            return [contribution_of(row) for row in rows]

    def _commit(self, open_writer: Writer, contributions: Sequence[Contribution], who: Person, message: str) -> int:
        reader, journal, at = open_writer.reader, home(self._settings).journal, datetime.now(UTC)
        contributions = [fitted(contribution, reader) for contribution in contributions]
        for contribution in contributions:
            refuse_overtaken(contribution, reader, journal)
        with self._database.reading() as session:
            refuse_needing(session, contributions, reader)
        changes = [change_for(contribution, who, reader, at) for contribution in contributions]
        return open_writer.commit(fitted_together(changes, reader, message))

    def _set_right(self, reader: Reader) -> None:
        """Bring to its end what somebody broke off in; only whoever holds the writer's lock may do this."""
        for mark in self._marks():
            revision = next((row.number for row in revision_of_contribution(reader, mark)), 0)
            self._end(mark, revision, "accepted" if revision else "broke off")

    def _marks(self) -> list[str]:
        with self._database.reading() as session:
            marked = select(ContributionRow.accepting).where(ContributionRow.accepting != "")
            return list(session.scalars(marked.distinct()))

    def _end(self, mark: str, revision: int, what: str, reason: str = "") -> None:
        with self._database.changing() as session:
            going = select(ContributionRow).where(ContributionRow.accepting == mark).with_for_update()
            for row in session.scalars(going).all():
                _end(session, row, revision, what, reason)


def acceptable(session: Session, id: str, who: Person, version: int | None) -> ContributionRow:
    """A row that somebody may let in.

    Raises:
        NotFound, EditedMeanwhile, NotAllowed, OutOfTurn: as in `reviewable`; or a reviewer disputes it.
    """
    row = reviewable(session, id, who, version)
    stop(row.contested, "A reviewer disputes this: it stays open until that is settled.")
    return row


def _end(session: Session, row: ContributionRow, revision: int, what: str, reason: str) -> None:
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
    return ServerBusy(BUSY)
