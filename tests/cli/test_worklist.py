"""The work lists: what puts a thing on each, what keeps it off, and how the command shows them."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from kg.namespaces import local_of
from kg.queries import WORKLISTS, Wanted, worklist
from kg.store import in_memory
from tests.data_support import turtle, whole

STATUSES = 'review-status:{0} skos:prefLabel "{0}"@en ; skos:definition "x"@en .\n'
WORDS = "".join(STATUSES.format(name) for name in ("accepted", "draft", "contested", "withdrawn"))
TACTIC = 'tactic:t a gap:Tactic ; skos:prefLabel "T"@en . claim:p gap:claimPredicate gap:inPhase ; '
PLACED = (
    TACTIC + "gap:claimSubject tactic:t ; gap:claimObject support-phase:p ; gap:reviewStatus review-status:accepted ."
)
CAUSE = """failure-cause:c a gap:FailureCause ; skos:prefLabel "C"@en .
support-phase:p a gap:SupportPhase ; skos:prefLabel "P"@en .
support-phase:q a gap:SupportPhase ; skos:prefLabel "Q"@en .
"""
CITED = """source:w a gap:Source ; gap:shortLabel "W" ; dcterms:issued "1999" ;
  gap:authorList "A" ; gap:readingStatus reading-status:known-by-citation .
