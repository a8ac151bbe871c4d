"""Claims in RDF 1.2: each claim reifies its statement, and what it says of it stands on the claim.

Source: RDF 1.2 Concepts, “Triple Terms and Reification” (https://www.w3.org/TR/rdf12-concepts/). A statement stands
in the data itself only where the rules wrote it out as a link; of all others it is only told who says them, and how.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from kg.errors import NotFound
from kg.namespaces import BASE, PREFIXES, gap
from kg.queries import ClaimStatement, accepted_claims, claim_statements, describe_claims, describe_names
from kg.store import CLAIMS_GRAPH, DERIVED_GRAPH, NamedNode, Quad, Reader, Triple, graph_of, stream_statements

FORMS = ("ttl", "nt", "trig", "nq")
"""The forms that can hold terms that are triples."""
MOST = 500
"""For how many claims one query asks."""
SHORT = {name: PREFIXES[name] for name in ("dcterms", "foaf", "gap", "oa", "prov", "rdf", "rdfs", "skos", "xsd")}
"""The prefixes that exports of claims use."""
_REIFIES = NamedNode(PREFIXES["rdf"] + "reifies")
_STATEMENT = tuple(NamedNode(gap(name)) for name in ("claimSubject", "claimPredicate", "claimObject"))
"""What the triple term says instead."""


def reified(reader: Reader, claim: str) -> list[Quad]:
    """One claim as a reifier, with the names of all that it speaks of.

    Raises:
        NotFound: there is no such claim.
    """
    quads = list(_part(reader, [claim]))
    if not quads:
        raise NotFound(claim)
    ends = {term.value for q in quads for term in _terms(q) if isinstance(term, NamedNode)}
    names = describe_names(reader, sorted(iri for iri in ends if iri.startswith(BASE)))
    named = [in_graph(t, graph_of(t.subject.value)) for t in names if isinstance(t.subject, NamedNode)]
    return quads + sorted(set(named) - set(quads), key=str)


def all_reified(reader: Reader) -> Iterator[Quad]:
    """All accepted claims as reifiers."""
    for part in parts(accepted_claims(reader)):
        yield from _part(reader, part)


def parts(claims: Sequence[str]) -> Iterator[list[str]]:
    """Claims in portions that one query can be asked for."""
    for start in range(0, len(claims), MOST):
        yield list(claims[start : start + MOST])


def _part(reader: Reader, claims: Sequence[str]) -> Iterator[Quad]:
    """What is said of claims, then the links that their statements are."""
    rows = claim_statements(reader, claims)
    told = [t for t in set(describe_claims(reader, claims)) if t.predicate not in _STATEMENT]
    reifying = [Triple(NamedNode(row.claim), _REIFIES, statement_of(row)) for row in rows]
    yield from (in_graph(triple, CLAIMS_GRAPH) for triple in sorted([*reifying, *told], key=str))
    links = {statement_of(row) for row in rows if row.linked == "true"}
    yield from (in_graph(triple, DERIVED_GRAPH) for triple in sorted(links, key=str))


def in_graph(triple: Triple, graph: NamedNode) -> Quad:
    """A triple in a graph."""
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def statement_of(row: ClaimStatement) -> Triple:
    """What a claim states, as a triple."""
    return Triple(NamedNode(row.subject), NamedNode(row.relation), NamedNode(row.object))


def _terms(quad: Quad) -> list[object]:
    if isinstance(quad.object, Triple):
        return [quad.subject, quad.object.subject, quad.object.predicate, quad.object.object]
    return [quad.subject, quad.object]


def write(quads: Iterable[Quad], form: str, output: IO[bytes]) -> None:
    """Write claims in one of `FORMS`; `ttl` and `nt` do not say which graph a statement stands in."""
    if form in ("ttl", "nt"):
        stream_statements((quad.triple for quad in quads), form, output, SHORT)
    else:
        stream_statements(quads, form, output, SHORT)


def written(reader: Reader, claim: str, form: str) -> bytes:
    """One claim as a reifier, in one of `FORMS`.

    Raises:
        NotFound: there is no such claim.
    """
    output = io.BytesIO()
    write(reified(reader, claim), form, output)
    return output.getvalue()
