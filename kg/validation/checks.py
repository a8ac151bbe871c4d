"""The fast checks: queries that must return nothing, run by the engine on every change.

`ontology/checks/*-violation.rq` refuse a change; `*-warning.rq` and `*-info.rq` are shown and counted. Some read
the SHACL shapes out of the graph, so that forms, fast checks and full SHACL share one set of messages.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from kg.errors import Violation
from kg.namespaces import local_of
from kg.queries.narrowed import Key, Narrowed
from kg.settings import resource
from kg.store import Engine, Quad, Reader, Row, text_of

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


class Touched:
    """The checks of these severities, asked about what a change touches alone.

    Sound where nothing was amiss before: then only what the change touches can be. A change that goes through step by
    step is told to it step by step, each time with the base in the state in which its ways are to be looked for.
    """

    def __init__(self, severities: tuple[str, ...] = ("violation",)) -> None:
        self._asked = [
            (severity, Narrowed(name, text)) for name, severity, text in check_files() if severity in severities
        ]
        self._keys: list[set[Key]] = [set() for _ in self._asked]
        self._whole = [False] * len(self._asked)

    def tell(self, engine: Engine, added: Collection[Quad], removed: Collection[Quad]) -> None:
        """Note what these statements touch; those that come in, and those that go out, are to be there."""
        for at, (_, query) in enumerate(self._asked):
            self._whole[at] |= query.is_unbounded(added) or query.is_unbounded(removed)
            self._keys[at] |= query.keys(engine, added, removed)

    def found(self, reader: Reader) -> list[Violation]:
        """What is amiss."""
        return [
            _violation(query.name, severity, row)
            for (severity, query), keys, whole in zip(self._asked, self._keys, self._whole, strict=True)
            for text in ([query.text] if whole else query.asked(sorted(keys, key=str)))
            for row in reader.select(text, trusted=True)
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
