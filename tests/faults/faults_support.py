"""Real faults: a disk of a few megabytes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


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
