"""Frameworks as instruments: one assessment of each kind, the rules of the texts, and the way into the graph and back
(ontology model, §6.1)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from kg.assessment import Answer, Assessment, Finding, assess, findings, instruments, read_assessment, statements
from kg.errors import BadInput, NotFound
from kg.namespaces import ID, gap, local_of, slug_of, thing
from kg.queries import frameworks, members
from kg.store import Engine, in_memory, placed
from kg.validation import check
from tests.data_support import whole

CARE_ACT = thing("policy", "care-act-2014")
WHO = thing("agent", "gapbridge")
DAY = date(2026, 3, 2)
AMBIGUITY, CONFLICT = gap("ambiguity"), gap("conflict")


def answer(element: str, value: str, rationale: str = "") -> Answer:
    kind, slug = element.split("/")
    return Answer(thing(kind, slug), thing("answer", value), rationale)


def placing(ambiguity: str = "", conflict: str = "") -> list[Answer]:
    chosen = ((AMBIGUITY, ambiguity), (CONFLICT, conflict))
    return [Answer(axis, thing("answer" if level == "unknown" else "level", level)) for axis, level in chosen if level]


def use(framework: str, *answers: Answer, remarks: str = "") -> Assessment:
    scheme = thing("scheme", framework)
    return assess(whole(), CARE_ACT, scheme, answers, creator=WHO, created=DAY, remarks=remarks)


def all_of(framework: str, value: str, rationale: str = "") -> list[Answer]:
    found = members(whole(), thing("scheme", framework))
    return [Answer(m.member, thing("answer", value), rationale) for m in found]


def of_kind(kind: str, found: list[Finding]) -> list[str]:
    return [local_of(f.thing) for f in found if f.kind == kind]


def follow(framework: str, *answers: Answer) -> list[Finding]:
    return findings(whole(), use(framework, *answers))


def with_it(assessment: Assessment) -> Engine:
    return in_memory(set(whole().quads()) | set(placed(statements(assessment))))


# --- the order of use --------------------------------------------------------------------------------------------


def test_the_applied_set_comes_first_in_its_order_then_every_other_framework() -> None:
    found = instruments(whole())
    assert [(i.step, slug_of(i.framework)) for i in found if i.step] == [
        (1, "matland-type"),
        (2, "australian-criterion"),
        (2, "australian-plan-domain"),
        (3, "failure-cause"),
        (3, "overoptimism-factor"),
        (4, "support-phase"),
        (4, "tactic"),
        (5, "compliance-barrier"),
        (6, "ifg-recommendation"),
        (6, "education-unit-lesson"),
        (7, "support-purpose"),
        (8, "review-question"),
        (9, "support-program-criterion"),
    ]
    assert all(i.step for i in found[:13])
    assert not any(i.step for i in found[13:])
    assert {i.framework for i in found} == {f.framework for f in frameworks(whole())}
    assert [i.label for i in found[13:]] == sorted(i.label for i in found[13:])


def test_lessons_for_delivery_units_apply_only_where_there_is_one() -> None:
    conditions = {slug_of(i.framework): i.condition for i in instruments(whole())}
    assert conditions["ifg-recommendation"] == conditions["education-unit-lesson"] == "if there is a delivery unit"


# --- checklist ---------------------------------------------------------------------------------------------------


def test_one_australian_criterion_met_calls_for_a_full_plan_over_seven_domains() -> None:
    found = follow("australian-criterion", answer("australian-criterion/urgent", "met", "It had a date."))
    (rule,) = (f for f in found if f.kind == "plan-required")
    assert rule.sentence == "1 criterion is met, and one is enough: the guidelines call for a full plan."
    assert {"australia-full-plan-8d6a7966", "australian-criteria-rule-9e9710c8"} <= {slug_of(c) for c in rule.claims}
    assert "For Australian proposals that meet one or more of the criteria" in rule.words[0]
    assert rule.standing == "as-stated"
    assert of_kind("plan-domain", found) == [
        local_of(m.member) for m in members(whole(), thing("scheme", "australian-plan-domain"))
    ]
    assert len(of_kind("plan-domain", found)) == 7
    assert all(f.claims for f in found if f.kind == "plan-domain")
    assert len(of_kind("unanswered", found)) == 7
    assert of_kind("met", found) == ["australian-criterion/urgent"]


def test_no_criterion_met_calls_for_no_full_plan() -> None:
    found = follow("australian-criterion", *all_of("australian-criterion", "not-met"))
    assert of_kind("plan-not-required", found) == ["notion/implementation-plan"]
    assert not of_kind("plan-domain", found)
    assert not of_kind("unanswered", found)


@pytest.mark.parametrize("value", ["unknown", "partly-met"])
def test_what_is_unknown_or_only_partly_met_leaves_the_rule_open(value: str) -> None:
    rest = all_of("australian-criterion", "not-met")
    rest[0] = replace(rest[0], value=thing("answer", value))
    assert of_kind("plan-open", follow("australian-criterion", *rest))


def test_what_is_unanswered_leaves_the_rule_open() -> None:
    assert of_kind("plan-open", follow("australian-criterion"))
    assert of_kind("plan-open", follow("australian-criterion", *all_of("australian-criterion", "not-met")[1:]))


def test_a_checklist_without_a_rule_has_answers_only() -> None:
    found = follow("support-program-criterion", *all_of("support-program-criterion", "partly-met"))
    assert Counter(f.kind for f in found) == {"partly-met": 6}


# --- matrix ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ambiguity", "conflict", "kind"),
    [
        ("low", "low", "administrative"),
        ("low", "high", "political"),
        ("high", "low", "experimental"),
        ("high", "high", "symbolic"),
    ],
)
def test_low_or_high_twice_gives_the_type(ambiguity: str, conflict: str, kind: str) -> None:
    found = follow("matland-type", *placing(ambiguity, conflict))
    assert of_kind("type", found) == [f"matland-type/{kind}-implementation"]
    assert of_kind("hypothesis", found)
    assert all(f.claims and f.sentence.startswith("Hypothesis: ") for f in found if f.kind == "hypothesis")


def test_features_that_may_suit_are_hypotheses_of_the_authors_and_inferences_say_so() -> None:
    found = follow("matland-type", *placing("high", "low"))
    (told,) = (f.sentence for f in found if f.kind == "type")
    assert told.startswith("Ambiguity high, Conflict low: ")
    standings = {local_of(f.thing): f.standing for f in found if f.kind == "hypothesis"}
    assert standings["support-model-feature/context-sensitivity"] == "as-stated"
    assert standings["notion/bottom-up-view"] == "curator-inference"
    assert "support-model-feature/regulation" not in standings


@pytest.mark.parametrize("chosen", [placing("high"), placing("", "low"), placing("high", "unknown"), []])
def test_one_level_alone_gives_no_type(chosen: list[Answer]) -> None:
    found = follow("matland-type", *chosen)
    assert not of_kind("type", found)
    assert not of_kind("hypothesis", found)
    assert len(of_kind("unanswered", found)) == 2 - len(chosen)


# --- ordered, list, questions, argument --------------------------------------------------------------------------


def test_the_step_reached_is_the_furthest_met_or_met_in_part() -> None:
    done = [answer("support-phase/preparation", "met"), answer("support-phase/tracking", "partly-met")]
    found = follow("support-phase", *reversed(done), answer("support-phase/review", "not-met"))
    assert of_kind("step-reached", found) == ["support-phase/tracking"]
    assert of_kind("unanswered", found) == ["support-phase/support"]
    assert not of_kind("step-reached", follow("support-phase"))


def test_causes_that_hold_lead_to_the_response_of_the_second_table() -> None:
    found = follow("failure-cause", answer("failure-cause/dispersed-governance", "met"))
    assert of_kind("response", found) == ["support-phase/tracking"]
    assert len(of_kind("unanswered", found)) == 3
    assert not of_kind("response", follow("failure-cause", *all_of("failure-cause", "not-met")))


def test_compliance_and_support_together_are_warned_of() -> None:
    regulating = answer("support-purpose/managing-and-regulating", "met")
    found = follow("support-purpose", regulating, answer("support-purpose/capacity-building", "met"))
    (warning,) = {f.sentence for f in found if f.kind == "tension"}
    assert "in tension: take care where one body does both" in warning
    assert all(f.claims for f in found if f.kind == "tension")
    assert not of_kind("tension", follow("support-purpose", regulating))


def test_a_question_is_answered_in_words() -> None:
    first, second, *rest = members(whole(), thing("scheme", "review-question"))
    told = Answer(first.member, thing("answer", "met"), " The councils were asked. ")
    found = follow("review-question", told, Answer(second.member, thing("answer", "unknown")))
    assert [(f.kind, f.sentence) for f in found[:2]] == [("met", "The councils were asked."), ("unknown", "")]
    assert of_kind("unanswered", found) == [local_of(m.member) for m in rest]
    with pytest.raises(BadInput, match="answer it in words"):
        follow("review-question", replace(told, rationale=" "))


def test_an_argument_is_not_applied() -> None:
    read = use("kaehne-argument")
    assert [f.kind for f in findings(whole(), read)] == ["not-applied"]
    with pytest.raises(BadInput, match="not applied"):
        statements(read)
    with pytest.raises(BadInput, match="not applied"):
        use("kaehne-argument", all_of("kaehne-argument", "met")[0])


# --- what is refused ---------------------------------------------------------------------------------------------


def test_an_answer_outside_the_framework_is_refused() -> None:
    with pytest.raises(BadInput, match="“failure-cause/dispersed-governance” is not in the framework"):
        use("australian-criterion", answer("failure-cause/dispersed-governance", "met"))


def test_a_wrong_value_is_refused_with_the_choices() -> None:
    with pytest.raises(BadInput, match="choose met, partly met, not met, unknown"):
        use("australian-criterion", Answer(thing("australian-criterion", "urgent"), thing("level", "high")))
    with pytest.raises(BadInput, match="choose low, high, unknown"):
        use("matland-type", Answer(AMBIGUITY, thing("answer", "met")))


def test_a_second_answer_is_refused() -> None:
    with pytest.raises(BadInput, match="answered 2 times"):
        use("australian-criterion", *[answer("australian-criterion/urgent", "met")] * 2)


def test_unknown_policies_and_frameworks_are_refused() -> None:
    scheme = thing("scheme", "tactic")
    with pytest.raises(BadInput, match="no policy “policy/none”"):
        assess(whole(), thing("policy", "none"), scheme, [], creator=WHO, created=DAY)
    with pytest.raises(BadInput, match="no framework “scheme/answer”"):
        use("answer")


# --- into the graph and back -------------------------------------------------------------------------------------

EACH_KIND = {
    "list": ("failure-cause", all_of("failure-cause", "met", "Seen in three councils.")),
    "ordered": ("deep-dive-step", all_of("deep-dive-step", "partly-met")),
    "matrix": ("matland-type", [replace(a, rationale="Many readings.") for a in placing("high", "low")]),
    "matrix by halves": ("matland-type", placing("", "high")),
    "matrix unknown": ("matland-type", placing("low", "unknown")),
    "matrix wholly unknown": ("matland-type", placing("unknown", "unknown")),
    "checklist": ("australian-criterion", [answer("australian-criterion/urgent", "unknown", "Not said.")]),
    "questions": ("review-question", all_of("review-question", "met", "As the councils told.")),
    "nothing answered": ("support-purpose", []),
}


@pytest.mark.parametrize("name", EACH_KIND)
def test_what_is_saved_passes_the_checks_and_is_read_back_as_it_was(name: str) -> None:
    framework, answers = EACH_KIND[name]
    made = use(framework, *answers, remarks="A trial.")
    saved = with_it(made)
    assert check(saved) == []
    assert read_assessment(saved, made.iri) == made
    assert findings(saved, read_assessment(saved, made.iri)) == findings(whole(), made)


def test_an_assessment_is_a_draft_by_someone_on_a_day() -> None:
    made = use("australian-criterion", answer("australian-criterion/urgent", "unknown", "Not said."))
    told = {(local_of(s.value), local_of(p.value), str(getattr(o, "value", o))) for s, p, o in statements(made)}
    me, rating = (f"{kind}/care-act-2014-australian-criterion-gapbridge-20260302" for kind in ("assessment", "rating"))
    assert {
        (me, "reviewStatus", thing("review-status", "draft")),
        (me, "assesses", CARE_ACT),
        (me, "http://purl.org/dc/terms/creator", WHO),
        (me, "http://purl.org/dc/terms/created", "2026-03-02"),
        (me, "hasRating", f"{ID}{rating}-urgent"),
        (f"{rating}-urgent", "ratingValue", thing("answer", "unknown")),
        (f"{rating}-urgent", "rationale", "Not said."),
    } <= told


def test_no_two_members_of_a_framework_share_the_address_of_their_rating() -> None:
    for row in frameworks(whole()):
        slugs = [slug_of(m.member) for m in members(whole(), row.framework)]
        assert len(set(slugs)) == len(slugs), row.framework


def test_what_is_no_assessment_is_not_found() -> None:
    with pytest.raises(NotFound):
        read_assessment(whole(), thing("assessment", "none"))
    with pytest.raises(NotFound):
        read_assessment(whole(), CARE_ACT)
