"""What strangers ask, answered by the server: under our guard and limits, and at the revision that the pages show.

The server answers where it stands at that revision before and after; where it does not, or does not answer at all, this
machine's own readers do (`kg.store.pool`). So an answer is always of one revision, and nobody waits for a dead server.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from contextlib import closing
from typing import IO, cast

from kg.errors import EngineProblem, EngineTooSlow, QueryTooLong
from kg.settings import Settings
from kg.store.home import Home
from kg.store.pool import Pool
from kg.store.question import Answer, Question
from kg.store.remote.opening import sharing
from kg.store.remote.reader import RemoteReader
from kg.store.spool import Spool
from kg.store.turns import Turns

_log = logging.getLogger("gapbridge.sharing")
AWAY_SECONDS = 5.0
"""So long a server is left alone that did not answer."""


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
        self._reader: RemoteReader | None = None
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
        """The server's answer; None where it does not stand at this revision."""
        keeper = sharing(self._limits).keeper
        with self._requests.turn(client, self._limits.query_seconds):
            if keeper.head().revision != wanted:
                return None
            with closing(Spool(self._limits.query_result_megabytes << 20)) as spool:
                kind, form = self._of(wanted).write(question, cast(IO[bytes], spool))
                answer = _answer(wanted, kind, form, spool)
            self._told = False
            return answer if keeper.head().revision == wanted else None

    def _of(self, revision: int) -> RemoteReader:
        """A reader for a revision, which knows which graphs there are in it."""
        with self._guarded:
            if self._reader is None or self._reader.revision != revision:
                megabytes, seconds = self._limits.query_result_megabytes, self._limits.query_seconds
                client = sharing(self._limits).client
                self._reader = RemoteReader(client, revision, megabytes=megabytes, seconds=seconds)
            return self._reader

    def _leave(self, error: EngineProblem) -> None:
        """Leave the server alone for a while, and say so once."""
        self._away_until = time.monotonic() + AWAY_SECONDS
        if not self._told:
            _log.warning("Queries are answered from this machine's copy: %s", str(error))
        self._told = True


def _answer(revision: int, kind: str, form: str, spool: Spool) -> Answer:
    if not spool.files:
        return Answer(revision, kind, form, spool.size, spool.body)
    file = os.fdopen(os.dup(spool.files[0]), "rb")
    file.seek(0)
    return Answer(revision, kind, form, spool.size, b"", file)
