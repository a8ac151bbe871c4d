"""Statements of a description: a subject with its facts, each a property and a value."""

from __future__ import annotations

from kg.namespaces import NS, PREFIXES, compact, local_of
from kg.queries import GraphStatistics, Size
from kg.store import Literal, NamedNode, Term, Triple

DC, DCAT, VOID, PROV = (PREFIXES[name] for name in ("dcterms", "dcat", "void", "prov"))
SPDX, MEDIA = "http://spdx.org/rdf/terms#", "https://www.iana.org/assignments/media-types/"
Fact = tuple[str, Term]
"""A property and its value."""


def triples(subject: str, *facts: Fact) -> list[Triple]:
    """What is said of a subject."""
    return [Triple(NamedNode(subject), NamedNode(name), value) for name, value in facts]


def types(*classes: str) -> list[Fact]:
    """That something is of these classes."""
    return [(PREFIXES["rdf"] + "type", NamedNode(iri)) for iri in classes]


def text(words: str) -> Literal:
    """Words in English."""
    return Literal(words, language="en")


def whole(number: int) -> Literal:
    """A whole number."""
    return Literal(number)


def at_time(name: str, at: str) -> list[Fact]:
    """When something was, by a term of Dublin Core; nothing where that is not known."""
    return [(DC + name, Literal(at, datatype=NamedNode(PREFIXES["xsd"] + "dateTime")))] if at else []


def numbers(size: Size | GraphStatistics) -> list[Fact]:
    """The numbers that VoID has terms for."""
    named = {
        "triples": size.statements,
        "entities": size.entities,
        "classes": size.classes,
        "properties": size.properties,
        "distinctSubjects": size.subjects,
        "distinctObjects": size.objects,
    }
    return [(VOID + name, whole(number)) for name, number in named.items()]


def local_name(iri: str) -> str:
    """A name for a part of the description: unique, since prefixes are."""
    short = local_of(iri) if iri.startswith(NS) else compact(iri)
    return short.replace(":", "-").replace("/", "-").replace("#", "-")
