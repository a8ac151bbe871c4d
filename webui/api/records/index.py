"""What the interface offers."""

from __future__ import annotations

from dataclasses import dataclass

from webui.api.records.common import Iri


@dataclass(frozen=True)
class Resource:
    """Something this interface offers.

    Attributes:
        address: where; what stands in braces is to be filled in.
    """

    name: str
    summary: str
    address: str


@dataclass(frozen=True)
class Pack:
    """A pack of data."""

    iri: Iri
    title: str
    version: str
    licence: str


@dataclass(frozen=True)
class IndexAnswer:
    """Where to begin.

    Attributes:
        version: the version of the program.
        ontology: the version of the ontology.
        revision: the revision of the data.
        changed: when that revision was made.
        licence: of the data.
        cite: how to cite the data.
        packs: the packs of data.
        resources: what there is.
    """

    title: str
    version: str
    ontology: str
    revision: int
    changed: str
    licence: Iri
    cite: str
    packs: tuple[Pack, ...]
    resources: tuple[Resource, ...]
