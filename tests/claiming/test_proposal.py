"""What is typed becomes the statements that a curated claim has: no more, no less, and under the same address."""

from __future__ import annotations

import pytest

from kg.claiming import Curator, Reading, check_proposal, propose
from kg.namespaces import ID, PREFIXES, gap, kind_of, local_of, thing
from kg.store import CLAIMS_GRAPH, NamedNode, text_of
from tests.claiming.claiming_support import CURATOR, DAY, kit, proposed, refused, typed
from tests.data_support import claims, whole

RECORD = {gap("checkedIn"), gap("reviewedBy"), PREFIXES["prov"] + "wasGeneratedBy", gap("reviewStatus")}
"""What a checked claim has beyond what was typed, and the piece of work it came with."""


def test_the_marks_of_all_seed_claims_are_those_of_their_readings() -> None:
    for c in claims():
        reading = Reading(c.document, c.locator, c.subject, c.relation, c.object, c.stance)
        assert c.claim.endswith(f"-{reading.mark}")


def test_the_same_reading_typed_twice_has_one_address() -> None:
    assert proposed().iri == proposed(gist="Another sentence about the same reading.").iri
    assert proposed().iri != proposed(stance="cautions").iri
    assert proposed().iri.startswith(f"{ID}claim/action-research-policy-drift-")


def retyped(claim: str) -> dict[str, tuple[str, ...]]:
    """A seed claim as somebody would type it."""
    values: dict[str, tuple[str, ...]] = {}
    for quad in whole().quads(subject=NamedNode(claim)):
        key = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
        if key in kit().claim:
            found = text_of(quad.object)
            values[key] = (*values.get(key, ()), local_of(found))
        elif key == "locatedAt":
            values |= retyped_place(text_of(quad.object))
    return values


def retyped_place(passage: str) -> dict[str, tuple[str, ...]]:
    place = {q.predicate.value.rpartition("#")[2]: q.object for q in whole().quads(subject=NamedNode(passage))}
    position = whole().quads(subject=NamedNode(text_of(place["hasSelector"])))
    ends = {q.predicate.value.rpartition("#")[2]: (text_of(q.object),) for q in position}
    kept = {key: (text_of(place[key]),) for key in ("locator", "quoteHash", "textHash")}
    return {**kept, "start": ends["start"], "end": ends["end"]}


@pytest.mark.parametrize(
    "slug", ["abs-aim-failure-factors-6740e778", "gold-weak-units-d3e57c69", "smith-second-guessing-22b91e79"]
)
def test_a_curated_claim_typed_again_gives_its_own_statements(slug: str) -> None:
    """But for the names of its claim and passage, who entered and checked it, and when."""
    curated = thing("claim", slug)
    made = propose(kit(), retyped(curated), CURATOR, DAY)

    def said(iri: str, subject: str) -> set[tuple[str, str]]:
        quads = made.added if iri == made.iri else frozenset(whole().quads(subject=NamedNode(subject)))
        return {
            (q.predicate.value, text_of(q.object).replace(local_of(iri).partition("/")[2], "NAME"))
            for q in quads
            if text_of(q.subject) == subject and q.predicate.value not in RECORD
        }

    for kind in ("claim", "passage", "selector"):
        own, theirs = (thing(kind, iri.rpartition("/")[2]) for iri in (made.iri, curated))
        assert said(made.iri, own) == said(curated, theirs), kind


def test_what_is_entered_is_a_draft_with_who_and_when() -> None:
    made = proposed()
    said = {(q.predicate.value, text_of(q.object)) for q in made.added if text_of(q.subject) == made.iri}
    assert (gap("reviewStatus"), thing("review-status", "draft")) in said
    assert (PREFIXES["dcterms"] + "creator", CURATOR.agent) in said
    assert (PREFIXES["dcterms"] + "created", "2026-11-22") in said


def test_who_enters_something_for_the_first_time_is_described() -> None:
    new = Curator(thing("agent", "account-1"), "Ada Newcomer")
    made = propose(kit(), typed(), new, DAY)
    assert check_proposal(kit(), made)[0] != []
    assert check_proposal(kit(), made, new.described())[0] == []


def test_all_is_placed_and_nothing_is_blank() -> None:
    made = proposed(claimObject="", **END)
    assert {q.graph_name for q in made.added if kind_of(text_of(q.subject)) == "claim"} == {CLAIMS_GRAPH}
    assert all(isinstance(q.subject, NamedNode) for q in made.added)


