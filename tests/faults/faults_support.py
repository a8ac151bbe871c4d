"""Real faults: a disk of a few megabytes, a server of databases that stops and comes back."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from benchmarks.ports import free_port
from tests import database_support as databases


class Disk:
    """A small disk of its own, in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def free(self) -> int:
        """How many bytes can be written."""
        about = os.statvfs(self.folder)
        return about.f_bavail * about.f_frsize

    def fill(self, but: int = 0) -> None:
        """Take all of it but so many bytes."""
        with (self.folder / "ballast").open("wb") as file:
            file.write(b"\0" * max(0, self.free - but))

    def empty(self) -> None:
        """Give back what `fill` took."""
        (self.folder / "ballast").unlink(missing_ok=True)

    def remount(self, how: str) -> None:
        """Make it `ro` or `rw`."""
        held = [os.readlink(handle) for handle in Path("/proc/self/fd").iterdir() if handle.is_symlink()]
        try:
            _mount("-o", f"remount,{how}", str(self.folder))
        except subprocess.CalledProcessError as error:
            here = sorted(name for name in held if name.startswith(str(self.folder)))
            raise AssertionError(f"The system does not let it go while these are open: {here}") from error


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """A disk at a folder, as long as the block; skipped where nobody may mount one."""
    folder.mkdir()
    try:
        _mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder))
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"a disk of a test's own needs the right to mount one: {error}")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True, capture_output=True)


class Postgres:
    """A PostgreSQL server that can be stopped and started again.

    Args:
        folder: where its data lie.
        user: as whom it runs; empty for whoever runs the tests.
    """

    def __init__(self, folder: Path, user: str) -> None:
        self._folder, self._user, self._port = folder, user, free_port()
        self._binaries = databases._binaries()
        words = ("-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync")
        databases._run(user, self._binaries / "initdb", "-D", folder / "data", *words)

    def start(self) -> None:
        options = f"-h 127.0.0.1 -p {self._port} -k '' -F"
        self._control("-w", "-l", self._folder / "log", "-o", options, "start")

    def stop(self) -> None:
        self._control("-m", "immediate", "-w", "stop")

    def new_database(self) -> str:
        """The address of a database that nobody has used."""
        return databases.Server(self._port).new_database()

    def _control(self, *words: object) -> None:
        databases._run(self._user, self._binaries / "pg_ctl", "-D", self._folder / "data", *words)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Such a server, started."""
    user, folder = databases._user(), Path(tempfile.mkdtemp(prefix="gapbridge-pg-"))
    try:
        if user:
            shutil.chown(folder, user, user)
        server = Postgres(folder, user)
        server.start()
        try:
            yield server
        finally:
            with suppress(RuntimeError):  # a test may have stopped it
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
