"""The base in memory between two changes: the same one goes on, and one that much was taken out of is let go."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.store import Engine, Home, Warm, Writer
from tests.store.store_support import check, commit, echo, nquads, numbered


def changed(home: Home, warm: Warm, times: int) -> list[Engine]:
    """The base in memory, as the writer of each of so many changes found it; each takes two statements out."""
    found = []
    for _ in range(times):
        with Writer(home, check, (echo,), memory_limit=10**6, warm=warm) as writer:
            found.append(writer.reader)
            commit(writer, *numbered(writer.reader.revision + 1))
    return found


def test_one_change_after_the_other_finds_the_same(tmp_path: Path) -> None:
    first, *others = changed(Home(tmp_path / "base"), Warm(), 5)
    assert all(engine is first for engine in others)


def test_what_much_was_taken_out_of_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.warm.MOST_REMOVED", 6)
    home = Home(tmp_path / "base")
    found = changed(home, Warm(), 12)
    assert len({id(engine) for engine in found}) == 3
    assert max(engine.taken_out for engine in found) <= 6 + 2
    assert nquads(found[-1]) == nquads(home.reader(0))
