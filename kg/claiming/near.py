"""The part of the base that a proposal can touch, in memory: small, so that forms are answered at once.

Checks need the ontology with its shapes and whatever the proposal names. What follows from a claim by the rules needs
the other claims about the same ends, the phases, and the works it cites; a test holds the answer against that of the
whole base.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.namespaces import PREFIXES, gap, kind_of
from kg.store import DERIVED_GRAPH, ONTOLOGY_GRAPH, Engine, NamedNode, Quad, Reader, in_memory, text_of

_ENDS = frozenset({gap("claimSubject"), gap("claimObject")})
_PREDICATE = gap("claimPredicate")
_PHASED = frozenset({gap("inPhase"), gap("respondsTo")})
_WITHIN = frozenset({gap("locatedAt"), PREFIXES["oa"] + "hasSelector"})
_IN_SCHEME = PREFIXES["skos"] + "inScheme"
_OPEN = ("dimension",)
"""Kinds of ends that hold claims about everything together, and from which nothing follows."""


class Near:
    """What stands around some statements.

    Args:
        reader: the base.
        added, removed: the statements of a proposal.
    """

    def __init__(self, reader: Reader, added: Iterable[Quad], removed: Iterable[Quad] = ()) -> None:
        self._reader, self.added, self.removed = reader, frozenset(added), frozenset(removed)
        self._quads: set[Quad] = set()
        self._told: set[str] = set()

    def for_checks(self) -> Engine:
        """What the checks need to see, with the proposal in it."""
        self._quads |= set(self._reader.quads(graph=ONTOLOGY_GRAPH))
        self._named()
        for quad in self.added:
            if quad.predicate.value == _IN_SCHEME:
                self._members(text_of(quad.object))
        for subject in {text_of(quad.subject) for quad in self.added}:
            for quad in self._tell(subject):  # of what is there already, all it names
                self._tell(text_of(quad.object))
        return in_memory((self._quads - self.removed) | self.added, self._reader.revision)

    def for_rules(self) -> tuple[Engine, Engine]:
        """What the rules need to see, without the proposal and with it."""
        before = self._around()
        return in_memory(before), in_memory((before - self.removed) | self.added, self._reader.revision)

    def _around(self) -> frozenset[Quad]:
        self._quads |= set(self._reader.quads(graph=ONTOLOGY_GRAPH))
        self._named()
        ends = {text_of(q.object) for q in self.added | self.removed if q.predicate.value in _ENDS}
        for end in ends:
            for claim in self._pointing(end, _ENDS) if kind_of(end) not in _OPEN else ():
                self._claim(claim)
        for work in {text_of(q.object) for q in self.added if q.predicate.value == gap("backedBy")}:
            for claim in self._pointing(work, {gap("backedBy")}):
                self._claim(claim)
        self._phases()
        return frozenset(self._quads)

    def _phases(self) -> None:
        """The sections given over to phases, what is placed in each, and what each is set against."""
        for phase in self._pointing(gap("SupportPhase"), {PREFIXES["rdf"] + "type"}):
            for quad in self._tell(phase):
                if quad.predicate.value == gap("describedAt"):
                    self._place(text_of(quad.object))
            for claim in self._pointing(phase, _ENDS):
                if self._values(claim, _PREDICATE) & _PHASED:
                    self._claim(claim)

    def _claim(self, claim: str) -> None:
        if claim in self._told:
            return
        for quad in list(self._tell(claim)):
            value = text_of(quad.object)
            if quad.predicate.value == gap("locatedAt"):
                self._place(value)
            elif kind_of(value):
                self._thing(value)

    def _place(self, passage: str) -> None:
        for quad in list(self._tell(passage)):
            if quad.predicate.value in _WITHIN:
                self._tell(text_of(quad.object))

    def _thing(self, iri: str) -> None:
        """A thing; of a source also what its kind is, and how it was judged."""
        if iri in self._told:
            return
        for quad in list(self._tell(iri)):
            if quad.predicate.value == gap("evidenceType"):
                self._tell(text_of(quad.object))
        if kind_of(iri) == "source":
            for appraisal in self._pointing(iri, {gap("appraises")}):
                self._tell(appraisal)

    def _named(self) -> None:
        for quad in self.added | self.removed:
            for iri in (text_of(quad.subject), text_of(quad.object)):
                if kind_of(iri) == "claim":
                    self._claim(iri)
                elif kind_of(iri):
                    self._thing(iri)

    def _members(self, scheme: str) -> None:
        for member in self._pointing(scheme, {_IN_SCHEME}):
            self._tell(member)

    def _tell(self, iri: str) -> list[Quad]:
        """All that is stated of something, which is part of the neighbourhood from then on."""
        self._told.add(iri)
        if not kind_of(iri):
            return []
        found = [q for q in self._reader.quads(subject=NamedNode(iri)) if q.graph_name != DERIVED_GRAPH]
        self._quads |= set(found)
        return found

    def _pointing(self, iri: str, relations: Iterable[str]) -> set[str]:
        wanted = frozenset(relations)
        found = self._reader.quads(value=NamedNode(iri))
        return {text_of(q.subject) for q in found if q.predicate.value in wanted and q.graph_name != DERIVED_GRAPH}

    def _values(self, iri: str, relation: str) -> set[str]:
        return {text_of(q.object) for q in self._reader.quads(subject=NamedNode(iri)) if q.predicate.value == relation}
