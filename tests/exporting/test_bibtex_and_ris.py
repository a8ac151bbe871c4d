"""BibTeX and RIS: what goes in comes out, whatever stands in a title or a name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.exporting import Reference, bibliography
from kg.exporting.bibtex import bibtex
from kg.exporting.references import one_line
from kg.exporting.ris import ris
from tests.exporting.readers import from_latex, people, read_bibtex, read_ris

References = dict[str, Reference]

ANSELL = """@article{ansell-2017,
  author = {Ansell, C. and S{\\o}rensen, E. and Torfing, J.},
  title = {{{Improving Policy Implementation through Collaborative Policymaking}}},
  journal = {Policy \\& Politics},
  year = {2017},
  volume = {45},
  number = {3},
  pages = {467--486},
  doi = {10.1332/030557317X14972799760260},
  language = {en},
  annote = """

NASTY = (
    "{", "}", "\\", "\\}", " and ", ",", "%", "&", "$x$", "#1", "a_b", "~", "^", '"', "\r\n", "\nER  - \n", "TY  - ",
    "</title>", "é", "e\u0301", "ǘ", "ø", "ß", "–", "“x”", "’", "…", "漢字", "\x00", "\u2028", "@misc{x,", "{\\'e}",
)  # fmt: skip
TEXT = st.lists(st.sampled_from(NASTY) | st.text(max_size=6), max_size=6).map("".join)
WORD = TEXT.map(one_line).filter(bool)


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", one_line(text))


def record(**more: object) -> dict[str, object]:
    return {"id": "x-2019", "type": "report", **more}


def test_bibtex_of_an_article(known: References) -> None:
    assert bibtex([known["ansell-2017"].csl]).startswith(ANSELL)


def test_every_source_is_an_entry_under_its_slug(known: References) -> None:
    entries = read_bibtex(bibliography(list(known.values()), "bib").decode())
    assert list(entries) == list(known)
    for slug, fields in entries.items():
        csl = known[slug].csl
        assert from_latex(fields["title"][2:-2]) == plain(csl["title"])
        written = [n.get("literal") or "|".join(n.values()) for n in csl.get("author", ())]
        assert people(fields["author"]) == written if written else "author" not in fields
        assert fields.get("year") == (str(known[slug].year) if known[slug].year else None)
        assert from_latex(fields["annote"]) == plain(csl["note"])


def test_kinds_of_entries(known: References) -> None:
    entries = read_bibtex(bibliography(list(known.values()), "bib").decode())
    assert (entries["lipsky-1980"]["@"], entries["lipsky-1980"]["publisher"]) == ("book", "Russell Sage Foundation")
    assert (entries["gold-2017"]["@"], entries["gold-2017"]["institution"]) == (
        "techreport",
        "Institute for Government",
    )
    assert (entries["hudson-1993"]["@"], entries["hudson-1993"]["booktitle"]) == (
        "incollection",
        "The Policy Process: A Reader",
    )
    assert people(entries["hunter-2018"]["editor"])[1] == "Farrington|J"
    assert (entries["implementation-unit"]["@"], entries["implementation-unit"]["howpublished"]) == ("misc", "CSQ")
    assert entries["hill-hupe-2015"]["edition"] == "3rd"


def test_notes_stand_where_no_style_prints_them(known: References) -> None:
    assert not any("note" in fields for fields in read_bibtex(bibtex(r.csl for r in known.values())).values())


def test_letters_that_latex_would_trip_over() -> None:
    title = r"50% of {costs} & $ in C_1 #2 \end{document} ~ ^ <b>"
    field = read_bibtex(bibtex([record(title=title)]))["x-2019"]["title"]
    assert field == (
        r"{{50\% of {\textbraceleft}costs{\textbraceright} \& \$ in C\_1 \#2 {\textbackslash}end{\textbraceleft}"
        r"document{\textbraceright} {\textasciitilde} {\textasciicircum} {\textless}b{\textgreater}}}"
    )


def test_names_are_cut_only_between_people() -> None:
    authors = [
        {"literal": "Department for Housing, Communities and Local Government"},
        {"family": "Müller and Sons", "given": "Zoë, Jr."},
        {"family": "Łoś", "given": "Ç."},
    ]
    field = read_bibtex(bibtex([record(author=authors)]))["x-2019"]["author"]
    assert field == (
        r"{Department for Housing, Communities and Local Government} and "
        r"{M{\"u}ller and Sons}, {Zo{\"e}, Jr.} and {\L}o{\'s}, {\c{C}}."
    )


@settings(deadline=None)
@given(TEXT)
def test_any_title_survives_bibtex(title: str) -> None:
    (fields,) = read_bibtex(bibtex([record(title=title)])).values()
    assert from_latex(fields.get("title", "{{}}")[2:-2]) == plain(title)


@settings(deadline=None)
@given(st.lists(st.tuples(WORD, WORD) | WORD, min_size=1, max_size=4))
def test_any_names_survive_bibtex(given_names: list[tuple[str, str] | str]) -> None:
    authors = [{"literal": n} if isinstance(n, str) else {"family": n[0], "given": n[1]} for n in given_names]
    (fields,) = read_bibtex(bibtex([record(author=authors)])).values()
    wanted = [plain(n) if isinstance(n, str) else f"{plain(n[0])}|{plain(n[1])}" for n in given_names]
    assert people(fields["author"]) == wanted


def test_ris_of_an_article(known: References) -> None:
    (found,) = read_ris(ris([known["ansell-2017"].csl]))
    assert [pair for pair in found if pair[0] != "N1"] == [
        ("TY", "JOUR"),
        ("ID", "ansell-2017"),
        ("AU", "Ansell, C."),
        ("AU", "Sørensen, E."),
        ("AU", "Torfing, J."),
        ("TI", "Improving Policy Implementation through Collaborative Policymaking"),
        ("T2", "Policy & Politics"),
        ("PY", "2017"),
        ("VL", "45"),
        ("IS", "3"),
        ("SP", "467"),
        ("EP", "486"),
        ("DO", "10.1332/030557317X14972799760260"),
        ("LA", "en"),
        ("ER", ""),
    ]


def test_every_source_is_a_ris_record(known: References) -> None:
    found = read_ris(bibliography(list(known.values()), "ris").decode())
    assert [dict(tags)["ID"] for tags in found] == list(known)
    for tags in found:
        csl = known[dict(tags)["ID"]].csl
        assert dict(tags)["TI"] == csl["title"]
        assert [value for tag, value in tags if tag == "AU"] == [
            n.get("literal") or ", ".join(n.values()) for n in csl.get("author", ())
        ]
        assert tags[0][0] == "TY"


@pytest.mark.parametrize(
    ("slug", "kind"),
    [("hudson-1993", "CHAP"), ("lipsky-1980", "BOOK"), ("gold-2017", "RPRT"), ("kent-project", "ELEC"),
     ("implementation-unit", "BLOG"), ("holyrood-roundtable", "MGZN")],
)  # fmt: skip
def test_kinds_in_ris(known: References, slug: str, kind: str) -> None:
    (tags,) = read_ris(ris([known[slug].csl]))
    assert dict(tags)["TY"] == kind


def test_editors_of_a_book_around_a_chapter_are_not_its_authors(known: References) -> None:
    (tags,) = read_ris(ris([known["hudson-1993"].csl]))
    assert ("A2", "Hill, M") in tags
    assert [value for tag, value in tags if tag == "AU"] == ["Hudson, B."]


@settings(deadline=None)
@given(TEXT, WORD)
def test_any_title_and_name_survive_ris(title: str, name: str) -> None:
    (tags,) = read_ris(ris([record(title=title, author=[{"literal": name}])]))
    assert dict(tags).get("TI", "") == one_line(title)
    assert dict(tags)["AU"] == name
