"""One writer at a time, held by the operating system, so that a dead writer never locks anybody out."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from kg.errors import StoreHeld
from kg.store.journal import make_folder

_PAUSE = 0.01


class WriterLock:
    """An exclusive lock on a store's folder; its file names the holder for those who are refused."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: TextIO | None = None

    def acquire(self, wait: float = 0) -> None:
        """Take the lock.

        Args:
            wait: so many seconds it may take until others let go of it.

        Raises:
            StoreHeld: another one has it; the message names which.
        """
        make_folder(self.path.parent)
        file = self.path.open("a+", encoding="utf-8")
        until = time.monotonic() + wait
        while not _taken(file):
            if time.monotonic() >= until:
                file.close()
                raise StoreHeld(f"Another process is writing to {self.path.parent}: {holder(self.path)}.")
            time.sleep(_PAUSE)  # the operating system knows no lock that is waited for with an end
        try:
            file.seek(0)
            file.truncate()
            json.dump(_me(), file)
            file.flush()
        except OSError:  # the disk is full; an open file would keep the lock until it is collected
            with suppress(OSError):
                file.close()
            raise
        self._file = file

    def release(self) -> None:
        """Let go of the lock."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _taken(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def holder(path: Path) -> str:
    """Who wrote their name into a lock file, in words."""
    try:
        who = json.loads(path.read_text(encoding="utf-8"))
        return f"process {who['process']} on {who['machine']} (“{who['command']}”), since {who['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "it has not said who it is"


def _me() -> dict[str, object]:
    return {
        "process": os.getpid(),
        "machine": socket.gethostname(),
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200],
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