def test_a_view_credited_to_nobody_is_the_document_s() -> None:
    def origin(**more: str) -> set[str]:
        return {text_of(q.object) for q in proposed(**more).added if q.predicate.value == gap("originSource")}

    assert origin() == {thing("source", "gold-2017")}
    assert origin(originSource="source/gold-2014") == {thing("source", "gold-2014")}


def test_a_report_of_missing_evidence_helps_answer_the_question_that_is_open() -> None:
    made = proposed(claimPredicate="bearsOn", claimObject="dimension/effect", stance="gap")
    assert any(q.predicate.value == gap("informs") and text_of(q.object).endswith("effect") for q in made.added)


END = {
    "claimObject__kind": "outcome",
    "claimObject__name": "Quiet neglect",
    "claimObject__definition": "A policy is left alone until nobody asks for it.",
    "claimObject__outcomeKind": "failure",
}


def test_a_new_end_comes_with_its_claim() -> None:
    made = proposed(claimObject="", **END)
    assert [new.iri for new in made.things] == [thing("outcome", "quiet-neglect")]
    said = {(q.predicate.value, text_of(q.object)) for q in made.added if text_of(q.subject) == made.things[0].iri}
    assert (PREFIXES["skos"] + "inScheme", thing("scheme", "outcome")) in said
    assert (gap("outcomeKind"), thing("outcome-kind", "failure")) in said
    assert refused(claimObject="", **END) == {}


def test_what_is_chosen_wins_over_what_is_proposed() -> None:
    assert proposed(**END).things == ()


def test_a_name_in_use_gets_an_address_of_its_own() -> None:
    new = proposed(claimObject="", **(END | {"claimObject__name": "Policy: drift"})).things[0]
    assert new.iri == thing("outcome", "policy-drift-2")


def test_what_is_called_just_so_already_is_told() -> None:
    found = refused(claimObject="", **(END | {"claimObject__name": "Policy failure"}))
    assert "outcome/policy-failure" in found["claimObject.name"]


SHADOWING = {
    "claimSubject": "",
    "claimSubject__kind": "tactic",
    "claimSubject__name": "Shadowing at the front line",
    "claimSubject__definition": "Those who write a policy spend days with those who carry it out.",
}


def test_a_new_tactic_begins_the_list_of_its_source() -> None:
    assert refused(**SHADOWING) == {}
    made = proposed(**SHADOWING)
    lists = {text_of(q.object) for q in made.added if q.predicate.value.endswith("inScheme")}
    assert lists == {thing("scheme", "gold-2017-tactic")}
    names = {text_of(q.object) for q in made.added if text_of(q.subject) in lists and "prefLabel" in q.predicate.value}
    assert names == {"Tactics in Gold 2017"}


def test_a_new_tactic_joins_the_list_of_its_source() -> None:
    told = SHADOWING | {"assertedIn": "source/kent-project"}
    assert refused(**told) == {}
    assert [text_of(q.object) for q in proposed(**told).removed] == ["4"]


def test_a_new_member_lets_its_framework_count_one_more() -> None:
    new = {"claimSubject__kind": "member", "claimSubject__name": "Unclear ownership",
           "claimSubject__definition": "Nobody is named as answering for it.",
           "claimSubject__inScheme": "scheme/australian-criterion"}  # fmt: skip
    assert refused(claimSubject="", **new) == {}
    made = proposed(claimSubject="", **new)
    assert [text_of(q.object) for q in made.removed] == ["8"]
    assert made.things[0].iri == thing("australian-criterion", "unclear-ownership")


def test_nothing_at_all_is_told_field_by_field_and_breaks_nothing() -> None:
    faults = refused(**dict.fromkeys(typed(), ""))
    assert {field.key for field in kit().claim.fields if field.need == "required"} == set(faults)


@pytest.mark.parametrize(
    "nasty",
    ["<script>alert(1)</script>", '"> } INSERT DATA { <x> <y> "z" } #', "tactic/../../etc/passwd", "http://[",
     "é" * 300, "tactic/action research", "\\", "javascript:alert(1)", "https://w3id.org/gapbridge/id/tactic/none"],
)  # fmt: skip
def test_what_is_no_thing_here_is_refused_at_its_field(nasty: str) -> None:
    keys = ("claimSubject", "claimPredicate", "backedBy", "stance")
    assert set(keys) <= set(refused(**{key: nasty + key for key in keys}))
