"""Whose query runs next: fair between clients, bounded, and never held up by those that run long.

Half of the places are for the first moments of a query. One that runs longer moves to the other half; when that is
full and somebody else waits, the longest-running query of whoever holds most of it is stopped. So a place for
something new comes free soon, whatever is asked. A client gets at most half of what the others leave (the dynamic
threshold of Choudhury and Hahne, 1998), of places and of the queue, so there is always something left for the next
one. Of those who wait, whoever used the least time lately is served first, in rotation where they are even.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import ServerBusy

_HALF_LIFE = 30.0
_LITTLE = 0.01


class Turn:
    """One query's turn; `stopped` when it has to give way.

    Args:
        client: whose it is.
    """

    __slots__ = ("_gate", "client", "has_place", "since", "slow", "stopped")

    def __init__(self, client: str) -> None:
        self.client = client
        self.has_place = self.slow = self.stopped = False
        self.since = 0.0
        self._gate: threading.Lock | None = None

    def grant(self) -> None:
        """Give it its place."""
        self.has_place = True
        if self._gate is not None:
            self._gate.release()

    def queue(self) -> None:
        """Make it ready to be waited for: most turns are given at once and need nothing to wait by."""
        self._gate = threading.Lock()
        self._gate.acquire()

    def wait(self, seconds: float) -> bool:
        """Whether it has its place within this time."""
        return self.has_place or (self._gate is not None and self._gate.acquire(timeout=seconds))


class Turns:
    """Hands out turns; safe to use from several threads.

    Args:
        places: how many queries run at once.
        waiting: how many may wait.
    """

    def __init__(self, places: int, waiting: int) -> None:
        self._quick = max(1, places - places // 2)
        self._slow = max(1, places // 2)
        self._waiting = waiting
        self._lock = threading.Lock()
        self._running: Counter[str] = Counter()
        self._queues: OrderedDict[str, deque[Turn]] = OrderedDict()
        self._long: list[Turn] = []
        self._used: dict[str, float] = {}
        self._faded = time.monotonic()

    @contextmanager
    def turn(self, client: str, seconds: float) -> Iterator[Turn]:
        """Wait for a turn, and have it.

        Raises:
            ServerBusy: too many wait already, or none came within this time.
        """
        turn = Turn(client)
        with self._lock:
            self._enter(turn)
        try:
            if not turn.wait(seconds):
                self._give_up(turn)
            yield turn
        finally:
            with self._lock:
                self._leave(turn)

    def slow_down(self, turn: Turn) -> None:
        """Move a turn to the places for long ones, where that helps anybody; may stop another to make room."""
        with self._lock:
            if len(self._long) >= self._slow and not self._made_room():
                return
            turn.slow = True
            self._long.append(turn)
            self._running[turn.client] -= 1
            self._count(turn)
            self._grant()

    def _enter(self, turn: Turn) -> None:
        own = len(self._queues.get(turn.client, ()))
        if not own and self._has_place(turn.client):
            self._start(turn)
        elif own < _share(self._waiting - sum(map(len, self._queues.values())) + own):
            turn.queue()
            self._queues.setdefault(turn.client, deque()).append(turn)
        else:
            raise _busy()

    def _give_up(self, turn: Turn) -> None:
        with self._lock:
            if turn.has_place:  # in the very moment
                return
            queue = self._queues[turn.client]
            queue.remove(turn)
            if not queue:
                del self._queues[turn.client]
        raise _busy()

    def _leave(self, turn: Turn) -> None:
        if not turn.has_place:
            return
        if turn.slow:
            self._long = [other for other in self._long if other is not turn]
        else:
            self._running[turn.client] -= 1
        if not self._running[turn.client]:
            del self._running[turn.client]  # forgets clients that have nothing
        self._count(turn)
        self._grant()

    def _grant(self) -> None:
        """Start what may start."""
        while self._queues and (able := [client for client in self._queues if self._has_place(client)]):
            client = min(able, key=lambda c: self._used.get(c, 0.0))  # the first of several
            queue = self._queues[client]
            self._start(queue.popleft())
            self._queues.move_to_end(client)
            if not queue:
                del self._queues[client]

    def _start(self, turn: Turn) -> None:
        self._running[turn.client] += 1
        turn.since = time.monotonic()
        turn.grant()

    def _count(self, turn: Turn) -> None:
        """Add to what a client used, of which half is forgotten every now and then."""
        now = time.monotonic()
        while now - self._faded > _HALF_LIFE:
            self._faded += _HALF_LIFE
            self._used = {client: used / 2 for client, used in self._used.items() if used > _LITTLE}
        if used := round(now - turn.since, 1):
            self._used[turn.client] = self._used.get(turn.client, 0.0) + used
        turn.since = now

    def _has_place(self, client: str) -> bool:
        own, free = self._running[client], self._quick - self._running.total()
        return free > 0 and own < _share(free + own)

    def _made_room(self) -> bool:
        held = Counter(turn.client for turn in self._long)
        greediest = max(held.values())
        oldest = next(turn for turn in self._long if held[turn.client] == greediest)
        if not any(client != oldest.client for client in self._queues):
            return False
        self._long = [turn for turn in self._long if turn is not oldest]
        oldest.stopped = True
        return True


def _share(room: int) -> int:
    return (room + 1) // 2


def _busy() -> ServerBusy:
    return ServerBusy("Too many queries are waiting to be answered just now. Please try again in a few seconds.")
