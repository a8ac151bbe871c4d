"""Every document, whole: nothing silently uncovered, every claim read twice, every voice its own."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg import queries
from kg.validation import check_anchors, cover
from tests.data_support import DOCUMENTS, rows, whole

SOURCES = {"hudson-2019", "kent-project", "kaehne-editorial", "implementation-unit", "holyrood-roundtable"}
PREFIX = "PREFIX gap: <https://w3id.org/gapbridge/ns#>\nPREFIX id: <https://w3id.org/gapbridge/id/>\n"


def asked(body: str) -> list[tuple[str, ...]]:
    return rows(whole(), PREFIX + body)


def test_all_five_documents_are_read_in_full() -> None:
    found = asked(
        "SELECT ?d WHERE { ?d gap:readingStatus <https://w3id.org/gapbridge/id/reading-status/read-in-full> }"
    )
    assert {row[0].removeprefix("source/") for row in found} >= SOURCES


def test_no_section_of_any_document_is_silently_uncovered() -> None:
    sections = cover(queries.coverage(whole()))
    assert {s.source.rpartition("/")[2] for s in sections} == SOURCES
    assert [(s.source_label, s.section, s.silent) for s in sections if s.silent] == []


def test_sections_follow_each_other_without_a_hole() -> None:
    found = asked("""PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?d ?a ?b WHERE { ?s a gap:Section ; oa:hasSource ?d ; oa:hasSelector ?x . ?x oa:start ?a ; oa:end ?b }
        ORDER BY ?d ?a""")
    for (document, _, end), (after, start, _) in pairwise(found):
        assert document != after or 0 <= int(start) - int(end) <= 1


def test_every_passage_stands_in_its_document() -> None:
    if not DOCUMENTS.exists():
        pytest.skip(f"no {DOCUMENTS}: the documents travel apart from the repository")
    report = check_anchors(queries.passages(whole()), DOCUMENTS)
    assert report.holds
    assert report.checked > 1200


def test_every_claim_was_read_a_second_time_by_somebody_else_in_another_activity() -> None:
    wrong = asked("""PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?c WHERE { ?c a gap:Claim .
          FILTER NOT EXISTS { ?c gap:checkedIn ?second ; prov:wasGeneratedBy ?first .
            ?second prov:wasAssociatedWith ?b . ?first prov:wasAssociatedWith ?a .
            FILTER(?a != ?b && ?first != ?second) } }""")
    assert wrong == []


def test_nothing_inferred_carries_a_citation() -> None:
    assert asked("SELECT ?c WHERE { ?c gap:linkBasis <https://w3id.org/gapbridge/id/link-basis/curator-inference> ; "
                 "gap:backedBy ?w }") == []  # fmt: skip


def test_what_speakers_and_commenters_say_carries_their_voice() -> None:
    found = asked("SELECT ?d (COUNT(DISTINCT ?v) AS ?n) WHERE { ?c gap:voicedBy ?v ; gap:assertedIn ?d } GROUP BY ?d")
    voices = {row[0].removeprefix("source/"): int(row[1]) for row in found}
    assert voices["holyrood-roundtable"] == 12, "twelve named speakers"
    assert voices["implementation-unit"] >= 2, "two readers who comment"
    assert "hudson-2019" not in voices


def test_the_inference_of_a_curator_has_no_voice() -> None:
    assert asked("SELECT ?c WHERE { ?c gap:linkBasis <https://w3id.org/gapbridge/id/link-basis/curator-inference> ; "
                 "gap:voicedBy ?v }") == []  # fmt: skip


@pytest.mark.parametrize("cited", ["ettelt-2014", "jones-2018", "kaehne-2018", "lipsky-1980", "matthews-2013"])
def test_works_the_editorial_cites_are_sources(cited: str) -> None:
    editorial = "<https://w3id.org/gapbridge/id/source/kaehne-editorial>"
    named = {row[0] for row in asked(f"SELECT ?w WHERE {{ {editorial} <http://purl.org/dc/terms/references> ?w }}")}
    assert f"source/{cited}" in named


def test_a_tactic_without_a_stated_phase_has_none_or_an_inferred_one() -> None:
    stated = asked("SELECT DISTINCT ?d WHERE { ?c gap:claimPredicate gap:inPhase ; gap:assertedIn ?d ; "
                   "gap:linkBasis <https://w3id.org/gapbridge/id/link-basis/as-stated> }")  # fmt: skip
    assert stated == [("source/hudson-2019",)], "only the article knows the four phases"


def test_causes_are_tied_to_the_four_by_inference_only_outside_the_article() -> None:
    found = asked(
        """SELECT DISTINCT ?d ?b
        WHERE { ?c gap:claimPredicate gap:contributesTo ; gap:assertedIn ?d ; gap:linkBasis ?b }"""
    )
    assert {basis for document, basis in found if document != "source/hudson-2019"} <= {"link-basis/curator-inference"}
