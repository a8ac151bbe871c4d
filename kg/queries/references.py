"""Questions about sources as works that can be cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class Stated:
    """One thing said of a source: a property, a value, its language and its name where it has them."""

    thing: str
    property: str
    value: str
    language: str
    valueLabel: str


def references(reader: Reader, sources: Sequence[str]) -> list[Stated]:
    """What is said of sources that a reference is made of; what they list and cite is left out."""
    return fetch(reader, "references", Stated, thing=list(sources))
