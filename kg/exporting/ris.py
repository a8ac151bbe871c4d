"""RIS out of CSL-JSON: a tag, two spaces, a dash, a space, and lines that end in CR LF (RIS specification of 2011)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.exporting.references import Csl, one_line

_TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "manuscript": "UNPB",
    "paper-conference": "CPAPER",
    "personal_communication": "PCOMM",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "speech": "GEN",
    "thesis": "THES",
    "webpage": "ELEC",
}
_WITHIN = {"chapter", "paper-conference"}
"""Types whose editors are those of the book around them."""


def ris(records: Iterable[Csl]) -> str:
    """Records as RIS, each from TY to ER."""
    return "".join(f"{tag}  - {one_line(value)}\r\n" for record in records for tag, value in _tags(record))


def _tags(record: Csl) -> Iterator[tuple[str, str]]:
    first, _, last = str(record.get("page", "")).partition("-")
    found = (
        ("TI", record.get("title")),
        ("T2", record.get("container-title")),
        ("PY", _year(record)),
        ("VL", record.get("volume")),
        ("IS", record.get("issue")),
        ("SP", first),
        ("EP", last),
        ("ET", record.get("edition")),
        ("PB", record.get("publisher")),
        ("CY", record.get("publisher-place")),
        ("DO", record.get("DOI")),
        ("UR", record.get("URL")),
        ("LA", record.get("language")),
        ("N1", record.get("note")),
    )
    yield "TY", _TYPES.get(record["type"], "GEN")
    yield "ID", record["id"]
    yield from (("AU", _person(name)) for name in record.get("author", ()))
    editor = "A2" if record["type"] in _WITHIN else "ED"
    yield from ((editor, _person(name)) for name in record.get("editor", ()))
    yield from ((tag, str(value)) for tag, value in found if value)
    yield "ER", ""


def _person(name: Mapping[str, str]) -> str:
    return name.get("literal") or ", ".join(filter(None, (name.get("family"), name.get("given"))))


def _year(record: Csl) -> str:
    date = record.get("issued", {})
    parts = date.get("date-parts")
    return f"{parts[0][0]:04}" if parts else str(date.get("literal", ""))
