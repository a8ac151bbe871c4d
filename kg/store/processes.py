"""The reader processes as the web process sees them: a parent for a revision, and the workers it forked."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import threading
import time
from dataclasses import asdict

from kg.errors import (
    GapbridgeError,
    QueryProblem,
    QueryTooLong,
    ResultTooLarge,
    ServerBusy,
    StoreDamaged,
    WrongForm,
)
from kg.settings import Settings
from kg.store import wire
from kg.store.apart import start_apart
from kg.store.home import Home
from kg.store.question import Answer, Question
from kg.store.turns import Turn, Turns
from kg.store.worker import Task

QUICK_SECONDS = 0.25
"""A query that runs longer stands back behind all others from then on."""
START_SECONDS = 120.0
"""So long a parent may take to load its revision."""
_LOOK_SECONDS = 0.05
_LOWEST = 19
_ERRORS: dict[str, type[GapbridgeError]] = {
    kind.__name__: kind for kind in (QueryProblem, QueryTooLong, ResultTooLarge, StoreDamaged, WrongForm)
}


class Worker:
    """One reader process, seen from the web process."""

    def __init__(self, parent: Parent) -> None:
        self.parent = parent
        self._channel, far = socket.socketpair()
        wire.set_patience(self._channel, QUICK_SECONDS)
        with far:
            self.process, self.revision = parent.request({}, far.fileno())
        self.fit, self._ended = True, False

    def ask(self, question: Question, turn: Turn, turns: Turns, seconds: float) -> Answer:
        """Have a question answered; afterwards `fit` says whether this worker can be asked again.

        Raises:
            QueryProblem, QueryTooLong, ResultTooLarge, WrongForm, ServerBusy: as the words say.
        """
        fit, self.fit = self.fit, False
        end = time.monotonic() + seconds
        try:
            wire.send(self._channel, vars(question))
            message = wire.receive_soon(self._channel)
            if message is None:
                fit = False
                with contextlib.suppress(OSError):  # it may just have ended
                    os.setpriority(os.PRIO_PROCESS, self.process, _LOWEST)
                self._wait_behind(turn, turns, end)
                message = wire.receive(self._channel)
        except TimeoutError:
            raise _too_long(seconds) from None
        except wire.Closed:
            raise self._fate(seconds) from None
        self.fit = fit and not message.head["tired"]
        return self._answer(message)

    def end(self, dead: bool = False) -> int:
        """End the process, once; where it is dead already, gives the signal that it died from, or 0."""
        if self._ended:
            return 0
        self.hang_up()
        try:
            return self.parent.request({"end": self.process, "dead": dead})[0]
        except wire.Closed:
            return 0

    def hang_up(self) -> None:
        """Let the process go by itself."""
        self._ended = True
        self._channel.close()

    def _wait_behind(self, turn: Turn, turns: Turns, end: float) -> None:
        """Wait for an answer that takes its time, ready to give way."""
        while not turn.stopped:
            if not turn.slow:
                turns.slow_down(turn)
            left = end - time.monotonic()
            if wire.readable(self._channel, min(left, _LOOK_SECONDS)):
                return
            if left <= 0:
                raise TimeoutError
        raise ServerBusy("This query was stopped: too many long ones are running just now. Please try again later.")

    def _answer(self, message: wire.Message) -> Answer:
        head = message.head
        if "error" in head:
            raise _ERRORS[head["error"]](head["message"])
        file = os.fdopen(message.files[0], "rb", buffering=0) if message.files else None
        if file is not None:
            file.seek(0)
        return Answer(self.revision, head["kind"], head["form"], head["size"], message.body, file)

    def _fate(self, seconds: float) -> GapbridgeError:
        """Why the process died, as an error for whoever asked."""
        died_from = self.end(dead=True)
        if died_from == signal.SIGALRM:
            return _too_long(seconds)
        if died_from == signal.SIGABRT:
            return QueryTooLong("This query needs more memory than it may have, and was stopped.")
        if died_from == signal.SIGSEGV:
            return QueryProblem("This query is nested or chained too far to be read.")
        return ServerBusy("The process that read this query was ended. Please try again.")


class Parent:
    """The parent process, at one revision, with its idle workers, seen from the web process."""

    def __init__(self, home: Home, revision: int, settings: Settings) -> None:
        self.revision, self._home = revision, home
        self._idle: list[Worker] = []
        self._lock, self._talking = threading.Lock(), threading.Lock()
        self._busy, self._closing, self.lost = 0, False, False
        task = Task(
            folder=str(home.snapshots.path(revision)),
            revision=revision,
            journal=str(home.journal.folder),
            memory_limit=settings.memory_limit_quads,
            seconds=settings.query_seconds,
            megabytes=settings.query_megabytes,
            result_megabytes=settings.query_result_megabytes,
        )
        self._control, far = socket.socketpair()
        try:
            with far:
                self._process = _start(far, task)
        except OSError:
            self._control.close()
            raise
        self._wait_until_loaded()

    def take(self) -> Worker:
        """An idle worker, or a new one.

        Raises:
            Closed: the parent process is gone.
        """
        with self._lock:
            if self._closing:
                raise wire.Closed
            self._busy += 1
            worker = self._idle.pop() if self._idle else None
        try:
            return worker or Worker(self)
        except BaseException:
            self._done()
            raise

    def give_back(self, worker: Worker) -> None:
        """Keep a worker for the next question, or end it where it is not fit for one."""
        with self._lock:
            fit = worker.fit and worker.revision == self.revision
            if fit:
                self._idle.append(worker)
        if not fit:
            worker.end()
        self._done()

    def move(self, revision: int) -> bool:
        """Have the workers that are forked from now on answer of a newer revision; those at hand answer to the end.

        Returns:
            Whether that was possible; where not, all is as before.
        """
        try:
            folder = str(self._home.snapshots.path(revision))
            if not self.request({"folder": folder, "revision": revision})[0]:
                return False
        except wire.Closed:
            return False
        with self._lock:
            self.revision, idle = revision, self._idle
            self._idle = [worker for worker in idle if worker.revision == revision]
        for worker in idle:
            if worker.revision != revision:
                worker.end()
        return True

    def request(self, head: dict[str, object], file: int | None = None) -> tuple[int, int]:
        """Ask the process for something; gives its answer, and the revision it is at.

        Raises:
            Closed: it is gone.
        """
        with self._talking:
            try:
                wire.send(self._control, head, files=[] if file is None else [file])
                answer = wire.receive(self._control).head
                return int(answer["value"]), int(answer["revision"])
            except wire.Closed:
                self.lost = True
                raise

    def is_alive(self) -> bool:
        """Whether the process is still there; remembers where it is not."""
        self.lost = self.lost or self._process.poll() is not None
        return not self.lost

    def drain(self) -> None:
        """Take no more questions, and end as soon as those at hand are answered."""
        with self._lock:
            self._closing = True
            busy = self._busy
        if not busy:
            self._end()

    def _done(self) -> None:
        with self._lock:
            self._busy -= 1
            last = self._closing and not self._busy
        if last:
            self._end()

    def _end(self) -> None:
        """Close the socket, by which the process ends, and its workers with it."""
        with self._talking:
            self._control.close()
        for worker in self._idle:
            worker.hang_up()
        self._idle.clear()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _wait_until_loaded(self) -> None:
        try:
            if not wire.readable(self._control, START_SECONDS):
                raise StoreDamaged(f"Revision {self.revision} took too long to load.")
            said = wire.receive(self._control).head
            if "error" in said:
                raise StoreDamaged(str(said["error"]))
        except wire.Closed:
            self._end()
            raise StoreDamaged(f"The process that loads revision {self.revision} ended by itself.") from None
        except StoreDamaged:
            self._process.kill()
            self._end()
            raise


def _too_long(seconds: float) -> QueryTooLong:
    return QueryTooLong(f"This query ran for {seconds:g} seconds, the most it may, and was stopped.")


def _start(far: socket.socket, task: Task) -> subprocess.Popen[bytes]:
    return start_apart("kg.store.worker", far, json.dumps(asdict(task)))
