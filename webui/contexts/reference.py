"""The reference of all terms of the ontology, made from the ontology."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.namespaces import compact
from kg.queries import TermRow, ontology_header, term_supers, terms
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.page import Link, Page, crumbs, frame, shown
from webui.contexts.parts import Detail, detail, details


@dataclass(frozen=True)
class TermEntry:
    """A term; `anchor` is the fragment of its address."""

    anchor: str
    name: str
    label: str
    definition: str
    details: tuple[Detail, ...]


@dataclass(frozen=True)
class TermGroup:
    """The terms of one type."""

    anchor: str
    heading: str
    entries: tuple[TermEntry, ...]


@dataclass(frozen=True, kw_only=True)
class ReferencePage(Page):
    """All terms."""

    version: str
    licence: Link | None
    groups: tuple[TermGroup, ...]


_TYPES = {
    "Class": "Classes",
    "ObjectProperty": "Relations",
    "DatatypeProperty": "Data properties",
    "AnnotationProperty": "Notes about terms",
}


def reference_page(opened: Opened) -> ReferencePage:
    """The reference."""
    header = ontology_header(opened.reader)
    return ReferencePage(
        **frame(
            opened,
            header.title if header else "Ontology",
            title="Reference of all terms",
            lead=header.description if header else "",
            crumbs=crumbs(Link("Reference", "", True)),
            queries=(shown("terms"), shown("term_supers")),
        ),
        version=header.version if header else "",
        licence=Link(header.licence, header.licence) if header else None,
        groups=_groups(opened),
    )


def _groups(opened: Opened) -> tuple[TermGroup, ...]:
    by_type: dict[str, dict[str, list[TermRow]]] = defaultdict(lambda: defaultdict(list))
    for row in terms(opened.reader):
        by_type[short(row.type)][row.term].append(row)
    above: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for link in term_supers(opened.reader):
        above[link.term].append((short(link.how), link.other))
    return tuple(
        TermGroup(kind.lower(), heading, tuple(_entry(rows, above[term]) for term, rows in by_type[kind].items()))
        for kind, heading in _TYPES.items()
        if kind in by_type
    )


def _entry(rows: Sequence[TermRow], above: Sequence[tuple[str, str]]) -> TermEntry:
    """A term; it comes in several rows where it has several examples or ranges."""
    row = rows[0]
    links = {how: tuple(_term(other) for h, other in above if h == how) for how in dict(above)}
    return TermEntry(
        anchor=short(row.term),
        name=compact(row.term),
        label=row.label,
        definition=row.definition,
        details=details(
            detail("Stands under", *links.get("subClassOf", ()), *links.get("subPropertyOf", ())),
            detail("From", *_terms(r.domain for r in rows)),
            detail("To", *_terms(r.range for r in rows)),
            detail("Other direction", *_terms(r.inverse for r in rows)),
            detail("See also", *links.get("seeAlso", ())),
            detail("Example", *dict.fromkeys(r.example for r in rows)),
        ),
    )


def _terms(iris: Iterable[str]) -> list[Link]:
    return [_term(iri) for iri in dict.fromkeys(iris) if iri]


def _term(iri: str) -> Link:
    return Link(compact(iri), href(iri))
