"""What a process holds of the newest revision, while others publish: one revision at a time, whole."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kg.newest import Newest
from kg.search import Search
from kg.settings import Settings, read_settings
from kg.store import Home, Reader
from tests.store.store_support import MOST, go_on, grown, is_known, opened


@dataclass(frozen=True)
class Both:
    """A reader and what can be found in it."""

    reader: Reader
    search: Search

    @property
    def revision(self) -> int:
        return self.reader.revision


@pytest.fixture
def small(tmp_path: Path) -> Settings:
    """Settings for the known base at its first revision."""
    grown(Home(tmp_path / "base"), 1)
    return read_settings({"GAPBRIDGE_DATA": str(tmp_path / "base")})


@pytest.mark.parametrize("limit", [400_000, 1], ids=["in memory", "on disk"])
def test_nobody_reads_two_revisions_at_once(small: Settings, limit: int) -> None:
    newest = Newest(replace(small, memory_limit_quads=limit), Both)
    seen, wrong, ended = set[int](), list[str](), threading.Event()

    def read() -> None:
        while not ended.is_set():
            found = newest.current()
            first = found.revision
            whole = is_known(found.reader, first)  # asks the reader again and again
            if not (whole and found.search.revision == first):
                wrong.append(f"revision {first}")
            seen.add(first)

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        try:
            with opened(Home(small.data), limit=limit) as writer:
                while len(seen) < 6 and not wrong and writer.reader.revision < MOST:
                    go_on(writer, 1)
        finally:
            ended.set()
        for reader in readers:
            reader.result()
    assert not wrong
    assert len(seen) >= 6


def test_what_was_published_is_seen_by_whoever_asks_next(small: Settings) -> None:
    newest, other = Newest(small, Both), Newest(small, Both)
    for revision in range(2, 6):
        grown(Home(small.data), 1)
        assert newest.current().revision == other.current().revision == revision
