"""A change: what somebody wants taken out of the base and put into it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from kg.errors import DoesNotConform, Violation
from kg.namespaces import PREFIXES, gap, kind_of, local_of, slug_of, thing
from kg.store.engine import Reader, in_memory
from kg.store.files import Statement
from kg.store.graphs import (
    DERIVED_GRAPH,
    GRAPHS,
    META_GRAPH,
    ONTOLOGY_GRAPH,
    graph_of,
    pack_graph,
    pack_of,
    place,
)
from kg.store.terms import Literal, NamedNode, Quad, text_of

_A = NamedNode(PREFIXES["rdf"] + "type")
_XSD = PREFIXES["xsd"]
_NEVER_IN_PACK = (ONTOLOGY_GRAPH, DERIVED_GRAPH, META_GRAPH)


@dataclass(frozen=True)
class Change:
    """One change, made by somebody against one revision.

    Attributes:
        base: the revision it was made against; another newest revision refuses it.
        removed, added: statements out and in; those that make no difference are left aside.
        agent: address of who answers for it.
        message: what it does, in a line.
        checker: address of who accepted it after looking at it; empty where nobody else had to.
        contribution: under what the desk keeps what this accepts; empty where it did not come that way.
        pack: the pack that it brings, changes or takes out; no other change touches what stands in a pack's graph.
    """

    base: int
    added: frozenset[Quad]
    removed: frozenset[Quad] = frozenset()
    agent: str = thing("agent", "gapbridge")
    message: str = ""
    checker: str = ""
    contribution: str = ""
    pack: str = ""


def placed(statements: Iterable[Statement]) -> frozenset[Quad]:
    """Statements as the quads a change holds: each in the graph of its subject, literals in the engine's form.

    The engine keeps values, not spellings (`1.10` becomes `1.1`), so a change must be written as it will be read.
    """
    return frozenset(in_memory(place(s) for s in statements).quads())


def describing(reader: Reader, statements: Iterable[Statement], agent: str, message: str) -> Change:
    """The change that makes the base say of each subject just what these statements say of it.

    This is how files are loaded: a file is the whole truth about the things it describes, so what the
    base said of them otherwise goes out. Things the files do not describe stay as they are.
    """
    wanted = placed(statements)
    present = {quad for subject in {q.subject for q in wanted} for quad in reader.quads(subject=subject)}
    graphs = {q.graph_name for q in wanted}
    removed = frozenset(q for q in present - wanted if q.graph_name in graphs)
    return Change(reader.revision, frozenset(wanted - present), removed, agent, message)


def provenance(number: int, change: Change, at: datetime) -> frozenset[Quad]:
    """What is recorded of a revision itself: who, when, why, after which (PROV-O, §3.1)."""
    me = NamedNode(thing("revision", str(number)))
    time = Literal(f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", datatype=NamedNode(_XSD + "dateTime"))
    facts: list[tuple[str, NamedNode | Literal]] = [
        (gap("revisionNumber"), Literal(str(number), datatype=NamedNode(_XSD + "integer"))),
        (PREFIXES["prov"] + "endedAtTime", time),
        (PREFIXES["prov"] + "wasAssociatedWith", NamedNode(change.agent)),
    ]
    if change.message:
        facts.append((PREFIXES["dcterms"] + "description", Literal(change.message, language="en")))
    if change.checker:
        facts.append((gap("acceptedBy"), NamedNode(change.checker)))
    if change.contribution:
        facts.append((gap("contribution"), Literal(change.contribution)))
    if number > 1:
        facts.append((PREFIXES["prov"] + "wasInformedBy", NamedNode(thing("revision", str(number - 1)))))
    quads = [Quad(me, NamedNode(p), value, META_GRAPH) for p, value in facts]
    return frozenset([Quad(me, _A, NamedNode(gap("Revision")), META_GRAPH), *quads])


def refuse_misplaced(change: Change) -> None:
    """Refuse statements outside the graph of their subject (a triple must not stand in two graphs), blank nodes,
    and whatever only the writer itself writes: derived statements, and what is recorded of revisions.

    Raises:
        DoesNotConform: some do.
    """
    wrong = sorted((q for q in change.added | change.removed if not _belongs(q, change.pack)), key=str)
    if wrong:
        raise DoesNotConform(list(dict.fromkeys(_misplaced(quad) for quad in wrong)))


def refuse_torn(reader: Reader, change: Change) -> None:
    """Refuse to say something of a thing in one graph that is described in another, and a pack's record without it.

    Raises:
        DoesNotConform: the change does.
    """
    graphs = [graph for graph in reader.graphs() if graph != DERIVED_GRAPH]
    if not change.pack and len(graphs) < len(GRAPHS) and not reader.holds(_HELD):
        return  # then the subject alone decides, which `refuse_misplaced` has held already
    gone = change.removed - change.added
    found = []
    for subject, graph in sorted({(q.subject, q.graph_name) for q in change.added | gone}, key=str):
        recorded = (q for g in graphs for q in reader.quads(subject=subject, graph=g))  # much may be derived of a hub
        present = [q for q in recorded if q not in gone]
        others = {q.graph_name for q in present} - {graph}
        found += [_torn(text_of(subject), str(other)[1:-1], change) for other in others]
        if any(q.predicate == _HELD for q in present) and text_of(subject) != change.pack:
            found.append(Violation(local_of(text_of(subject)), _RECORD, "one-graph", _BY_PACK))
    if found:
        raise DoesNotConform(found)


_HELD = NamedNode(gap("heldIn"))
_BY_PACK = "Change the pack itself: gapbridge pack update, off, on or remove."
_RECORD = "What is recorded of a pack that was added is written with it."


def _torn(subject: str, graph: str, change: Change) -> Violation:
    pack = pack_of(graph)
    where = f"in the pack “{slug_of(pack)}”" if pack else "in the base itself"
    own = "Give what the pack brings an address of its own; of this thing it can speak in claims of its own."
    return Violation(
        local_of(subject), f"This is described {where} already.", "one-graph", own if change.pack else _BY_PACK
    )


def _misplaced(quad: Quad) -> Violation:
    subject = quad.subject
    if not isinstance(subject, NamedNode) or not isinstance(quad.object, NamedNode | Literal):
        mend = "Blank nodes and statements about statements have no place in the data: give it an address."
    elif quad.graph_name == DERIVED_GRAPH or graph_of(subject.value) == DERIVED_GRAPH:
        mend = "The rules alone write derived statements: change the claims that they follow from."
    elif pack := pack_of(str(quad.graph_name)[1:-1]):
        return Violation(local_of(subject.value), f"This came with the pack “{slug_of(pack)}”.", "graphs", _BY_PACK)
    elif kind_of(subject.value) == "revision":
        mend = "What is recorded of a revision is written with it and never changed."
    else:
        mend = f"What is said of {local_of(subject.value)} stands in {graph_of(subject.value)}."
    message = f"The statement {quad.predicate} may not stand in {quad.graph_name}."
    return Violation(local_of(text_of(subject)), message, "graphs", mend)


def _belongs(quad: Quad, pack: str) -> bool:
    subject, value = quad.subject, quad.object
    if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
        return False
    if quad.graph_name == DERIVED_GRAPH or kind_of(subject.value) == "revision":
        return False
    if pack and quad.graph_name == pack_graph(pack):
        return graph_of(subject.value) not in _NEVER_IN_PACK and kind_of(subject.value) is not None
    return quad.graph_name == graph_of(subject.value)
