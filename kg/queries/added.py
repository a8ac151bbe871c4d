"""Questions about packs that were added to the base."""

from __future__ import annotations

from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class AddedPack:
    """A pack that was added; `off` is the revision that switched it off, `counts` “true” where it was chosen to."""

    pack: str
    title: str
    version: str
    licence: str
    description: str
    graph: str
    counts: str
    off: str


@dataclass(frozen=True)
class PackThings:
    """How many things of a class came with a pack."""

    pack: str
    cls: str
    things: int


@dataclass(frozen=True)
class FromPack:
    """A thing that came with a pack."""

    thing: str
    pack: str


def added_packs(reader: Reader) -> list[AddedPack]:
    """The packs that were added to the base, on or off."""
    return fetch(reader, "added_packs", AddedPack)


def pack_things(reader: Reader, packs: list[str]) -> list[PackThings]:
    """What came with these packs, by class."""
    return fetch(reader, "pack_things", PackThings, pack=packs)


def things_from_packs(reader: Reader) -> list[FromPack]:
    """The things that have pages and came with packs that are on."""
    return fetch(reader, "things_from_packs", FromPack)
