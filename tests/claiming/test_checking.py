"""Each fault is told at its field, in the words of the shape or check that found it."""

from __future__ import annotations

import pytest

from kg.claiming import check_proposal, same_reading
from kg.claiming.form import local_name
from kg.namespaces import thing
from kg.validation import check_files
from tests.claiming.claiming_support import kit, proposed, refused, warned
from tests.data_support import claims
from tests.ontology.shapes_support import SH, SHAPE, shapes

HASH = "a" * 64


def test_a_minimal_claim_is_in_order() -> None:
    assert refused() == {}


@pytest.mark.parametrize(
    "key", ["claimSubject", "claimPredicate", "claimObject", "gist", "stance", "force", "assertedIn", "claimBasis",
            "linkBasis"],
)  # fmt: skip
def test_what_is_missing_is_told_in_the_words_of_the_shape(key: str) -> None:
    message = str(shapes().value(SHAPE[f"Claim-{key}"], SH.message))
    assert refused(**{key: ""})[key].startswith(message)


def test_a_place_that_is_missing_is_told() -> None:
    assert set(refused(locator="")) == {"locator"}


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"claimObject": "policy/care-act-2014"}, "claimObject", "wrong kind for the relation “leads to”"),
        ({"claimSubject": "source/gold-2017"}, "claimSubject", "wrong kind"),
        ({"claimSubject": "tactic/none"}, "claimSubject", "not described anywhere"),
        ({"backedBy": "source/none"}, "backedBy", "must be in the list of sources"),
        ({"claimBasis": "cites-empirical"}, "backedBy", "no cited work is given"),
        ({"stance": "gap"}, "claimObject", "takes the relation “bears on”"),
        ({"gist": "Too short."}, "gist", "15 to 300 characters"),
        ({"gist": "x" * 301}, "gist", "15 to 300 characters"),
        ({"start": "9", "end": "3", "quoteHash": HASH, "textHash": HASH}, "passage", "Paste the words again"),
        ({"start": "1", "end": "3", "quoteHash": "zz", "textHash": HASH}, "passage", "SHA-256"),
        ({"inferredFrom": "claim/none"}, "inferredFrom", "must be entered first"),
        ({"voicedBy": "source/gold-2017"}, "voicedBy", "list of people and bodies"),
    ],
)
def test_each_fault_is_told_at_its_field(more: dict[str, str], field: str, words: str) -> None:
    found = refused(**more)
    assert words in found.get(field, str(found))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({}, "informs"),
        ({}, "passage"),
        ({"backedBy": "source/gold-2014"}, "claimBasis"),
        ({"linkBasis": "curator-inference"}, "inferredFrom"),
    ],
)
def test_what_could_be_better_is_no_refusal(more: dict[str, str], field: str) -> None:
    assert field in warned(**more)
    assert refused(**more) == {}


def test_a_document_that_is_none_is_told_once() -> None:
    assert set(refused(assertedIn="source/none")) == {"assertedIn"}


def test_the_mend_names_things_as_forms_do() -> None:
    assert "https://" not in refused(claimSubject="tactic/none")["claimSubject"]


def test_checks_name_fields_that_there_are() -> None:
    named = [
        line.rpartition(":")[2] for _, _, text in check_files() for line in text.splitlines() if "# field:" in line
    ]
    assert named
    assert all(key in kit().claim for key in named)


def test_a_reading_on_record_is_known_again_whatever_it_is_called() -> None:
    known = next(c for c in claims() if c.document == "source/hudson-2019")
    same = proposed(
        claimSubject=known.subject, claimPredicate=known.relation, claimObject=known.object, stance=known.stance,
        assertedIn=known.document, locator=known.locator,
    )  # fmt: skip
    kind, slug = known.claim.split("/")
    assert same_reading(kit().reader, same) == thing(kind, slug)
    assert same_reading(kit().reader, same, but=thing(kind, slug)) == ""
    assert same_reading(kit().reader, proposed()) == ""


def test_faults_stand_in_the_order_of_the_form() -> None:
    found = check_proposal(kit(), proposed(gist="", claimBasis="", claimSubject=""))[0]
    order = [field.key for field in kit().claim.fields]
    places = [order.index(fault.field) for fault in found]
    assert places == sorted(places)


def test_local_names() -> None:
    assert local_name("https://w3id.org/gapbridge/ns#gist") == "gist"
    assert local_name("http://purl.org/dc/terms/created") == "created"
