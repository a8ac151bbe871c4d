"""Counting a revision and writing its dumps, one file after the other.

What is there already is not made again, so a process that was ended midway loses no more than one file.
"""

from __future__ import annotations

import fcntl
import json
from dataclasses import asdict
from pathlib import Path

from kg.cataloguing.files import SUMS, DumpFile, checksum, dumps_of, make
from kg.cataloguing.statistics import statistics
from kg.namespaces import BASE
from kg.queries import things_with_pages
from kg.store import Engine, Home

STATISTICS, FILES, PAGES = "statistics.json", "files.json", "pages-{}.txt"
PAGES_A_FILE = 40_000
"""Of the 50,000 addresses that a sitemap may hold; the site adds its lists (https://www.sitemaps.org/protocol.html)."""


def fill(home: Home, revision: int, folder: Path) -> None:
    """Make everything that a revision's folder holds, and that is missing in it."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        reader = home.kept(revision)
        if not (folder / STATISTICS).exists():
            _count(reader, folder)
        if not (folder / FILES).exists():
            _dump(reader, folder)


def _count(reader: Engine, folder: Path) -> None:
    things = things_with_pages(reader)
    for number, start in enumerate(range(0, max(len(things), 1), PAGES_A_FILE), start=1):
        paths = (iri.removeprefix(BASE) for iri in things[start : start + PAGES_A_FILE])
        _publish(folder / PAGES.format(number), "".join(f"/{path}\n" for path in paths))
    _publish(folder / STATISTICS, statistics(reader, things).text())


def _dump(reader: Engine, folder: Path) -> None:
    made = []
    for dump in dumps_of(graph.value for graph in reader.graphs()):
        path = folder / dump.name(reader.revision)
        there = path.exists()
        made.append(DumpFile(path.name, path.stat().st_size, checksum(path)) if there else make(reader, dump, path))
    _publish(folder / SUMS, "".join(f"{file.sha256}  {file.name}\n" for file in made))
    _publish(folder / FILES, json.dumps([asdict(file) for file in made]))


def _publish(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.part")
    draft.write_text(text, encoding="utf-8")
    draft.rename(path)
