"""What would come of a claim: the same as the whole base would say once it is in."""

from __future__ import annotations

import os

import pytest

from kg.changelog import compare
from kg.claiming import Proposal, following
from kg.derivation import steps
from kg.namespaces import gap, local_of, slug_of, thing
from kg.store import DERIVED_GRAPH, Engine, NamedNode, Quad, in_memory, rederive, text_of
from tests.claiming.claiming_support import kit, proposed
from tests.data_support import claims, whole

SAMPLE = [c.claim for c in claims() if c.claim[-1] == "7"][::3]
CHOSEN = [
    *[c.claim for c in claims() if c.relation == "respondsTo"][:1],
    *[c.claim for c in claims() if c.relation == "inPhase"][:1],
]


def without(claim: str) -> tuple[Engine, frozenset[Quad]]:
    """The base as if a claim had never come, and the claim."""
    slug = slug_of(claim)
    own = {thing(kind, slug) for kind in ("claim", "passage", "selector")}
    quads = [q for q in whole().quads() if q.graph_name != DERIVED_GRAPH]
    taken = frozenset(q for q in quads if text_of(q.subject) in own)
    base = in_memory(q for q in quads if q not in taken)
    rederive(base, steps())
    return base, taken


WANTED = sorted({*SAMPLE, *CHOSEN}) if os.environ.get("GAPBRIDGE_ALL_CLAIMS") else CHOSEN[:1]
"""GAPBRIDGE_ALL_CLAIMS=1 takes many more; each makes the whole base twice."""


@pytest.mark.parametrize("local", WANTED)
def test_the_neighbourhood_says_what_the_whole_base_says(local: str) -> None:
    base, taken = without(thing(*local.split("/")))
    before = frozenset(base.quads(graph=DERIVED_GRAPH))
    after = in_memory([*(q for q in base.quads() if q.graph_name != DERIVED_GRAPH), *taken])
    rederive(after, steps())
    now = frozenset(after.quads(graph=DERIVED_GRAPH))
    found = following(base, Proposal(thing(*local.split("/")), taken))
    wanted = {q.triple for q in now - before if "/summary/" not in text_of(q.subject)}
    assert {(link.subject, link.relation, link.object) for link in found.gained} == {
        (text_of(t.subject), t.predicate.value, text_of(t.object)) for t in wanted
    }
    whole_changes = compare(before - now, now - before)
    assert set(found.statuses) == set(whole_changes.statuses)
    assert set(found.addressed) == set(whole_changes.links)


def test_a_supporting_claim_writes_its_link_and_lifts_a_status() -> None:
    made = proposed(
        claimSubject="tactic/design-assurance-frameworks", claimObject="outcome/policy-drift",
        claimBasis="cites-empirical", backedBy="source/gold-2017",
    )  # fmt: skip
    found = following(kit().reader, made)
    links = {(local_of(link.subject), local_of(link.relation)) for link in found.gained}
    assert {
        ("tactic/design-assurance-frameworks", "leadsTo"),
        ("tactic/design-assurance-frameworks", "supportedBy"),
    } <= links
    assert found.lost == ()


def test_a_caution_writes_no_link_between_things() -> None:
    found = following(kit().reader, proposed(stance="cautions"))
    assert {local_of(link.relation) for link in found.gained} == {"cautionedBy", "discussedIn"}


def test_what_follows_is_told_as_if_it_were_accepted_and_nothing_is_kept() -> None:
    size = len(whole())
    found = following(kit().reader, proposed())
    assert len(whole()) == size
    status = [
        q for q in found.after.quads(subject=NamedNode(proposed().iri)) if q.predicate.value == gap("reviewStatus")
    ]
    assert [text_of(q.object) for q in status] == [thing("review-status", "accepted")]
