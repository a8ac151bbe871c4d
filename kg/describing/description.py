"""What the base says of one thing: enough to be of use alone, and bounded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.errors import NotFound
from kg.namespaces import BASE, ID, ONTOLOGY, PREFIXES, gap, kind_of, thing
from kg.queries import (
    about,
    describe_claims,
    describe_names,
    describe_things,
    of_source,
    pointing,
    revisions,
)
from kg.store import Literal, NamedNode, Reader, Triple

MOST_CLAIMS = 1000
"""How many claims one description holds; no source of the seed data has as many."""
MOST_POINTING = 500
"""How many things that point at a thing its description holds."""
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""Under which the ontology and the data stand."""

T = TypeVar("T")

_APART = (gap("claimSubject"), gap("claimObject"), PREFIXES["skos"] + "topConceptOf")
"""Ends of claims, of which only the accepted are told; and what a scheme says in the other direction."""


@dataclass(frozen=True)
class Description:
    """What the base says of a thing, at one revision.

    Attributes:
        subject: what is described.
        triples: the statements, with what is said of the description itself.
        notes: where it leaves something out.
    """

    subject: str
    triples: set[Triple]
    notes: tuple[str, ...] = ()


def describe(reader: Reader, iri: str) -> Description:
    """The description of a thing, for other programs.

    It holds the thing's statements, the accepted claims about it with their passages, for a source those read in it
    or citing it, what points at it, and the names of all that is named in these. What it leaves out, it says.

    Args:
        reader: the base.
        iri: the address of a thing or of a term.

    Raises:
        NotFound: nothing is said of it.
    """
    found = set(describe_things(reader, [iri]))
    if not any(triple.subject == NamedNode(iri) for triple in found):
        raise NotFound(iri)
    claims, notes = _bounded(_claims(reader, iri), MOST_CLAIMS, "claims")
    found |= set(describe_claims(reader, claims))
    incoming, more = _incoming(reader, iri, found)
    found |= incoming
    found |= set(describe_names(reader, _named_in(found)))
    notes += more
    found |= _of_itself(reader, iri, notes)
    return Description(iri, found, notes)


def _claims(reader: Reader, iri: str) -> list[str]:
    if kind_of(iri) == "claim":
        return [iri]
    if kind_of(iri) == "source":
        of = of_source(reader, iri)
        return list(dict.fromkeys(claim for role in sorted(of) for claim in of[role]))
    return about(reader, iri)


def _incoming(reader: Reader, iri: str, found: set[Triple]) -> tuple[set[Triple], tuple[str, ...]]:
    """What points at a thing beyond what is at hand."""
    me = NamedNode(iri)
    rows = [row for row in pointing(reader, iri) if row.property not in _APART]
    triples = [Triple(NamedNode(row.other), NamedNode(row.property), me) for row in rows]
    fresh, notes = _bounded([t for t in triples if t not in found], MOST_POINTING, "other statements that point at it")
    return set(fresh), notes


def _bounded(values: Sequence[T], most: int, what: str) -> tuple[Sequence[T], tuple[str, ...]]:
    if len(values) <= most:
        return values, ()
    return values[:most], (f"Of {len(values)} {what}, the first {most} are given here; a query gives the others.",)


def _named_in(found: Iterable[Triple]) -> list[str]:
    ends = {term.value for t in found for term in (t.subject, t.object) if isinstance(term, NamedNode)}
    return sorted(iri for iri in ends if iri.startswith(BASE))


def _of_itself(reader: Reader, iri: str, notes: Sequence[str]) -> set[Triple]:
    """What a description says of itself, under the address of its Turtle form."""
    me, newest = NamedNode(document_of(iri)), next(iter(revisions(reader)), None)
    dcterms, foaf = PREFIXES["dcterms"], PREFIXES["foaf"]
    facts: list[tuple[str, NamedNode | Literal]] = [
        (PREFIXES["rdf"] + "type", NamedNode(foaf + "Document")),
        (foaf + "primaryTopic", NamedNode(iri)),
        (dcterms + "license", NamedNode(LICENCE)),
        *((PREFIXES["rdfs"] + "comment", Literal(note, language="en")) for note in notes),
    ]
    if newest is not None:
        time = Literal(newest.at, datatype=NamedNode(PREFIXES["xsd"] + "dateTime"))
        revision = NamedNode(thing("revision", str(reader.revision)))
        facts += [(dcterms + "modified", time), (PREFIXES["prov"] + "wasDerivedFrom", revision)]
    return {Triple(me, NamedNode(name), value) for name, value in facts}


def document_of(iri: str) -> str:
    """The address of the Turtle document that describes a thing, or of the one that holds a term."""
    return f"{iri if iri.startswith(ID) else ONTOLOGY}.ttl"
