"""Which form a file has, how it is written, and what is refused, with words that say what would do."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest

from kg.errors import BadInput
from kg.importing import Row, open_file, safe_name
from kg.importing.reading import MOST_ROWS

RIS = "TY  - JOUR\nTI  - Émile über Łódź\nAU  - Sørensen, E.\nPY  - 2017\nER  - \n"
BIB = "@article{a, title = {One}, author = {Gold, J.}, year = 2017}\n"


def rows(data: bytes | str, name: str = "") -> list[Row]:
    return list(open_file(data.encode() if isinstance(data, str) else data, name).read())


def title(data: bytes | str, name: str = "") -> str:
    (row,) = rows(data, name)
    assert row.reference, row.refused
    return row.reference.title


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_way_of_writing_unicode_is_read(codec: str) -> None:
    found = open_file(RIS.encode(codec), "x.ris")
    assert [row.reference.title for row in found.read() if row.reference] == ["Émile über Łódź"]
    assert not found.remark


def test_latin_1_is_read_and_told() -> None:
    found = open_file(RIS.replace("Łódź", "Köln").encode("latin-1"), "x.ris")
    assert [row.reference.title for row in found.read() if row.reference] == ["Émile über Köln"]
    assert "Look at the accents" in found.remark


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(ends: str) -> None:
    assert title(RIS.replace("\n", ends)) == "Émile über Łódź"


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (RIS, "x.bib", "ris"),
        (BIB, "x.ris", "bib"),
        ('[{"type": "book", "title": "One"}]', "x.txt", "csl"),
        (BIB, "", "bib"),
        ("% a comment\n\n" + BIB + "\n" + RIS, "x.ris", "ris"),
        (BIB + "\n" + RIS, "x.bib", "bib"),
    ],
)
def test_the_content_tells_the_form_and_the_suffix_only_where_it_could_be_several(
    data: str, name: str, form: str
) -> None:
    assert open_file(data.encode(), name).form == form


def test_one_broken_row_does_not_keep_the_others() -> None:
    broken = "@article{b, title = {Never closed, author = {X}\n\n"
    found = rows(BIB + broken + BIB.replace("{a,", "{c,"))
    assert [bool(row.reference) for row in found] == [True, False, True]
    assert "brace" in found[1].refused
    assert [row.line for row in found] == [1, 2, 4]


def test_a_record_without_an_end_loses_none() -> None:
    assert [r.reference.title for r in rows("TY  - BOOK\nTI  - One\n\nTY  - BOOK\nTI  - Two\n") if r.reference] == [
        "One",
        "Two",
    ]


def test_a_row_without_a_title_is_refused_with_what_would_do() -> None:
    (row,) = rows("TY  - JOUR\nAU  - Gold, J.\nER  - \n")
    assert row.refused == "It has no title. Give the title, as printed."


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.bib", b" " * 1_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "nothing in it"),
        (b" \r\n\t", "nothing in it"),
        (zipped(), "an archive"),
        (gzip.compress(b" " * 1_000_000), "packed file"),
        (b"%PDF-1.7\n...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x7fELF\x02\x01", "a program"),
        (bytes(range(256)) * 20, "no text"),
        (b"<!DOCTYPE html><html><body>TY  - JOUR</body></html>", "a web page"),
        (b"<?xml version='1.0'?><xml><records/></xml>", "a web page or XML"),
        (b"Dear all,\nplease find attached.", "No reference was found"),
        (b'{"title": ', "broken (line 1"),
        (b"[" * 100_000, "too deep"),
        (b"[1, 2]", ""),
        (b"3", "No reference was found"),
        (b"@comment{nothing}", "there is no reference in it"),
    ],
)
def test_what_is_no_file_of_references_is_refused_in_words(data: bytes, told: str) -> None:
    if told:
        with pytest.raises(BadInput) as refused:
            open_file(data, "references.bib")
        assert told in str(refused.value)
    else:
        assert all("no record of CSL-JSON" in row.refused for row in rows(data))


def test_too_many_rows_are_refused_before_any_is_read() -> None:
    with pytest.raises(BadInput, match="Split the file"):
        open_file(b"TY  - X\n" * (MOST_ROWS + 1))


HOSTILE = {
    "braces": "@article{a, title = {" + "{" * 100_000 + "}" * 100_000 + "}}",
    "unclosed": "@article{a, title = {" * 30_000,
    "fields": "@article{a,\n" + "".join(f"f{n} = {{x}},\n" for n in range(100_000)) + "}",
    "strings": "".join(f"@string{{s{n} = s{n + 1} # s{n + 1}}}\n" for n in range(40)) + "@book{a, title = s0 # s0}",
    "at signs": "@" * 200_000 + "{",
    "tabs": "@a{" + "@" + "\t" * 200_000,
    "quotation marks": '@book{a, title = "' + '"{' * 50_000,
    "ands": "@book{a, title={x}, author = {" + "A, B and " * 20_000 + "C}}",
    "commas": "@book{a, title={x}, author = {" + "," * 100_000 + "}}",
    "backslashes": "@book{a, title={" + "\\" * 90_000 + "}}",
    "dollars": "@book{a, title={" + "$x^" * 20_000 + "}}",
    "macros": "@book{a, title={" + r"\emph{" * 30 + "x" + "}" * 30 + "}}",
    "lines": "TY  - JOUR\nTI  - x\n" + "y\n" * 200_000,
    "tags": "TY  - JOUR\n" + "AU  - A, B\n" * 100_000,
    "long title": "TY  - JOUR\nTI  - " + "x " * 1_000_000,
    "doi": "TY  - JOUR\nTI  - x\nDO  - 10.1234/" + ")" * 90_000,
    "isbn": "TY  - BOOK\nTI  - x\nSN  - " + "9-" * 45_000,
    "markup": json.dumps([{"type": "book", "title": "<i " * 100_000}]),
    "entities": json.dumps([{"type": "book", "title": "&amp" * 100_000}]),
    "names": json.dumps([{"type": "book", "title": "x", "author": [{"family": "A"}] * 300_000}]),
    "halves": '[{"type": "book", "title": "\\ud800\\udc00\\ud800 x"}]',
    "digits": '[{"type": "book", "title": ' + "9" * 5_000 + "}]",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_be_slow_or_huge_ends_in_words_or_in_a_reference(name: str) -> None:
    """Each ends within pytest's patience: what is quadratic here would take minutes."""
    try:
        found = rows(HOSTILE[name])
    except BadInput:
        return
    for row in found:
        assert row.refused or (row.reference and not row.reference.problems())


def test_a_script_in_a_field_is_only_words() -> None:
    wanted = '<script>alert(1)</script> and "><img src=x onerror=alert(1)>'
    assert title("@book{a, title = {" + wanted + "}}") == wanted
    assert title(f"TY  - BOOK\nTI  - {wanted}\nER  - ") == wanted


def test_addresses_of_scripts_and_files_are_no_addresses() -> None:
    for address in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[", "https://a b"):
        (row,) = rows(f"TY  - ELEC\nTI  - x\nUR  - {address}\nER  - ")
        assert row.reference
        assert row.reference.url == ""


def test_letters_that_hide_or_turn_others_go() -> None:
    assert title("TY  - BOOK\nTI  - a\u202eb\u200bc\ufeff\x07d\nER  - ") == "abc d"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\refs.bib", "refs.bib"),
        ("<script>alert(1)</script>.ris", "script.ris"),
        ("", "references"),
        ("..", "references"),
        ("a\x00b\r\nX: y.bib", "a b X y.bib"),
    ],
)
def test_names_of_files_are_made_harmless(name: str, safe: str) -> None:
    assert safe_name(name) == safe
