"""BibTeX and BibLaTeX, as reference managers and people write them.

bibtexparser splits entries and names; an entry is handed to it alone, so that one broken entry spoils no other and
none can take long. Strings, months, `#` and `crossref` are resolved here: the library resolves none of them fully.
Source: Patashnik, BibTeXing (1988); Lehman et al., The biblatex Package, §2.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import BadInput
from kg.importing.identifiers import doi_of, isbn_of, url_of
from kg.importing.latex import check_braces, plain_text, verbatim
from kg.importing.references import Name, Reference, name_of
from kg.importing.words import edition_of, language_of, pages_of, year_of

if TYPE_CHECKING:
    from bibtexparser.model import Entry

START = re.compile(r"^[ \t]*@[ \t]*(\w{1,40})[ \t]*[{(]", re.MULTILINE)
_ANY_START = re.compile(r"(?:^|(?<=[})]))[ \t]*@[ \t]*(\w{1,40})[ \t]*[{(]", re.MULTILINE)
LONGEST, MOST_FIELDS, MOST_STRINGS = 200_000, 300, 5_000
"""Characters and fields of an entry, abstract included; strings of a file."""
_KEYLESS = re.compile(r"^(\s*@\s*\w+\s*[{(])(?=\s*[\w-]+\s*=)")
"""EndNote gives no keys unless it is told to."""
_KINDS = {
    "article": "JournalArticle", "suppperiodical": "JournalArticle", "book": "Book", "mvbook": "Book",
    "collection": "Book", "proceedings": "Book", "booklet": "Book", "inbook": "BookChapter",
    "incollection": "BookChapter", "bookinbook": "BookChapter", "suppbook": "BookChapter",
    "inreference": "ReferenceEntry", "inproceedings": "ConferencePaper", "conference": "ConferencePaper",
    "techreport": "ReportDocument", "report": "ReportDocument", "phdthesis": "Thesis", "mastersthesis": "Thesis",
    "thesis": "Thesis", "unpublished": "Manuscript", "online": "WebContent", "electronic": "WebContent",
    "www": "WebContent", "webpage": "WebContent", "letter": "Letter",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_INHERITED = {"title": "booktitle", "subtitle": "booksubtitle"}
_NOT_INHERITED = frozenset(("crossref", "xref", "ids", "label", "doi", "url", "author", "note", "pages", "abstract"))
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # faults are told with their entry, not on a log


@dataclass(frozen=True)
class Entries:
    """A file split into entries.

    Attributes:
        texts: the entries with the line in which each begins.
        strings: abbreviations that the file defines, as they stand.
        parents: entries that others take fields from, by key in lower case.
    """

    texts: tuple[tuple[int, str], ...]
    strings: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def split(text: str) -> Entries:
    """The entries of a file; comments and preambles stay behind.

    Raises:
        BadInput: it defines too many strings.
    """
    strings, texts = dict[str, str](), []
    for line, kind, entry in _blocks(text):
        if kind == "string":
            strings.update(_string(entry))
        elif kind not in ("comment", "preamble"):
            texts.append((line, entry))
        if len(strings) > MOST_STRINGS:
            raise BadInput(f"It defines more than {MOST_STRINGS:,} strings. Write the words into the entries.")
    entries = Entries(tuple(texts), strings)
    return Entries(entries.texts, strings, _parents(entries, text))


def _blocks(text: str) -> Iterator[tuple[int, str, str]]:
    starts = _starts(text)
    ends = [start.start() for start in starts[1:]] + [len(text)]
    line, seen = 1, 0
    for start, end in zip(starts, ends, strict=True):
        line += text.count("\n", seen, start.start())
        seen = start.start()
        yield line, start[1].lower(), text[start.start() : end]


def _starts(text: str) -> list[re.Match[str]]:
    """Where entries begin: at the head of a line, or right behind the brace that closes the one before."""
    found, depth, seen = list[re.Match[str]](), 0, 0
    for start in _ANY_START.finditer(text):
        depth += text.count("{", seen, start.start()) - text.count("}", seen, start.start())
        seen = start.start()
        if START.match(text, start.start()) and (not seen or text[seen - 1] == "\n"):
            depth = 0
        elif depth:
            continue
        found.append(start)
    return found


def _string(block: str) -> dict[str, str]:
    from bibtexparser.model import String
    from bibtexparser.splitter import Splitter

    if len(block) > LONGEST:
        return {}
    return {b.key.lower(): b.value for b in Splitter(block).split().blocks if isinstance(b, String)}


def _parents(entries: Entries, text: str) -> dict[str, dict[str, str]]:
    """The fields of those entries that others name as their `crossref`."""
    named = re.findall(r"\b(?:crossref|xdata)\s*=\s*[{\"]\s*([^\s{}\",]{1,200})\s*[}\"]", text, re.IGNORECASE)
    wanted = {name.lower() for name in named}
    found = dict[str, dict[str, str]]()
    for _, block in entries.texts if wanted else ():
        key = re.match(r"\s*@\s*\w+\s*[{(]\s*([^\s,{}]{1,200})\s*,", block)
        if key and key[1].lower() in wanted:
            found[key[1].lower()] = _fields(_entry(block), entries.strings)
    return found


def parse(block: str, entries: Entries) -> Reference:
    """The reference of one entry.

    Args:
        block: its text.
        entries: the file it stands in.

    Raises:
        BadInput: it is broken, too long or too deep; the words say where.
    """
    entry = _entry(block)
    own = _fields(entry, entries.strings)
    parent = entries.parents.get(verbatim(own.get("crossref", "")).lower(), {})
    inherited = {_INHERITED.get(name, name): value for name, value in parent.items() if name not in _NOT_INHERITED}
    return _reference(entry.entry_type.lower(), entry.key, {**inherited, **own})


def _entry(block: str) -> Entry:
    from bibtexparser.model import Entry
    from bibtexparser.splitter import Splitter

    if len(block) > LONGEST:
        raise BadInput(f"The entry is longer than {LONGEST:,} characters. Take out what is no reference.")
    if block.count("=") > MOST_FIELDS + block.count("\n") // 2:
        raise BadInput(f"The entry has more than {MOST_FIELDS} fields. Take out what is no reference.")
    check_braces(block)
    blocks = Splitter(_KEYLESS.sub(r"\1,", block)).split().blocks
    first = next(iter(blocks), None)
    found = getattr(first, "ignore_error_block", first)
    if isinstance(found, Entry):
        return found
    raise BadInput("The entry is broken: a brace or a quotation mark is missing, or a comma between two fields.")


def _fields(entry: Entry, strings: Mapping[str, str]) -> dict[str, str]:
    """The fields by name in lower case; of two with one name the first that says something."""
    found = dict[str, str]()
    for one in entry.fields:
        value = _value(str(one.value), strings)
        if value.strip() and not found.get(one.key.lower()):
            found[one.key.lower()] = value
    return found


def _value(raw: str, strings: Mapping[str, str], depth: int = 0) -> str:
    """A value as it was meant: pieces joined by `#`, each in braces, in quotation marks, a number or a string."""
    return "".join(_piece(piece.strip(), strings, depth) for piece in _pieces(raw))


def _piece(piece: str, strings: Mapping[str, str], depth: int) -> str:
    if len(piece) > 1 and piece[0] + piece[-1] in ("{}", '""'):
        return piece[1:-1]
    if piece.lower() in strings and depth < 5:
        return _value(strings[piece.lower()], strings, depth + 1)[:LONGEST]
    return piece


def _pieces(raw: str) -> Iterator[str]:
    if "#" not in raw:
        yield raw
        return
    depth, quoted, start = 0, False, 0
    for found in re.finditer(r"(?<!\\)[{}\"#]", raw):
        sign = found[0]
        depth += {"{": 1, "}": -1}.get(sign, 0)
        quoted ^= sign == '"' and depth == 0
        if sign == "#" and depth == 0 and not quoted:
            yield raw[start : found.start()]
            start = found.end()
    yield raw[start:]


def _reference(kind: str, key: str, said: Mapping[str, str]) -> Reference:
    def text(*names: str) -> str:
        return next((words for name in names if (words := plain_text(said.get(name, "")))), "")

    urls = (verbatim(said.get(name, "")) for name in ("url", "howpublished", "note"))
    doi = next(filter(None, (doi_of(verbatim(said.get(name, ""))) for name in ("doi", "url"))), "")
    return Reference(
        kind=_kind(kind, said),
        title=_titled(text("title"), text("subtitle")),
        language=language_of(text("langid", "language", "hyphenation")),
        authors=_names(said.get("author", "")),
        editors=_names(said.get("editor", "")),
        year=year_of(text("year") or text("date")),
        container=_container(kind, text),
        volume=text("volume"),
        issue=text("number", "issue").replace("-", "–") if kind not in ("techreport", "report") else "",
        pages=pages_of(text("pages") or text("eid")),
        edition=edition_of(text("edition")),
        publisher=text("publisher", "institution", "school", "organization"),
        place=text("address", "location"),
        doi=doi,
        url=next(filter(None, map(url_of, urls)), ""),
        isbn=isbn_of(verbatim(said.get("isbn", ""))),
        key=verbatim(key)[:200],
    )


def _kind(kind: str, said: Mapping[str, str]) -> str:
    if kind == "article" and said.get("entrysubtype", "").lower() in ("magazine", "newspaper"):
        return said["entrysubtype"].capitalize() + "Article"
    if kind == "misc" and said.get("archiveprefix", said.get("eprinttype", "")):
        return "Preprint"
    return _KINDS.get(kind, "")


def _container(kind: str, text: object) -> str:
    assert callable(text)
    names = ["journal", "journaltitle", "booktitle"]
    if kind == "misc":
        names.append("howpublished")
    found = str(text(*names))
    return "" if url_of(found) else _titled(found, str(text("journalsubtitle", "booksubtitle")))


def _titled(title: str, subtitle: str) -> str:
    return f"{title}: {subtitle}" if title and subtitle else title


def _names(listed: str) -> tuple[Name, ...]:
    from bibtexparser.middlewares.names import split_multiple_persons_names

    if not listed.strip():
        return ()
    check_braces(listed)
    names = (_name(one.strip()) for one in split_multiple_persons_names(" ".join(listed.split())))
    return tuple(name for name in names if name)


def _name(one: str) -> Name | None:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    if one.lower() in ("others", "{others}", "et al.", "et al"):
        return None
    if one.startswith("{") and _closes(one) == len(one) - 1:
        return name_of("", literal=plain_text(one))
    parts = parse_single_name_into_parts(one, strict=False)
    family, given, suffix = (plain_text(" ".join(words)) for words in (parts.von + parts.last, parts.first, parts.jr))
    return name_of(family, f"{given}, {suffix}" if suffix and given else given)


def _closes(text: str) -> int:
    """Where the brace closes that opens a text."""
    depth = 0
    for found in re.finditer(r"(?<!\\)[{}]", text):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.start()
    return -1
