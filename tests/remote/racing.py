"""Processes that change one base at once, each on a machine of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from itertools import repeat

from kg.errors import Conflict, StoreHeld
from kg.settings import Settings
from tests.remote.support import change, noting, reader, take_over

_TRIES = 200
_APART = multiprocessing.get_context("forkserver")  # which starts a process in no time, and shares nothing of ours
_APART.set_forkserver_preload([__name__])


def race(machines: Sequence[Settings], each: int) -> list[int]:
    """Have each machine make so many changes, all at once; gives the revisions that they were told of."""
    with ProcessPoolExecutor(len(machines), _APART) as processes:
        made = processes.map(_changes, machines, range(len(machines)), repeat(each), timeout=300)
        return [number for found in made for number in found]


def _changes(machine: Settings, number: int, count: int) -> list[int]:
    return [_change(machine, f"racer-{number}-{n}") for n in range(count)]


def _change(settings: Settings, slug: str) -> int:
    """Make a change on whatever is the newest revision by then."""
    for _ in range(_TRIES):
        with suppress(Conflict, StoreHeld):
            return change(settings, noting(reader(settings), slug))
        take_over(settings)
    raise AssertionError("others were always first")
