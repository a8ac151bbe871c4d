"""The form is what the shapes and schemes say: nothing of it is written down twice."""

from __future__ import annotations

import pytest
from rdflib import Graph, Literal, URIRef

from kg.claiming import KINDS, claim_form, read_form
from kg.namespaces import NS, PREFIXES, SHAPES, gap, thing
from kg.queries import members
from kg.store import Literal as Text
from kg.store import NamedNode, Quad, in_memory
from tests.claiming.claiming_support import kit
from tests.data_support import whole
from tests.ontology.shapes_support import SH, SHAPE, shapes

FILLED_IN = "group-record"


def of_claim() -> list[URIRef]:
    return [p for p in shapes().objects(SHAPE.Claim, SH.property) if isinstance(p, URIRef)]


def value(prop: URIRef, name: str) -> str:
    return str(shapes().value(prop, SH[name]) or "")


def test_every_property_of_the_claim_shape_is_asked_or_filled_in() -> None:
    asked = {field.iri for field in kit().claim.fields}
    left = {value(p, "path") for p in of_claim() if not value(p, "group").endswith(FILLED_IN)} - asked
    assert left == {gap("locatedAt")}  # asked for as the place of the passage
    assert gap("locator") in asked


@pytest.mark.parametrize("key", ["gist", "stance", "assertedIn", "backedBy", "locator"])
def test_words_and_bounds_are_the_shape_s_own(key: str) -> None:
    prop = SHAPE[f"{'Passage' if key == 'locator' else 'Claim'}-{key}"]
    field = kit().claim[key]
    assert (field.label, field.help, field.message) == (
        value(prop, "name"), value(prop, "description"), value(prop, "message"),
    )  # fmt: skip
    assert field.longest == int(value(prop, "maxLength") or 0)
    assert field.many == (not value(prop, "maxCount") and key not in ("gist",))


def test_choices_are_the_scheme_s_members_in_their_order_with_their_definitions() -> None:
    rows = members(whole(), thing("scheme", "stance"))
    choices = kit().claim["stance"].choices
    assert [(c.label, c.definition) for c in choices] == [(row.label, row.definition) for row in rows]


def test_relations_are_those_a_claim_may_state_and_read_as_in_a_sentence() -> None:
    choices = {choice.value: choice.phrase for choice in kit().claim["claimPredicate"].choices}
    assert choices["addresses"] == "is held to address"
    assert "supportedBy" not in choices


def test_what_must_be_there_is_asked_before_what_may() -> None:
    required = [field.key for field in kit().claim.fields if field.need == "required"]
    assert required == [
        "claimSubject", "claimPredicate", "claimObject", "gist", "stance", "force", "assertedIn", "locator",
        "claimBasis", "linkBasis",
    ]  # fmt: skip
    assert len(required) == 10  # what a minimal claim takes; the source stays from one to the next


def test_a_shape_that_changes_changes_the_form() -> None:
    quads = set(whole().quads())
    prop, name = NamedNode(f"{SHAPES}Claim-stance"), NamedNode(PREFIXES["sh"] + "name")
    old = next(q for q in quads if q.subject == prop and q.predicate == name)
    new = Quad(prop, name, Text("Side taken", language="en"), old.graph_name)
    assert claim_form(in_memory((quads - {old}) | {new}))["stance"].label == "Side taken"


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_that_can_be_proposed_is_asked_for_its_name_and_definition(name: str) -> None:
    asked = kit().things[name]
    assert asked.name.need == "required"
    assert "definition" in {field.key for field in asked.few}
    assert all(field.label and field.help and field.messages for field in asked.form.fields)


def test_a_choice_is_known_by_its_end_its_name_and_how_it_reads() -> None:
    stance, relation = kit().claim["stance"], kit().claim["claimPredicate"]
    assert {stance.choose(t) for t in ("stance/cautions", "cautions", " Cautions ")} == {"stance/cautions"}
    assert {relation.choose(t) for t in ("addresses", "is held to address")} == {"addresses"}
    assert stance.choose("neutral") is None


def test_a_class_without_a_shape_has_a_form_without_fields() -> None:
    graph = Graph()
    assert not list(graph.triples((None, None, Literal("x"))))
    assert read_form(whole(), NS + "Nothing").fields == ()
