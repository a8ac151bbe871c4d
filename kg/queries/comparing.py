"""Questions that tell whether a work, a person or a body is in the base already."""

from __future__ import annotations

from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class KnownSource:
    """A source as a work, with one of its identifiers; what is not told is empty."""

    source: str
    label: str
    title: str
    year: str
    authors: str
    editors: str
    container: str
    identifier: str
    isbn: str
    type: str


@dataclass(frozen=True)
class KnownAgent:
    """A person or body and one of its names."""

    agent: str
    name: str


def known_sources(reader: Reader) -> list[KnownSource]:
    """What is printed of all sources that stand."""
    return fetch(reader, "known_sources", KnownSource)


def known_agents(reader: Reader) -> list[KnownAgent]:
    """All people and bodies by each of their names."""
    return fetch(reader, "known_agents", KnownAgent)
