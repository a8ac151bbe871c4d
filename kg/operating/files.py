"""Files of a backup: their checksums, and copying that ends on the disk or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO

from kg.errors import StoreDamaged
from kg.store.journal import sync, write_durably

LIST = "checksums.json"
_CHUNK = 1 << 20


def sha256(path: Path) -> str:
    """The checksum of a file; empty where there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sum_of(file: IO[bytes]) -> str:
    """The checksum of an open file, from its beginning."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def copy(source: IO[bytes], target: Path) -> None:
    """Copy an open file with its mode and time: who reads it again is given what the disk holds, not what memory does.

    The time of a journal entry tells when it was accepted.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    source.seek(0)
    about = os.fstat(source.fileno())
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, about.st_mode & 0o777)
    with open(handle, "wb") as file:
        shutil.copyfileobj(source, file, _CHUNK)
        file.flush()
        os.utime(handle, ns=(about.st_atime_ns, about.st_mtime_ns))
        os.fsync(handle)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def link(source: Path, target: Path) -> bool:
    """Give a file a second name; False where the disk knows no such thing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        return False
    return True


def write_list(folder: Path, sums: Mapping[str, str]) -> None:
    """Write down the checksum of each file of a folder, by its name."""
    write_durably(folder / LIST, json.dumps(sums, indent=1, sort_keys=True).encode() + b"\n")


def read_list(folder: Path) -> dict[str, str]:
    """The checksums that were written down.

    Raises:
        StoreDamaged: the list is not as it was written.
    """
    try:
        found = json.loads((folder / LIST).read_text(encoding="utf-8"))
        return {name: str(found[name]) for name in map(str, dict(found))}
    except (OSError, ValueError, TypeError) as error:
        raise StoreDamaged(f"The list of checksums in {folder} is not as it was saved.") from error


def differing(folder: Path, sums: Mapping[str, str], read: dict[int, str]) -> Iterator[str]:
    """Those of these files that are not as their checksum says.

    Args:
        folder: where they lie.
        sums: their checksums by name.
        read: those of files that were read before, by their number on the folder's disk; added to.
    """
    for name, wanted in sums.items():
        path = folder / name
        number = path.stat().st_ino if path.exists() else 0
        if number not in read:
            read[number] = sha256(path)
        if read[number] != wanted:
            yield name


def put_in_place(draft: Path, folder: Path, fresh: Collection[Path] | None = None) -> None:
    """Force all of a folder to disk, and only then give it its name.

    Args:
        draft, folder: the folder, and its name.
        fresh: the files in it that are not on disk yet; all where None.
    """
    for path in [draft, *draft.rglob("*")]:
        if fresh is None or path in fresh or path.is_dir():
            sync(path)
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
    sync(folder.parent)
