"""The process that counts a revision and writes its dumps, so that the pages need not."""

from __future__ import annotations

import json
import signal
import socket
import sys
from pathlib import Path

from kg.cataloguing.making import fill
from kg.store import Home, confine

SECONDS, MEGABYTES, FILE_MEGABYTES = 3600, 2048, 1 << 18
"""The most that the whole work may take."""


def _main(channel: socket.socket, home: Home, revision: int, folder: Path) -> None:
    """Do the work, and end with whoever holds the other end of the channel."""
    confine.die_with_peer(channel, True)
    confine.leave_network()
    confine.limit(MEGABYTES, FILE_MEGABYTES)
    signal.alarm(SECONDS)
    fill(home, revision, folder)


if __name__ == "__main__":
    told = json.loads(sys.argv[2])
    _main(socket.socket(fileno=int(sys.argv[1])), Home(Path(told["home"])), told["revision"], Path(told["folder"]))
