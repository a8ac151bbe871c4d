"""Where the dumps of the revisions stand that are still kept, and how they come to be: by a process of their own."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kg.cataloguing.files import DumpFile
from kg.cataloguing.making import FILES, PAGES, STATISTICS
from kg.cataloguing.statistics import Statistics, read_statistics
from kg.errors import ServerBusy
from kg.store import Home
from kg.store.apart import start_apart

WAIT_SECONDS, WAITING = 15.0, 8
"""How long somebody who asks is kept waiting, and how many at once."""
_LOOK_SECONDS, _RETRY_SECONDS = 0.05, 20.0
_ROOT = Path(__file__).parent.parent.parent


class Shelf:
    """The dumps and numbers of each revision that is kept; safe to ask from several threads.

    Args:
        home: where the base lies; the dumps stand beside its snapshots, or in a folder of this process where nothing
            can be written there.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock, self._waiting = threading.Lock(), threading.BoundedSemaphore(WAITING)
        self._maker: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._making = (0, 0.0)
        self._own: tempfile.TemporaryDirectory[str] | None = None

    def statistics(self, revision: int) -> Statistics:
        """A revision in numbers.

        Raises:
            NotFound, NoLongerKept: there is no such revision.
            ServerBusy: they are still being counted.
        """
        return read_statistics(self._made(revision, STATISTICS).read_text(encoding="utf-8"))

    def pages(self, revision: int) -> list[Path]:
        """The files that list the paths of all things with a page.

        Raises:
            NotFound, NoLongerKept, ServerBusy: as above.
        """
        folder = self._made(revision, STATISTICS).parent
        return sorted(folder.glob(PAGES.format("*")), key=lambda path: int(path.stem.partition("-")[2]))

    def files(self, revision: int) -> tuple[DumpFile, ...]:
        """The dumps of a revision; empty until all are made. Does not wait for them, but has them made.

        Raises:
            NotFound, NoLongerKept: there is no such revision.
        """
        path = self._folder(revision) / FILES
        if not path.exists():
            with contextlib.suppress(ServerBusy):  # they could not be made just now: then there are none
                self._start(revision)
        with contextlib.suppress(FileNotFoundError):
            return tuple(DumpFile(**file) for file in json.loads(path.read_text(encoding="utf-8")))
        return ()

    def file(self, revision: int, name: str) -> Path:
        """A dump, or the list of checksums.

        Raises:
            NotFound, NoLongerKept: there is no such revision.
            ServerBusy: it is still being made.
        """
        return self._made(revision, name)

    def revisions(self) -> list[int]:
        """The revisions there are dumps of, or could be, newest first."""
        newest = self._home.snapshots.newest()
        return [revision for revision in self._home.snapshots.revisions() if revision <= newest]

    def close(self) -> None:
        """End the process that makes dumps, if there is one."""
        atexit.unregister(self.close)
        with self._lock:
            self._end()
            if self._own is not None:
                self._own.cleanup()

    def _made(self, revision: int, name: str) -> Path:
        path = self._folder(revision) / name
        if path.exists():
            return path
        with self._turn():
            end = time.monotonic() + WAIT_SECONDS
            while time.monotonic() < end:
                self._start(revision)
                if path.exists():
                    return path
                time.sleep(_LOOK_SECONDS)
        raise ServerBusy("This file is being made. Please try again in a while.")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._waiting.acquire(blocking=False):
            raise ServerBusy("Too many are waiting for files to be made. Please try again in a while.")
        try:
            yield
        finally:
            self._waiting.release()

    def _folder(self, revision: int) -> Path:
        self._home.check_kept(revision)
        return self._place() / self._name(revision)

    def _name(self, revision: int) -> str:
        """What a revision's folder is called: after the revision, and after what else its files depend on."""
        entry = self._home.journal.path(revision).stat()
        made_of = f"{_program()} {entry.st_size} {entry.st_mtime_ns}"
        return f"{revision:08}-{hashlib.sha256(made_of.encode()).hexdigest()[:12]}"

    def _place(self) -> Path:
        beside = self._home.folder / "dumps"
        if self._own is None and not os.access(beside if beside.exists() else beside.parent, os.W_OK):
            self._own = tempfile.TemporaryDirectory(prefix="gapbridge-dumps-")
        return Path(self._own.name) if self._own else beside

    def _start(self, revision: int) -> None:
        """Have a revision's files made, unless some are being made, or could not be just now."""
        with self._lock:
            tried, at = self._making
            if self._maker is not None and self._maker.poll() is None and tried >= revision:
                return  # one process at a time; one that works on an older revision gives way below
            failed = self._maker is not None and self._maker.returncode != 0 and tried == revision
            if failed and time.monotonic() < at + _RETRY_SECONDS:
                raise ServerBusy(f"The files of revision {revision} could not be made. Please try again later.")
            folder = self._folder(revision)
            if (folder / FILES).exists():
                return
            self._end()
            self._drop_old()
            folder.mkdir(parents=True, exist_ok=True)
            self._making = (revision, time.monotonic())
            atexit.register(self.close)
            self._channel, far = socket.socketpair()
            with far:
                self._maker = _process(far, self._home, revision, folder)

    def _end(self) -> None:
        """Close the socket, by which the process ends."""
        if self._channel is not None:
            self._channel.close()
        if self._maker is not None:
            self._maker.kill()
            self._maker.wait()
        self._channel = self._maker = None

    def _drop_old(self) -> None:
        """Remove the files of revisions that are no longer kept, and of programs before this one."""
        kept = {self._name(revision) for revision in self.revisions()}
        for path in self._place().glob("[0-9]*-*"):
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)


@cache
def _program() -> str:
    """A hash of the code, the queries and the engine that make the files: another program may make others."""
    parts = ("cataloguing/*.py", "queries/rq/*.rq", "store/streaming.py", "nanopublishing.py", "reifying.py")
    paths = (path for part in parts for path in sorted((_ROOT / "kg").glob(part)))
    found = hashlib.sha256(version("pyoxigraph").encode())
    for path in paths:
        found.update(path.read_bytes())
    return found.hexdigest()


def _process(far: socket.socket, home: Home, revision: int, folder: Path) -> subprocess.Popen[bytes]:
    told = json.dumps({"home": str(home.folder), "revision": revision, "folder": str(folder)})
    return start_apart("kg.cataloguing.maker", far, told)
