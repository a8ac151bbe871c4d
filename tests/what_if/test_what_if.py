"""What would be left without a source, held against a base that never had it."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.derivation import rule_files
from kg.errors import ResultTooLarge
from kg.namespaces import gap, local_of, slug_of, thing
from kg.queries import path, sources, tactic_names
from kg.queries import summaries as stored
from kg.store import DERIVED_GRAPH, Engine, Quad, in_memory, text_of
from kg.what_if import BUILT_ON, Grounds, Why, grounds, without, witness_query
from kg.what_if.effect import appraised
from tests.data_support import base, derived, derived_graph, turtle, whole

CAUSES = (
    "overly-optimistic-expectations",
    "dispersed-governance",
    "inadequate-collaborative-policymaking",
    "vagaries-of-the-political-cycle",
)
TAKEN = (
    ("hudson-2019",),
    ("implementation-unit",),
    ("gold-2017",),
    ("gold-2014", "gold-2017"),
    ("ilott-2016", "sas-2015", "matland-1995"),
    ("holyrood-roundtable", "kaehne-editorial", "mcconnell-2015"),
)
taking = pytest.mark.parametrize("taken", TAKEN, ids="+".join)


@cache
def found() -> Grounds:
    return grounds(whole())


def iris(slugs: tuple[str, ...]) -> frozenset[str]:
    return frozenset(thing("source", slug) for slug in slugs)


def values(quads: set[Quad], name: str) -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate.value == gap(name):
            told.setdefault(text_of(quad.subject), set()).add(text_of(quad.object))
    return told


@cache
def bereft(slugs: tuple[str, ...]) -> tuple[Engine, frozenset[str]]:
    """A base that never had the sources' claims, made by the rules themselves; and the claims it lacks."""
    taken = iris(slugs)
    quads = {quad for quad in whole().quads() if quad.graph_name != DERIVED_GRAPH}
    read, cited, drawn = (values(quads, name) for name in ("assertedIn", "backedBy", "inferredFrom"))
    lost = {claim for claim, documents in read.items() if documents & taken}
    lost |= {claim for claim, works in cited.items() if works <= taken}
    while more := {claim for claim, from_ in drawn.items() if claim not in lost and from_ <= lost}:
        lost |= more
    citing = {gap("backedBy"), gap("challengedBy")}
    kept = {
        quad
        for quad in quads
        if text_of(quad.subject) not in lost and not (quad.predicate.value in citing and text_of(quad.object) in taken)
    }
    return derived(kept), frozenset(lost)


def links(engine: Engine) -> set[tuple[str, str, str]]:
    written = {(text_of(q.subject), q.predicate.value, text_of(q.object)) for q in derived_graph(engine)}
    return {link for link in written if "/id/summary/" not in link[0]}


def test_witnesses_give_the_derived_links_and_no_others() -> None:
    assert found().links == links(whole())


@taking
def test_claims_that_go(taken: tuple[str, ...]) -> None:
    assert without(found(), iris(taken)).gone.keys() == bereft(taken)[1]


@taking
def test_links_that_fall(taken: tuple[str, ...]) -> None:
    effect = without(found(), iris(taken))
    assert {*effect.fallen, *effect.own} == links(whole()) - links(bereft(taken)[0])
    assert not links(bereft(taken)[0]) - links(whole())
    assert all(link[2] in iris(taken) for link in effect.own)
    assert not {link[2] for link in effect.fallen} & iris(taken)


@taking
def test_statuses_that_change(taken: tuple[str, ...]) -> None:
    changes = {change.tactic: change for change in without(found(), iris(taken)).statuses}
    before, after = (stored(engine, tactic_names(whole())) for engine in (whole(), bereft(taken)[0]))
    for tactic, was in before.items():
        now, change = after[tactic], changes.get(tactic)
        told = (was.status, was.supports, was.cautions, was.gaps, was.independent)
        then = (now.status, now.supports, now.cautions, now.gaps, now.independent)
        assert (change is None) == (told == then)
        if change:
            for status, row in ((change.before, told), (change.after, then)):
                counted = (status.supports, status.cautions, status.gaps, status.independent)
                assert (thing("evidence-status", status.status), *counted) == row


@taking
def test_paths_that_break(taken: tuple[str, ...]) -> None:
    def paths(engine: Engine) -> set[tuple[str, ...]]:
        rows = [(cause, row) for cause in CAUSES for row in path(engine, thing("failure-cause", cause))]
        return {(cause, row.phase, row.tactic, row.relation, row.source) for cause, row in rows if row.source}

    effect = without(found(), iris(taken))
    lost = [*effect.paths, *effect.own_paths]
    told = {(slug_of(p.cause), p.phase, p.tactic, p.relation, p.source) for p in lost}
    assert told == paths(whole()) - paths(bereft(taken)[0])
    assert len(told) == len(lost)
    assert effect.all_paths == len(paths(whole()))
    assert all(p.broken in {*effect.fallen, *effect.own} for p in lost)


def test_one_of_two_sources_of_a_group_changes_no_status() -> None:
    """Both are cited for the same claims, and count as one: what stands on the two stands on either."""
    for slug in ("sas-2015", "sas-2017"):
        effect = without(found(), iris((slug,)))
        assert (effect.gone, effect.statuses, effect.fallen, effect.paths) == ({}, (), (), ())
        assert effect.thinner
    assert [local_of(other) for other in found().same_group(thing("source", "sas-2015"))] == ["source/sas-2017"]
    assert without(found(), iris(("sas-2015", "sas-2017"))).gone


