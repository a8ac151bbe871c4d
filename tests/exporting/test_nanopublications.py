"""Claims as nanopublications: well formed for a parser of its own, and never saying more than the claim does.

The rules are those of the nanopublication guidelines, §2 (https://nanopub.net/guidelines/working_draft/).
"""

from __future__ import annotations

from functools import cache

import pytest
from rdflib import Dataset, Graph, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF

from kg.errors import NotFound
from kg.namespaces import gap, thing
from kg.nanopublishing import LICENCE, NP, all_nanopublications, is_bare, nanopublication, written
from kg.queries import ClaimStatement, accepted_claims, claim_statements
from kg.store import Quad, text_of
from tests.data_support import whole

CAUTION = thing("claim", "gold-weak-units-d3e57c69")
PARTS = ("hasAssertion", "hasProvenance", "hasPublicationInfo")


@cache
def rows() -> dict[str, ClaimStatement]:
    return {row.claim: row for row in claim_statements(whole(), accepted_claims(whole()))}


@cache
def all_quads() -> tuple[Quad, ...]:
    return tuple(all_nanopublications(whole()))


@cache
def assertions() -> dict[str, set[tuple[str, str, str]]]:
    """What each claim's nanopublication asserts."""
    found: dict[str, set[tuple[str, str, str]]] = {}
    for q in all_quads():
        graph = text_of(q.graph_name)  # type: ignore[arg-type]
        if graph.endswith(".nanopub#assertion"):
            statement = (text_of(q.subject), q.predicate.value, text_of(q.object))
            found.setdefault(graph.removesuffix(".nanopub#assertion"), set()).add(statement)
    return found


def statement(row: ClaimStatement) -> tuple[str, str, str]:
    return row.subject, row.relation, row.object


def check(data: Dataset) -> None:
    """The structural rules, for one nanopublication."""
    heads = [graph for graph in data.graphs() if (None, RDF.type, URIRef(NP + "Nanopublication")) in graph]
    assert len(heads) == 1
    (me,) = heads[0].subjects(RDF.type, URIRef(NP + "Nanopublication"))
    parts = []
    for name in PARTS:
        (part,) = heads[0].objects(me, URIRef(NP + name))
        parts.append(part)
    assert len({*parts, heads[0].identifier, me}) == 5
    named = {graph.identifier for graph in data.graphs() if len(graph)}
    assert named == {heads[0].identifier, *parts}  # nothing stands elsewhere, and no part is empty
    assertion, provenance, publication = parts
    assert list(graph_of(data, provenance).predicate_objects(assertion))
    assert list(graph_of(data, publication).predicate_objects(me))
    assert all(str(graph).startswith(f"{me}#") for graph in named)
    assert list(graph_of(data, publication).objects(me, DCTERMS.creator))
    assert list(graph_of(data, publication).objects(me, DCTERMS.license)) == [URIRef(LICENCE)]


def graph_of(data: Dataset, name: object) -> Graph:
    return data.graph(URIRef(str(name)))


@pytest.mark.parametrize("form", ["trig", "nq"])
@pytest.mark.parametrize("nth", [0, 300, 700, 1200])
def test_well_formed(nth: int, form: str) -> None:
    data = Dataset()
    data.parse(data=written(whole(), sorted(rows())[nth], form), format={"nq": "nquads"}.get(form, form))
    check(data)


def test_every_accepted_claim_is_one_and_each_part_is_there() -> None:
    graphs = {text_of(q.graph_name) for q in all_quads()}  # type: ignore[arg-type]
    wanted = {f"{claim}.nanopub#{part}" for claim in rows() for part in ("Head", "assertion", "provenance", "pubinfo")}
    assert graphs == wanted


def test_a_bare_statement_only_where_the_document_makes_it_and_speaks_for_it() -> None:
    asserted = assertions()
    bare = {claim for claim, found in asserted.items() if statement(rows()[claim]) in found}
    assert bare == {claim for claim, row in rows().items() if is_bare(row)}
    assert 100 < len(bare) < 200
    for claim in bare:
        row = rows()[claim]
        assert asserted[claim] == {statement(row)}
        assert row.stance == thing("stance", "supports")
        assert row.force == thing("force", "asserts")
        assert row.standing in (thing("link-basis", "as-stated"), thing("link-basis", "by-table"))


@pytest.mark.parametrize("stance", ["cautions", "disputes", "gap", "conditional", "describes"])
def test_what_does_not_speak_for_its_statement_never_asserts_it(stance: str) -> None:
    found = [claim for claim, row in rows().items() if row.stance == thing("stance", stance)]
    assert found
    for claim in found:
        asserted = assertions()[claim]
        assert statement(rows()[claim]) not in asserted
        assert {subject for subject, _, _ in asserted} == {claim}
        assert (claim, gap("stance"), thing("stance", stance)) in asserted
        assert {gap("force"), gap("linkBasis"), gap("claimBasis")} <= {name for _, name, _ in asserted}


def test_inferences_and_thoughts_to_be_tested_never_assert_their_statement() -> None:
    weak = (thing("link-basis", "curator-inference"), thing("force", "hypothesises"), thing("force", "recommends"))
    found = [claim for claim, row in rows().items() if {row.standing, row.force} & set(weak)]
    assert len(found) > 200
    assert [claim for claim in found if statement(rows()[claim]) in assertions()[claim]] == []


def test_provenance_tells_document_place_readers_and_what_is_cited() -> None:
    data = Dataset()
    data.parse(data=written(whole(), CAUTION, "trig"), format="trig")
    provenance = graph_of(data, f"{CAUTION}.nanopub#provenance")
    assertion, claim = URIRef(f"{CAUTION}.nanopub#assertion"), URIRef(CAUTION)
    document = URIRef(thing("source", "hudson-2019"))
    assert document in set(provenance.objects(assertion, PROV.wasDerivedFrom))
    assert (claim, URIRef(gap("backedBy")), URIRef(thing("source", "gold-2017"))) in provenance
    (passage,) = provenance.objects(claim, URIRef(gap("locatedAt")))
    assert str(provenance.value(passage, URIRef(gap("locator")))) == "§3.2"
    assert all(list(provenance.objects(claim, URIRef(gap(name)))) for name in ("reviewedBy", "checkedIn"))


def test_no_such_claim() -> None:
    with pytest.raises(NotFound):
        nanopublication(whole(), thing("claim", "none"))
