"""Adding, updating, switching off and on, counting and removing packs: what each would change, told before it is done.

A plan is made against one revision and goes through the one writer like any other change (`kg.contributing.commit`), so
what came in between refuses it, and every check of the base holds for what a pack brings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.changelog import Changes, compare
from kg.errors import PackConflict
from kg.namespaces import PREFIXES, gap, local_of, slug_of, thing
from kg.packs.added import added, as_pack, kept, record, things_of
from kg.packs.placing import record_of, things_placed
from kg.packs.reading import Pack
from kg.packs.versions import VersionKey, version_key
from kg.queries import AddedPack, added_packs, ontology_header, packs
from kg.store import (
    DERIVED_GRAPH,
    META_GRAPH,
    Change,
    Journal,
    Literal,
    NamedNode,
    Quad,
    Reader,
    Statement,
    pack_graph,
    pack_of,
    placed,
)
from kg.store import text_of as text

MOST_TOLD = 20
_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_DORMANT = NamedNode(gap("DormantPack"))
_OFF = NamedNode(gap("switchedOffIn"))
_STAYS = frozenset(
    [
        *(PREFIXES["dcterms"] + name for name in ("title", "license", "description", "created")),
        *(PREFIXES["dcat"] + "version", gap("heldIn"), gap("countsAsRead")),
    ]
)
"""What is still recorded of a pack that is off: nothing in it refers to what goes with the pack."""


@dataclass(frozen=True)
class Plan:
    """What would be done.

    Attributes:
        pack: the pack's address.
        change: what goes in and out.
        changes: the same by thing.
    """

    pack: str
    change: Change
    changes: Changes

    @property
    def differs(self) -> bool:
        """Whether it would change anything."""
        return bool(self.change.added or self.change.removed)


def add(reader: Reader, pack: Pack, agent: str, *, counts: bool = False) -> Plan:
    """Add a pack.

    Raises:
        PackConflict: it is there already, describes what is described elsewhere, or needs what is not here.
    """
    known = {row.pack for row in added_packs(reader)} | {row.pack for row in packs(reader)}
    if pack.iri in known:
        raise PackConflict(f"The pack “{pack.name}” is there already. To change it: gapbridge pack update.")
    _refuse_unmet(reader, pack)
    _refuse_described(reader, pack)
    wanted = things_placed(pack, counts=counts) | record_of(pack, counts=counts)
    how = ", its claims counting as read" if counts else ""
    return _plan(reader, pack.iri, wanted, frozenset(), agent, f"Pack “{pack.name}” {pack.version} added{how}")


def update(reader: Reader, pack: Pack, agent: str, *, force: bool = False) -> Plan:
    """Make a pack that is on say what these files say.

    Raises:
        NotFound, PackConflict: it is not there, is off, is older, or does not fit, as in `add`; or things are needed
            elsewhere that it no longer brings.
    """
    now = added(reader, pack.name)
    if now.off:
        raise PackConflict(f"The pack “{pack.name}” is off. Switch it on first: gapbridge pack on {pack.name}.")
    _refuse_unmet(reader, pack)
    _refuse_described(reader, pack)
    counts = bool(now.counts)
    wanted = things_placed(pack, counts=counts) | record_of(pack, counts=counts)
    plan = _plan(
        reader, pack.iri, wanted, _all_of(reader, pack.iri), agent, f"Pack “{pack.name}” updated to {pack.version}"
    )
    if plan.differs and not force:
        _refuse_older(now, pack)
    _refuse_needed(reader, pack.iri, {text(q.subject) for q in plan.change.removed} - pack.things)
    return plan


def switch_off(reader: Reader, name: str, agent: str) -> Plan:
    """Take a pack's things out of the graph, to be kept.

    Raises:
        NotFound, PackConflict: there is no such pack, it is off already, or something else needs its things.
    """
    pack = added(reader, name)
    if pack.off:
        raise PackConflict(f"The pack “{slug_of(pack.pack)}” is off already.")
    _refuse_requiring(reader, pack)
    _refuse_needed(reader, pack.pack, {text(q.subject) for q in things_of(reader, pack.pack)})
    me = NamedNode(pack.pack)
    stays = {q for q in record(reader, pack.pack) if q.predicate.value in _STAYS}
    revision = NamedNode(thing("revision", str(reader.revision + 1)))
    wanted = stays | {Quad(me, _TYPE, _DORMANT, META_GRAPH), Quad(me, _OFF, revision, META_GRAPH)}
    message = f"Pack “{slug_of(pack.pack)}” switched off"
    return _plan(reader, pack.pack, wanted, _all_of(reader, pack.pack), agent, message)


def switch_on(reader: Reader, journal: Journal, name: str, agent: str) -> Plan:
    """Bring back the things of a pack that is off.

    Raises:
        NotFound, PackConflict: there is no such pack, it is on already, or it no longer fits, as in `add`.
        StoreDamaged: what was kept is not as it was written.
    """
    pack = added(reader, name)
    if not pack.off:
        raise PackConflict(f"The pack “{slug_of(pack.pack)}” is on already.")
    things, described = kept(reader, journal, pack)
    files = as_pack(things, described)
    _refuse_unmet(reader, files)
    _refuse_described(reader, files)
    message = f"Pack “{slug_of(pack.pack)}” switched on"
    return _plan(reader, pack.pack, things | described, record(reader, pack.pack), agent, message)


def count(reader: Reader, name: str, agent: str, *, counts: bool) -> Plan:
    """Choose whether the claims of a pack that is on count as the readings they say they are.

    Raises:
        NotFound, PackConflict: there is no such pack, or it is off.
    """
    pack = added(reader, name)
    if pack.off:
        raise PackConflict(f"The pack “{slug_of(pack.pack)}” is off. Switch it on first.")
    files = as_pack(things_of(reader, pack.pack), record(reader, pack.pack))
    wanted = things_placed(files, counts=counts) | record_of(files, counts=counts)
    how = "count as read" if counts else "stand as mapped, and do not count"
    message = f"The claims of pack “{files.name}” {how}"
    return _plan(reader, pack.pack, wanted, _all_of(reader, pack.pack), agent, message)


def remove(reader: Reader, name: str, agent: str) -> Plan:
    """Take a pack out altogether; the history keeps it.

    Raises:
        NotFound, PackConflict: there is no such pack, or something else needs its things.
    """
    pack = added(reader, name)
    _refuse_requiring(reader, pack)
    _refuse_needed(reader, pack.pack, {text(q.subject) for q in things_of(reader, pack.pack)})
    message = f"Pack “{slug_of(pack.pack)}” removed"
    return _plan(reader, pack.pack, frozenset(), _all_of(reader, pack.pack), agent, message)


def answered_by(plan: Plan, reader: Reader, name: str) -> Plan:
    """The plan with what the base shall know of who answers for it, where it knows nothing of them yet.

    Args:
        plan: the plan.
        reader: the base.
        name: what they are called.
    """
    me = NamedNode(plan.change.agent)
    if any(True for _ in reader.quads(subject=me)):
        return plan
    prov = PREFIXES["prov"]
    told: list[Statement] = [
        (me, _TYPE, NamedNode(prov + "Agent")),
        (me, _TYPE, NamedNode(prov + "Person")),
        (me, NamedNode(PREFIXES["foaf"] + "name"), Literal(name)),
    ]
    return replace(plan, change=replace(plan.change, added=plan.change.added | placed(told)))


def _all_of(reader: Reader, iri: str) -> frozenset[Quad]:
    return things_of(reader, iri) | record(reader, iri)


def _plan(reader: Reader, iri: str, wanted: Iterable[Quad], present: frozenset[Quad], agent: str, message: str) -> Plan:
    wanted = frozenset(wanted)
    change = Change(reader.revision, wanted - present, present - wanted, agent, message, pack=iri)
    return Plan(iri, change, compare(change.removed, change.added))


def _refuse_unmet(reader: Reader, pack: Pack) -> None:
    """Refuse a pack that needs another one which is not here or off, or a newer ontology.

    Raises:
        PackConflict: it does.
    """
    here = {row.pack for row in packs(reader)}
    missing = [slug_of(iri) for iri in pack.requires if iri not in here]
    if missing:
        raise PackConflict(f"The pack “{pack.name}” needs these first, added and on: {', '.join(missing)}.")
    header = ontology_header(reader)
    ours = header.version if header else "0"
    if pack.ontology and not _fits(version_key(pack.ontology), version_key(ours)):
        raise PackConflict(
            f"The pack “{pack.name}” is made for version {pack.ontology} of the ontology; this program has {ours}."
        )


def _fits(wanted: VersionKey, ours: VersionKey) -> bool:
    """Whether what is made for a version can be taken by another: no older one, and no later main version."""
    return wanted <= ours and wanted[0][0] == ours[0][0]


def _refuse_described(reader: Reader, pack: Pack) -> None:
    """Refuse a pack that describes what the base or another pack describes.

    Raises:
        PackConflict: it does; each such thing is named.
    """
    mine = pack_graph(pack.iri)
    found = []
    for iri in sorted(pack.things):
        graphs = {q.graph_name for q in reader.quads(subject=NamedNode(iri))} - {DERIVED_GRAPH, mine}
        found += [f"{local_of(iri)} is described in {where}" for where in sorted(map(_where, graphs))]
    if found:
        raise PackConflict(
            f"The pack “{pack.name}” describes what is described already:{_told(found)}\n"
            "Leave these things out of the pack, or give them addresses of their own; claims in the pack may speak of "
            "what is there already."
        )


def _where(graph: object) -> str:
    pack = pack_of(graph.value) if isinstance(graph, NamedNode) else ""
    return f"the pack “{slug_of(pack)}”" if pack else "the base itself"


def _refuse_older(now: AddedPack, pack: Pack) -> None:
    if version_key(pack.version) <= version_key(now.version):
        raise PackConflict(
            f"The pack “{pack.name}” is here in version {now.version}; this one, which differs, has {pack.version}. "
            "Raise its version, or take it nevertheless with --force."
        )


def _refuse_requiring(reader: Reader, pack: AddedPack) -> None:
    """Refuse to take away what another pack says it requires."""
    requires = NamedNode(PREFIXES["dcterms"] + "requires")
    found = [q for q in reader.quads(value=NamedNode(pack.pack)) if q.predicate == requires]
    if found:
        names = ", ".join(sorted(slug_of(text(q.subject)) for q in found))
        raise PackConflict(f"The pack “{slug_of(pack.pack)}” is needed by: {names}. Switch these off first.")


def _refuse_needed(reader: Reader, iri: str, things: Iterable[str]) -> None:
    """Refuse to take away things to which something outside the pack refers.

    Raises:
        PackConflict: something does; both are named.
    """
    mine, me = (pack_graph(iri), DERIVED_GRAPH), NamedNode(iri)
    found = set()
    for needed in things:
        for quad in reader.quads(value=NamedNode(needed)):
            if quad.graph_name not in mine and quad.subject != me:
                needing = f"{local_of(text(quad.subject))} in {_where(quad.graph_name)}"
                found.add(f"{needing} refers to {local_of(needed)}")
    if found:
        raise PackConflict(
            f"Things of the pack “{slug_of(iri)}” are needed elsewhere:{_told(sorted(found))}\n"
            "Take these out first (for a pack: gapbridge pack off)."
        )


def _told(found: list[str]) -> str:
    more = f"\n  … and {len(found) - MOST_TOLD} more" if len(found) > MOST_TOLD else ""
    return "".join(f"\n  {line}" for line in found[:MOST_TOLD]) + more
