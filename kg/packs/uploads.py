"""Archives that somebody sent and has not confirmed yet: what would change is shown before anything is done."""

from __future__ import annotations

import re
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from kg.errors import BadInput, NotFound
from kg.packs.archives import MOST_PACKED, SUFFIXES, read_stream, shown
from kg.packs.reading import Pack, pack_of_files

HOURS = 6
"""So long an archive is kept."""
_MOST = 8
_NAME = re.compile(r"[0-9a-f]{32}")


class Uploads:
    """Keeps a few of them in a folder, for a few hours.

    Args:
        folder: where; made when it is needed, and to be removed at any time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, file: IO[bytes], name: str) -> str:
        """Keep an archive that can be read as a pack; gives the name under which it is found again.

        Raises:
            BadInput, SyntaxProblem: it is no pack, or holds what a pack may not hold; nothing is kept.
        """
        suffix = next((one for one in SUFFIXES if name.lower().endswith(one)), "")
        if not suffix:
            raise BadInput(f"{shown(name)}: a pack is sent as an archive ({', '.join(SUFFIXES)}).")
        data = file.read(MOST_PACKED + 1)
        if len(data) > MOST_PACKED:
            raise BadInput(f"{shown(name)}: an archive may have {MOST_PACKED:,} bytes at most.")
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._forget_old()
        id = secrets.token_hex(16)
        path = self._folder / f"{id}{suffix}"
        path.write_bytes(data)
        try:
            _read(path, name)
        except BaseException:
            path.unlink()
            raise
        return id

    def open(self, id: str) -> Pack:
        """The pack that was kept.

        Raises:
            NotFound: there is none, or no longer.
        """
        path = self._path(id)
        return _read(path, f"The archive {''.join(path.suffixes)}")

    def forget(self, id: str) -> None:
        """Keep it no longer."""
        with suppress(NotFound, FileNotFoundError):
            self._path(id).unlink()

    def _path(self, id: str) -> Path:
        found = next(self._folder.glob(f"{id}.*"), None) if _NAME.fullmatch(id) else None
        if found is None:
            raise NotFound("this archive: it is kept for a few hours only; send it again")
        return found

    def _forget_old(self) -> None:
        newest_first = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for place, path in enumerate(newest_first):
            if place >= _MOST - 1 or path.stat().st_mtime < time.time() - HOURS * 3600:
                path.unlink(missing_ok=True)


def _read(path: Path, name: str) -> Pack:
    """The pack in an archive; errors tell it by the name that the person gave it."""
    with path.open("rb") as file:
        return pack_of_files(read_stream(file, name), name)
