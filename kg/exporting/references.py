"""Sources as CSL-JSON: the record that BibTeX, RIS, formatted citations and metadata of pages are all made from.

The form is that of the Citation Style Language 1.0.2 (specification, appendices III “Types” and IV “Variables”).
Everything is told as the record has it: nothing is added that the documents do not print.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from kg.namespaces import PREFIXES, kind_of, slug_of, thing
from kg.queries import Stated, sources
from kg.queries import references as asked
from kg.store import Reader

Csl = Mapping[str, Any]
"""One record of CSL-JSON."""

TYPES = {
    PREFIXES["fabio"] + name: csl
    for csl, names in {
        "article-journal": (
            "JournalArticle", "JournalEditorial", "JournalNewsItem", "ReviewArticle", "BriefReport", "Editorial",
        ),
        "article-magazine": ("MagazineArticle", "MagazineEditorial", "MagazineNewsItem"),
        "article-newspaper": ("NewspaperArticle", "NewspaperEditorial", "NewspaperNewsItem", "NewsItem"),
        "article": ("Article", "Preprint", "Postprint"),
        "book": ("Book", "ConferenceProceedings", "InstructionManual", "ReferenceBook", "Textbook"),
        "chapter": ("BookChapter", "Chapter"),
        "entry": ("ReferenceEntry", "WikiEntry"),
        "report": (
            "PolicyDocument", "PressRelease", "ProjectReportDocument", "ReportDocument", "SpecificationDocument",
            "WhitePaper",
        ),
        "paper-conference": ("ConferencePaper", "ProceedingsPaper"),
        "thesis": ("DoctoralThesis", "MastersThesis", "Thesis"),
        "post-weblog": ("BlogPost",),
        "webpage": ("WebContent", "Comment"),
        "speech": ("Presentation",),
        "personal_communication": ("Letter",),
        "manuscript": ("Manuscript",),
    }.items()
    for name in names
}  # fmt: skip
"""FaBiO classes as CSL types; what is not here is a `document`."""

_NOBODY = thing("body", "not-told")
_DOI = "https://doi.org/"


@dataclass(frozen=True)
class Coded:
    """A value of a list: its slug and its name."""

    slug: str
    label: str


@dataclass(frozen=True)
class Reference:
    """A source as a work to be cited.

    Attributes:
        source: its address.
        label: its short name, such as “Gold 2017”.
        evidence: what kind of document or study it is.
        reading: how far the project has read it.
        cited_in: the documents whose references name it.
        csl: the record as CSL-JSON.
    """

    source: str
    label: str
    evidence: Coded
    reading: Coded
    cited_in: tuple[Coded, ...]
    csl: Csl

    @property
    def slug(self) -> str:
        """What stands behind the kind in the address; the citation key."""
        return slug_of(self.source)

    @property
    def year(self) -> int | None:
        """The first year it was issued in; None where the base has none."""
        parts = self.csl.get("issued", {}).get("date-parts")
        return int(parts[0][0]) if parts else None


def all_references(reader: Reader) -> list[Reference]:
    """All sources as references, by short name."""
    return read_references(reader, [row.source for row in sources(reader)])


def read_references(reader: Reader, wanted: Sequence[str]) -> list[Reference]:
    """Sources as references, in the order in which they were asked for; what is no source is left out."""
    said: dict[str, list[Stated]] = {}
    for row in asked(reader, wanted):
        said.setdefault(row.thing, []).append(row)
    return [_Said(rows).reference() for source in dict.fromkeys(wanted) if (rows := said.get(source))]


def one_line(text: str) -> str:
    """Text without line breaks and control characters: no format of references has room for them."""
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())


class _Said:
    """What is said of one source."""

    def __init__(self, rows: Sequence[Stated]) -> None:
        self._rows, self._source = rows, rows[0].thing

    def reference(self) -> Reference:
        return Reference(
            source=self._source,
            label=self._text("gap:shortLabel") or slug_of(self._source),
            evidence=self._coded("gap:evidenceType"),
            reading=self._coded("gap:readingStatus"),
            cited_in=tuple(_coded(row) for row in self._all("dcterms:isReferencedBy")),
            csl=self._csl,
        )

    @cached_property
    def _csl(self) -> Csl:
        title = next(iter(self._all("dcterms:title")), None)
        found: dict[str, Any] = {
            "id": slug_of(self._source),
            "type": next((TYPES[r.value] for r in self._all("rdf:type") if r.value in TYPES), "document"),
            "title": self._before_title + one_line(title.value) if title else "",
            "author": names(self._text("gap:authorList"), self._bodies, self._nobody),
            "editor": names(self._text("gap:editorList"), self._bodies, self._nobody),
            "container-title": self._text("gap:containerTitle"),
            "volume": self._text("bibo:volume"),
            "issue": self._text("bibo:issue").replace("–", "-"),
            "page": self._text("bibo:pages").replace("–", "-"),
            "edition": _edition(self._text("bibo:edition")),
            "publisher": self._text("gap:publisherName"),
            "publisher-place": self._text("gap:publisherPlace"),
            "issued": issued(self._text("dcterms:issued")),
            **self._identifiers(),
            "language": title.language if title else "",
            "note": self._note(),
        }
        return {name: value for name, value in found.items() if value}

    def _identifiers(self) -> dict[str, str]:
        """A DOI leads to the text by itself; another address stands only where there is none."""
        addresses = [row.value for row in self._all("dcterms:identifier")]
        doi = next((a for a in addresses if a.startswith(_DOI)), "")
        return {"DOI": unquote(doi.removeprefix(_DOI))} if doi else {"URL": next(iter(addresses), "")}

    def _note(self) -> str:
        """How far the project knows the work, the reference as printed, and what curators noted about it."""
        through = ", ".join(_coded(row).label for row in self._all("dcterms:isReferencedBy"))
        read = self._coded("gap:readingStatus").label
        parts = [self._became] if self._became else []
        parts += [f"In Gapbridge: {read.lower()}{f' (listed by {through})' if through else ''}."] if read else []
        printed = self._text("dcterms:bibliographicCitation")
        parts += [f"Reference as printed: {printed}"] if printed else []
        notes = [one_line(row.value) for row in self._all("skos:editorialNote")]
        parts += [f"Curators’ notes: {' '.join(notes)}"] if notes else []
        return " | ".join(parts)

    @property
    def _before_title(self) -> str:
        """As publishers and reference managers mark it: a citation of a retracted work must never hide that."""
        return "Retracted: " if self._coded("gap:publicationStatus").slug == "retracted" else ""

    @property
    def _became(self) -> str:
        """What became of the work after it was published, with the notice; empty where nothing is known."""
        status = self._coded("gap:publicationStatus").label
        told = ", ".join(filter(None, (self._text("gap:noticeDate"), self._text("gap:notice"))))
        return f"{status}{f' (notice: {told})' if told else ''}." if status else ""

    @property
    def _bodies(self) -> frozenset[str]:
        creators = self._all("dcterms:creator")
        return frozenset(one_line(row.valueLabel) for row in creators if kind_of(row.value) == "body")

    @property
    def _nobody(self) -> frozenset[str]:
        return frozenset(one_line(r.valueLabel) for r in self._all("dcterms:creator") if r.value == _NOBODY)

    def _all(self, name: str) -> list[Stated]:
        prefix, _, local = name.partition(":")
        return [row for row in self._rows if row.property == PREFIXES[prefix] + local]

    def _text(self, name: str) -> str:
        return one_line(next((row.value for row in self._all(name)), ""))

    def _coded(self, name: str) -> Coded:
        return next((_coded(row) for row in self._all(name)), Coded("", ""))


def _coded(row: Stated) -> Coded:
    return Coded(slug_of(row.value), row.valueLabel or slug_of(row.value))


def names(listed: str, bodies: Container[str] = (), nobody: Container[str] = ()) -> list[dict[str, str]]:
    """The names of a printed list, in its order.

    Args:
        listed: “Family, Given; Family, Given”; a body by its name alone.
        bodies: names that are known to be of bodies, though a comma stands in them.
        nobody: what stands where the author is not told.
    """
    entries = [entry.strip() for entry in listed.split(";")]
    return [_name(entry, entry in bodies) for entry in entries if entry and entry not in nobody]


def _name(entry: str, is_body: bool) -> dict[str, str]:
    family, comma, given = (part.strip() for part in entry.partition(","))
    if is_body or not comma or not family:
        return {"literal": entry}
    return {"family": family, "given": given} if given else {"family": family}


def issued(text: str) -> dict[str, Any]:
    """A date of CSL-JSON: a year, month or day, or two of them joined by “/”; else the words, or nothing."""
    if not text:
        return {}
    ends = [re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", part) for part in text.split("/")]
    if len(ends) > 2 or not all(ends):
        return {"literal": text}
    return {"date-parts": [[int(number) for number in end.groups() if number] for end in ends if end]}


def _edition(text: str) -> str:
    """“3rd ed.” as the number that styles make their own words around; other editions as printed."""
    found = re.fullmatch(r"(\d+)(?:st|nd|rd|th)? ?(?:ed|edn|edition)?\.?", text)
    return found[1] if found else text
