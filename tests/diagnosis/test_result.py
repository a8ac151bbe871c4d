"""What follows from a diagnosis, on the seed data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.assessment import Answer, apply, findings
from kg.diagnosis import Catalogue, Diagnosis, Policy, Result, diagnose
from kg.diagnosis.wording import covering, shows, shows_not, unknown_to_all
from kg.errors import NotFound
from kg.model import Standing
from kg.namespaces import local_of, thing
from kg.queries import addressing, cards
from tests.data_support import whole

CAUSES = ("dispersed-governance", "inadequate-collaborative-policymaking", "vagaries-of-the-political-cycle")


@pytest.fixture(scope="module")
def known_result(known: Catalogue) -> dict[str, Result]:
    return {}


@pytest.fixture
def found(made: Diagnosis, known: Catalogue, known_result: dict[str, Result]) -> Result:
    if "found" not in known_result:
        known_result["found"] = diagnose(whole(), made, known)
    return known_result["found"]


def causes(*slugs: str, **more: dict[str, str]) -> Diagnosis:
    return Diagnosis(Policy(name="X"), {"causes": {thing("failure-cause", slug): "met" for slug in slugs}, **more})


def test_every_tactic_on_record_stands_under_its_cause(found: Result) -> None:
    for cause in found.causes:
        linked = {*cause.in_use, *cause.planned, *cause.others}
        assert linked == {row.tactic for row in addressing(whole(), cause.iri)}


def test_a_cause_is_covered_by_what_is_in_use_or_planned(found: Result) -> None:
    broker = thing("tactic", "implementation-brokers")
    assert [(local_of(c.iri).partition("/")[2], c.covered, broker in c.in_use) for c in found.causes] == [
        (CAUSES[0], True, True),
        (CAUSES[1], True, True),
        (CAUSES[2], False, False),
    ]


def test_the_covering_set_is_for_what_is_open(found: Result) -> None:
    assert [local_of(c) for c in found.to_cover] == ["failure-cause/vagaries-of-the-political-cycle"]
    assert found.cover.covered == frozenset(found.to_cover)
    assert covering(found, found.cover) == (
        "1 tactic is linked with 1 open cause: the smallest that does; all smaller ones were tried."
    )


def test_the_documents_links_alone_may_need_more_tactics(known: Catalogue) -> None:
    every = causes(*CAUSES, "overly-optimistic-expectations")
    found = diagnose(whole(), every, known)
    assert len(found.cover.chosen) < len(found.cover_stated.chosen) == 4
    assert all(option.standing <= Standing.BY_PHASE for option in found.cover_stated.chosen)
    assert found.cover.covered == found.cover_stated.covered


def test_each_link_of_the_set_rests_on_claims(found: Result) -> None:
    for option in found.cover.chosen:
        for cause in option.covers:
            behind = found.behind[option.thing, cause]
            told = {(local_of(c.subject), local_of(c.object)) for c in cards(whole(), behind)}
            assert ("support-phase/review", local_of(cause)) in told
            assert (local_of(option.thing), "support-phase/review") in told


def test_rules_agree_with_those_of_an_assessment_that_is_kept(found: Result, made: Diagnosis) -> None:
    """The page, the interface for programs and the command line tell the same from the same answers."""
    answers = [Answer(iri, thing("answer", value)) for iri, value in made.answers("risks").items()]
    same = findings(whole(), apply(whole(), thing("scheme", "australian-criterion"), answers))
    follows = [f for f in same if f.kind not in ("met", "unanswered")]
    assert list(found.findings["risks"]) == follows
    assert follows[0].kind == "plan-required"


def test_the_type_comes_with_what_the_source_says_of_it(found: Result) -> None:
    kinds = [f.kind for f in found.findings["type"]]
    assert kinds[0] == "type"
    assert set(kinds[1:]) == {"hypothesis"}
    assert found.type_claims


def test_purposes_in_one_body_are_warned_of(found: Result) -> None:
    (warned,) = [f for f in found.findings["purposes"] if f.kind == "tension"]
    assert set(warned.claims) <= set(found.tensions)


def test_what_is_not_shown_is_said(found: Result) -> None:
    told = shows_not(found)
    assert any("Stage reviews is planned, but the record links it with none" in text for text in told)
    assert any("“Complexity” is marked as true" in text for text in told)
    assert "nothing on record says so of a policy like this one" in told[-1]


def test_what_is_skipped_is_named() -> None:
    found = diagnose(whole(), causes(CAUSES[0], tactics={}))
    (skipped, *_) = shows_not(found)
    assert skipped.startswith("Not answered: type of policy; implementation risk;")
    assert "causes" not in skipped.replace("what feeds the causes", "")


def test_what_nobody_knows_is_said(found: Result) -> None:
    told = unknown_to_all(found)
    assert "No tactic is on record for “Autonomy problems”." in told
    assert any(text.startswith("No cited evidence is on record for the tactic “") for text in told)


def test_nothing_answered_gives_nothing_but_what_is_open(known: Catalogue) -> None:
    found = diagnose(whole(), Diagnosis(), known)
    assert (shows(found), found.claims(), found.causes) == ((), (), ())
    assert covering(found, found.cover) == "No cause is marked, so there is nothing to cover."
    assert len(found.skipped) == 8


def test_no_cause_of_ours_is_said_to_be_so(known: Catalogue) -> None:
    iri = thing("failure-cause", CAUSES[0])
    found = diagnose(whole(), Diagnosis(Policy(name="X"), {"causes": {iri: "not-met"}}), known)
    assert shows(found) == ("None of the causes is marked as yours.",)


def test_a_policy_of_the_base_brings_what_is_said_of_it(known: Catalogue) -> None:
    made = replace(causes(CAUSES[0]), policy=Policy(slug="integrated-care"))
    (cause,) = diagnose(whole(), made, known).causes
    assert cause.by_policy


def test_an_unknown_policy_is_not_found(known: Catalogue) -> None:
    with pytest.raises(NotFound):
        diagnose(whole(), Diagnosis(Policy(slug="none-such")), known)
