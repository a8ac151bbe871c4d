"""Where the answers about a large base are kept, and how they come to be: by a process in the background."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import socket
import subprocess
import tempfile
import threading
import time
from functools import cache
from pathlib import Path

from kg.errors import ServerBusy
from kg.overview.reading import Kept
from kg.store import Home
from kg.store.apart import start_apart

FIRST_SECONDS = 10.0
"""How long somebody waits for the very first answers."""
_LOOK_SECONDS = 0.05
_REST, _LONGEST_REST = 4, 30.0
"""Once answers were made, none are made for so many times as long as that took, up to so many seconds.

So a base that changes all the time is not always at it; what follows answers made whole takes far less than these did.
"""
_STATEMENT_BYTES = 350
"""What a statement takes on disk, where many were loaded in one go (engines.md)."""
_ROOT = Path(__file__).parent.parent.parent
_FOLDER = "overview"


class Keeper:
    """The overview of a base; safe to ask from several threads.

    Args:
        home: where the base lies; the answers stand beside its snapshots, or in a folder of this process where nothing
            can be written there.
        small: up to about this many statements answers are looked up when they are asked for.
    """

    def __init__(self, home: Home, small: int) -> None:
        self._home, self._small = home, small
        self._lock = threading.Lock()
        self._kept: Kept | None = None
        self._maker: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._began, self._rest_until = 0.0, 0.0
        self._sized = (0, False)
        self._own: tempfile.TemporaryDirectory[str] | None = None

    def kept(self, revision: int) -> Kept | None:
        """The answers for a page made from this revision, perhaps those of an older one; None where the base is small.

        Raises:
            ServerBusy: there are no answers yet; they are being made.
        """
        if not self.is_large(revision):
            return None
        end = time.monotonic() + FIRST_SECONDS
        while (found := self._newest(revision)) is None:
            if time.monotonic() > end:
                raise ServerBusy("What this page counts is being counted for the first time. Please try again soon.")
            time.sleep(_LOOK_SECONDS)
        return found

    def close(self) -> None:
        """End the process that makes answers, if there is one."""
        atexit.unregister(self.close)
        with self._lock:
            if self._channel is not None:
                self._channel.close()
            if self._maker is not None:
                self._maker.kill()
                self._maker.wait()
            if self._own is not None:
                self._own.cleanup()

    def path(self, revision: int) -> Path:
        """Where a revision's answers are kept: named after it, and after what else they depend on."""
        entry = self._home.journal.path(revision).stat()
        made_of = f"{_program()} {entry.st_size} {entry.st_mtime_ns}"
        return self._place() / f"{revision:08}-{hashlib.sha256(made_of.encode()).hexdigest()[:12]}.sqlite"

    def is_large(self, revision: int) -> bool:
        """Whether a revision has too many statements to be looked through for a page."""
        if self._sized[0] != revision:
            try:
                size = sum(file.stat().st_size for file in self._home.snapshots.path(revision).iterdir())
            except FileNotFoundError:  # no longer kept, while its reader goes on
                return self._sized[1]
            self._sized = revision, size > self._small * _STATEMENT_BYTES
        return self._sized[1]

    def _newest(self, revision: int) -> Kept | None:
        """The newest answers up to a revision; those of the revision itself are made where they are missing."""
        with self._lock:
            if self._kept is not None and self._kept.revision == revision:
                return self._kept
            for number in self._made(revision):
                path = self.path(number)
                if path.exists():
                    if self._kept is None or self._kept.revision != number:
                        self._kept = Kept(path, number)
                    break
            if self._kept is None or self._kept.revision != revision:
                self._start(revision)
            return self._kept

    def _made(self, revision: int) -> list[int]:
        """The revisions up to this one of which there is a file, of whatever program, the newest first."""
        found = {int(path.name[:8]) for path in self._place().glob("[0-9]*.sqlite")}
        known = (n for n in found if n <= revision and self._home.journal.path(n).exists())
        return sorted(known, reverse=True)

    def _start(self, revision: int) -> None:
        """Have a revision's answers made, unless some are being made or were just now."""
        now = time.monotonic()
        if self._maker is not None and self._maker.poll() is None:
            return
        if self._maker is not None and self._began:  # one has just ended
            self._rest_until, self._began = now + min(_REST * (now - self._began), _LONGEST_REST), 0.0
        if now < self._rest_until:
            return
        self._drop_old()
        atexit.register(self.close)
        if self._channel is not None:
            self._channel.close()
        self._channel, far = socket.socketpair()
        with far:
            self._maker, self._began = start_apart("kg.overview.maker", far, self._task(revision)), now

    def _task(self, revision: int) -> str:
        """What the process is told: what to make, and out of what."""
        told = {"home": str(self._home.folder), "revision": revision, "path": str(self.path(revision))}
        kept = self._kept
        return json.dumps(told | ({"before": str(kept.path), "before_revision": kept.revision} if kept else {}))

    def _drop_old(self) -> None:
        """Remove the answers of older programs, and of all revisions but the one at hand."""
        for path in self._place().glob("[0-9]*"):
            if self._kept is None or path != self.path(self._kept.revision):
                path.unlink(missing_ok=True)

    def _place(self) -> Path:
        beside = self._home.folder / _FOLDER
        if self._own is None and not os.access(beside if beside.exists() else beside.parent, os.W_OK):
            self._own = tempfile.TemporaryDirectory(prefix="gapbridge-overview-")
        return Path(self._own.name) if self._own else beside


@cache
def _program() -> str:
    """A hash of the code and the queries that make the answers: another program may make others."""
    parts = ("overview/*.py", "queries/rq/*.rq", "queries/*.py", "evidence_map.py")
    found = hashlib.sha256()
    for path in (path for part in parts for path in sorted((_ROOT / "kg").glob(part))):
        found.update(path.read_bytes())
    return found.hexdigest()
