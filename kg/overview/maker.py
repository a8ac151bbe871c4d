"""The process that answers all questions about the whole base, so that the pages need not."""

from __future__ import annotations

import fcntl
import json
import signal
import socket
import sys
from pathlib import Path

from kg.overview.making import make
from kg.store import Home, confine

SECONDS, MEGABYTES, FILE_MEGABYTES = 3600, 8192, 1 << 15
"""The most that the whole work may take."""


def _main(channel: socket.socket, home: Home, revision: int, path: Path) -> None:
    """Do the work, and end with whoever holds the other end of the channel."""
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
            make(home.kept(revision), path)


if __name__ == "__main__":
    told = json.loads(sys.argv[2])
    _main(socket.socket(fileno=int(sys.argv[1])), Home(Path(told["home"])), told["revision"], Path(told["path"]))
