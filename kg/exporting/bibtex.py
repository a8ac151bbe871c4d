"""BibTeX out of CSL-JSON, safe for LaTeX and for programs that sort and abbreviate by the letter.

Titles stand in double braces: they keep the capitals in which they are printed. Accented letters are written as
BibTeX's “special characters” (Patashnik, BibTeXing, 1988, §4), so that names sort and abbreviate. Curators' words go
into `annote`, which no standard style prints.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from kg.exporting.references import Csl, one_line

_TYPES = {
    "article": "unpublished",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "manuscript": "unpublished",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_CONTAINER = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_PUBLISHER = {"techreport": "institution", "phdthesis": "school"}

_COMMANDS = {
    "\\": "textbackslash", "{": "textbraceleft", "}": "textbraceright", "~": "textasciitilde",
    "^": "textasciicircum", "<": "textless", ">": "textgreater", "|": "textbar",
    "–": "textendash", "—": "textemdash", "‘": "textquoteleft", "’": "textquoteright",
    "“": "textquotedblleft", "”": "textquotedblright", "…": "textellipsis", "•": "textbullet",
    "©": "textcopyright", "®": "textregistered", "§": "S", "£": "pounds", "€": "texteuro", "°": "textdegree",
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i",
    "¡": "textexclamdown", "¿": "textquestiondown",
}  # fmt: skip
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0328": "k",
}  # fmt: skip


def bibtex(records: Iterable[Csl]) -> str:
    """Records as BibTeX entries, a blank line between them; the key of each is its `id`."""
    return "\n".join(map(_entry, records))


def _entry(record: Csl) -> str:
    kind = _TYPES.get(record["type"], "misc")
    lines = [f"  {name} = {value}," for name, value in _fields(record, kind).items() if value]
    return "\n".join([f"@{kind}{{{record['id']},", *lines, "}", ""])


def _fields(record: Csl, kind: str) -> Mapping[str, str]:
    return {
        "author": _people(record.get("author", ())),
        "editor": _people(record.get("editor", ())),
        "title": _braced(record, "title", "{{{}}}"),
        _CONTAINER.get(kind, "howpublished"): _braced(record, "container-title"),
        "year": _year(record),
        "volume": _braced(record, "volume"),
        "number": _braced(record, "issue").replace("-", "--"),
        "pages": _braced(record, "page").replace("-", "--"),
        "edition": _edition(record),
        _PUBLISHER.get(kind, "publisher"): _braced(record, "publisher"),
        "address": _braced(record, "publisher-place"),
        "doi": _braced(record, "DOI"),
        "url": _braced(record, "URL"),
        "language": _braced(record, "language"),
        "annote": _braced(record, "note"),
    }


def _braced(record: Csl, name: str, form: str = "{}") -> str:
    text = latex(str(record.get(name, "")))
    return "{" + form.replace("{}", text, 1) + "}" if text else ""


def _year(record: Csl) -> str:
    date = record.get("issued", {})
    years = [f"{parts[0]:04}" for parts in date.get("date-parts", ())]
    return "{" + (latex(date.get("literal", "")) or "--".join(years)) + "}" if date else ""


def _edition(record: Csl) -> str:
    """BibTeX's styles want an ordinal and add “ed.” themselves."""
    text = str(record.get("edition", ""))
    if not text.isdigit():
        return _braced(record, "edition")
    last = "th" if text[-2:] in {"11", "12", "13"} else {"1": "st", "2": "nd", "3": "rd"}.get(text[-1], "th")
    return f"{{{text}{last}}}"


def _people(people: Iterable[Mapping[str, str]]) -> str:
    found = " and ".join(map(_person, people))
    return f"{{{found}}}" if found else ""


def _person(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{latex(name['literal'])}}}"  # the braces keep a body's name in one piece
    parts = [_part(name[part]) for part in ("family", "given") if name.get(part)]
    return ", ".join(parts) if len(parts) > 1 else f"{{{parts[0]}}}"


def _part(text: str) -> str:
    """A part of a name, kept together where BibTeX would cut it."""
    written = latex(text)
    return f"{{{written}}}" if "," in text or re.search(r"(?i)\band\b", text) else written


def latex(text: str) -> str:
    """Text as LaTeX prints it; letters for which LaTeX has no common command stay as they are, in UTF-8."""
    return "".join(map(_letter, unicodedata.normalize("NFC", one_line(text))))


def _letter(letter: str) -> str:
    if letter in _COMMANDS:
        return f"{{\\{_COMMANDS[letter]}}}"
    if letter in "$&#_%":
        return "\\" + letter
    parts = unicodedata.normalize("NFD", letter)
    base, accent = parts[:1], _ACCENTS.get(parts[1:])
    if accent is None or not (base.isascii() and base.isalpha()):
        return letter
    return f"{{\\{accent}{{{base}}}}}" if accent.isalpha() else f"{{\\{accent}{base}}}"
