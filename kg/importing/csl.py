"""CSL-JSON: what Zotero and Mendeley export, and what registrars answer for a DOI.

Source: Citation Style Language 1.0.2, appendices III and IV; csl-data.json of its schema; Crossref's and DataCite's
answers, which put markup into titles and lists where the schema has texts.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from kg.errors import BadInput
from kg.importing.identifiers import doi_of, isbn_of, url_of
from kg.importing.references import KINDS, Name, Reference, clean, name_of
from kg.importing.words import edition_of, language_of, pages_of, year_of

Record = Mapping[str, Any]
LONGEST = 400_000
"""Characters of a record as JSON, abstract and its own references included: registrars send these along."""
_KINDS = {
    **{kind.csl: name for name, kind in reversed(KINDS.items())},
    "journal-article": "JournalArticle", "review": "JournalArticle", "review-book": "JournalArticle",
    "monograph": "Book", "edited-book": "Book", "reference-book": "Book", "book-chapter": "BookChapter",
    "book-section": "BookChapter", "proceedings-article": "ConferencePaper", "posted-content": "Preprint",
    "dissertation": "Thesis", "report-component": "ReportDocument", "entry-dictionary": "ReferenceEntry",
    "entry-encyclopedia": "ReferenceEntry", "reference-entry": "ReferenceEntry", "post": "WebContent",
}  # fmt: skip
_MARKUP = re.compile(r"</?(?:i|b|u|em|strong|sub|sup|sc|scp|tt|span|(?:jats|mml):[a-z]{1,20})(?: [^<>]{0,200})?/?>")
_DATES = ("issued", "published-print", "published", "published-online", "created")


def read_json(text: str) -> list[Record]:
    """The records of a file: a list, one record, or a list under `items`.

    Raises:
        BadInput: it is no JSON, or no records of CSL.
    """
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise BadInput("Brackets stand too deep within one another. Export the references anew.") from error
    except ValueError as error:
        place = f" (line {error.lineno}, column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise BadInput(f"This begins like JSON, but is broken{place}. Export the references anew.") from error
    if isinstance(found, dict):
        found = found.get("items", [found])
    if not isinstance(found, list):
        raise BadInput("This is JSON, but no list of references. Export them as CSL-JSON.")
    return [one if isinstance(one, dict) else {} for one in found]


def parse(record: Record) -> Reference:
    """The reference of one record.

    Raises:
        BadInput: it is no record of CSL.
    """
    record = record.get("csl", record) if isinstance(record.get("csl"), dict) else record
    if "title" not in record and "type" not in record:
        raise BadInput("This is no record of CSL-JSON: it has neither type nor title.")
    language = language_of(_text(record, "language"))
    return Reference(
        kind=_KINDS.get(_text(record, "type"), ""),
        title=_title(record),
        language=language,
        authors=_names(record, "author"),
        editors=_names(record, "editor", "container-author"),
        year=next(filter(None, (_year(record.get(name)) for name in _DATES)), ""),
        container=_text(record, "container-title"),
        volume=_text(record, "volume"),
        issue=_text(record, "issue").replace("-", "–"),
        pages=pages_of(_text(record, "page", "article-number")),
        edition=edition_of(_text(record, "edition")),
        publisher=_text(record, "publisher"),
        place=_text(record, "publisher-place", "publisher-location", "event-place"),
        doi=doi_of(_text(record, "DOI")) or doi_of(_text(record, "URL")),
        url=url_of(_text(record, "URL")),
        isbn=isbn_of(_text(record, "ISBN")),
        key=_text(record, "id", "citation-key")[:200],
    )


def _text(record: Record, *names: str) -> str:
    return next((words for name in names if (words := _plain(record.get(name)))), "")


def _plain(value: object) -> str:
    """A value as words: the first of a list; without the markup that CSL and registrars put in."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value)[:LONGEST]
    return clean(html.unescape(_MARKUP.sub("", text)) if "<" in text or "&" in text else text)


def _title(record: Record) -> str:
    title, subtitle = _text(record, "title"), _plain(record.get("subtitle"))
    return f"{title}: {subtitle}" if subtitle and subtitle.lower() not in title.lower() else title


def _year(date: object) -> str:
    if not isinstance(date, dict):
        return ""
    parts = date.get("date-parts")
    while isinstance(parts, list) and parts:
        parts = parts[0]
    return year_of(str(parts or "")) or year_of(str(date.get("raw") or date.get("literal") or ""))


def _names(record: Record, *roles: str) -> tuple[Name, ...]:
    told: list[Any] = next((record[role] for role in roles if isinstance(record.get(role), list)), [])
    return tuple(name for one in told[:10_000] if isinstance(one, dict) and (name := _name(one)))


def _name(one: Record) -> Name | None:
    literal = _text(one, "literal", "name")
    if literal:
        return name_of("", literal=literal)
    before = " ".join(filter(None, (_text(one, "dropping-particle"), _text(one, "non-dropping-particle"))))
    family = " ".join(filter(None, (before, _text(one, "family"))))
    given, suffix = _text(one, "given"), _text(one, "suffix")
    return name_of(family, f"{given}, {suffix}" if given and suffix else given)


def to_csl(reference: Reference) -> dict[str, Any]:
    """A reference as a record of CSL-JSON, such as styles print."""
    found: dict[str, Any] = {
        "id": reference.key,
        "type": KINDS[reference.kind].csl if reference.kind in KINDS else "document",
        "title": reference.title,
        "author": [_person(name) for name in reference.authors],
        "editor": [_person(name) for name in reference.editors],
        "container-title": reference.container,
        "volume": reference.volume,
        "issue": reference.issue.replace("–", "-"),
        "page": reference.pages.replace("–", "-"),
        "edition": re.sub(r"^([0-9]+)[a-z]{2} ed\.$", r"\1", reference.edition),
        "publisher": reference.publisher,
        "publisher-place": reference.place,
        "issued": {"date-parts": [[int(reference.year)]]} if reference.year else {},
        "DOI": reference.doi,
        "URL": "" if reference.doi else reference.url,
        "ISBN": reference.isbn,
        "language": reference.language,
    }
    return {name: value for name, value in found.items() if value}


def _person(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    return {"family": name.family, "given": name.given}
