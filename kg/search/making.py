"""The index of a large base, made by a process of its own, so that whoever serves goes on serving meanwhile."""

from __future__ import annotations

import atexit
import logging
import socket
import subprocess
import threading
import time

from kg.store import Home
from kg.store.apart import start_apart

_log = logging.getLogger("gapbridge.search")


class Making:
    """Has an index made, by one process at a time; to be asked by one thread at a time.

    Args:
        home: the store's folder.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._maker: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether a process is at it."""
        return self._maker is not None and self._maker.poll() is None

    @property
    def has_failed(self) -> bool:
        """Whether the last one ended before its index was there: it cannot be written, say."""
        return self._maker is not None and bool(self._maker.poll())

    def begin(self, revision: int) -> None:
        """Have the index made; the log says when that begins and ends."""
        _log.info("Making the search index; pages wait for it", extra={"revision": revision})
        atexit.register(self.close)
        self._channel, far = socket.socketpair()
        with far:
            self._maker = start_apart("kg.search.maker", far, str(self._home.folder), str(revision))
        threading.Thread(target=_tell, args=(self._maker, revision), name="search index", daemon=True).start()

    def close(self) -> None:
        """End the process, if there is one."""
        atexit.unregister(self.close)
        if self._channel is not None:
            self._channel.close()
        if self._maker is not None:
            self._maker.kill()
            self._maker.wait()


def _tell(maker: subprocess.Popen[bytes], revision: int) -> None:
    begun = time.monotonic()
    code = maker.wait()
    told = {"revision": revision, "seconds": round(time.monotonic() - begun, 1)}
    if code:
        _log.warning("The search index could not be made and kept", extra={**told, "exit_code": code})
    else:
        _log.info("The search index is made", extra=told)
