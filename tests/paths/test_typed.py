"""The typed path of each cause against answers worked out by hand from the article, and against its query."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kg.namespaces import gap, kind_of, slug_of, thing
from kg.paths import CausePath, PhaseStep, TacticStep, from_cause
from kg.queries import causes, onward, path
from tests.data_support import base, claims


@dataclass(frozen=True)
class Expected:
    """A row of Table 2, the bullets of its section, and the works that the section of its phase cites."""

    phase: str
    tactics: tuple[str, ...]
    context: frozenset[str]


EXPECTED = {
    "overly-optimistic-expectations": Expected(
        "preparation",
        (
            "explore-options",
            "collaborative-design-forums",
            "design-assurance-frameworks",
            "robust-implementation-statements",
            "best-available-evidence",
            "adequate-funding-stream",
            "agencies-can-succeed",
        ),
        frozenset(
            {
                "may-2015",
                "sas-2015",
                "sas-2017",
                "gold-2014",
                "hm-government-2012",
                "australian-government-2014",
                "ifg-cipfa-2017",
            }
        ),
    ),
    "dispersed-governance": Expected(
        "tracking",
        (
            "two-way-communication",
            "intermediary-bodies",
            "proportionate-targets",
            "separate-monitoring-from-support",
            "realistic-expectations-of-success",
        ),
        frozenset({"gold-2017", "weaver-2009", "aid-effectiveness-2014"}),
    ),
    "inadequate-collaborative-policymaking": Expected(
        "support",
        ("common-ground-with-implementers", "implementation-brokers", "support-where-needed"),
        frozenset(
            {
                "allcock-2015",
                "pew-macarthur-2017",
                "franks-bory-2015",
                "roberts-king-1996",
                "gold-2014",
                "gold-2017",
                "who-2016",
                "who-2018",
                "hunter-2018",
                "henkel-1991",
                "furnival-2018",
            }
        ),
    ),
    "vagaries-of-the-political-cycle": Expected(
        "review",
        ("review-landmarks", "action-research", "political-acknowledgment-of-time"),
        frozenset({"oecd-2013", "cairney-2016", "mcconnell-2015"}),
    ),
}

# The lessons and recommendations for delivery units of §3.2, list by list, which only a curator places in tracking.
LESSONS = {
    "few-priorities": "aid-effectiveness-2014",
    "political-backing": "gold-2017",
    "adequate-budgets": "aid-effectiveness-2014",
    "tight-remit": "gold-2017",
    "good-data": "aid-effectiveness-2014",
    "close-location": "gold-2017",
    "agreed-targets": "aid-effectiveness-2014",
    "right-staffing": "gold-2017",
    "understand-delivery-systems": "aid-effectiveness-2014",
    "cross-government-ownership": "gold-2017",
    "communications-strategy": "aid-effectiveness-2014",
    "review-and-refresh": "gold-2017",
}

# Works cited in the passages from which a curator's claim about the tactic was drawn.
RELATED = {
    "explore-options": {"sas-2015", "sas-2017", "may-2015"},  # options not considered; feasibility
    "collaborative-design-forums": {"ansell-2017"},
    "best-available-evidence": {"nao-2013", "sas-2015", "sas-2017"},
    "adequate-funding-stream": {"aid-effectiveness-2014"},  # adequate budgets
    "intermediary-bodies": {"franks-bory-2015", "pew-macarthur-2017"},
    "proportionate-targets": {"aid-effectiveness-2014"},  # agreed targets
    "separate-monitoring-from-support": {"henkel-1991"},
    "common-ground-with-implementers": {"hudson-1993"},  # discretion
    "implementation-brokers": {"allcock-2015", "braithwaite-2018"},  # local context
    "political-acknowledgment-of-time": {"ilott-2016"},  # uneven costs and benefits
}


def found(cause: str) -> CausePath:
    return from_cause(base(), thing("failure-cause", cause))


def bullets(phase: PhaseStep) -> list[TacticStep]:
    """The tactics of the phase's own bullets."""
    return [tactic for tactic in phase.tactics if kind_of(tactic.tactic) == "tactic"]


def lessons(phase: PhaseStep) -> list[TacticStep]:
    return [tactic for tactic in phase.tactics if kind_of(tactic.tactic) != "tactic"]


@pytest.mark.parametrize("cause", EXPECTED)
def test_one_phase_by_the_table_and_only_hypothesised(cause: str) -> None:
    """“Roughly equated”: the standing and force of the first hop."""
    (phase,) = found(cause).phases
    assert slug_of(phase.phase) == EXPECTED[cause].phase
    assert (phase.standing, phase.force) == ("By table", "Hypothesises")
    (claim,) = phase.claims
    assert slug_of(claim).startswith(f"table2-{EXPECTED[cause].phase}-{cause}-")


