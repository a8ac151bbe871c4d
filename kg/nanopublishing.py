"""Claims as nanopublications: an assertion, where it comes from, and who published it, each in a graph of its own.

Source: the nanopublication guidelines (https://nanopub.net/guidelines/working_draft/). The assertion is the bare
statement only where a document itself makes it, speaks for it, and puts it forward as so. Else (a caution, a gap, a
dispute, a condition, a thought to be tested, what a curator infers) the assertion is no more than that the document
claims so: the claim with its stance and its force. There are no trusty URIs: the address of a nanopublication stays
the same while its claim is mended, and says from which revision it was made.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.describing import LICENCE
from kg.errors import NotFound
from kg.namespaces import BASE, PREFIXES, gap, thing
from kg.queries import (
    ClaimStatement,
    accepted_claims,
    claim_statements,
    dataset_dates,
    describe_claims,
    describe_names,
)
from kg.reifying import SHORT, in_graph, parts, statement_of
from kg.store import Literal, NamedNode, Quad, Reader, Term, Triple, stream_statements

NP, NPX = "http://www.nanopub.org/nschema#", "http://purl.org/nanopub/x/"
SHORT_NANOPUB = {**SHORT, "np": NP, "npx": NPX}
"""The prefixes that nanopublications use."""
FORMS = ("trig", "nq")
PUBLISHER = thing("agent", "gapbridge")
_BARE = {
    "stance": (thing("stance", "supports"),),
    "force": (thing("force", "asserts"),),
    "standing": (thing("link-basis", "as-stated"), thing("link-basis", "by-table")),
}
"""How a claim must be made for its bare statement to be the assertion."""
_HOW = ("stance", "force", "claimBasis", "linkBasis", "gist")
_OF_STATEMENT = frozenset(
    [PREFIXES["rdf"] + "type", *map(gap, ("claimSubject", "claimPredicate", "claimObject", *_HOW))]
)
_READ = "The assertion is what the document itself states."
_CLAIMED = "The assertion is that the document, or a curator, claims so in this way; not the statement itself."
_RDF, _DCTERMS, _PROV = PREFIXES["rdf"], PREFIXES["dcterms"], PREFIXES["prov"]


@dataclass(frozen=True)
class _Told:
    """What is known of a portion of claims."""

    by_subject: dict[str, list[Triple]]
    revision: int
    made: str

    def of(self, iri: str) -> list[Triple]:
        return self.by_subject.get(iri, [])


def nanopublication(reader: Reader, claim: str) -> list[Quad]:
    """One claim as a nanopublication.

    Raises:
        NotFound: there is no such claim.
    """
    quads = list(_part(reader, [claim]))
    if not quads:
        raise NotFound(claim)
    return quads


def all_nanopublications(reader: Reader) -> Iterator[Quad]:
    """All accepted claims as nanopublications, one after the other."""
    for part in parts(accepted_claims(reader)):
        yield from _part(reader, part)


def address_of(claim: str) -> str:
    """The address of a claim's nanopublication; its graphs have fragments of it."""
    return f"{claim}.nanopub"


def is_bare(row: ClaimStatement) -> bool:
    """Whether the claim's statement itself may be asserted."""
    return row.linked == "true" and all(getattr(row, name) in values for name, values in _BARE.items())


def _part(reader: Reader, claims: Sequence[str]) -> Iterator[Quad]:
    told = _told(reader, claims)
    for row in claim_statements(reader, claims):
        yield from _nanopublication(row, told)


def _told(reader: Reader, claims: Sequence[str]) -> _Told:
    found = set(describe_claims(reader, claims))
    ends = {t.object.value for t in found if isinstance(t.object, NamedNode) and t.object.value.startswith(BASE)}
    found |= set(describe_names(reader, sorted(ends)))
    by_subject: dict[str, list[Triple]] = {}
    for triple in sorted(found, key=str):
        by_subject.setdefault(getattr(triple.subject, "value", ""), []).append(triple)
    return _Told(by_subject, reader.revision, dataset_dates(reader).modified)


def _nanopublication(row: ClaimStatement, told: _Told) -> Iterator[Quad]:
    me = address_of(row.claim)
    head, assertion, provenance, publication = (
        NamedNode(f"{me}#{name}") for name in ("Head", "assertion", "provenance", "pubinfo")
    )
    kept = (
        (NP + "hasAssertion", assertion),
        (NP + "hasProvenance", provenance),
        (NP + "hasPublicationInfo", publication),
    )
    yield from _in(head, _facts(me, (_RDF + "type", NamedNode(NP + "Nanopublication")), *kept))
    asserted = _asserted(row, told)
    yield from _in(assertion, asserted)
    yield from _in(provenance, _provenance(row, told, assertion, asserted))
    yield from _in(publication, _publication(row, told, me))


def _asserted(row: ClaimStatement, told: _Told) -> list[Triple]:
    if is_bare(row):
        return [statement_of(row)]
    return [t for t in told.of(row.claim) if t.predicate.value in _OF_STATEMENT]


def _provenance(row: ClaimStatement, told: _Told, assertion: NamedNode, asserted: list[Triple]) -> Iterator[Triple]:
    """Where the assertion comes from: the claim with its place, its document, its readers, what is cited for it."""
    record = [t for t in told.of(row.claim) if t not in asserted]
    documents = [t.object for t in record if t.predicate.value == gap("assertedIn")]
    yield from _facts(assertion.value, *((_PROV + "wasDerivedFrom", d) for d in (*documents, NamedNode(row.claim))))
    yield from record
    about = {row.claim}
    waiting = [t.object for t in record]
    while waiting:  # the passage, its place in the text, and the names of all else
        term = waiting.pop()
        if isinstance(term, NamedNode) and term.value not in about:
            about.add(term.value)
            more = told.of(term.value)
            yield from more
            waiting += [t.object for t in more if t.predicate.value == PREFIXES["oa"] + "hasSelector"]


def _publication(row: ClaimStatement, told: _Told, me: str) -> Iterator[Triple]:
    creators = [t.object for t in told.of(row.claim) if t.predicate.value == _DCTERMS + "creator"]
    time = Literal(told.made, datatype=NamedNode(PREFIXES["xsd"] + "dateTime"))
    yield from _facts(
        me,
        *((_DCTERMS + "creator", creator) for creator in creators),
        *([(_DCTERMS + "created", time)] if told.made else []),
        (_DCTERMS + "license", NamedNode(LICENCE)),
        (_DCTERMS + "publisher", NamedNode(PUBLISHER)),
        (_DCTERMS + "subject", NamedNode(row.claim)),
        (_PROV + "wasDerivedFrom", NamedNode(thing("revision", str(told.revision)))),
        (NPX + "hasNanopubType", NamedNode(gap("Claim"))),
        (NPX + "wasCreatedAt", NamedNode(BASE)),
        (PREFIXES["rdfs"] + "comment", Literal(_READ if is_bare(row) else _CLAIMED, language="en")),
    )


def _facts(subject: str, *facts: tuple[str, Term]) -> list[Triple]:
    return [Triple(NamedNode(subject), NamedNode(name), value) for name, value in facts]


def _in(graph: NamedNode, triples: Iterable[Triple]) -> Iterator[Quad]:
    return (in_graph(triple, graph) for triple in triples)


def written(reader: Reader, claim: str, form: str) -> bytes:
    """One claim as a nanopublication, in one of `FORMS`.

    Raises:
        NotFound: there is no such claim.
    """
    output = io.BytesIO()
    stream_statements(nanopublication(reader, claim), form, output, SHORT_NANOPUB)
    return output.getvalue()
