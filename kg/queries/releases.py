"""Questions about releases: revisions that were given a name."""

from __future__ import annotations

from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class Release:
    """A revision with a name."""

    release: str
    name: str
    revision: int
    issued: str
    notes: str


@dataclass(frozen=True)
class _Text:
    text: str


def releases(reader: Reader) -> list[Release]:
    """All releases, the newest first."""
    return fetch(reader, "releases", Release)


def changed_answers(reader: Reader, release: str) -> list[str]:
    """What changed with a release, in words."""
    return [row.text for row in fetch(reader, "changed_answers", _Text, release=release)]
