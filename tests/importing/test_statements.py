"""References as sources, written as the seed data write them."""

from __future__ import annotations

import pytest

from kg.importing import Name, Reference, Sources, open_file
from kg.importing.naming import Naming, short_label, slug_of
from kg.namespaces import PREFIXES, gap, thing
from kg.store import Statement, in_memory, placed, text_of
from kg.validation import check
from tests.data_support import whole
from tests.importing.test_programs import FILES

NEW = Reference(
    kind="JournalArticle",
    title="A new study",
    language="en",
    authors=(
        Name("Gold", "J."),
        Name("Sørensen", "EK"),
        Name(literal="Sense About Science"),
        Name(literal="New, Body"),
    ),
    year="2024",
    container="Journal",
    doi="10.5555/new",
)


def told(statements: list[Statement], subject: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for s, p, o in statements:
        if s.value == subject:
            found.setdefault(p.value, set()).add(text_of(o))
    return found


def test_a_source_is_written_as_the_seed_data_write_one() -> None:
    ((address, statements),) = Sources(whole()).describe([NEW])
    source = told(statements, address)
    old = {q.predicate.value for q in whole().quads() if text_of(q.subject) == thing("source", "gold-2017")}
    assert address == thing("source", "gold-2024")
    assert source[PREFIXES["rdf"] + "type"] == {gap("Source"), PREFIXES["fabio"] + "JournalArticle"}
    assert source[gap("authorList")] == {"Gold, J.; Sørensen, EK; Sense About Science; New  Body".replace("  ", ", ")}
    assert source[gap("evidenceType")] == {thing("evidence-type", "not-yet-typed")}
    assert source[gap("readingStatus")] == {thing("reading-status", "known-by-citation")}
    assert source[PREFIXES["dcterms"] + "identifier"] == {"https://doi.org/10.5555/new"}
    assert source[gap("shortLabel")] == {"Gold et al. 2024"}
    assert {gap("independenceGroup"), gap("shortLabel"), PREFIXES["dcterms"] + "creator"} <= old & set(source)


def test_authors_the_base_knows_by_that_name_are_linked_and_others_described() -> None:
    ((address, statements),) = Sources(whole()).describe([NEW])
    creators = told(statements, address)[PREFIXES["dcterms"] + "creator"]
    assert creators == {
        thing("person", "gold-j"),
        thing("person", "sorensen-e-k"),
        thing("body", "sense-about-science"),
        thing("body", "new-body"),
    }
    assert told(statements, thing("person", "sorensen-e-k"))[PREFIXES["foaf"] + "name"] == {"E. K. Sørensen"}
    assert not told(statements, thing("person", "gold-j"))


def test_what_comes_in_conforms() -> None:
    rows = [row for name in ("zotero.bib", "crossref.json") for row in open_file((FILES / name).read_bytes()).read()]
    made = Sources(whole()).describe(row.reference for row in rows if row.reference)
    base = in_memory({*whole().quads()} | placed(s for _, said in made for s in said))
    assert {v.check for v in check(base)} == {"identifier-shared-violation"}  # the article stands in both files


@pytest.mark.parametrize(
    ("people", "year", "slug", "label"),
    [
        ((Name("Gold", "J."),), "2017", "gold-2017", "Gold 2017"),
        ((Name("Hill", "M."), Name("Hupe", "P.")), "2015", "hill-hupe-2015", "Hill and Hupe 2015"),
        ((Name("O’Neill", "S"), Name("B", "B"), Name("C", "C")), "2019", "oneill-2019", "O’Neill et al. 2019"),
        (
            (Name(literal="World Health Organisation"),),
            "",
            "world-health-organisation",
            "World Health Organisation, undated",
        ),
        ((), "2012", "a-new-study-of-delivery-2012", "A new study of delivery and … 2012"),
        ((Name("王", "伟"),), "2012", "a-new-study-of-delivery-2012", "王 2012"),
    ],
)
def test_names_are_like_those_of_the_seed_data(people: tuple[Name, ...], year: str, slug: str, label: str) -> None:
    reference = Reference(title="A new study of delivery and its units", authors=people, year=year)
    assert (slug_of(reference), short_label(reference)) == (slug, label)


def test_a_name_that_is_taken_gets_a_letter_or_a_number() -> None:
    naming = Naming({"gold-2017", "gold-2017b"})
    gold, undated = Reference(title="x", authors=(Name("Gold", "J"),), year="2017"), Reference(title="One")
    assert [naming.name(gold) for _ in range(2)] == [("gold-2017c", "Gold 2017c"), ("gold-2017d", "Gold 2017d")]
    assert [naming.name(undated) for _ in range(2)] == [("one", "One, undated"), ("one-2", "One, undated (2)")]


def test_two_people_with_one_spelling_of_the_address_stay_two() -> None:
    muller = (
        Reference(title="x", authors=(Name("Müller", "A."),)),
        Reference(title="y", authors=(Name("Muller", "A."),)),
    )
    made = Sources(in_memory([])).describe(muller)
    creators = [told(said, address)[PREFIXES["dcterms"] + "creator"] for address, said in made]
    assert creators == [{thing("person", "muller-a")}, {thing("person", "muller-a-2")}]
