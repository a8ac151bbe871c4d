"""What is kept up by what a change touches is what is derived and checked whole, after any sequence of changes.

`GAPBRIDGE_LONG=1` tries some hundred times as many changes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.derivation import Keeping, steps
from kg.namespaces import ID, PREFIXES, gap, thing
from kg.store import (
    DERIVED_GRAPH,
    ONTOLOGY_GRAPH,
    Engine,
    Literal,
    NamedNode,
    Quad,
    in_memory,
    place,
    rederive,
    text_of,
)
from kg.validation import check
from tests.data_support import base, whole

LONG = bool(os.environ.get("GAPBRIDGE_LONG"))
A = NamedNode(PREFIXES["rdf"] + "type")
Edit = Callable[["Draw"], tuple[set[Quad], set[Quad]]]


def term(name: str) -> NamedNode:
    return NamedNode(gap(name))


@cache
def quads(large: bool) -> tuple[Quad, ...]:
    """A base in good order: all packs, or the core article's without what it names of the others."""
    found = set((whole() if large else base()).quads())
    described = {q.subject for q in found if q.predicate == A}
    return tuple(sorted((q for q in found if q.object in described or not text_of(q.object).startswith(ID)), key=str))


class Draw:
    """Draws from a base what may change in it."""

    def __init__(self, engine: Engine, chance: Random) -> None:
        self.engine, self.chance = engine, chance
        self.recorded = sorted(
            (q for q in engine.quads() if q.graph_name not in (DERIVED_GRAPH, ONTOLOGY_GRAPH)), key=str
        )

    def any(self, predicate: NamedNode | None = None, value: NamedNode | None = None) -> Quad:
        some = [q for q in self.recorded if predicate in (None, q.predicate) and value in (None, q.object)]
        return self.chance.choice(some or self.recorded)

    def claim(self) -> NamedNode:
        """A claim; mostly one that others build on, or one of the kinds that rules build chains of."""
        kinds = (None, "inPhase", "respondsTo", "inTensionWith", "addresses", "requires", "leadsTo")
        kind = self.chance.choice(kinds)
        found = self.any(term("claimPredicate"), term(kind) if kind else None).subject
        assert isinstance(found, NamedNode)
        return found

    def about(self, subject: object) -> set[Quad]:
        return {q for q in self.engine.quads(subject=subject) if q.graph_name != DERIVED_GRAPH}  # type: ignore[arg-type]


def taken_out(draw: Draw) -> tuple[set[Quad], set[Quad]]:
    """Any statement at all."""
    return {draw.any()}, set()


def put_in(draw: Draw) -> tuple[set[Quad], set[Quad]]:
    """What is said of one thing, said of another."""
    said, of = draw.any(), draw.any()
    return set(), {Quad(of.subject, said.predicate, said.object, of.graph_name)}


def exchanged(draw: Draw) -> tuple[set[Quad], set[Quad]]:
    """A value for another that the property has elsewhere: renamed, retyped, moved to another scheme."""
    old = draw.any()
    return {old}, {Quad(old.subject, old.predicate, draw.any(old.predicate).object, old.graph_name)}


def claim_edited(draw: Draw) -> tuple[set[Quad], set[Quad]]:
    """A part of a claim exchanged."""
    parts = (
        "stance",
        "linkBasis",
        "claimSubject",
        "claimObject",
        "claimPredicate",
        "claimBasis",
        "force",
        "assertedIn",
    )
    wanted = term(draw.chance.choice((*parts, "reviewStatus", "backedBy")))
    removed = {q for q in draw.about(draw.claim()) if q.predicate == wanted}
    new = draw.any(wanted).object
    return removed, {Quad(q.subject, q.predicate, new, q.graph_name) for q in removed}


def claim_withdrawn(draw: Draw) -> tuple[set[Quad], set[Quad]]:
    return draw.about(draw.claim()), set()


def claim_set_aside(draw: Draw) -> tuple[set[Quad], set[Quad]]:
    """No longer accepted, in good order."""
    claim = draw.claim()
    removed = {q for q in draw.about(claim) if q.predicate == term("reviewStatus")}
    return removed, {place((claim, term("reviewStatus"), NamedNode(thing("review-status", "draft"))))}


def claim_added(draw: Draw) -> tuple[set[Quad], set[Quad]]:
    """One like another, and perhaps of another stance."""
    me = NamedNode(thing("claim", f"new-{draw.chance.randrange(10**6)}"))
    said = [q for q in draw.about(draw.claim()) if q.predicate != term("locatedAt") or draw.chance.random() < 0.5]
    stance = draw.any(term("stance")).object if draw.chance.random() < 0.5 else None
    values = (stance if stance and q.predicate == term("stance") else q.object for q in said)
    return set(), {place((me, q.predicate, value)) for q, value in zip(said, values, strict=True)}


