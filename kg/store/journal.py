"""The journal: one sealed patch a revision, forced to disk before anybody is told it was accepted."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator
from pathlib import Path

from kg.errors import StoreDamaged
from kg.store.patch import LONGEST_SEAL, Patch, decode, encode, seal

_CHUNK = 1 << 20


class Journal:
    """The patches of a store, numbered from 1 without a gap, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def head(self) -> int:
        """The number of the newest patch, 0 for an empty journal.

        Raises:
            StoreDamaged: a patch is missing in between, or something else lies there.
        """
        names = sorted(p.name for p in self.folder.glob("*.rdfp"))
        for number, name in enumerate(names, start=1):
            if name != self.path(number).name:
                raise StoreDamaged(f"The journal in {self.folder} has no entry {number}, but {name}.")
        return len(names)

    def append(self, patch: Patch) -> None:
        """Write a patch and return only when it would survive a power cut."""
        write_durably(self.path(patch.number), encode(patch))

    def read(self, number: int, only: Collection[str] | None = None) -> Patch:
        """The patch that made a revision.

        Args:
            number: the revision.
            only: the subjects that are wanted; all where None.

        Raises:
            StoreDamaged: it is not there or not as it was written.
        """
        path = self.path(number)
        patch = decode(self.text(number), str(path), only)
        if patch.number != number:
            raise StoreDamaged(f"{path} holds revision {patch.number}.")
        return patch

    def text(self, number: int) -> bytes:
        """The patch that made a revision, as it was written.

        Raises:
            StoreDamaged: it is not there.
        """
        try:
            return self.path(number).read_bytes()
        except FileNotFoundError as error:
            raise StoreDamaged(f"The journal has no entry {number} ({self.path(number)}).") from error

    def size(self, number: int) -> int:
        """How many bytes the patch that made a revision takes.

        Raises:
            StoreDamaged: it is not there.
        """
        try:
            return self.path(number).stat().st_size
        except FileNotFoundError as error:
            raise StoreDamaged(f"The journal has no entry {number} ({self.path(number)}).") from error

    def seal(self, number: int) -> str:
        """The checksum that the patch of a revision is sealed with; empty where there is none."""
        try:
            with self.path(number).open("rb") as file:
                file.seek(max(0, self.size(number) - LONGEST_SEAL))
                return seal(file.read())
        except (FileNotFoundError, StoreDamaged):
            return ""

    def sound(self, number: int) -> bool:
        """Whether the patch of a revision is as it was sealed; found out without reading what it says."""
        digest, left = hashlib.sha256(), self.size(number) - LONGEST_SEAL
        with self.path(number).open("rb") as file:
            while left > 0 and (chunk := file.read(min(left, _CHUNK))):
                digest.update(chunk)
                left -= len(chunk)
        return left == 0 and self.seal(number) == digest.hexdigest()

    def since(self, number: int) -> Iterator[Patch]:
        """The patches after a revision, oldest first."""
        for later in range(number + 1, self.head + 1):
            yield self.read(later)

    def path(self, number: int) -> Path:
        """The file of one patch."""
        return self.folder / f"{number:08}.rdfp"


def write_durably(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Put a file in place whole or not at all, and on disk before returning; `mode` is who may do what with it."""
    make_folder(path.parent)
    draft = path.with_name(f".{path.name}.tmp")
    draft.unlink(missing_ok=True)  # one left by a crash would keep its own mode
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder whose own name, too, would survive a power cut."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync(folder.parent)


def sync(path: Path) -> None:
    """Force a file, or a folder's entries (new, renamed, removed names), to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
