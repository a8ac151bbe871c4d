"""A small base with accounts beside it, and what to compare of it."""

from __future__ import annotations

from pathlib import Path

from kg.settings import Settings, read_settings
from kg.store import Home
from tests.store.store_support import grown


def settings_of(folder: Path, **more: str) -> Settings:
    """The settings of a base in a folder."""
    return read_settings({"GAPBRIDGE_DATA": str(folder)} | {f"GAPBRIDGE_{name}": value for name, value in more.items()})


def small_base(folder: Path, revision: int = 4) -> Home:
    """The known base at a revision."""
    return grown(Home(folder), revision)


def inodes(folder: Path) -> set[int]:
    return {path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


def spoil(path: Path, at: int = -2) -> None:
    """Change one byte of a file."""
    data = bytearray(path.read_bytes())
    data[at] ^= 0x10
    path.write_bytes(data)
