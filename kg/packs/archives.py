"""The files of a pack, from a folder or an archive, read into memory within limits: nothing is unpacked to disk.

What an archive says of itself is never believed: bytes are counted as they come out. Refused whole are names that lead
elsewhere, links, devices, encrypted and foreign files, and archives that grow beyond measure.
Source: CWE-22 (path traversal), CWE-409 (decompression bombs), CWE-59 (links).
"""

from __future__ import annotations

import gzip
import io
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, cast

from kg.errors import BadInput

MEGABYTE = 1 << 20
MOST_PACKED = 32 * MEGABYTE
MOST_UNPACKED = 128 * MEGABYTE
MOST_OF_A_FILE = 8 * MEGABYTE
MOST_FILES = 50_000
MOST_RATIO = 200
"""So many times its own size an archive may grow; small ones may grow to a megabyte in any case."""
SUFFIXES = (".zip", ".tar.gz", ".tgz", ".tar.xz", ".txz")
_DATA, _NOTES = ".ttl", (".md", ".txt", "")
_XZ_MEMORY = 128 * MEGABYTE
_DIRECTORY_END = struct.Struct("<4s4H2LH")
_ENTRY = 46 + 200  # what an entry of the list of a zip file takes, with a name that one can read


def read_archive(path: Path) -> dict[str, bytes]:
    """The Turtle files of a pack by their paths within it; notes (README, LICENSE and the like) are left aside.

    Raises:
        BadInput: it is no folder and no such archive, or holds what a pack may not hold.
    """
    if path.is_dir():
        found = dict(_of_folder(path))
    elif path.is_file():
        with path.open("rb") as file:
            found = read_stream(file, path.name)
    else:
        raise BadInput(f"{path}: there is no such file or folder.")
    return found


