"""RIS, as Zotero, Mendeley, EndNote and the databases write it.

rispy reads the tags. What it is handed is one record at a time, without the tags that are not kept: so a record
without an end loses no other, and long abstracts cost nothing. The dialects differ in which tag holds what:

- the journal is T2 (Zotero, EndNote), JF or JO (Mendeley, publishers), or JA where it is short;
- editors are A2 for parts of books (Zotero), ED (Mendeley, EndNote) or A3;
- a DOI is DO, or stands in M3 (old EndNote) or UR; pages are SP and EP, or both in SP;
- SN is an ISSN or an ISBN, PY and Y1 a year or a date.

Source: the RIS specification of 2011; exports of the programs named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from rispy.config import LIST_TYPE_TAGS, TAG_KEY_MAPPING
from rispy.parser import RisParser

from kg.errors import BadInput
from kg.importing.identifiers import doi_of, isbn_of, url_of
from kg.importing.references import Name, Reference, clean, name_of
from kg.importing.words import edition_of, language_of, pages_of, year_of

START = re.compile(r"^[ \t]*TY {1,3}- ?(?=[A-Za-z])", re.MULTILINE)
LONGEST, MOST_LINES = 100_000, 3_000
"""Characters and lines of a record, without what is not kept."""
_TAG = re.compile(r"[ \t]*([A-Z][A-Z0-9]) {1,3}-(?: |$)")
_DROPPED = frozenset(
    ("AB", "N1", "N2", "KW", "AD", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "CA", "L1", "L2", "L3", "L4", "RN",
     "U1", "U2", "U3", "U4", "U5", "DB", "DP", "AN", "CN", "RP", "Y2", "ST")
)  # fmt: skip
_KINDS = {
    "ABST": "JournalArticle", "EJOUR": "JournalArticle", "INPR": "JournalArticle", "JOUR": "JournalArticle",
    "JFULL": "JournalArticle", "MGZN": "MagazineArticle", "NEWS": "NewspaperArticle", "BOOK": "Book", "EBOOK": "Book",
    "EDBOOK": "Book", "CLSWK": "Book", "CHAP": "BookChapter", "ECHAP": "BookChapter", "CONF": "ConferencePaper",
    "CPAPER": "ConferencePaper", "RPRT": "ReportDocument", "GOVDOC": "PolicyDocument", "STAND": "ReportDocument",
    "THES": "Thesis", "BLOG": "BlogPost", "ELEC": "WebContent", "WEB": "WebContent", "ICOMM": "WebContent",
    "UNPB": "Manuscript", "MANSCPT": "Manuscript", "PCOMM": "Letter", "SLIDE": "Presentation",
    "ENCYC": "ReferenceEntry", "DICT": "ReferenceEntry",
}  # fmt: skip
_IN_BOOK = frozenset(("CHAP", "ECHAP", "CONF", "CPAPER", "ENCYC", "DICT"))
_SERIES = frozenset(("BOOK", "EBOOK", "EDBOOK", "CLSWK", "THES"))
"""Types whose T2 names the series, not what the text stands in."""


class _Parser(RisParser):  # type: ignore[misc]  # rispy comes without types
    """rispy's parser, with the tags it does not know, and addresses left in one piece."""

    DEFAULT_MAPPING: ClassVar[dict[str, str]] = {**TAG_KEY_MAPPING, "ED": "editors", "BT": "book_title"}
    DEFAULT_LIST_TAGS: ClassVar[list[str]] = [*LIST_TYPE_TAGS, "ED"]
    DEFAULT_DELIMITER_MAPPING: ClassVar[dict[str, str]] = {}


_PARSER = _Parser()


def split(text: str) -> list[tuple[int, str]]:
    """The records of a file, each from its TY on, with the line in which it begins."""
    starts = list(START.finditer(text))
    ends = [start.start() for start in starts[1:]] + [len(text)]
    found, line, seen = [], 1, 0
    for start, end in zip(starts, ends, strict=True):
        line += text.count("\n", seen, start.start())
        seen = start.start()
        found.append((line, text[start.start() : end]))
    return found


def parse(block: str) -> Reference:
    """The reference of one record.

    Raises:
        BadInput: it is too long.
    """
    lines = _kept(block)
    if sum(map(len, lines)) > LONGEST or len(lines) > MOST_LINES:
        raise BadInput(f"The record has more than {MOST_LINES:,} lines or {LONGEST:,} characters of what is kept.")
    records = _PARSER.parse("\n".join([*lines, "ER  - "]))
    return _reference(records[0])


def _kept(block: str) -> list[str]:
    """The lines of tags that are kept, in rispy's form; a record ends at its ER."""
    kept, keeping = list[str](), True
    for line in block.splitlines():
        found = _TAG.match(line)
        if found:
            if found[1] == "ER":
                break
            keeping = found[1] not in _DROPPED
            line = f"{found[1]}  - {line[found.end() :].strip()}"
        if keeping and line.strip():
            kept.append(line)
    return kept


def _reference(said: Mapping[str, Any]) -> Reference:
    def text(*names: str) -> str:
        return next((words for name in names if (words := clean(said.get(name, "")))), "")

    kind = text("type_of_reference").upper()
    urls = [clean(url) for url in said.get("urls", ())]
    container = () if kind in _SERIES else ("secondary_title", "alternate_title3", "journal_name", "alternate_title2")
    return Reference(
        kind=_KINDS.get(kind, ""),
        title=text("title", "primary_title", *(("secondary_title",) if kind in _SERIES else ()), "book_title"),
        language=language_of(text("language")),
        authors=_names(said, "authors", "first_authors"),
        editors=_names(said, "editors", *(("secondary_authors",) if kind in _IN_BOOK else ())),
        year=year_of(text("year")) or year_of(text("publication_year", "date")),
        container=text("book_title", *container) if kind in _IN_BOOK else text(*container) if container else "",
        volume=text("volume"),
        issue=text("number", "note").replace("-", "–") if kind not in ("RPRT", "GOVDOC") else text("number"),
        pages=_pages(text("start_page"), text("end_page")),
        edition=edition_of(text("edition")),
        publisher=text("publisher"),
        place=text("place_published"),
        doi=next(filter(None, map(doi_of, (text("doi"), text("type_of_work"), *urls))), ""),
        url=next(filter(None, map(url_of, urls)), ""),
        isbn=isbn_of(text("issn")),
        key=text("id", "label")[:200],
    )


def _pages(first: str, last: str) -> str:
    return pages_of(f"{first}–{last}" if last and "-" not in first and "–" not in first else first)


def _names(said: Mapping[str, Any], *tags: str) -> tuple[Name, ...]:
    listed = next((said[tag] for tag in tags if said.get(tag)), ())
    return tuple(name for one in listed if (name := _name(clean(one))))


def _name(text: str) -> Name | None:
    """“Family, Given, Suffix”; a body stands without a comma, or in EndNote with one at its end."""
    family, comma, given = (part.strip() for part in text.partition(","))
    return name_of(family, given) if comma and given else name_of("", literal=family)
