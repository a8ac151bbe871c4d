"""Which packs were added to the base, and what they hold: on as they stand, off as the journal keeps them."""

from __future__ import annotations

from kg.errors import NotFound, PackConflict
from kg.namespaces import slug_of, thing
from kg.packs.placing import as_written
from kg.packs.reading import Pack, described
from kg.queries import AddedPack, added_packs, packs
from kg.store import META_GRAPH, Journal, NamedNode, Quad, Reader, pack_graph


def added(reader: Reader, name: str) -> AddedPack:
    """The pack of this name that was added.

    Raises:
        NotFound: there is none.
        PackConflict: it is a part of the base itself.
    """
    iri = thing("pack", slug_of(name) if name.startswith("http") else name.removeprefix("pack/"))
    found = {pack.pack: pack for pack in added_packs(reader)}
    if iri in found:
        return found[iri]
    if any(pack.pack == iri for pack in packs(reader)):
        raise PackConflict(
            f"“{slug_of(iri)}” is a part of the base itself, not a pack that was added: it is changed with its files "
            "(gapbridge load), and cannot be switched off or removed."
        )
    raise NotFound(f"pack {name}", [slug_of(pack) for pack in found][:5])


def things_of(reader: Reader, iri: str) -> frozenset[Quad]:
    """What stands in the graph of a pack that is on."""
    return frozenset(reader.quads(graph=pack_graph(iri)))


def record(reader: Reader, iri: str) -> frozenset[Quad]:
    """What is recorded of a pack."""
    return frozenset(q for q in reader.quads(subject=NamedNode(iri)) if q.graph_name == META_GRAPH)


def kept(reader: Reader, journal: Journal, pack: AddedPack) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """The things and the record of a pack that is off, as they stood before it was switched off.

    Raises:
        StoreDamaged: the journal's entry is not as it was written.
    """
    graph, me = pack_graph(pack.pack), NamedNode(pack.pack)
    patch = journal.read(int(slug_of(pack.off)))
    taken = {q for q in patch.removed if q.subject == me and q.graph_name == META_GRAPH}
    put = {q for q in patch.added if q.subject == me}
    things = frozenset(q for q in patch.removed if q.graph_name == graph)
    return things, frozenset((record(reader, pack.pack) - put) | taken)


def as_pack(things: frozenset[Quad], record: frozenset[Quad]) -> Pack:
    """A pack in the base as its files said it."""
    return described(as_written(record), as_written(things))
