"""The sources of the base as works to compare with, at one revision."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import groupby
from urllib.parse import unquote

from kg.importing.comparing import Index, Known, Match
from kg.importing.identifiers import DOI_ADDRESS, doi_of, isbn_of
from kg.importing.naming import Naming
from kg.importing.references import KINDS, Reference, names_of
from kg.importing.statements import Agents, source_statements
from kg.namespaces import PREFIXES, slug_of, thing
from kg.queries import KnownSource, known_agents, known_sources
from kg.store import NamedNode, Reader, Statement

_FABIO = PREFIXES["fabio"]


class Sources:
    """What the base has of works, people and bodies.

    Args:
        reader: the base; kept, since addresses are asked for as they are needed.
    """

    def __init__(self, reader: Reader) -> None:
        self.revision, self._reader = reader.revision, reader
        self.index = Index(_known(list(rows)) for _, rows in groupby(known_sources(reader), lambda row: row.source))
        self._agents = {row.name.casefold(): row.agent for row in reversed(known_agents(reader))}
        self._addresses = frozenset(self._agents.values())

    def matches(self, reference: Reference) -> list[Match]:
        """Sources that may be the same work as a reference, the likeliest first."""
        return self.index.matches(reference)

    def agents(self) -> Agents:
        """People and bodies, to make sources with."""
        return Agents(self._agents, self._addresses)

    def naming(self, reserved: Container[str] = ()) -> Naming:
        """Names for new sources.

        Args:
            reserved: slugs that others have set aside.
        """
        return Naming(_Taken(self._reader, reserved))

    def describe(self, references: Iterable[Reference]) -> list[tuple[str, list[Statement]]]:
        """The statements of new sources that come in together, each with its address."""
        agents, naming, found = self.agents(), self.naming(), []
        for reference in references:
            name, label = naming.name(reference)
            found.append((thing("source", name), source_statements(reference, name, label, agents)))
        return found


class _Taken:
    """Slugs of sources and of independence groups that the base knows, given-up ones included."""

    def __init__(self, reader: Reader, reserved: Container[str]) -> None:
        self._reader, self._reserved = reader, reserved

    def __contains__(self, slug: object) -> bool:
        if slug in self._reserved:
            return True
        nodes = (NamedNode(thing(kind, str(slug))) for kind in ("source", "independence-group"))
        return any(True for node in nodes for _ in self._reader.quads(subject=node))


def _known(rows: Sequence[KnownSource]) -> Known:
    first = rows[0]
    identifiers = [row.identifier for row in rows if row.identifier]
    doi = next((doi_of(unquote(one)) for one in identifiers if one.startswith(DOI_ADDRESS)), "")
    types = (row.type.removeprefix(_FABIO) for row in rows)
    reference = Reference(
        kind=next((kind for kind in types if kind in KINDS), ""),
        title=first.title,
        authors=names_of(first.authors),
        editors=names_of(first.editors),
        year=first.year,
        container=first.container,
        doi=doi,
        url=next((one for one in identifiers if not one.startswith(DOI_ADDRESS)), ""),
        isbn=next((isbn for row in rows if (isbn := isbn_of(row.isbn))), ""),
        key=slug_of(first.source),
    )
    return Known(first.source, first.label or slug_of(first.source), reference)