def read_stream(file: IO[bytes], name: str) -> dict[str, bytes]:
    """The same of an archive that somebody sends; its name tells which kind it is.

    Raises:
        BadInput: as in `read_archive`.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > MOST_PACKED:
        raise BadInput(f"{name}: the archive has {size:,} bytes; {MOST_PACKED:,} is the most it may have.")
    room = _Room(name, min(MOST_UNPACKED, max(MEGABYTE, size * MOST_RATIO)))
    try:
        found = dict(_members(file, name, room))
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError,
            RuntimeError, UnicodeDecodeError, struct.error, ValueError) as error:  # fmt: skip
        raise BadInput(f"{name}: this is damaged, or no archive of the kind its name tells ({error}).") from error
    return _without_folder(found)


@dataclass
class _Room:
    """How much may still come."""

    name: str
    left: int
    files: int = 0
    seen: set[str] = field(default_factory=set)

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise BadInput(f"{self.name}: this grows beyond measure when it is unpacked, and was not read further.")

    def admit(self, member: str) -> bool:
        """Whether a file is data; refuses what has no place in a pack."""
        self.files += 1
        if self.files > MOST_FILES:
            raise BadInput(f"{self.name}: there are more than {MOST_FILES:,} files in it.")
        refuse_name(member, self.name)
        path = PurePosixPath(member)
        if str(path) in self.seen:
            raise BadInput(f"{self.name}: it holds “{shown(member)}” twice.")
        self.seen.add(str(path))
        if any(part.startswith(".") or part == "__MACOSX" for part in path.parts):
            return False
        if path.suffix.lower() not in (_DATA, *_NOTES):
            raise BadInput(
                f"{self.name}: “{shown(member)}” is no part of a pack. It may hold Turtle files (.ttl) and notes "
                "(.md, .txt, LICENSE)."
            )
        return path.suffix.lower() == _DATA


def refuse_name(member: str, archive: str) -> None:
    """Refuse a path that is not plainly below the place it is named from.

    Raises:
        BadInput: it is not.
    """
    path = PurePosixPath(member)
    outside = path.is_absolute() or ".." in path.parts or "\\" in member or (len(member) > 1 and member[1] == ":")
    if outside or not path.parts or len(member) > 300 or not member.isprintable():
        raise BadInput(f"{archive}: “{shown(member)}” is a path that leads out of the pack, or none at all.")


def shown(name: str) -> str:
    """A name as it can be shown: short, and without what a terminal would act upon."""
    plain = "".join(c if c.isprintable() else "?" for c in name)
    return plain if len(plain) <= 80 else plain[:80] + "…"


def _of_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    room = _Room(str(folder), MOST_UNPACKED)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in PurePosixPath(name).parts):
            continue
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise BadInput(f"{folder}: “{shown(name)}” is a link or a device; a pack holds plain files.")
        if path.is_file() and room.admit(name):
            with path.open("rb") as file:
                yield name, _bytes(file, name, room)


def _members(file: IO[bytes], name: str, room: _Room) -> Iterator[tuple[str, bytes]]:
    lower = name.lower()
    if lower.endswith(".zip"):
        yield from _of_zip(file, room)
    elif lower.endswith((".tar.gz", ".tgz")):
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield from _of_tar(_Counted(cast(IO[bytes], unpacked), room), room)
    elif lower.endswith((".tar.xz", ".txz")):
        yield from _of_tar(_Counted(cast(IO[bytes], _Xz(file)), room), room)
    else:
        raise BadInput(f"{shown(name)}: a pack comes as a folder or as an archive ({', '.join(SUFFIXES)}).")


def _of_zip(file: IO[bytes], room: _Room) -> Iterator[tuple[str, bytes]]:
    _refuse_long_list(file, room)
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            refuse_name(info.filename, room.name)
            mode = info.external_attr >> 16
            if info.is_dir():
                continue
            if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
                raise BadInput(
                    f"{room.name}: “{shown(info.filename)}” is a link or a device; a pack holds plain files."
                )
            if info.flag_bits & 0x1:
                raise BadInput(f"{room.name}: “{shown(info.filename)}” is encrypted; send the pack without a password.")
            if room.admit(info.filename):
                with archive.open(info) as member:
                    yield info.filename, _bytes(member, info.filename, room)


def _refuse_long_list(file: IO[bytes], room: _Room) -> None:
    """Refuse a zip file by the length of its list, before that is read into memory."""
    file.seek(0, io.SEEK_END)
    file.seek(-min(file.tell(), _DIRECTORY_END.size + 0xFFFF), io.SEEK_END)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + _DIRECTORY_END.size:
        raise BadInput(f"{room.name}: this is damaged, or no zip file.")
    length = _DIRECTORY_END.unpack_from(tail, at)[5]
    file.seek(0)
    if length > MOST_FILES * _ENTRY:
        raise BadInput(f"{room.name}: there are more than {MOST_FILES:,} files in it.")


def _of_tar(unpacked: _Counted, room: _Room) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=cast(IO[bytes], unpacked), mode="r|", errorlevel=2) as archive:
        for member in archive:
            archive.members = []  # type: ignore[attr-defined]  # a stream has no use for what went by
            if member.name in (".", "./") and member.isdir():
                continue
            refuse_name(member.name, room.name)
            if member.isdir():
                continue
            if not member.isreg() or member.issparse():
                raise BadInput(f"{room.name}: “{shown(member.name)}” is a link or a device; a pack holds plain files.")
            if room.admit(member.name):
                content = archive.extractfile(member)
                if content is not None:
                    yield member.name, _whole(content, member.name, room.name)


def _bytes(file: IO[bytes], name: str, room: _Room) -> bytes:
    data = _whole(file, name, room.name)
    room.take(len(data))
    return data


def _whole(file: IO[bytes], name: str, archive: str) -> bytes:
    data = file.read(MOST_OF_A_FILE + 1)
    if len(data) > MOST_OF_A_FILE:
        raise BadInput(f"{archive}: “{shown(name)}” has more than {MOST_OF_A_FILE:,} bytes, the most a file may have.")
    return data


def _without_folder(found: dict[str, bytes]) -> dict[str, bytes]:
    """Paths from the folder that holds `pack.ttl`, where all lies in one folder."""
    paths = {PurePosixPath(name): data for name, data in found.items()}
    tops = {path.parts[0] for path in paths}
    if len(tops) == 1 and all(len(path.parts) > 1 for path in paths):
        return {str(PurePosixPath(*path.parts[1:])): data for path, data in paths.items()}
    return {str(path): data for path, data in paths.items()}


class _Counted(io.RawIOBase):
    """Reads on, as long as there is room."""

    def __init__(self, file: IO[bytes], room: _Room) -> None:
        self._file, self._room = file, room

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(MEGABYTE if size < 0 else min(size, self._room.left + MEGABYTE))
        self._room.take(len(data))
        return data


class _Xz:
    """Unpacks xz with bounded memory, which the standard library's own reader does not offer."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._unpacker = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)

    def read(self, size: int = -1) -> bytes:
        found = b""
        while len(found) < size and not self._unpacker.eof:
            given = self._file.read(65_536) if self._unpacker.needs_input else b""
            if not given and self._unpacker.needs_input:
                raise EOFError("it ends too early")
            found += self._unpacker.decompress(given, size - len(found))
        return found
