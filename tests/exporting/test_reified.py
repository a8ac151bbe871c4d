"""Claims in RDF 1.2: each reifies its statement, and only what stands as a link is asserted."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox
import pytest

from kg.errors import NotFound
from kg.namespaces import PREFIXES, gap, thing
from kg.queries import accepted_claims
from kg.reifying import FORMS, all_reified, reified, written
from kg.settings import resource
from kg.store import CLAIMS_GRAPH, DERIVED_GRAPH, NamedNode, Quad, Triple, text_of
from tests.data_support import whole

CAUTION = thing("claim", "gold-weak-units-d3e57c69")
REIFIES = PREFIXES["rdf"] + "reifies"
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}


@cache
def every() -> tuple[Quad, ...]:
    return tuple(all_reified(whole()))


def test_each_claim_reifies_its_own_statement() -> None:
    told = {q.subject: q.object for q in every() if q.predicate.value == REIFIES}
    assert {text_of(claim) for claim in told} == set(accepted_claims(whole()))
    for claim, triple in told.items():
        assert isinstance(triple, Triple)
        parts = {q.predicate.value: q.object for q in whole().quads(subject=claim)}
        ends = (parts[gap(name)] for name in ("claimSubject", "claimPredicate", "claimObject"))
        assert (triple.subject, triple.predicate, triple.object) == tuple(ends)


def test_how_a_claim_is_made_stands_on_its_reifier() -> None:
    told: dict[str, set[str]] = {}
    for q in every():
        told.setdefault(text_of(q.subject), set()).add(q.predicate.value)
    how = {gap(name) for name in ("stance", "force", "claimBasis", "linkBasis", "assertedIn", "locatedAt", "gist")}
    assert [claim for claim in accepted_claims(whole()) if not how <= told[claim]] == []


def test_what_is_asserted_are_the_links_that_the_first_rule_writes() -> None:
    rule = (resource("ontology") / "rules" / "r01-stated-links.rq").read_text(encoding="utf-8")
    asserted = {q.triple for q in every() if q.graph_name == DERIVED_GRAPH}
    assert asserted == set(whole().construct(rule))


def test_a_caution_is_told_but_not_asserted() -> None:
    found = reified(whole(), CAUTION)
    (statement,) = [q.object for q in found if q.predicate.value == REIFIES]
    assert statement not in {q.triple for q in found}
    assert NamedNode(thing("stance", "cautions")) in {q.object for q in found}


@pytest.mark.parametrize("form", FORMS)
def test_parsed_back_the_same(form: str) -> None:
    wanted = set(reified(whole(), CAUTION))
    found = set(ox.parse(written(whole(), CAUTION, form), FORMATS[form]))
    assert any(isinstance(q.object, Triple) for q in found)
    if form in ("trig", "nq"):
        assert found == wanted
        assert CLAIMS_GRAPH in {q.graph_name for q in found}
    else:
        assert {q.triple for q in found} == {q.triple for q in wanted}


def test_no_such_claim() -> None:
    with pytest.raises(NotFound):
        reified(whole(), thing("claim", "none"))
