"""Claims: their addresses, their words, their places."""

from __future__ import annotations

import hashlib
import re

import pytest

from kg.namespaces import slug_of
from kg.queries import passages
from kg.validation import check_anchors, problems
from tests.data_support import DOCUMENTS, Claim, base, claims, normalised, whole

SHARED_RUN = 11
"""Words in a row that a gist may not share with the document: such a run is a quotation."""
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def slug_hash(claim: Claim) -> str:
    """Ontology model, §1.2: the same reading gets the same address."""
    key = (slug(claim.document), claim.locator, claim.subject, claim.relation, claim.object, slug(claim.stance))
    return hashlib.sha256("|".join(key).encode()).hexdigest()[:8]


def slug(local: str) -> str:
    return local.partition("/")[2]


def test_slugs_end_in_the_hash_of_the_reading() -> None:
    wrong = {c.claim: slug_hash(c) for c in claims() if not c.claim.endswith(f"-{slug_hash(c)}")}
    assert wrong == {}


def test_gists_are_sentences_of_fair_length() -> None:
    for claim in claims():
        assert 15 <= len(claim.gist) <= 300, claim.claim
        assert claim.gist[0].isupper(), claim.claim
        assert claim.gist.endswith("."), claim.claim


def test_gists_are_in_our_own_words() -> None:
    text = words(normalised())
    runs = {tuple(text[i : i + SHARED_RUN]) for i in range(len(text) - SHARED_RUN + 1)}
    for claim in claims():
        said = words(claim.gist)
        spans = [said[i : i + SHARED_RUN] for i in range(len(said) - SHARED_RUN + 1)]
        shared = [span for span in spans if tuple(span) in runs]
        assert not shared, f"{claim.claim} repeats: {' '.join(shared[0])}"


def test_anchors_hold() -> None:
    if not DOCUMENTS.is_dir():
        pytest.skip(f"no {DOCUMENTS}: the documents travel apart from the repository")
    found = passages(whole())
    report = check_anchors(found, DOCUMENTS)
    assert report.holds, f"broken: {report.broken}; missing: {report.missing}"
    assert report.checked == len(found)


_PLACES = """
PREFIX gap: <https://w3id.org/gapbridge/ns#>
SELECT DISTINCT ?passage
WHERE {
  { ?thing gap:locatedAt|gap:describedAt ?passage } UNION { ?passage a gap:Section } UNION { ?passage gap:leftOut ?why }
}
"""


def test_every_passage_is_a_place_of_something() -> None:
    """Of a claim or framework, a section, or a stretch left out on purpose."""
    wanted = {getattr(row["passage"], "value", "") for row in whole().select(_PLACES)}
    assert {row.passage for row in passages(whole())} == wanted


def test_locators_follow_the_text() -> None:
    """A claim's section is the one whose heading stands last before it."""
    text = normalised()
    heads = [(text.index(f" {head} {words_} "), head.rstrip(".")) for head, words_ in HEADINGS.items()]
    for claim in claims():
        section = re.match(r"§([\d.]+)", claim.locator)
        if section and "after Table 1" not in claim.locator:
            last = max(head for head in heads if head[0] < claim.start)[1]
            assert section[1].rstrip(".") == last, claim.claim


HEADINGS = {
    "1.": "Introduction",
    "2.": "The persistence of policy failure",
    "2.1.": "Overly optimistic expectations",
    "2.2.": "Implementation in dispersed governance",
    "2.3.": "Inadequate collaborative policymaking",
    "2.4.": "Vagaries of the political cycle",
    "3.": "Developing a policy support program",
    "3.1.": "Policy preparation",
    "3.2.": "Policy tracking",
    "3.3.": "Implementation support",
    "3.3.1.": "Managing and regulating",
    "3.3.2.": "Problem-solving",
    "3.3.3.": "Capacity building",
    "3.4.": "Implementation review",
    "3.5.": "Discussion: policy types and policy support tactics",
    "3.5.1.": "Policy design preparation",
    "3.5.2.": "Policy tracking",
    "3.5.3.": "Policy implementation support",
    "3.5.4.": "Policy implementation review",
}


def test_inferences_say_what_they_were_drawn_from_and_guess_no_more_than_that() -> None:
    inferred = {c.claim for c in claims() if c.standing == "link-basis/curator-inference"}
    asked = "SELECT DISTINCT ?c WHERE { ?c <https://w3id.org/gapbridge/ns#inferredFrom> ?p }"
    drawn = {"claim/" + slug_of(getattr(row["c"], "value", "")) for row in base().select(asked)}
    assert inferred == drawn
    for claim in (c for c in claims() if c.claim in inferred):
        assert claim.force == "force/hypothesises", claim.claim
        assert not claim.works, claim.claim


def test_nothing_refuses_the_seed_data() -> None:
    found = problems(whole())
    assert [v for v in found if v.severity == "violation"] == []
    assert {v.message for v in found if v.severity == "warning"} <= {
        "The year is missing. Give it as four digits if it can be found."
    }, "some works are named without a year"
