"""What figures were taken on: a figure without its machine and versions says nothing."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
_OURS = ("gapbridge", "pyoxigraph", "granian")


def load() -> str:
    """How busy the machine is: its load of the last 1, 5 and 15 minutes."""
    return ", ".join(f"{one:.1f}" for one in os.getloadavg())


def told(before: str, peers: Mapping[str, str] | None = None) -> str:
    """Day, machine and versions, in a line.

    Args:
        before: the load before anything was measured.
        peers: versions of others' programs, by name.
    """
    versions = {name: version(name) for name in _OURS} | dict(peers or {})
    parts = (
        f"{datetime.now(UTC):%Y-%m-%d}",
        f"{platform.machine()} ({_processor()}), {os.cpu_count()} cores, {_memory():.0f} GB of memory",
        f"load before {before}",
        f"Python {platform.python_version()}",
        *(f"{name} {number}" for name, number in versions.items()),
    )
    return "; ".join(parts) + "."


def keep(kind: str, text: str) -> Path:
    """Keep a result of today's among the results; gives where."""
    path = RESULTS / f"{datetime.now(UTC):%Y-%m-%d}-{kind}.md"
    path.write_text(text, encoding="utf-8")
    return path


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "unknown processor")


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
