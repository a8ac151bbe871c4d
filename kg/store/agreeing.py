"""Whether a snapshot says what the newest journal entries say: these are looked up, and nothing else is read."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Store

from kg.errors import StoreDamaged
from kg.store.home import Home
from kg.store.terms import Quad

MOST_BYTES = 16 << 20
"""Entries that are longer than this together are not looked up: to read the whole snapshot is as quick."""


def is_short(home: Home, numbers: Sequence[int]) -> bool:
    """Whether to look up what these entries say is less than to read the snapshot."""
    return sum(home.journal.size(number) for number in numbers) <= MOST_BYTES


def agrees(home: Home, revision: int, numbers: Sequence[int]) -> bool:
    """Whether the snapshot of a revision opens, and says what these entries leave said and unsaid.

    Args:
        home: the store.
        revision: whose snapshot.
        numbers: revisions one after the other, the last of them this one.
    """
    left = dict[Quad, bool]()
    try:
        for number in numbers:
            patch = home.journal.read(number)
            left |= dict.fromkeys(patch.removed, False) | dict.fromkeys(patch.added, True)
        store = Store.read_only(str(home.snapshots.path(revision)))
        return all((quad in store) == there for quad, there in left.items())
    except (StoreDamaged, OSError, ValueError, RuntimeError):
        return False
