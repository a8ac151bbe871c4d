"""The process that makes the index of a large base, beside the server that waits for it."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from kg.search.kept import Searches
from kg.store import Home, confine


def _main(channel: socket.socket, home: Home, revision: int) -> None:
    """Do the work, and end with whoever holds the other end of the channel.

    Raises:
        OSError, ValueError: it cannot be written.
    """
    confine.die_with_peer(channel, True)
    confine.leave_network()
    Searches(home).make(home.kept(revision))


if __name__ == "__main__":
    _main(socket.socket(fileno=int(sys.argv[1])), Home(Path(sys.argv[2])), int(sys.argv[3]))