def retracted(draw: Draw) -> tuple[set[Quad], set[Quad]]:
    work = draw.any(term(draw.chance.choice(("backedBy", "assertedIn")))).object
    assert isinstance(work, NamedNode)
    return set(), {place((work, term("publicationStatus"), NamedNode(thing("publication-status", "retracted"))))}


def thing_gone(draw: Draw) -> tuple[set[Quad], set[Quad]]:
    return draw.about(draw.any().subject), set()


def appraised(draw: Draw) -> tuple[set[Quad], set[Quad]]:
    me, work = NamedNode(thing("appraisal", f"new-{draw.chance.randrange(10**6)}")), draw.any(term("backedBy")).object
    assert isinstance(work, NamedNode)
    none, accepted = NamedNode(thing("concern", "none")), NamedNode(thing("review-status", "accepted"))
    said = {"appraises": work, "soundness": none, "relevance": none, "reviewStatus": accepted}
    review = place((work, term("evidenceType"), NamedNode(thing("evidence-type", "systematic-review"))))
    return set(), {*(place((me, term(p), o)) for p, o in said.items()), review}


def linked_by_hand(draw: Draw) -> tuple[set[Quad], set[Quad]]:
    relations = [q.subject for q in draw.engine.quads(value=term("ClaimRelation"))]
    relations += [q.subject for q in draw.engine.quads(value=term("SourceLink"))]
    links = sorted((q for q in draw.engine.quads(graph=DERIVED_GRAPH) if q.predicate in relations), key=str)
    if links and draw.chance.random() < 0.5:
        link = draw.chance.choice(links)
        return set(), {place((link.subject, link.predicate, link.object))}  # type: ignore[arg-type]
    relation = draw.chance.choice(sorted(relations, key=str))
    return set(), {place((draw.any(term("claimSubject")).object, relation, draw.any(term("backedBy")).object))}  # type: ignore[arg-type]


def in_a_pack(draw: Draw) -> tuple[set[Quad], set[Quad]]:
    """A claim as a pack brings it, and the pack's record."""
    pack = NamedNode(thing("pack", "tried"))
    claim, graph = draw.claim(), NamedNode("https://w3id.org/gapbridge/graph/pack-tried")
    removed = draw.about(claim)
    mapped, basis = NamedNode(thing("link-basis", "pack-mapping")), term("linkBasis")
    moved = {Quad(claim, q.predicate, mapped if q.predicate == basis else q.object, graph) for q in removed}
    record = {place((pack, term("heldIn"), graph)), Quad(claim, term("partOfPack"), pack, graph)}
    return removed, moved | record


def deprecated(draw: Draw) -> tuple[set[Quad], set[Quad]]:
    yes = Literal("true", datatype=NamedNode(PREFIXES["xsd"] + "boolean"))
    return set(), {place((draw.any().subject, NamedNode(PREFIXES["owl"] + "deprecated"), yes))}  # type: ignore[arg-type]


EDITS: tuple[Edit, ...] = (
    taken_out, put_in, exchanged, claim_edited, claim_withdrawn, claim_set_aside, claim_added, retracted, thing_gone,
    appraised, linked_by_hand, in_a_pack, deprecated, claim_edited, claim_set_aside, claim_added,
)  # fmt: skip


def follow(engine: Engine, chance: Random) -> None:
    """Make a change both ways, and compare; keep it where nothing is amiss."""
    drawn = [chance.choice(EDITS)(Draw(engine, chance)) for _ in range(chance.choice((1, 1, 2, 4)))]
    removed = {q for out, _ in drawn for q in out if q in engine.store}
    added = {q for _, into in drawn for q in into if q not in engine.store and q not in removed}
    if not Keeping().covers(removed, added):
        return
    outcome = Keeping().update(engine, removed, added)
    told = "\n".join(sorted([*(f"- {q}" for q in removed), *(f"+ {q}" for q in added)]))
    lacking, beyond = ({str(q) for q in some} for some in reversed(rederive(engine, steps())))
    assert (lacking, beyond) == (set(), set()), f"{told}\nlacking: {lacking}\nbeyond: {beyond}"
    found = set(check(engine))
    assert set(outcome.violations) == found, f"{told}\n{found ^ set(outcome.violations)}"
    if outcome.violations:
        engine.replace(outcome.added | added, outcome.removed | removed)


@settings(max_examples=300 if LONG else 4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(chance=st.randoms(use_true_random=False))
def test_what_is_kept_up_is_what_is_derived_and_checked_whole(chance: Random) -> None:
    engine = in_memory(quads(LONG))
    for _ in range(4):
        follow(engine, chance)


@pytest.mark.skipif(not LONG, reason="takes minutes; GAPBRIDGE_LONG=1")
def test_and_so_after_each_of_many_changes_in_a_row() -> None:
    engine, chance = in_memory(quads(large=True)), Random(7)
    for _ in range(300):
        follow(engine, chance)