"""


def found(text: str, kind: str = "") -> list[Wanted]:
    return [row for row in worklist(in_memory(turtle(WORDS + text))) if kind in ("", row.kind)]


def inference(status: str, more: str = "", basis: str = "curator-inference") -> str:
    return (
        f'claim:c a gap:Claim ; gap:gist "G"@en ; gap:linkBasis link-basis:{basis} ; '
        f"gap:reviewStatus review-status:{status} ; dcterms:creator agent:a {more} ."
    )


@pytest.mark.parametrize("cls", ["skos:Concept", "skos:ConceptScheme", "gap:Policy", "gap:SupportBody"])
def test_what_has_no_definition_is_listed_once(cls: str) -> None:
    (row,) = found(f'policy:x a {cls}, skos:Concept ; skos:prefLabel "X"@en .')
    assert (row.kind, local_of(row.thing), row.label) == ("missing-definition", "policy/x", "X")
    assert not found(f'policy:x a {cls} ; skos:prefLabel "X"@en ; skos:definition "What it is."@en .')


def test_what_has_no_name_is_listed_by_its_address() -> None:
    (row,) = found("policy:x a gap:Policy .")
    assert row.label == row.thing


def test_a_source_without_a_year_is_listed() -> None:
    (row,) = found('source:s a gap:Source ; gap:shortLabel "S" ; gap:authorList "A" .')
    assert (row.kind, row.label) == ("missing-year", "S")
    assert not found('source:s a gap:Source ; gap:shortLabel "S" ; gap:authorList "A" ; dcterms:issued "1999" .')


@pytest.mark.parametrize("people", ["authorList", "editorList"])
def test_a_source_with_neither_author_nor_editor_is_listed(people: str) -> None:
    dated = 'source:s a gap:Source ; gap:shortLabel "S" ; dcterms:issued "1999"'
    (row,) = found(f"{dated} .")
    assert (row.kind, row.label) == ("missing-author", "S")
    assert not found(f'{dated} ; gap:{people} "A" .')


def test_works_known_by_citation_tell_how_many_accepted_claims_rest_on_them_most_first() -> None:
    rest = " ".join(
        f"claim:{name} gap:backedBy source:{work} ; gap:reviewStatus review-status:{status} ."
        for name, work, status in (
            ("a", "w", "accepted"),
            ("b", "v", "accepted"),
            ("c", "v", "accepted"),
            ("d", "w", "draft"),
        )
    )
    rows = found(CITED + CITED.replace("source:w", "source:v") + rest, "known-by-citation")
    told = [(local_of(row.thing), row.why.rpartition(" ")[2]) for row in rows]
    assert told == [("source/v", "2."), ("source/w", "1.")]
    assert found(CITED)[0].why.endswith(" 0.")
    assert not found(CITED.replace("known-by-citation", "read-in-full"))


@pytest.mark.parametrize(("status", "more", "why"), [
    ("accepted", "", "accepted; no second reader has checked it."),
    ("accepted", "; gap:reviewedBy agent:a", "accepted; no second reader has checked it."),
    ("draft", "; gap:reviewedBy agent:b", "draft; a second reader has checked it."),
    ("contested", "; gap:reviewedBy agent:a, agent:b", "contested; a second reader has checked it."),
])  # fmt: skip
def test_an_inference_is_listed_until_another_has_checked_it_and_it_is_accepted(
    status: str, more: str, why: str
) -> None:
    (row,) = found(inference(status, more))
    assert (row.kind, row.label, row.why) == ("unreviewed-inference", "G", why)


@pytest.mark.parametrize("text", [
    inference("accepted", "; gap:reviewedBy agent:b"),
    inference("withdrawn"),
    inference("draft", basis="as-stated"),
])  # fmt: skip
def test_settled_withdrawn_and_stated_claims_are_not_listed(text: str) -> None:
    assert not found(text)


def test_a_cause_is_listed_for_each_phase_none_of_whose_tactics_addresses_it() -> None:
    whys = [row.why for row in found(CAUSE, "cause-without-tactic")]
    assert [why for why in whys if "“P”" in why or "“Q”" in why] == whys
    assert len(whys) == 2
    reached = CAUSE + "tactic:t gap:addressesByInference failure-cause:c ; gap:inPhase support-phase:p ."
    (row,) = found(reached, "cause-without-tactic")
    assert row.why == "No tactic of the phase “Q” is held to address it."
    assert len(found(CAUSE + "tactic:t gap:addressesAsStated failure-cause:c .", "cause-without-tactic")) == 2


@pytest.mark.parametrize("end", ["claimSubject", "claimObject"])
def test_a_tactic_is_listed_until_an_accepted_claim_reports_something_of_it(end: str) -> None:
    (row,) = found(PLACED)
    assert (row.kind, row.label) == ("only-recommended", "T")
    more = f"claim:m gap:claimPredicate gap:bearsOn ; gap:{end} tactic:t"
    told = f"{PLACED} {more} ; gap:force force:reports ; gap:linkBasis link-basis:as-stated"
    assert not found(f"{told} ; gap:reviewStatus review-status:accepted .")
    assert len(found(f"{told} ; gap:reviewStatus review-status:draft .")) == 1


@pytest.mark.parametrize(("force", "basis", "work", "listed"), [
    ("recommends", "as-stated", "", True),
    ("recommends", "as-stated", "; gap:backedBy source:w", False),
    ("reports", "curator-inference", "", True),
])  # fmt: skip
def test_a_bare_recommendation_and_an_inference_leave_it_on_the_list(
    force: str, basis: str, work: str, listed: bool
) -> None:
    more = f"""claim:m gap:claimPredicate gap:bearsOn ; gap:claimSubject tactic:t ; gap:force force:{force} ;
      gap:linkBasis link-basis:{basis} ; gap:reviewStatus review-status:accepted {work} ."""
    assert bool(found(f"{PLACED} {more}", "only-recommended")) == listed


def test_lists_come_in_their_order_and_hold_nothing_twice() -> None:
    rows = worklist(whole())
    assert list(dict.fromkeys(row.kind for row in rows)) == [
        kind for kind in WORKLISTS if kind in {r.kind for r in rows}
    ]
    assert max(Counter((r.kind, r.thing, r.why) for r in rows).values()) == 1


def test_the_command_prints_a_line_for_each_row(read) -> None:
    rows = json.loads(read("worklist", "--json").stdout)
    assert rows
    assert len(read("worklist").stdout.splitlines()) == len(rows) + 1


def test_the_command_takes_kinds(read) -> None:
    def kinds(*words: str) -> set[str]:
        return {row["kind"] for row in json.loads(read("worklist", "--json", *words).stdout)}

    assert kinds("--kind", "missing-year") <= {"missing-year"}
    both = kinds("--kind", "known-by-citation", "--kind", "cause-without-tactic")
    assert both == {"known-by-citation", "cause-without-tactic"}
    assert read("worklist", "--kind", "nonsense").exit_code == 2


def test_an_empty_list_is_said(read, monkeypatch) -> None:
    monkeypatch.setattr("kg.queries.worklist", lambda reader: [])
    assert "Nothing here wants work." in read("worklist").stdout
