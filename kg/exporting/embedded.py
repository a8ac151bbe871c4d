"""What a page says of the one source it is about, for reference managers and crawlers.

Highwire tags as Google Scholar and Zotero's “Embedded Metadata” read them, Dublin Core in HTML (DCMI, “Expressing
Dublin Core in HTML/XHTML”, 2008), and COinS (OpenURL ContextObject in SPAN, NISO Z39.88-2004).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlencode

from kg.exporting.references import Csl

Pairs = tuple[tuple[str, str], ...]

_DC_TYPES = {
    "article": "preprint",
    "article-journal": "journalArticle",
    "article-magazine": "magazineArticle",
    "article-newspaper": "newspaperArticle",
    "book": "book",
    "chapter": "bookSection",
    "entry": "encyclopediaArticle",
    "manuscript": "manuscript",
    "paper-conference": "conferencePaper",
    "personal_communication": "letter",
    "post-weblog": "blogPost",
    "report": "report",
    "speech": "presentation",
    "thesis": "thesis",
    "webpage": "webpage",
}
"""Types in the words that Zotero reads from Dublin Core."""

_WITHIN = {"article-journal": "journal", "chapter": "inbook", "paper-conference": "conference"}
_GENRES = {"book": "book", "chapter": "bookitem", "paper-conference": "proceeding", "report": "report"}


def highwire(record: Csl) -> Pairs:
    """The `citation_*` tags of a work, authors one by one and in order."""
    first, _, last = str(record.get("page", "")).partition("-")
    container = _WITHIN.get(record["type"], "")
    institution = "citation_technical_report_institution" if record["type"] == "report" else "citation_publisher"
    found = (
        ("citation_title", record.get("title")),
        *(("citation_author", name) for name in _inverted(record.get("author", ()))),
        *(("citation_editor", name) for name in _inverted(record.get("editor", ()))),
        ("citation_publication_date", _date(record, "/")),
        (f"citation_{container}_title" if container else "", record.get("container-title")),
        ("citation_volume", record.get("volume")),
        ("citation_issue", record.get("issue")),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_doi", record.get("DOI")),
        ("citation_public_url", record.get("URL")),
        (institution, record.get("publisher")),
        ("citation_language", record.get("language")),
    )
    return tuple((name, str(value)) for name, value in found if name and value)


def dublin_core(record: Csl) -> Pairs:
    """The `DC.*` tags of a work."""
    identifiers = ("doi:" + record["DOI"] if "DOI" in record else "", record.get("URL"))
    found = (
        ("DC.title", record.get("title")),
        *(("DC.creator", name) for name in _inverted(record.get("author", ()))),
        *(("DC.contributor", name) for name in _inverted(record.get("editor", ()))),
        ("DC.date", _date(record, "-")),
        ("DC.type", _DC_TYPES.get(record["type"], "document")),
        ("DC.publisher", record.get("publisher")),
        ("DC.source", record.get("container-title")),
        *(("DC.identifier", identifier) for identifier in identifiers),
        ("DC.language", record.get("language")),
    )
    return tuple((name, str(value)) for name, value in found if value)


def coins(record: Csl) -> str:
    """A work as a context object in key and encoded value: what stands in the title of `<span class="Z3988">`."""
    form = {"article-journal": "journal", **dict.fromkeys(_GENRES, "book")}.get(record["type"], "dc")
    keys = {"journal": _of_journal, "book": _of_book, "dc": _plain}[form]
    pairs = [
        ("url_ver", "Z39.88-2004"),
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"),
        ("rft_id", f"info:doi/{record['DOI']}" if "DOI" in record else record.get("URL")),
        *keys(record),
        ("rft.date", _date(record, "-")),
        ("rft.language", record.get("language")),
    ]
    return urlencode([(name, str(value)) for name, value in pairs if value])


def _of_journal(record: Csl) -> Iterator[tuple[str, object]]:
    yield from (("rft.genre", "article"), ("rft.atitle", record.get("title")))
    yield from (("rft.jtitle", record.get("container-title")), *_authors(record), *_places(record))


def _of_book(record: Csl) -> Iterator[tuple[str, object]]:
    within = record["type"] in _WITHIN
    yield "rft.genre", _GENRES[record["type"]]
    yield "rft.atitle" if within else "rft.btitle", record.get("title")
    yield from ((("rft.btitle", record.get("container-title")),) if within else ())
    yield from (*_authors(record), *_places(record))
    yield from (("rft.edition", record.get("edition")), ("rft.pub", record.get("publisher")))
    yield "rft.place", record.get("publisher-place")


def _plain(record: Csl) -> Iterator[tuple[str, object]]:
    yield from (("rft.type", _DC_TYPES.get(record["type"], "document")), ("rft.title", record.get("title")))
    yield from (("rft.creator", name) for name in _inverted(record.get("author", ())))
    yield from (("rft.source", record.get("container-title")), ("rft.publisher", record.get("publisher")))


def _places(record: Csl) -> Iterator[tuple[str, object]]:
    first, _, last = str(record.get("page", "")).partition("-")
    yield from (("rft.volume", record.get("volume")), ("rft.issue", record.get("issue")))
    yield from (("rft.spage", first), ("rft.epage", last), ("rft.pages", record.get("page")))


def _authors(record: Csl) -> Iterator[tuple[str, object]]:
    """The first person in parts, as the format wants it, then all; bodies by a key of their own."""
    people = record.get("author", ())
    if people and "family" in people[0]:
        yield from (("rft.aulast", people[0]["family"]), ("rft.aufirst", people[0].get("given")))
    for name, written in zip(people, _inverted(people), strict=True):
        yield "rft.aucorp" if "literal" in name else "rft.au", written


def _inverted(people: Iterable[Mapping[str, str]]) -> list[str]:
    return [n.get("literal") or ", ".join(filter(None, (n.get("family"), n.get("given")))) for n in people]


def _date(record: Csl, between: str) -> str:
    parts = record.get("issued", {}).get("date-parts")
    return between.join(f"{number:02}" for number in parts[0]) if parts else ""
