"""The process that answers all questions about the whole base, or those that changes touch, so that pages need not."""

from __future__ import annotations

import fcntl
import json
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from kg.overview.making import make, update
from kg.store import Home, confine

SECONDS, MEGABYTES, FILE_MEGABYTES = 3600, 8192, 1 << 15
"""The most that the whole work may take."""
_MOST_BYTES = 4 << 20
"""Larger changes are not read to see what they touch: `update` would find them too large."""


@dataclass(frozen=True)
class Task:
    """What is to be made.

    Attributes:
        home: the base's folder.
        revision: of which revision the answers are to be.
        path: where they are to lie.
        before: those of an older revision; empty where there are none.
        before_revision: that revision.
    """

    home: str
    revision: int
    path: str
    before: str = ""
    before_revision: int = 0


def _main(channel: socket.socket, task: Task) -> None:
    """Do the work, and end with whoever holds the other end of the channel."""
    path = Path(task.path)
    confine.die_with_peer(channel, True)
    confine.leave_network()
    confine.limit(MEGABYTES, FILE_MEGABYTES)
    signal.alarm(SECONDS)
    path.parent.mkdir(parents=True, exist_ok=True)
    with (path.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another serving process may have the same made
        for left in path.parent.glob(".*.part"):  # of a process that was ended, perhaps of a program before this one
            left.unlink()
        if not path.exists():
            _make(task, path)


def _make(task: Task, path: Path) -> None:
    home = Home(Path(task.home))
    engine, before = home.kept(task.revision), Path(task.before)
    since = range(task.before_revision + 1, task.revision + 1)
    is_small = before.is_file() and sum(map(home.journal.size, since)) <= _MOST_BYTES
    if not (is_small and update(engine, [home.journal.read(number) for number in since], before, path)):
        make(engine, path)


if __name__ == "__main__":
    _main(socket.socket(fileno=int(sys.argv[1])), Task(**json.loads(sys.argv[2])))
