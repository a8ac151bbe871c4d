"""A change: what somebody wants taken out of the base and put into it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from kg.errors import DoesNotConform, Violation
from kg.namespaces import PREFIXES, gap, kind_of, local_of, thing
from kg.store.engine import Reader, in_memory
from kg.store.files import Statement
from kg.store.graphs import DERIVED_GRAPH, META_GRAPH, graph_of, place
from kg.store.terms import Literal, NamedNode, Quad, text_of

_A = NamedNode(PREFIXES["rdf"] + "type")
_XSD = PREFIXES["xsd"]


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
    """

    base: int
    added: frozenset[Quad]
    removed: frozenset[Quad] = frozenset()
    agent: str = thing("agent", "gapbridge")
    message: str = ""
    checker: str = ""
    contribution: str = ""


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
    wrong = sorted((q for q in change.added | change.removed if not _belongs(q)), key=str)
    if wrong:
        raise DoesNotConform([_misplaced(quad) for quad in wrong])


def _misplaced(quad: Quad) -> Violation:
    subject = quad.subject
    if not isinstance(subject, NamedNode) or not isinstance(quad.object, NamedNode | Literal):
        mend = "Blank nodes and statements about statements have no place in the data: give it an address."
    elif quad.graph_name == DERIVED_GRAPH or graph_of(subject.value) == DERIVED_GRAPH:
        mend = "The rules alone write derived statements: change the claims that they follow from."
    elif kind_of(subject.value) == "revision":
        mend = "What is recorded of a revision is written with it and never changed."
    else:
        mend = f"What is said of {local_of(subject.value)} stands in {graph_of(subject.value)}."
    message = f"The statement {quad.predicate} may not stand in {quad.graph_name}."
    return Violation(local_of(text_of(subject)), message, "graphs", mend)


def _belongs(quad: Quad) -> bool:
    subject, value = quad.subject, quad.object
    if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
        return False
    ours = quad.graph_name == DERIVED_GRAPH or kind_of(subject.value) == "revision"
    return not ours and quad.graph_name == graph_of(subject.value)
