"""BibTeX: accents, strings, months, crossref, names."""

from __future__ import annotations

import pytest

from kg.importing import Name, Reference, listed, open_file
from kg.importing.latex import plain_text


def read(text: str) -> Reference:
    found = [row for row in open_file(text.encode(), "x.bib").read()]
    assert found[0].reference, found[0].refused
    return found[0].reference


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"{\'e}tude, \'{e}tude, \'etude", "étude, étude, étude"),
        (r"S{\o}rensen, {\L}{\'o}d{\'z}, Stra{\ss}e", "Sørensen, Łódź, Straße"),
        (r"M{\"u}ller and Fran\c{c}ois and {\v C}apek", "Müller and François and Čapek"),
        ("The {NHS} in {{England}}", "The NHS in England"),
        ("467--486 --- ``quoted''", "467–486 — “quoted”"),
        (r"50\% of \$5, 50% of $5 & more #1", "50% of $5, 50% of $5 & more #1"),
        (r"$\beta$-carriers and H$_2$O", "β-carriers and H_2O"),
        (r"\emph{Not} \textbf{so} \url{http://a.b/c}", "Not so http://a.b/c"),
        (r"{\textless}{\textgreater}{\textbar}{\pounds}{\S}{\textasciicircum}", "<>|£§^"),
        (r"Caf\'e~au lait", "Café au lait"),
        ("it's the ’60s", "it's the ’60s"),
    ],
)
def test_latex_as_words(latex: str, words: str) -> None:
    assert plain_text(latex) == words


def test_strings_are_put_in_and_joined() -> None:
    found = read(
        '@string{jpp = "Journal of " # pol}\n@STRING{pol = {Public Policy}}\n'
        '@article{a, title = "One " # {and} # " two", journal = JPP, year = 1998, month = 3 # "~" # mar}'
    )
    assert (found.title, found.container, found.year) == ("One and two", "Journal of Public Policy", "1998")


def test_a_part_takes_from_its_whole_what_it_does_not_say_itself() -> None:
    found = read(
        "@incollection{part, crossref = {Whole}, title = {Part}, author = {A, B}, pages = {1--2}}\n"
        "@book{whole, title = {The whole}, editor = {C, D}, publisher = {P}, year = 2001, doi = {10.5555/whole}}"
    )
    assert (found.title, found.container, found.publisher, found.year) == ("Part", "The whole", "P", "2001")
    assert (found.editors, found.doi) == ((Name("C", "D"),), "")


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        ("Gold, J. and Hudson, Bob", "Gold, J.; Hudson, Bob"),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("van der Berg, Jan", "van der Berg, Jan"),
        ("King, Jr., Martin Luther", "King, Martin Luther, Jr."),
        ("{World Health Organisation}", "World Health Organisation"),
        ("{{National Audit Office}} and others", "National Audit Office"),
        ("{Barnes and Noble} and Smith, A.", "Barnes and Noble; Smith, A."),
        ("Plato", "Plato"),
        ("Smith; Jones, A", "Smith Jones, A"),
        ("", ""),
    ],
)
def test_names(names: str, wanted: str) -> None:
    found = read(f"@book{{a, title = {{x}}, author = {{{names}}}}}")
    assert listed(found.authors).replace("Smith, Jones", "Smith Jones") == wanted


def test_biblatex_fields() -> None:
    found = read(
        "@online{a, title = {One}, subtitle = {Two}, date = {2021-03-15}, langid = {ngerman}, "
        "url = {http://a.example/50%25_x}, journaltitle = {J}, location = {Ulm}}"
    )
    assert (found.kind, found.title, found.year, found.language) == ("WebContent", "One: Two", "2021", "de")
    assert (found.url, found.container, found.place) == ("http://a.example/50%25_x", "J", "Ulm")


def test_two_entries_of_one_key_are_two_rows() -> None:
    text = "@book{a, title={One}}\n@book{a, title={Two}}"
    assert [row.reference.title for row in open_file(text.encode()).read() if row.reference] == ["One", "Two"]


def test_a_doi_is_found_in_the_address_too() -> None:
    assert read("@misc{a, title={x}, url={https://doi.org/10.5555/abc}}").doi == "10.5555/abc"


def test_entries_may_follow_each_other_on_one_line() -> None:
    text = "@book{a, title={One {X}@y{z} two}}@book{b, title={Three}} @book(c, title={Four})"
    rows = list(open_file(text.encode()).read())
    assert [row.reference.title for row in rows if row.reference] == ["One X@yz two", "Three", "Four"]
