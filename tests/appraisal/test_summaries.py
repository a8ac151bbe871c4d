"""The summaries that are stored beside the data, and the status that only appraisals on file can give."""

from __future__ import annotations

import pytest

from kg.appraisal import RULE_VERSION
from kg.namespaces import gap, kind_of, slug_of, thing
from kg.queries import established_by_appraisal, facts, sources_of, summary, tactic_names
from kg.store import Engine
from tests.data_support import base, claims, derived, turtle, whole

STATED = {
    "explore-options": 1,  # the bullet alone
    "collaborative-design-forums": 2,  # the bullet; fewer disagreements
    "design-assurance-frameworks": 2,  # the bullet; finding risks. That it needs managing them speaks for that
    "robust-implementation-statements": 3,  # the bullet; what is expected; under which circumstances
    "best-available-evidence": 2,  # the bullet; to inform design
    "adequate-funding-stream": 3,  # the bullet; to anchor; to achieve
    "agencies-can-succeed": 1,
    "two-way-communication": 1,  # the bullet. What it needs, reports up and answers down, is spoken for by that
    "intermediary-bodies": 1,  # the bullet. What is called so is described; that §3.3 means it, a curator says
    "proportionate-targets": 1,  # the bullet; the agreed timelines it needs are spoken for by that
    "separate-monitoring-from-support": 2,  # the bullet; stories behind the statistics
    "realistic-expectations-of-success": 2,  # the bullet; wicked issues
    "common-ground-with-implementers": 3,  # the bullet; discretion; dilemmas. From preparation on: what it needs
    "implementation-brokers": 2,  # the bullet; tailored
    "support-where-needed": 5,  # the bullet; where needed; problem-solving; capacity; lasting skills
    "review-landmarks": 2,  # the bullet; clarity
    "action-research": 3,  # the bullet; formative; summative
    "political-acknowledgment-of-time": 2,  # the bullet; uneven costs and benefits
}
"""What the article says for each tactic, counted in its bullets."""
CAUTIONED = {"collaborative-design-forums", "implementation-brokers"}
"""By a curator's inference from the text; the article itself warns of none of its tactics."""


def test_there_is_one_for_each_tactic() -> None:
    found = {slug_of(tactic) for tactic in tactic_names(base()) if kind_of(tactic) == "tactic"}
    assert found == set(STATED)
    assert len(tactic_names(base())) == len(STATED) + 12  # the lessons and recommendations for delivery units, §3.2


@pytest.mark.parametrize("tactic", STATED)
def test_every_tactic_of_the_article_is_proposed(tactic: str) -> None:
    found = summary(base(), thing("tactic", tactic))
    assert found is not None
    assert slug_of(found.status) == "proposed"
    assert found.supports == STATED[tactic]
    assert found.cautions == (tactic in CAUTIONED)
    assert (found.gaps, found.independent) == (0, 0)
    assert found.ruleVersion == RULE_VERSION


def test_a_status_with_a_footing_has_a_source_shown_in_support_and_no_other_has() -> None:
    footed, supported = set(), set()
    for tactic in tactic_names(whole()):
        found = summary(whole(), tactic)
        assert found is not None
        if slug_of(found.status) in {"contested", "established", "emerging", "informed"}:
            footed.add(tactic)
        if any(row.relation == gap("supportedBy") for row in sources_of(whole(), tactic)):
            supported.add(tactic)
    assert footed == supported
    assert thing("tactic", "exit-strategy") in footed  # spoken for with a condition alone


@pytest.mark.parametrize("tactic", STATED)
def test_a_summary_names_its_claims(tactic: str) -> None:
    told = facts(base(), thing("summary", tactic))
    named = {slug_of(f.value) for f in told if f.property.endswith("wasDerivedFrom")}
    me = f"tactic/{tactic}"
    about = [c for c in claims() if (c.object if c.relation == "requires" else c.subject) == me]
    assert named == {c.claim.partition("/")[2] for c in about}


REVIEW = """
tactic:t a gap:Tactic ; skos:prefLabel "T"@en .
claim:c{n} a gap:Claim ; gap:claimSubject tactic:t ; gap:claimPredicate gap:inPhase ; gap:claimObject support-phase:p ;
  gap:stance stance:supports ; gap:force force:reports ; gap:claimBasis claim-basis:cites-empirical ;
  gap:linkBasis link-basis:as-stated ; gap:reviewStatus review-status:accepted ;
  gap:assertedIn source:doc ; gap:backedBy source:w{n} .
source:w{n} gap:independenceGroup independence-group:g{n} ; gap:evidenceType evidence-type:{type} ;
  gap:readingStatus reading-status:read-in-full .
evidence-type:{type} gap:carriesData true .
appraisal:a{n} a gap:Appraisal ; gap:appraises source:w{n} ; gap:soundness concern:{soundness} ;
  gap:relevance concern:{relevance} ; gap:reviewStatus review-status:{status} .
"""


def filed(works: int, *more: str, **how: str) -> Engine:
    """A tactic with so many works, each appraised in the same way, and what else is said."""
    given = {"type": "case-study", "soundness": "none", "relevance": "minor", "status": "accepted"} | how
    texts = [*(REVIEW.format(n=n, **given) for n in range(works)), *more]
    return derived({quad for text in texts for quad in turtle(text)})


def status(engine: Engine) -> str:
    (found,) = {
        slug_of(getattr(q.object, "value", "")) for q in engine.quads() if q.predicate.value == gap("evidenceStatus")
    }
    return found


def test_a_sound_systematic_review_on_file_establishes() -> None:
    assert status(filed(1, type="systematic-review")) == "established"


def test_three_sound_independent_works_on_file_establish() -> None:
    assert status(filed(3)) == "established"
    assert status(filed(2)) == "emerging"


@pytest.mark.parametrize(
    "how",
    [{"soundness": "serious"}, {"relevance": "serious"}, {"soundness": "not-assessed"}, {"status": "draft"}],
    ids=["unsound", "irrelevant", "not assessed", "draft"],
)
def test_appraisals_that_do_not_establish(how: dict[str, str]) -> None:
    assert status(filed(3, **how)) == "emerging"


def test_one_group_counts_once_on_file_too() -> None:
    same = REVIEW.replace("independence-group:g{n}", "independence-group:g")
    given = {"type": "case-study", "soundness": "none", "relevance": "none", "status": "accepted"}
    engine = derived({quad for n in range(3) for quad in turtle(same.format(n=n, **given))})
    assert [row.groups for row in established_by_appraisal(engine)] == [1]
    assert status(engine) == "informed"


def test_a_dispute_stands_in_the_way() -> None:
    dispute = """
    claim:d a gap:Claim ; gap:claimSubject tactic:t ; gap:stance stance:disputes ; gap:force force:reports ;
      gap:claimBasis claim-basis:uncited-argument ; gap:linkBasis link-basis:as-stated ;
      gap:reviewStatus review-status:accepted ; gap:assertedIn source:doc ;
      gap:claimPredicate gap:inPhase ; gap:claimObject support-phase:p .
    """
    assert status(filed(3, dispute)) == "contested"
