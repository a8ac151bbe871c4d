"""The fast checks: queries that must return nothing, run by the engine on every change.

`ontology/checks/*-violation.rq` refuse a change; `*-warning.rq` and `*-info.rq` are shown and counted. Some read
the SHACL shapes out of the graph, so that forms, fast checks and full SHACL share one set of messages.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.errors import Violation
from kg.namespaces import local_of
from kg.settings import resource
from kg.store import Reader, Row, text_of

SEVERITIES = ("violation", "warning", "info")


@cache
def check_files() -> tuple[tuple[str, str, str], ...]:
    """The checks as (name, severity, query), by name."""
    found = []
    for path in sorted((resource("ontology") / "checks").glob("*.rq")):
        found.append((path.stem, _severity(path), path.read_text(encoding="utf-8")))
    return tuple(found)


def check(reader: Reader) -> list[Violation]:
    """What refuses a change: the violations alone."""
    return [v for v in problems(reader, ("violation",)) if v.severity == "violation"]


def problems(reader: Reader, severities: tuple[str, ...] = SEVERITIES) -> list[Violation]:
    """All that the checks of these severities find."""
    return [
        _violation(name, severity, row)
        for name, severity, query in check_files()
        if severity in severities
        for row in reader.select(query, trusted=True)
    ]


def _severity(path: Path) -> str:
    return next(s for s in SEVERITIES if path.stem.endswith(f"-{s}"))


def _violation(name: str, severity: str, row: Row) -> Violation:
    return Violation(
        thing=local_of(text_of(row["thing"])),
        message=text_of(row["message"]),
        mend=text_of(row.get("mend")),
        check=name,
        severity=(text_of(row.get("severity")) or severity).lower(),
    )
