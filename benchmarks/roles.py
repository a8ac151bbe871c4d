"""What each process of a server is there for, by what it was started with and by whom."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

OVERSEER, PAGES, READERS_PARENT, READERS = "overseer", "pages and writing", "readers' parent", "query readers"
_MODULES = {
    "kg.store.worker": READERS_PARENT,
    "kg.overview.maker": "overview",
    "kg.updating.process": "updates",
    "kg.cataloguing.maker": "dumps",
}


def family(process: int, above: str = "") -> Iterator[tuple[int, str]]:
    """A server's first process and all below it, each with its role.

    Args:
        process: the first one.
        above: the role of the one that started it; empty for the first.
    """
    role = _role(process, above)
    yield process, role
    for child in children(process):
        yield from family(child, role)


def children(process: int) -> list[int]:
    """The processes that this one started and that still run."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(child) for child in task.read_text().split()]
    return found


def _role(process: int, above: str) -> str:
    if above in (READERS_PARENT, READERS):  # forked: its command line is its parent's
        return READERS
    module = _module(process)
    return _MODULES.get(module, module) if module else PAGES if above else OVERSEER


def _module(process: int) -> str:
    """The module that a process was started with; empty for those that serve, and for one that has just ended."""
    with contextlib.suppress(OSError):
        words = Path(f"/proc/{process}/cmdline").read_text().split("\0")
        return words[words.index("-m") + 1] if "-m" in words else ""
    return ""
