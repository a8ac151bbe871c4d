"""The typed ways from a cause as paths; and free paths through a thing, or on steps of some standing or better."""

from __future__ import annotations

import pytest

from kg.model import Standing
from kg.namespaces import gap, thing
from kg.paths import CausePath, PhaseStep, SourceStep, TacticStep, between, from_cause, spread
from kg.queries import path, phrases
from tests.data_support import base, whole

CAUSE = thing("failure-cause", "dispersed-governance")


@pytest.mark.parametrize("engine", [base, whole])
def test_one_path_for_each_row(engine: object) -> None:
    reader = engine()  # type: ignore[operator]
    found = spread(reader, from_cause(reader, CAUSE))
    rows = path(reader, CAUSE)
    assert [(p.things[1], p.things[2], p.things[3:]) for p in found] == [
        (row.phase, row.tactic, (row.source,) if row.source else ()) for row in rows
    ]


def test_every_step_is_told_and_rests_on_claims() -> None:
    for way in spread(whole(), from_cause(whole(), CAUSE)):
        for hop in way.hops:
            assert hop.claims
            assert hop.start_label
            assert hop.end_label
            assert hop.sentence.endswith(f"this step is {hop.standing.words}.")
            assert "is linked with" not in hop.sentence


def test_a_claim_has_its_own_words_where_a_link_has_ours() -> None:
    assert not {gap("supportedBy"), gap("recommendedIn"), gap("contextualWork")} & set(phrases(base()))


def test_a_link_without_claims_is_no_better_than_an_inference() -> None:
    """As in a base whose links were written by an older program."""
    phase = from_cause(base(), CAUSE).phases[0]
    tactic = phase.tactics[0]
    bare = SourceStep(gap("supportedBy"), "supported by", thing("source", "gold-2017"), "Gold 2017", ())
    told = TacticStep(tactic.tactic, tactic.label, tactic.standing, tactic.force, tactic.claims, (bare,), None)
    only = PhaseStep(phase.phase, phase.label, phase.standing, phase.force, phase.claims, (told,))
    (way,) = spread(base(), CausePath(CAUSE, "", (only,), ()))
    assert way.hops[-1].standing == way.standing == Standing.INFERRED
    assert way.hops[-1].sentence.endswith("this step is inferred by a curator.")


def test_a_tactic_without_a_source_ends_its_path() -> None:
    phase = from_cause(base(), CAUSE).phases[0]
    tactic = phase.tactics[0]
    told = TacticStep(tactic.tactic, tactic.label, tactic.standing, tactic.force, tactic.claims, (), None)
    only = PhaseStep(phase.phase, phase.label, phase.standing, phase.force, phase.claims, (told,))
    (way,) = spread(base(), CausePath(CAUSE, "", (only,), ()))
    assert way.things == (CAUSE, phase.phase, tactic.tactic)


ENDS = (CAUSE, thing("source", "henkel-1991"))


@pytest.mark.parametrize("weakest", Standing)
def test_a_way_on_better_steps_is_found_where_the_best_relation_is(weakest: Standing) -> None:
    every = between(whole(), *ENDS, length=5, most=500).paths
    kept = between(whole(), *ENDS, length=5, most=500, weakest=weakest).paths
    assert {p.things for p in kept} == {p.things for p in every if p.standing <= weakest}


def test_ways_through_a_thing() -> None:
    every = between(whole(), *ENDS, length=5, most=500)
    for middle in {iri for p in every.paths for iri in p.things}:
        found = between(whole(), *ENDS, length=5, most=500, through=middle)
        assert [p.things for p in found.paths] == [p.things for p in every.paths if middle in p.things]
        assert found.complete == every.complete
    assert between(whole(), *ENDS, through=thing("notion", "nowhere")).paths == ()