@pytest.mark.parametrize("cause", EXPECTED)
def test_tactics_in_the_order_of_the_bullets_and_recommended(cause: str) -> None:
    (phase,) = found(cause).phases
    order = [slug_of(tactic.tactic) for tactic in phase.tactics]
    assert order[: len(EXPECTED[cause].tactics)] == [*EXPECTED[cause].tactics]  # before what a curator placed there
    for tactic in bullets(phase):
        assert (tactic.standing, tactic.force) == ("As stated", "Recommends")
        (claim,) = tactic.claims
        assert slug_of(claim).rpartition("-")[0] == f"tactic-{slug_of(tactic.tactic)}"
        assert tactic.summary is not None
        assert slug_of(tactic.summary.status) == "proposed"


def test_lessons_for_delivery_units_are_placed_by_a_curator_and_rest_on_the_work_that_gives_them() -> None:
    (phase,) = found("dispersed-governance").phases
    assert {slug_of(tactic.tactic) for tactic in lessons(phase)} == set(LESSONS)
    for tactic in lessons(phase):
        assert (tactic.standing, tactic.force) == ("Curator inference", "Hypothesises")
        assert tactic.summary is not None
        assert slug_of(tactic.summary.status) == "informed"
        told = [(source.relation, slug_of(source.source)) for source in tactic.sources]
        assert told == [(gap("supportedBy"), LESSONS[slug_of(tactic.tactic)])]


@pytest.mark.parametrize("cause", EXPECTED)
def test_sources_by_kind_of_link(cause: str) -> None:
    (phase,) = found(cause).phases
    for tactic in bullets(phase):
        kinds: dict[str, set[str]] = {}
        for source in tactic.sources:
            kinds.setdefault(source.relation, set()).add(slug_of(source.source))
        wanted = {gap("recommendedIn"): {"hudson-2019"}, gap("contextualWork"): set(EXPECTED[cause].context)}
        if related := RELATED.get(slug_of(tactic.tactic)):
            wanted[gap("relatedWork")] = related
        assert kinds == wanted


@pytest.mark.parametrize("cause", EXPECTED)
def test_every_source_comes_with_the_claims_that_made_the_link(cause: str) -> None:
    """A recommendation is not shown with a caution or an inference as its claim."""
    by_name = {c.claim: c for c in claims()}
    (phase,) = found(cause).phases
    for tactic in bullets(phase):
        for source in tactic.sources:
            assert source.claims
            behind = [by_name["claim/" + slug_of(claim)] for claim in source.claims]
            work = f"source/{slug_of(source.source)}"
            if source.relation == gap("recommendedIn"):
                assert all(c.subject == f"tactic/{slug_of(tactic.tactic)}" for c in behind)
                assert {c.force for c in behind} == {"force/recommends"}
                assert {(c.stance, c.standing) for c in behind} == {("stance/supports", "link-basis/as-stated")}
            elif source.relation == gap("contextualWork"):
                assert all(work in c.works for c in behind)
            else:
                assert {c.standing for c in behind} == {"link-basis/curator-inference"}
                assert all(c.subject == f"tactic/{slug_of(tactic.tactic)}" for c in behind)


@pytest.mark.parametrize("cause", EXPECTED)
def test_it_holds_the_rows_of_its_query_and_nothing_else(cause: str) -> None:
    told = found(cause)
    mine = {
        (p.phase, p.standing, p.force, t.tactic, t.standing, t.force, s.relation, s.source)
        for p in told.phases
        for t in p.tactics
        for s in t.sources
    }
    rows = path(base(), thing("failure-cause", cause))
    theirs = {
        (r.phase, r.phaseStanding, r.phaseForce, r.tactic, r.tacticStanding, r.tacticForce, r.relation, r.source)
        for r in rows
    }
    assert mine == theirs
    assert len(rows) == len(theirs)
    assert told.onward == tuple(onward(base(), thing("failure-cause", cause)))


def test_the_four_causes_in_the_order_of_the_text() -> None:
    assert [slug_of(cause.cause) for cause in causes(base())] == [*EXPECTED]


def test_onward_from_overoptimism() -> None:
    """§2.1: five factors lead in, five outcomes lead out."""
    ways: dict[tuple[str, str], set[str]] = {}
    for step in found("overly-optimistic-expectations").onward:
        ways.setdefault((step.relation, step.direction), set()).add(slug_of(step.other))
    assert ways == {
        (gap("contributesTo"), "from"): {
            "complexity",
            "evidence-base",
            "misunderstanding-of-stakeholders",
            "behavior-and-incentives",
            "challenge-and-accountability",
        },
        (gap("leadsTo"), "to"): {
            "policy-failure",
            "overestimated-benefits",
            "underestimated-cost-and-time",
            "poor-value-for-money",
            "unviable-projects",
        },
    }


def test_a_thing_that_is_no_cause_has_no_phases() -> None:
    told = from_cause(base(), thing("notion", "policy-success"))
    assert told.phases == ()
    assert from_cause(base(), thing("notion", "nowhere")).label == thing("notion", "nowhere")
