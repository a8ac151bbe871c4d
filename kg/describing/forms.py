"""Statements as text, in each form that RDF is commonly exchanged in."""

from __future__ import annotations

from collections.abc import Iterable

from kg.describing.description import describe
from kg.describing.jsonld import write_jsonld
from kg.namespaces import ID, PREFIXES, compact, kind_of
from kg.store import Literal, NamedNode, Quad, Reader, Triple, serialise

FORMS = ("ttl", "nt", "rdf", "jsonld", "trig", "nq")
"""The forms, by the suffix of their files."""
_WITH_GRAPHS = ("trig", "nq")


def described(reader: Reader, iri: str, form: str) -> bytes:
    """The description of a thing in a form; `trig` and `nq` tell which graph each statement stands in.

    Raises:
        NotFound: nothing is said of it.
    """
    triples = describe(reader, iri).triples
    return write(_in_graphs(reader, triples) if form in _WITH_GRAPHS else triples, form, first=iri)


def write(statements: Iterable[Triple] | Iterable[Quad], form: str, first: str = "") -> bytes:
    """Statements in a form; the same statements always give the same bytes.

    Args:
        statements: triples, or quads, whose graphs only `trig` and `nq` keep.
        form: one of `FORMS`.
        first: what JSON-LD begins with; the other forms are sorted.
    """
    if form in _WITH_GRAPHS:
        quads = list(statements)
        return serialise(quads, f".{form}", _prefixes(quads))  # type: ignore[arg-type]  # all of one kind
    triples = [s.triple if isinstance(s, Quad) else s for s in statements]
    return write_jsonld(triples, first) if form == "jsonld" else serialise(triples, f".{form}", _prefixes(triples))


def _in_graphs(reader: Reader, triples: set[Triple]) -> list[Quad]:
    """Statements with the graphs they stand in; what a description says of itself stands in none."""
    subjects = {triple.subject for triple in triples}
    stored = [q for subject in subjects for q in reader.quads(subject=subject) if q.triple in triples]
    alone = triples - {quad.triple for quad in stored}
    return [*stored, *(Quad(t.subject, t.predicate, t.object) for t in alone)]


def _prefixes(statements: Iterable[Triple | Quad]) -> dict[str, str]:
    """A prefix for each vocabulary and each kind of thing that occurs."""
    bases = {_base(term) for s in statements for term in (s.subject, s.predicate, s.object)}
    return dict(sorted(base for base in bases if base))


def _base(term: object) -> tuple[str, str] | None:
    """The prefix that an address, or the datatype of a literal, is abbreviated with."""
    if not isinstance(term, NamedNode | Literal):
        return None
    iri = term.value if isinstance(term, NamedNode) else term.datatype.value
    kind = kind_of(iri)
    if kind and kind not in PREFIXES:
        return kind, f"{ID}{kind}/"
    name, colon, _ = compact(iri).partition(":")
    return (name, PREFIXES[name]) if colon and name in PREFIXES and iri.startswith(PREFIXES[name]) else None
