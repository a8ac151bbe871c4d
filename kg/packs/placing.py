"""A pack's things as they stand in the base, in a graph of the pack's own, and back as the pack wrote them.

Each thing says which pack brought it. Where the pack was not chosen to count, each of its claims stands as mapped by a
pack, whatever it says itself, and keeps beside that what it said: so every list, map, path and status that knows
the standing of claims treats it rightly, and what is written back to files is what was read.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.namespaces import gap, thing
from kg.packs.reading import Pack
from kg.store import META_GRAPH, Literal, NamedNode, Quad, Statement, Term, in_memory, pack_graph

_PART = NamedNode(gap("partOfPack"))
_BASIS, _IN_PACK = NamedNode(gap("linkBasis")), NamedNode(gap("basisInPack"))
_MAPPED = NamedNode(thing("link-basis", "pack-mapping"))
_HELD, _COUNTS = NamedNode(gap("heldIn")), NamedNode(gap("countsAsRead"))


def things_placed(pack: Pack, *, counts: bool) -> frozenset[Quad]:
    """What a pack says of its things, as it stands in the base."""
    me, graph = NamedNode(pack.iri), pack_graph(pack.iri)
    found = [Quad(*part, graph) for statement in pack.statements for part in _standing(statement, counts)]
    found += [Quad(NamedNode(iri), _PART, me, graph) for iri in pack.things]
    return frozenset(in_memory(found).quads())  # literals in the engine's form, as in `store.placed`


def record_of(pack: Pack, *, counts: bool) -> frozenset[Quad]:
    """A pack's description as it stands in the base, with where its things are and whether they count."""
    me = NamedNode(pack.iri)
    found = [Quad(*statement, META_GRAPH) for statement in pack.description]
    found.append(Quad(me, _HELD, pack_graph(pack.iri), META_GRAPH))
    if counts:
        found.append(Quad(me, _COUNTS, _true(), META_GRAPH))
    return frozenset(in_memory(found).quads())


def as_written(quads: Iterable[Quad]) -> list[Statement]:
    """What quads of a pack, things or record, were in its files."""
    found: list[Statement] = []
    kept: dict[Term, Term] = {}
    for quad in quads:
        if not isinstance(quad.subject, NamedNode):
            continue  # the store takes none
        if quad.predicate == _IN_PACK:
            kept[quad.subject] = quad.object
        elif quad.predicate not in (_PART, _HELD, _COUNTS):
            found.append((quad.subject, quad.predicate, quad.object))
    return [(s, p, kept.get(s, o) if p == _BASIS else o) for s, p, o in found]


def _standing(statement: Statement, counts: bool) -> list[Statement]:
    subject, predicate, value = statement
    if counts or predicate != _BASIS or value == _MAPPED:
        return [statement]
    return [(subject, predicate, _MAPPED), (subject, _IN_PACK, value)]


def _true() -> Literal:
    return Literal(True)
