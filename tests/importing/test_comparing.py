"""“Already in the base?”: what is found, with which reasons, and what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.importing import Index, Judge, Known, Name, Reference, Row, Sources, Verdict
from kg.importing.identifiers import doi_address, doi_of, isbn_of, url_key
from kg.namespaces import thing
from tests.data_support import whole

GOLD_TITLE = "Tracking Delivery Global Trends and Warning Signs in Delivery Units"
GOLD = Reference(
    kind="ReportDocument",
    title=GOLD_TITLE,
    authors=(Name("Gold", "J."),),
    year="2017",
)
WITH_DOI = Reference(title="Anything", doi="10.1080/25741292.2018.1540378")


@pytest.fixture(scope="module")
def sources() -> Sources:
    return Sources(whole())


def reasons(sources: Sources, reference: Reference) -> tuple[str, ...]:
    found = sources.matches(reference)
    return found[0].reasons if found else ()


def test_the_same_title_year_and_author_are_the_same_work(sources: Sources) -> None:
    (found,) = sources.matches(GOLD)
    assert (found.known.address, found.certain) == (thing("source", "gold-2017"), True)
    assert found.reasons == ("same title", "same year", "same first author")


def test_a_slip_in_the_title_is_counted(sources: Sources) -> None:
    slip = replace(GOLD, title=GOLD.title.replace("Delivery Units", "Delivry Unit"))
    assert reasons(sources, slip) == ("same title but for two letters", "same year", "same first author")
    assert sources.matches(slip)[0].certain


def test_accents_case_and_punctuation_do_not_count(sources: Sources) -> None:
    found = replace(GOLD, title="TRACKING delivery — global trends, and warning signs in Délivery Units!")
    assert reasons(sources, found)[0] == "same title"


def test_another_year_needs_a_decision(sources: Sources) -> None:
    (found,) = sources.matches(replace(GOLD, year="2018"))
    assert not found.certain
    assert found.reasons == ("same title", "2018 here, 2017 there", "same first author")


def test_the_same_doi_in_any_form_is_the_same_work(sources: Sources) -> None:
    wanted = thing("source", "hudson-2019")
    for text in ("doi:10.1080/25741292.2018.1540378", "https://dx.doi.org/10.1080/25741292.2018.1540378 "):
        (found,) = sources.matches(replace(WITH_DOI, doi=doi_of(text)))
        assert (found.known.address, found.reasons[0]) == (wanted, "same DOI")


def test_the_same_doi_under_another_title_and_author_needs_a_decision(sources: Sources) -> None:
    (found,) = sources.matches(replace(WITH_DOI, authors=(Name("Nobody", "A."),)))
    assert not found.certain
    assert found.reasons[:2] == ("same DOI", "another title")


def test_a_title_without_its_subtitle_needs_a_decision(sources: Sources) -> None:
    short = Reference(title="What Is Policy Failure?", authors=(Name("McConnell", "A."),), year="2015")
    (found,) = sources.matches(short)
    assert (found.certain, found.reasons[0]) == (False, "same title but for the subtitle")


def test_another_doi_speaks_against_it() -> None:
    index = Index([Known("a", "A", replace(GOLD, doi="10.5555/one"))])
    (found,) = index.matches(replace(GOLD, doi="10.5555/two"))
    assert not found.certain
    assert found.reasons[-1] == "but another DOI"


def test_parts_of_one_book_are_different_works_and_the_book_is_found_by_either_isbn() -> None:
    book = Reference(kind="Book", title="Handbook", isbn=isbn_of("0-306-40615-2"), year="2019")
    index = Index([Known("book", "Book", book)])
    assert index.matches(replace(book, title="The Handbook", isbn=isbn_of("978-0-306-40615-7")))[0].reasons[0] == (
        "same ISBN"
    )
    assert index.matches(replace(book, kind="BookChapter", title="Quite another thing")) == []


@pytest.mark.parametrize(
    "other",
    [
        Reference(title="Delivery of babies in rural units", authors=(Name("Gold", "J."),), year="2017"),
        Reference(title="Tracking wolves", authors=(Name("Wolf", "A."),), year="2017"),
        Reference(title="Editorial", year="2018"),
        Reference(title=GOLD_TITLE + ": part 2", authors=(Name("Gold", "J."),), year="2017"),
        Reference(title="Transparency of Evidence: An Assessment of Government Policy Proposals, May 2017 to May 2018"),
        Reference(title="政策執行", year="2017"),
    ],
)
def test_other_works_are_not_found(sources: Sources, other: Reference) -> None:
    assert sources.matches(other) == []


def test_a_work_that_stands_twice_in_a_file_is_found_too(sources: Sources) -> None:
    judge = Judge(sources)
    new = replace(GOLD, title="Quite new findings on delivery", doi="10.5555/new")
    first, second, known = (judge.judge(Row(n, 0, r)) for n, r in enumerate((new, new, GOLD), 1))
    assert (first.verdict, second.verdict, known.verdict) == (Verdict.NEW, Verdict.THERE, Verdict.THERE)
    assert second.why == "Row 1 (Gold 2017): same DOI, same title, same year, same first author"
    assert judge.judge(Row(4, 0, None, "It has no title.")).why == "It has no title."


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O", None),
        ("(doi: 10.5555/x)", ""),
        ("doi:10.5555/x).", "10.5555/x"),
        ("https://doi.org/10.5555/a%2Fb", "10.5555/a/b"),
        ("10.5555/", ""),
        ("11.5555/x", ""),
    ],
)
def test_dois(text: str, doi: str | None) -> None:
    assert doi_of(text) == (text if doi is None else doi)


def test_the_address_of_a_doi_holds_no_letter_that_an_address_cannot() -> None:
    assert doi_address('10.1002/a<b>"{c}#d é') == "https://doi.org/10.1002/a%3Cb%3E%22%7Bc%7D%23d%20é"


def test_web_addresses_are_compared_without_what_does_not_matter() -> None:
    assert url_key("HTTP://www.Example.org/a/#top") == url_key("https://example.org/a") != url_key("http://example.org")
