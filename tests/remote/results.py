"""What the suite found on each engine, for the table in the README: `docs/engines.json`, read by tools/build_docs.py.

GAPBRIDGE_ENGINE_RESULTS=docs/engines.json pytest -n 0 tests/remote/test_engine.py tests/remote/test_changing.py
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

_TEST = re.compile(
    r"tests/remote/test_(?:engine|changing)\.py::test_(\w+)\[([^\]]+)\](?:@.*)?"
)  # where tests run side by side, behind that their group
_found: dict[str, dict[str, str]] = defaultdict(dict)
_seconds: dict[str, float] = defaultdict(float)
_WORSE = ("passed", "skipped", "failed")


def note(report: pytest.TestReport) -> None:
    """Take down what one step of a test came to."""
    match = _TEST.fullmatch(report.nodeid)
    if match is None:
        return
    what, (engine, _, part) = match[1].replace("_", " "), match[2].partition("-")
    what += f" ({part})" if part else ""
    _found[engine][what] = max(_found[engine].get(what, "passed"), report.outcome, key=_WORSE.index)
    _seconds[engine] += report.duration


def told() -> list[str]:
    """A line for each engine that was met: what came of how many tests, and how long they took."""
    return [
        f"{engine}: {', '.join(f'{list(found.values()).count(how)} {how}' for how in _WORSE)}; {_seconds[engine]:.0f} s"
        for engine, found in _found.items()
    ]


def write(session: pytest.Session) -> None:
    """Write it where the environment says; engines that did not run keep what was found before."""
    target = os.environ.get("GAPBRIDGE_ENGINE_RESULTS", "")
    if not target or hasattr(session.config, "workerinput"):
        return
    path = Path(target)
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for engine, found in _found.items():
        if "passed" in found.values() or "failed" in found.values():
            day = datetime.now(UTC).date().isoformat()
            known[engine] = {"day": day, "seconds": round(_seconds[engine]), "tests": found}
    path.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