def test_why_a_claim_goes() -> None:
    why = without(found(), iris(("ilott-2016",))).gone
    assert set(why.values()) == {Why.RESTS, Why.DRAWN}
    assert all(found().works[claim] == iris(("ilott-2016",)) for claim, w in why.items() if w is Why.RESTS)
    assert all(found().drawn[claim] <= why.keys() for claim, w in why.items() if w is Why.DRAWN)
    assert set(without(found(), iris(("kent-project",))).gone.values()) >= {Why.READ}


ALL = [row.source for row in sources(whole())]
SETS = st.frozensets(st.sampled_from(ALL), max_size=6)


def test_nothing_taken_changes_nothing() -> None:
    effect = without(found(), ())
    assert not any((effect.gone, effect.thinner, effect.fallen, effect.own, effect.paths, effect.statuses))


def test_everything_taken_leaves_nothing() -> None:
    effect = without(found(), ALL)
    assert effect.gone.keys() == found().documents.keys()
    assert {*effect.fallen, *effect.own} == found().links
    assert {change.after.status for change in effect.statuses} == {"no-claims"}


@given(fewer=SETS, more=SETS)
@settings(max_examples=25, deadline=None)
def test_more_taken_never_leaves_more(fewer: frozenset[str], more: frozenset[str]) -> None:
    one, both = without(found(), fewer), without(found(), fewer | more)
    assert one.gone.keys() <= both.gone.keys()
    assert {*one.fallen, *one.own} <= {*both.fallen, *both.own}
    assert len(one.paths) + len(one.own_paths) <= len(both.paths) + len(both.own_paths)
    assert not both.thinner.keys() & both.gone.keys()


@given(taken=SETS)
@settings(max_examples=25, deadline=None)
def test_a_status_without_sources_never_counts_more_for_it(taken: frozenset[str]) -> None:
    for change in without(found(), taken).statuses:
        assert change.after.supports <= change.before.supports
        assert change.after.independent <= change.before.independent


def test_rules_that_build_on_links_are_known() -> None:
    relations = {local_of(text_of(r["r"])) for r in base().select(f"SELECT ?r {{ ?r a <{gap('ClaimRelation')}> }}")}
    for rule in rule_files():
        where = rule.read_text(encoding="utf-8").partition("WHERE")[2]
        used = set(re.findall(r"(?:\.|;|\{|^)\s*\?\w+ gap:(\w+) \?", where, re.MULTILINE)) & relations
        assert used == {relation for _, relation, _ in BUILT_ON.get(rule.stem[:3], ())}, rule.stem


def test_only_rules_can_be_asked_for_witnesses() -> None:
    with pytest.raises(ValueError, match="no CONSTRUCT template"):
        witness_query("SELECT ?x WHERE { ?x ?y ?z }")


def test_a_large_base_is_refused_in_words() -> None:
    class Large(Engine):
        def __len__(self) -> int:
            return 10_000_000

    with pytest.raises(ResultTooLarge, match="10,000,000"):
        grounds(Large(in_memory().store, 1))


SOUND = """
tactic:t a gap:Tactic ; skos:prefLabel "T"@en .
claim:c{n} a gap:Claim ; gap:claimSubject tactic:t ; gap:claimPredicate gap:aimsAt ; gap:claimObject outcome:o ;
  gap:stance stance:{stance} ; gap:force force:reports ; gap:claimBasis claim-basis:cites-empirical ;
  gap:linkBasis link-basis:as-stated ; gap:reviewStatus review-status:accepted ;
  gap:assertedIn source:doc ; gap:backedBy source:w{n} .
source:w{n} a gap:Source ; gap:shortLabel "W{n}" ; gap:independenceGroup independence-group:g{n} ;
  gap:evidenceType evidence-type:{type} ; gap:readingStatus reading-status:read-in-full .
evidence-type:{type} gap:carriesData true .
appraisal:a{n} a gap:Appraisal ; gap:appraises source:w{n} ; gap:soundness concern:none ; gap:relevance concern:none ;
  gap:reviewStatus review-status:accepted .
"""
WORKS = st.lists(
    st.tuples(
        st.sampled_from(["supports", "supports", "disputes"]), st.sampled_from(["case-study", "systematic-review"])
    ),
    min_size=1,
    max_size=4,
)


@given(works=WORKS, taken=st.frozensets(st.integers(0, 3)))
@settings(max_examples=30, deadline=None)
def test_established_and_its_loss_follow_the_same_rule(works: list[tuple[str, str]], taken: frozenset[int]) -> None:
    """With appraisals on file, and disputes: before and after agree with bases made by the rules."""
    texts = [turtle(SOUND.format(n=n, stance=stance, type=type_)) for n, (stance, type_) in enumerate(works)]
    engine = derived({quad for text in texts for quad in text})
    kept = [text for n, text in enumerate(texts) if n not in taken]
    less = derived({quad for text in kept for quad in text} | turtle('tactic:t a gap:Tactic ; skos:prefLabel "T"@en .'))
    tactic = thing("tactic", "t")
    known, lost = grounds(engine), iris(tuple(f"w{n}" for n in taken))
    effect = without(known, lost)
    after = next((c.after for c in effect.statuses), appraised(known, tactic))
    for status, made in ((appraised(known, tactic), engine), (after, less)):
        (told,) = {slug_of(text_of(q.object)) for q in made.quads() if q.predicate.value == gap("evidenceStatus")}
        assert status.status == told
