"""Questions behind the evidence map."""

from __future__ import annotations

from dataclasses import dataclass

from kg.namespaces import gap
from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class MapRow:
    """A claim in a cell of an evidence map, with a source and what joins the claim with the cell."""

    row: str
    column: str
    via: str
    claim: str
    stance: str
    standing: str
    joined: str
    source: str
    group: str


def map_of_causes(reader: Reader, across: str) -> list[MapRow]:
    """The claims that join causes with the things of a class: `SupportPhase`, `Tactic` or `Outcome`."""
    return fetch(reader, "map_of_causes", MapRow, across=gap(across))


def map_of_sources(reader: Reader) -> list[MapRow]:
    """The claims about causes, by the sources they are read in or rest on."""
    return fetch(reader, "map_of_sources", MapRow)
