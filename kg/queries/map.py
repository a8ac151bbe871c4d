"""Questions behind the evidence map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.namespaces import gap
from kg.queries.rows import fetch, fetch_some
from kg.store import Reader

Pairs = Sequence[tuple[str, ...]]


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


def map_of_causes(reader: Reader, across: str, only: Pairs | None = None) -> list[MapRow]:
    """The claims that join causes with the things of a class: `SupportPhase`, `Tactic` or `Outcome`.

    Args:
        reader: the base.
        across: the class.
        only: pairs of a cause and such a thing; None for all.
    """
    if only is None:
        return fetch(reader, "map_of_causes", MapRow, across=gap(across))
    return fetch_some(reader, "map_of_causes", MapRow, only, across=gap(across))


def map_of_sources(reader: Reader, only: Pairs | None = None) -> list[MapRow]:
    """The claims about causes, by the sources they are read in or rest on; of these pairs alone where asked."""
    if only is None:
        return fetch(reader, "map_of_sources", MapRow)
    return fetch_some(reader, "map_of_sources", MapRow, only)
