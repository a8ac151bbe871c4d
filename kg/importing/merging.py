"""Two records of one work made one: what points to the one points to the other, and its address leads there.

The record that is given up keeps what was printed in it and is marked as deprecated, beside the one it lives on in.
Source: ontology-model.md §5, X1 and X2; `gap:mergedInto`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import BadInput, NotFound
from kg.importing.references import clean
from kg.namespaces import PREFIXES, gap, kind_of, slug_of
from kg.store import DERIVED_GRAPH, META_GRAPH, Literal, NamedNode, Quad, Reader, Term, place

_DCT, _OWL, _SKOS, _XSD = (PREFIXES[name] for name in ("dcterms", "owl", "skos", "xsd"))
_TYPE, _SOURCE = PREFIXES["rdf"] + "type", NamedNode(gap("Source"))
_MOVED = {PREFIXES["cito"] + "cites", _DCT + "references", _DCT + "identifier", PREFIXES["bibo"] + "isbn"}
"""What is said of the one that is given up and goes over to the other."""


@dataclass(frozen=True)
class Merger:
    """What making two sources one would change.

    Attributes:
        gone, kept: addresses of the source that is given up and of the one it lives on in.
        pointing: what points to the one that is given up, as (address, property): each will point to the other.
        added, removed: the statements.
        revision: the one it was worked out in.
    """

    gone: str
    kept: str
    pointing: tuple[tuple[str, str], ...]
    added: frozenset[Quad]
    removed: frozenset[Quad]
    revision: int


def merge(reader: Reader, gone: str, kept: str, why: str) -> Merger:
    """What it takes to make a source live on in another.

    Args:
        gone: address of the source that is given up.
        kept: address of the one it lives on in.
        why: the reason, for whoever comes by the old address.

    Raises:
        NotFound: one of them is no source.
        BadInput: they are the same, one is given up already, or no reason is told.
    """
    for address in (gone, kept):
        _check(reader, address)
    if gone == kept:
        raise BadInput("These are the same record already.")
    reason = clean(why)[:1_000]
    if not reason:
        raise BadInput("Say why they are the same work.")
    old, new = NamedNode(gone), NamedNode(kept)
    pointing = sorted(_pointing(reader, old), key=str)
    moved = [quad for quad in reader.quads(subject=old) if quad.predicate.value in _MOVED]
    removed = {*pointing, *moved}
    added = {place((q.subject, q.predicate, new)) for q in pointing if q.subject != new}  # type: ignore[arg-type]
    over = {place((new, q.predicate, q.object)) for q in moved if q.object not in (old, new)}
    added |= over - {*_identified(reader, new, moved)}
    added |= {place((old, NamedNode(relation), value)) for relation, value in _given_up(new, reason)}
    there = {quad for subject in {q.subject for q in added} for quad in reader.quads(subject=subject)}
    told = tuple((q.subject.value, q.predicate.value) for q in pointing if isinstance(q.subject, NamedNode))
    return Merger(gone, kept, told, frozenset(added - there), frozenset(removed - added), reader.revision)


def _check(reader: Reader, address: str) -> None:
    said = {(q.predicate.value, q.object) for q in reader.quads(subject=NamedNode(address))}
    if kind_of(address) != "source" or (_TYPE, _SOURCE) not in said:
        raise NotFound(slug_of(address))
    if any(relation in (_OWL + "deprecated", gap("mergedInto")) for relation, _ in said):
        raise BadInput(f"“{slug_of(address)}” is given up already.")


def _pointing(reader: Reader, node: NamedNode) -> Iterator[Quad]:
    for quad in reader.quads(value=node):
        if quad.graph_name not in (DERIVED_GRAPH, META_GRAPH) and quad.subject != node:
            yield quad


def _identified(reader: Reader, kept: NamedNode, moved: list[Quad]) -> Iterator[Quad]:
    """Identifiers that would be a second one of their kind; the other record's own stands."""
    own = {quad.predicate for quad in reader.quads(subject=kept)}
    for quad in moved:
        if quad.predicate in own and isinstance(quad.object, Literal):
            yield place((kept, quad.predicate, quad.object))


def _given_up(kept: NamedNode, reason: str) -> list[tuple[str, Term]]:
    return [
        (_OWL + "deprecated", Literal("true", datatype=NamedNode(_XSD + "boolean"))),
        (gap("mergedInto"), kept),
        (_SKOS + "changeNote", Literal(reason, language="en")),
    ]
