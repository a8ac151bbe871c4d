"""What strangers ask, answered by the server: under our guard and limits, and at the revision that the pages show.

The server answers where it stands at that revision before and after; where it does not, or does not answer at all, this
machine's own readers do (`kg.store.pool`). So an answer is always of one revision, and nobody waits for a dead server.
"""

from __future__ import annotations

import itertools
import logging
import os
import threading
import time
from contextlib import closing
from typing import IO, cast

from kg.errors import EngineProblem, EngineTooSlow, EngineUnreachable, QueryTooLong
from kg.settings import Settings
from kg.store.home import Home
from kg.store.pool import Pool
from kg.store.question import Answer, Question
from kg.store.remote.opening import sharing
from kg.store.remote.reader import RemoteReader
from kg.store.remote.replicas import AWAY_SECONDS, Sharing
from kg.store.spool import Spool
from kg.store.turns import Turns

_log = logging.getLogger("gapbridge.sharing")
HEAD_SECONDS = 2.0
"""So long a visitor waits for a server to say where it stands; after that this machine's copy answers."""


class RemotePool(Pool):
    """Answers questions out of a server; safe to use from several threads.

    Args:
        home: the folder of this machine's copy.
        settings: the server, and the limits.
    """

    def __init__(self, home: Home, settings: Settings) -> None:
        super().__init__(home, settings)
        self._limits = settings
        self._requests = Turns(2 * settings.query_processes, settings.query_waiting)  # none here is a long one
        self._guarded = threading.Lock()
        self._readers: dict[int, RemoteReader] = {}
        self._count = itertools.count()
        self._away_until, self._told = 0.0, False

    def answer(self, question: Question, client: str, revision: int | None = None) -> Answer:
        """The answer to a question, whole.

        Raises:
            GapbridgeError: as for `Pool`.
        """
        if not question.whole and time.monotonic() > self._away_until:
            wanted = revision or self.revision
            try:
                found = self._asked(question, client, wanted)
            except EngineTooSlow as error:
                most = self._limits.query_seconds
                raise QueryTooLong(f"This query ran for {most} seconds, the most it may, and was given up.") from error
            except EngineProblem as error:
                self._leave(error)
                found = None
            if found is not None:
                return found
        return super().answer(question, client, revision)

    def _asked(self, question: Question, client: str, wanted: int) -> Answer | None:
        """The answer of a replica; None where none stands at this revision."""
        shared = sharing(self._limits)
        places = self._in_turn(shared.present())
        with self._requests.turn(client, self._limits.query_seconds):
            for place in places:
                try:
                    if _stands_at(shared, place) == wanted:
                        return self._of_replica(shared, place, question, wanted)
                except EngineTooSlow:
                    raise
                except EngineProblem as error:
                    shared.leave(place, error)
                    if place == places[-1]:
                        raise
        return None

    def _in_turn(self, places: list[int]) -> list[int]:
        """The replicas, each time another one in front."""
        first = next(self._count) % len(places)
        return places[first:] + places[:first]

    def _of_replica(self, shared: Sharing, place: int, question: Question, wanted: int) -> Answer | None:
        """The answer of this replica; None where it moved on meanwhile."""
        with closing(Spool(self._limits.query_result_megabytes << 20)) as spool:
            kind, form = self._of(shared, place, wanted).write(question, cast(IO[bytes], spool))
            answer = _answer(wanted, kind, form, spool)
        self._told = False
        return answer if _stands_at(shared, place) == wanted else None

    def _of(self, shared: Sharing, place: int, revision: int) -> RemoteReader:
        """A reader for a revision, which knows which graphs there are in it."""
        with self._guarded:
            reader = self._readers.get(place)
            if reader is None or reader.revision != revision:
                megabytes, seconds = self._limits.query_result_megabytes, self._limits.query_seconds
                reader = RemoteReader(shared.clients[place], revision, megabytes=megabytes, seconds=seconds)
                self._readers[place] = reader
            return reader

    def _leave(self, error: EngineProblem) -> None:
        """Leave the server alone for a while, and say so once."""
        self._away_until = time.monotonic() + AWAY_SECONDS
        if not self._told:
            _log.warning("Queries are answered from this machine's copy: %s", str(error))
        self._told = True


def _stands_at(shared: Sharing, place: int) -> int:
    """The revision that a replica stands at.

    Raises:
        EngineProblem: it does not tell; that it takes too long for this is no fault of a query.
    """
    try:
        return shared.keepers[place].head(HEAD_SECONDS).revision
    except EngineTooSlow as error:
        raise EngineUnreachable(str(error)) from error


def _answer(revision: int, kind: str, form: str, spool: Spool) -> Answer:
    if not spool.files:
        return Answer(revision, kind, form, spool.size, spool.body)
    file = os.fdopen(os.dup(spool.files[0]), "rb")
    file.seek(0)
    return Answer(revision, kind, form, spool.size, b"", file)
