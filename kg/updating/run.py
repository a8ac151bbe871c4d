"""Having a change made by a process that can be killed, one at a time."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO, Any

from kg.errors import QueryTooLong, ServerBusy, Violation
from kg.settings import Settings
from kg.store import Home, wire
from kg.store.apart import start_apart
from kg.store.failures import heard
from kg.store.trial import Proposal

COMMIT_SECONDS = 120
"""So long it may take to derive, check and record a change, beyond the time in which it must be found."""
MOST_WAITING, WAIT_SECONDS = 4, 30
"""So many changes are taken at once, and so long each waits for those before it."""


@dataclass(frozen=True)
class Outcome:
    """What became of a proposal.

    Attributes:
        base: the revision it was made against.
        revision: the one that it made; the same where nothing differs, or where it was only tried.
        added, removed: how many statements people write went in and out.
        lines: the first of these, as N-Quads, `+ ` or `- ` before each.
        violations: why it would be refused, where it was only tried.
    """

    base: int
    revision: int
    added: int
    removed: int
    lines: tuple[str, ...] = ()
    violations: tuple[Violation, ...] = ()

    def __str__(self) -> str:
        if not self.added and not self.removed and self.revision == self.base:
            return f"Nothing differs: the base stays at revision {self.base}."
        return f"Revision {self.revision}: {self.added} statements in, {self.removed} out."


class Updates:
    """Makes changes, one after the other; safe to use from several threads.

    Args:
        settings: where the base lies, and the limits.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._turn = threading.Lock()
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)

    def make(
        self,
        proposal: Proposal,
        data: IO[bytes],
        *,
        agent: str,
        person: str = "",
        message: str,
        base: int | None = None,
        dry_run: bool = False,
    ) -> Outcome:
        """Make a change: all of it, checked, recorded and published, or nothing.

        Args:
            proposal: what is wanted.
            data: an open file with the update's text or the graph's content.
            agent: address of who answers for it.
            person: their name, where they have an account and the base may not know them yet.
            message: what it does, in a line.
            base: the revision it must be made against; any where none is given.
            dry_run: only try it.

        Raises:
            QueryProblem, SyntaxProblem: the text is wrong, or asks for what may not be asked.
            QueryTooLong, ServerBusy: a limit was reached, or others are at it.
            Conflict: the base has moved on.
            DoesNotConform: the base would not be in order after it.
            StoreHeld, StoreMissing, StoreTooNew, StoreDamaged: as the words say.
        """
        job: dict[str, object] = {
            "settings": {**asdict(self._settings.without_secrets), "data": str(self._settings.data)},
            "proposal": asdict(proposal),
            "agent": agent,
            "person": person,
            "message": message,
            "base": base,
            "dry_run": dry_run,
        }
        with self._alone():
            return self._have_done(job, data)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One at a time; the others wait for a while."""
        if not self._waiting.acquire(blocking=False):
            raise ServerBusy("Too many changes are waiting to be made. Nothing was changed; please try again later.")
        try:
            if not self._turn.acquire(timeout=WAIT_SECONDS):
                raise ServerBusy("Another change is being made. Nothing was changed; please try again.")
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._waiting.release()

    def _have_done(self, job: dict[str, object], data: IO[bytes]) -> Outcome:
        near, far = socket.socketpair()
        with near, far:
            process = start_apart("kg.updating.process", far)
            far.close()
            try:
                wire.send(near, job, files=[data.fileno()])
                wire.send(near, _secrets(self._settings))
                if not wire.readable(near, self._settings.query_seconds + COMMIT_SECONDS):
                    raise self._stopped("took too long and was stopped")
                message = wire.receive(near)
            except wire.Closed:
                raise self._stopped("broke off") from None
            finally:
                process.kill()
                process.wait()
        if "error" in message.head:
            raise heard(message.head)
        return _outcome(message.head)

    def _stopped(self, how: str) -> QueryTooLong:
        newest = Home(self._settings.data).journal.head
        return QueryTooLong(f"This change {how}. It is whole in the base or not at all: see revision {newest}.")


def _secrets(settings: Settings) -> dict[str, Any]:
    """What it takes to write to a base on a SPARQL server; read when what a stranger wrote has ended."""
    if settings.engine is None:
        return {}
    database = {"database": settings.database, "database_password": settings.database_password}
    return {**database, "engine": asdict(settings.engine)}


def _outcome(values: dict[str, Any]) -> Outcome:
    wrong = tuple(Violation(**violation) for violation in values.get("violations", ()))
    return Outcome(**{**values, "lines": tuple(values["lines"]), "violations": wrong})
