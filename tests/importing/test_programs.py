"""Files as Zotero, Mendeley and EndNote export them, and answers of registrars: the same works come out of all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.importing import Name, Reference, open_file

FILES = Path(__file__).parent / "files"
PEOPLE = (Name("Tyszkiewicz", "Łucja"), Name("O’Neill", "Séan"), Name("van der Berg", "Jan"))
ARTICLE = Reference(
    kind="JournalArticle",
    title="Street-level discretion and the NHS: evidence from Łódź & Ålesund",
    authors=PEOPLE,
    year="2021",
    container="Journal of Made-up Policy",
    volume="14",
    issue="3–4",
    pages="101–119",
    doi="10.5555/SLD.2021.14",
    url="https://example.org/articles/street%20level?id=1&x=2",
)
EXPORTS = ("zotero.bib", "zotero.ris", "zotero.json", "mendeley.bib", "mendeley.ris", "endnote.ris", "endnote.bib")


def read(name: str) -> list[Reference]:
    rows = list(open_file((FILES / name).read_bytes(), name).read())
    assert [row.refused for row in rows] == [""] * len(rows)
    return [row.reference for row in rows if row.reference]


def same(found: Reference, wanted: Reference, *besides: str) -> bool:
    names = {"title", "kind", "authors", "year", "container", "volume", "issue", "pages", "doi", "url"} - {*besides}
    return {name: getattr(found, name) for name in names} == {name: getattr(wanted, name) for name in names}


@pytest.mark.parametrize("name", EXPORTS)
def test_the_article_comes_out_the_same_of_every_export(name: str) -> None:
    assert same(read(name)[0], ARTICLE)


@pytest.mark.parametrize("name", EXPORTS)
def test_the_chapter_has_its_book_editors_and_isbn(name: str) -> None:
    chapter = read(name)[1]
    assert (chapter.kind, chapter.container, chapter.year) == ("BookChapter", "Handbook of Implementation", "2019")
    assert chapter.title.startswith("Running a delivery unit: what")
    assert chapter.editors == (Name("Müller", "Anna"), Name("García", "José"))
    assert (chapter.isbn, chapter.edition, chapter.pages) == ("9780306406157", "2nd ed.", "12–34")
    assert (chapter.publisher, chapter.place) == ("Invented Press", "Bristol")
    assert chapter.authors[0] == Name("Ober", "Ümit")
    assert chapter.authors[1].literal.startswith("Department for Levelling Up")


@pytest.mark.parametrize("name", [name for name in EXPORTS if not name.endswith(".ris")])
def test_a_body_with_a_comma_in_its_name_stays_in_one_piece(name: str) -> None:
    assert read(name)[1].authors[1] == Name(literal="Department for Levelling Up, Housing and Communities")


@pytest.mark.parametrize("name", EXPORTS)
def test_a_page_without_author_and_year_is_taken_as_it_is(name: str) -> None:
    page = read(name)[2]
    assert (page.title, page.authors, page.year) == ("Guidance on pilots", (), "")
    assert page.url == "https://www.example.gov/guidance/pilots"


@pytest.mark.parametrize("name", EXPORTS)
def test_abstracts_notes_keywords_and_files_stay_behind(name: str) -> None:
    told = " ".join(str(reference.plain()) for reference in read(name))
    assert not any(words in told for words in ("front-line", "private", "discretion,", "/home/me", "paper.pdf"))


def test_what_crossref_answers() -> None:
    (found,) = read("crossref.json")
    assert same(found, ARTICLE, "doi", "url")
    assert found.doi == "10.5555/sld.2021.14"


def test_what_datacite_answers() -> None:
    (found,) = read("datacite.json")
    assert (found.kind, found.year, found.language) == ("ReportDocument", "2018", "en")
    assert found.authors == (Name(literal="Office for Imaginary Statistics"), Name("Nowak", "Ewa"))
