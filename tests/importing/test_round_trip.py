"""What export writes comes back equal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.exporting import FORMS, Csl, all_references, read_references
from kg.importing import KINDS, Name, Reference, Sources, clean, open_file, to_csl
from kg.importing.references import name_of
from kg.importing.words import edition_of, pages_of
from kg.store import in_memory, placed
from tests.data_support import whole

SUFFIXES = list(FORMS)
OWN = ("note",)
"""Our own words about a work, which are no part of it."""
VAGUE = {"bib": {"article-magazine": "article-journal", "post-weblog": "document", "webpage": "document"}}
"""Types for which BibTeX has no entry of their own."""


def again(record: Csl, suffix: str) -> dict[str, object]:
    """A record as it comes back from a file of one form."""
    (row,) = open_file(FORMS[suffix].write([record]).encode(), f"x.{suffix}").read()
    assert row.reference, row.refused
    return to_csl(row.reference)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_source_of_the_base_comes_back_equal(suffix: str) -> None:
    known = all_references(whole())
    assert len(known) == 61
    for reference in known:
        wanted = {name: value for name, value in reference.csl.items() if name not in OWN}
        wanted["type"] = VAGUE.get(suffix, {}).get(wanted["type"], wanted["type"])
        assert again(reference.csl, suffix) == wanted


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_whole_bibliography_comes_back_in_its_order(suffix: str) -> None:
    known = all_references(whole())
    rows = open_file(FORMS[suffix].write(r.csl for r in known).encode(), f"all.{suffix}").read()
    assert [row.reference.key for row in rows if row.reference] == [r.slug for r in known]


def test_a_reference_becomes_a_source_that_is_exported_equal() -> None:
    known = [r for r in all_references(whole()) if r.slug in ("hunter-2018", "hill-hupe-2015", "may-2015", "who-2016")]
    (rows,) = [list(open_file(FORMS["csl.json"].write(r.csl for r in known).encode()).read())]
    made = Sources(in_memory([])).describe(row.reference for row in rows if row.reference)
    base = in_memory({*placed(s for _, said in made for s in said)} | {*whole().quads()})
    found = {reference.csl["title"]: reference.csl for reference in read_references(base, [a for a, _ in made])}
    for reference in known:
        printed = {name: value for name, value in reference.csl.items() if name not in ("id", "note")}
        assert {n: v for n, v in found[reference.csl["title"]].items() if n not in ("id", "note")} == printed


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=30).map(clean)
TITLES = WORDS.filter(lambda text: any(letter.isalnum() for letter in text))
LETTERS = st.text(st.characters(categories=("Lu", "Ll")), min_size=1, max_size=12).map(clean).filter(bool)
PERSONS = st.builds(Name, family=LETTERS, given=LETTERS)
BODIES = TITLES.map(lambda text: name_of("", literal=text.replace(",", " "))).filter(bool)
REFERENCES = st.builds(
    Reference,
    kind=st.sampled_from(list(KINDS)),
    title=TITLES,
    language=st.sampled_from(("", "en", "de")),
    authors=st.lists(PERSONS | BODIES, max_size=4).map(tuple),
    year=st.sampled_from(("", "1987", "2019")),
    container=TITLES | st.just(""),
    volume=st.integers(1, 99).map(str),
    pages=st.sampled_from(("", "12–34", "e1000")).map(pages_of),
    edition=st.sampled_from(("", "3", "revised")).map(edition_of),
    doi=st.sampled_from(("", "10.5555/a-b_c(d)1", "10.1002/(SICI)1097<1::AID-X>3.0.CO;2-A")),
    key=st.just("key-1"),
)


@given(reference=REFERENCES)
@settings(max_examples=60, deadline=None)
def test_whatever_stands_in_a_reference_comes_back_from_csl_json(reference: Reference) -> None:
    record = to_csl(reference)
    assert again(record, "csl.json") == record


@given(reference=REFERENCES.map(lambda reference: replace(reference, container="")))
@settings(max_examples=60, deadline=None)
def test_titles_and_names_come_back_from_bibtex_and_ris(reference: Reference) -> None:
    record = to_csl(reference)
    for suffix in ("bib", "ris"):
        found = again(record, suffix)
        assert {name: found.get(name) for name in ("title", "author", "issued", "DOI")} == {
            name: record.get(name) for name in ("title", "author", "issued", "DOI")
        }
