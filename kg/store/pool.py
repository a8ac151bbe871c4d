"""The pool of killable readers: every query that a stranger wrote is answered by a process that can be done without.

There is one quiet parent process (`kg.store.worker`), which forks the workers and moves on from one published revision
to the next; where it cannot, another takes its place. The web process never forks, parses no stranger's query and opens
no store for one. When it ends, in whatever way, its sockets close: the parent ends by that, and the kernel ends the
workers with their parent.
"""

from __future__ import annotations

import atexit
import threading
import time
from datetime import UTC, datetime

from kg.errors import GapbridgeError, ReadersMissing, ReadersStarting, StoreDamaged
from kg.settings import Settings
from kg.store import wire
from kg.store.home import Home
from kg.store.processes import START_SECONDS, Parent, Worker
from kg.store.question import Answer, Question
from kg.store.turns import Turns

FRESH_SECONDS = 2.0
"""So long a question waits for readers of a revision that was just published; then the ones before it answer."""
_RETRY_SECONDS = 5.0
_LOOK_SECONDS = 0.001
"""How often it is looked for a new revision: less than it takes to publish one, so whoever did sees it."""


class Pool:
    """Answers questions out of the newest published revision; safe to use from several threads.

    Processes start with the first question; they must belong to the process that serves, so do not fork after that.

    Args:
        home: the store's folder; something must be published there when the first question comes.
        settings: the limits.
    """

    def __init__(self, home: Home, settings: Settings) -> None:
        self._home, self._settings = home, settings
        self._snapshots = home.snapshots
        self._newest, self._looked_at = 0, 0.0
        self._turns = Turns(settings.query_processes, settings.query_waiting)
        self._changed = threading.Condition()
        self._parent: Parent | None = None
        self._starting = False
        self._problem: GapbridgeError | None = None
        self._started_at = self._retry_at = 0.0
        self._closed = False
        atexit.register(self.close)

    def answer(self, question: Question, client: str, revision: int | None = None) -> Answer:
        """The answer to a question, whole.

        Args:
            question: what is asked.
            client: who asks; clients are treated fairly.
            revision: the newest one, where the caller has just looked.

        Raises:
            QueryProblem: the query is wrong, refused, or broke the process that read it.
            QueryTooLong, ResultTooLarge, WrongForm: a limit was reached, or the form does not fit.
            ServerBusy: too many are waiting.
            StoreMissing, StoreDamaged: there is nothing to read.
        """
        seconds = float(self._settings.query_seconds)
        with self._turns.turn(client, seconds) as turn:
            parent, worker = self._worker(revision)
            try:
                return worker.ask(question, turn, self._turns, seconds)
            finally:
                parent.give_back(worker)

    @property
    def revision(self) -> int:
        """The revision that would be answered from now.

        Raises:
            StoreMissing, StoreDamaged: there is nothing to read.
        """
        return self._current().revision

    def changed_at(self, revision: int) -> datetime:
        """When a revision was accepted: its entry in the journal is never written again."""
        return datetime.fromtimestamp(int(self._home.journal.path(revision).stat().st_mtime), UTC)

    def check(self) -> None:
        """Make sure that a question could be answered now. Waits for nothing; begins to start readers that are missing.

        Raises:
            ReadersStarting, StoreMissing, StoreDamaged: they are being started, or cannot be.
        """
        parent = self._parent
        if parent is not None and parent.is_alive():
            return
        with self._changed:
            self._begin(time.monotonic())
            raise self._problem or ReadersStarting("The readers of the base are being started. Please try again.")

    def close(self) -> None:
        """End all processes."""
        atexit.unregister(self.close)
        with self._changed:
            self._closed = True
            parent, self._parent = self._parent, None
        if parent is not None:
            parent.drain()

    def _worker(self, revision: int | None) -> tuple[Parent, Worker]:
        for _ in range(3):
            parent = self._current(revision)
            try:
                return parent, parent.take()
            except wire.Closed:  # just drained, or its process was ended by somebody else
                revision = None
        raise ReadersStarting("The processes that answer queries are being started. Please try again.")

    def _current(self, revision: int | None = None) -> Parent:
        """The readers of the newest revision; those before it while they take too long to start."""
        parent, newest, now = self._parent, revision or self._looked(), time.monotonic()
        if parent is not None and parent.revision == newest and not parent.lost:
            return parent
        with self._changed:
            self._begin(now)
            usable = self._parent is not None and not self._parent.lost
            patience = FRESH_SECONDS if usable else START_SECONDS
            self._changed.wait_for(lambda: not self._starting, self._started_at + patience - now)
            if self._parent is None or self._parent.lost:
                raise self._problem or ReadersStarting("The readers of the base are being started. Please try again.")
            return self._parent

    def _begin(self, now: float) -> None:
        """Begin to start readers, where nobody does."""
        if not self._starting and not self._closed and now >= self._retry_at:
            self._starting, self._started_at = True, now
            threading.Thread(target=self._replace, name="readers", daemon=True).start()

    def _looked(self) -> int:
        """The newest revision, as it was at most a moment ago."""
        now = time.monotonic()
        if now > self._looked_at + _LOOK_SECONDS:
            self._newest, self._looked_at = self._snapshots.newest(), now
        return self._newest

    def _replace(self) -> None:
        """Have readers of the newest revision: those that are there move on, or others take their place."""
        fresh, problem = None, None
        try:
            fresh = None if self._moved_on() else self._started()
        except GapbridgeError as error:
            problem = error
        except OSError as error:
            problem = ReadersMissing(f"The readers of the base cannot be started: {error}.")
        with self._changed:
            old = self._parent
            gone = fresh if self._closed else old if fresh else None
            if fresh is not None and not self._closed:
                self._parent = fresh
            self._problem = problem
            self._retry_at = time.monotonic() + _RETRY_SECONDS if problem else 0.0
            self._starting = False
            self._changed.notify_all()
        if gone is not None:
            gone.drain()

    def _moved_on(self) -> bool:
        parent = self._parent
        return parent is not None and not parent.lost and parent.move(self._snapshots.newest())

    def _started(self) -> Parent:
        """Readers of the newest revision; tried again where it was overtaken and cleared away meanwhile."""
        revision = self._snapshots.newest()
        while True:
            try:
                return Parent(self._home, revision, self._settings)
            except StoreDamaged:
                newest = self._snapshots.newest()
                if newest == revision:
                    raise
                revision = newest
