"""Processes that change one base at once, each on a machine of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from kg.errors import Conflict, StoreHeld
from kg.settings import EngineAddress, Settings, read_settings
from tests.remote.support import change, noting, reader, take_over

_TRIES = 200


def race(machines: Sequence[Settings], each: int) -> list[int]:
    """Have each machine make so many changes, all at once; gives the revisions that they were told of."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.remote.racing", _told(settings), str(n), str(each)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parent.parent.parent,
        )
        for n, settings in enumerate(machines)
    ]
    said = [process.communicate(timeout=300)[0] for process in running]
    assert [process.returncode for process in running] == [0] * len(running)
    return [number for line in said for number in json.loads(line)]


def _told(settings: Settings) -> str:
    assert settings.engine is not None
    return json.dumps({"data": str(settings.data), "database": settings.database, "engine": asdict(settings.engine)})


def _settings(text: str) -> Settings:
    told = json.loads(text)
    lists = {name: tuple(told["engine"][name]) for name in ("query", "update", "graphs")}
    given = read_settings({"GAPBRIDGE_DATA": told["data"], "GAPBRIDGE_DATABASE": told["database"]})
    return replace(given, engine=EngineAddress(**{**told["engine"], **lists}))


def _change(settings: Settings, slug: str) -> int:
    """Make a change on whatever is the newest revision by then."""
    for _ in range(_TRIES):
        with suppress(Conflict, StoreHeld):
            return change(settings, noting(reader(settings), slug))
        take_over(settings)
    raise AssertionError("others were always first")


if __name__ == "__main__":
    machine = _settings(sys.argv[1])
    print(json.dumps([_change(machine, f"racer-{sys.argv[2]}-{n}") for n in range(int(sys.argv[3]))]))
