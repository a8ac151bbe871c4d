"""Questions about works that were retracted, corrected or put in doubt."""

from __future__ import annotations

from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class Notice:
    """What became of a work after it was published.

    Attributes:
        source: the work.
        label: its short name.
        status: an address in the scheme `publication-status`.
        statusLabel, meaning: the same in words.
        notice: where it was announced; may be empty.
        date: when; may be empty.
    """

    source: str
    label: str
    status: str
    statusLabel: str
    meaning: str
    notice: str
    date: str


@dataclass(frozen=True)
class _Behind:
    source: str


def notices(reader: Reader) -> dict[str, Notice]:
    """The works that were retracted, corrected or put in doubt, by address."""
    return {row.source: row for row in fetch(reader, "notices", Notice)}


def works_behind(reader: Reader, thing: str) -> list[str]:
    """The documents that speak of a thing, and the works cited where they do."""
    return [row.source for row in fetch(reader, "works_behind", _Behind, thing=thing)]
