"""Questions about frameworks as instruments."""

from __future__ import annotations

from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class FrameworkRow:
    """A framework with its kind and the note that tells its rule, where it has one."""

    framework: str
    label: str
    kind: str
    definition: str
    note: str
    members: int


def frameworks(reader: Reader) -> list[FrameworkRow]:
    """All frameworks by name."""
    return fetch(reader, "instruments", FrameworkRow)
