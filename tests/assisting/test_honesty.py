"""No answer sounds stronger than what stands behind it, whatever is asked about."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass

import pytest

from kg import assisting, queries
from kg.appraisal import sentence
from kg.assisting import Description, Desk, Opened, describe, find_paths, gaps, search, text
from kg.assisting.answers import ClaimTold, LinkTold
from kg.assisting.guidance import INSTRUCTIONS, check_statement, from_worry
from kg.errors import BadInput
from kg.model import Standing
from kg.namespaces import local_of, slug_of, thing

INFERRED = "not stated in a source"
SURE = re.compile(r"\b(effective\w*|proven|proves?|works|evidence-based)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def base(seeded) -> Opened:
    return Desk(seeded).current()


@pytest.fixture(scope="module")
def tactics(base) -> list[Description]:
    return [describe(base, iri) for iri in queries.tactic_names(base.reader)]


def parts(value: object, kind: type) -> list:
    """All objects of a kind within an answer."""
    if isinstance(value, tuple):
        return [part for item in value for part in parts(item, kind)]
    if not is_dataclass(value):
        return []
    inner = [part for field in fields(value) for part in parts(getattr(value, field.name), kind)]
    return [value, *inner] if isinstance(value, kind) else inner


def test_every_tactic_is_told_with_the_sentence_of_its_status(base, tactics):
    for tactic in tactics:
        status = queries.summary(base.reader, tactic.thing.thing)
        told = sentence(slug_of(status.status))
        assert told in tactic.read_this_first[0]
        assert told in text(tactic)
        assert (tactic.status.claims_for_it, tactic.status.claims_that_report_a_gap) == (status.supports, status.gaps)


def test_cautions_and_gaps_come_before_what_speaks_for_a_tactic(tactics):
    warned = [t for t in tactics if t.cautions or t.gaps]
    assert {local_of(t.thing.thing) for t in warned} >= {
        "tactic/implementation-brokers",
        "tactic/protect-time-for-co-design",
    }
    for tactic in warned:
        told = text(tactic)
        last = max(told.index(claim.says) for claim in (*tactic.cautions, *tactic.gaps))
        assert all(told.index(local_of(claim.claim)) > last for claim in tactic.claims)
        assert last < told.index("Sources beside it")


def test_cautions_and_gaps_are_told_however_few_claims_are_wanted(base):
    told = describe(base, "source/hudson-2019", limit=1)
    assert len(told.claims) == 1
    assert len(told.cautions) > 1
    assert len(told.gaps) > 1
    assert f"{told.claims_left_out} more" in text(told)


def answers(base: Opened) -> list[object]:
    return [
        *(describe(base, row.cause) for row in queries.causes(base.reader)),
        *(find_paths(base, row.cause) for row in queries.causes(base.reader)),
        find_paths(base, "tactic/action-research", "dispersed-governance", limit=30),
        find_paths(base, "notion/policy-support-program", "vagaries-of-the-political-cycle", limit=30),
        search(base, "policy", limit=100),
        search(base, "curator’s reading", kind="claim", limit=100),
        gaps(base),
    ]


def test_every_inferred_claim_and_link_is_marked_in_object_and_text(base, tactics):
    seen = 0
    for answer in [*tactics, *answers(base)]:
        told = text(answer)
        for claim in parts(answer, ClaimTold):
            if claim.standing == Standing.INFERRED.words:
                seen += 1
                assert claim.says.startswith("[Inferred by a curator: not stated in a source]")
                assert claim.says in told
                assert INFERRED in claim.note
        for link in parts(answer, LinkTold):
            if link.standing in (Standing.INFERRED.words, Standing.BY_PHASE.words, Standing.MAPPED.words):
                seen += 1
                assert INFERRED in link.note
                assert link.note in told
    assert seen > 100


def test_a_way_with_an_inferred_step_is_marked_as_a_whole_and_at_the_step(base):
    found = find_paths(base, "implementation-brokers", "dispersed-governance", limit=30)
    inferred = [way for way in found.ways if way.weakest_step == Standing.INFERRED.words]
    assert inferred
    for way in inferred:
        assert INFERRED in way.note
        assert any(INFERRED in hop.note and Standing.INFERRED.words in hop.sentence for hop in way.hops)


def test_a_hypothesis_says_so_wherever_it_is_told(base):
    card = next(
        card
        for card in queries.cards(base.reader, queries.accepted_claims(base.reader))
        if card.forceLabel == "Hypothesises" and slug_of(card.standing) == "as-stated"
    )
    mark = "[Hypothesis, put forward as a thought to be tested]"
    assert describe(base, card.claim).claims[0].says.startswith(mark)
    assert mark in text(assisting.search(base, card.gist, kind="claim"))


def test_a_tactic_found_by_words_brings_its_status(base):
    hit = next(h for h in search(base, "two-way communication").hits if h.kind == "tactic")
    assert "No cited evidence for this tactic is recorded here." in hit.note


def test_no_words_of_ours_say_that_something_succeeds(base, tactics):
    """Sure words may stand only where a gist, a name or a definition of the data brings them, or a fixed sentence."""
    named = queries.everything_named(base.reader)
    brought = {row.text for row in named} | {local_of(row.thing) for row in named}
    brought |= {fact.value for answer in tactics for fact in answer.facts}
    brought |= {sentence(slug_of(row.status)) for row in queries.tactics(base.reader)}
    brought = {words for words in brought if SURE.search(words)}
    for answer in [*tactics, *answers(base)]:
        told = text(answer)
        for words in sorted(brought, key=len, reverse=True):
            told = told.replace(words, "")
        assert not SURE.findall(told)


def test_instructions_and_prompts_ask_for_standing_gaps_and_status():
    for told in (INSTRUCTIONS, from_worry("nobody listens"), check_statement("brokers help")):
        assert all(word in told for word in ("standing", "caution", "gap"))
    assert "> nobody listens" in from_worry("nobody listens")


@pytest.mark.parametrize("name", ["tactic/two-way-communication", "claim/henkel-key-credibility-2ae040ec"])
def test_a_source_known_by_citation_only_is_not_cited_as_read(base, name):
    told = assisting.cite(base, name)
    unread = [r for r in told.references if r.reading_status == "Known by citation only"]
    assert unread
    assert all("has not read this" in r.note for r in unread)
    assert any("known by citation only" in line for line in told.read_this_first)


def test_a_citation_names_version_revision_and_licence_of_the_data(base):
    told = assisting.cite(base, thing("source", "hudson-2019"))
    assert told.references[0].reference.startswith("Hudson, B., Hunter, D., & Peckham, S. (2019).")
    assert "revision 1, " in told.data_set
    assert "Ontology version 0.1.0." in told.data_set
    assert "creativecommons.org/licenses/by/4.0" in told.data_set


def test_a_source_without_a_printed_reference_gets_one_from_its_parts(base):
    assert assisting.cite(base, "davidson-holyrood-baby").references[0].reference.count(". ") >= 1


def test_nothing_found_is_not_told_as_nothing_known(base):
    assert "does not mean that nothing is known" in text(search(base, "xyzzyplugh"))
    assert "does not mean that there is evidence" in text(gaps(base, "two-way-communication"))


def test_words_that_no_thing_has_all_of_find_those_that_have_some(base):
    found = search(base, "ministers abandoned brokers xyzzyplugh")
    assert any(hit.thing == thing("tactic", "implementation-brokers") for hit in found.hits)
    assert "No entry has all of these words; these have some of them." in found.read_this_first


def test_ways_from_a_cause_through_a_thing_pass_it(base):
    told = find_paths(base, "dispersed-governance", through="two-way-communication")
    assert [t.tactic.thing for p in told.phases for t in p.tactics] == [thing("tactic", "two-way-communication")]
    assert not find_paths(base, "dispersed-governance", through="tactic/action-research").phases


def test_ways_between_things_through_a_third_pass_it(base):
    told = find_paths(base, "two-way-communication", "dispersed-governance", through="support-phase/tracking")
    assert told.ways
    assert all(thing("support-phase", "tracking") in {h.end.thing for h in way.hops} for way in told.ways)


def test_a_reference_comes_in_the_style_that_is_asked_for(base):
    mla, oscola = (assisting.cite(base, "hudson-2019", style).references[0].reference for style in ("mla", "oscola"))
    assert mla.startswith("Hudson, Bob, et al.")
    assert oscola.startswith("Hudson B")
    with pytest.raises(BadInput, match="no citation style here"):
        assisting.cite(base, "hudson-2019", "doctoral")
