"""The form of one source: the fields of its kind as the shapes name them, and sources that may be the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from kg.claiming import Form, read_form
from kg.importing import KINDS, Match, Reference, listed, names_of
from kg.importing.identifiers import doi_of, isbn_of, url_of
from kg.importing.statements import READ, TYPED
from kg.importing.words import edition_of, language_of, pages_of
from kg.namespaces import ID, gap
from kg.numbers import whole_number
from webui.base import Opened, opened
from webui.contexts.fields import Fault, Field, fault_of
from webui.contexts.forms import Choice
from webui.contexts.importing.batch import Alike, alike_href
from webui.contexts.page import Link, Page, crumbs, frame

_SHAPES: WeakKeyDictionary[Opened, Form] = WeakKeyDictionary()
_SHAPED = {
    "title": "title", "authors": "authorList", "editors": "editorList", "year": "issued", "container": "containerTitle",
    "volume": "volume", "issue": "issue", "pages": "pages", "edition": "edition", "publisher": "publisherName",
    "place": "publisherPlace", "doi": "identifier", "url": "identifier", "evidence": "evidenceType",
    "reading": "readingStatus",
}  # fmt: skip
_LABELS = {"doi": "DOI", "url": "Web address", "isbn": "ISBN", "language": "Language"}
_HINTS = {
    "authors": "“Family, Given; Family, Given”, in printed order; a body by its name alone.",
    "editors": "“Family, Given; Family, Given”, in printed order.",
    "year": "Four digits; leave it empty where none is printed.",
    "doi": "Such as 10.1000/182. It leads to the text and shows when two records are the same work.",
    "url": "A stable address; only where there is no DOI.",
    "isbn": "10 or 13 digits.",
    "language": "Of the title, such as en or de.",
}
_PUBLISHED = ("publisher", "place")
_FIELDS = {
    "JournalArticle": ("container", "volume", "issue", "pages"),
    "Book": ("editors", "edition", *_PUBLISHED, "isbn"),
    "BookChapter": ("container", "editors", "pages", *_PUBLISHED, "isbn"),
    "ReportDocument": _PUBLISHED,
    "PolicyDocument": _PUBLISHED,
    "ConferencePaper": ("container", "editors", "pages", *_PUBLISHED),
    "Thesis": _PUBLISHED,
    "MagazineArticle": ("container", "issue", "pages"),
    "NewspaperArticle": ("container", "pages"),
    "BlogPost": ("container",),
    "WebContent": ("container",),
    "ReferenceEntry": ("container", "editors", "pages", *_PUBLISHED),
}
_ALL = (
    "title", "authors", "editors", "year", "container", "volume", "issue", "pages", "edition", "publisher", "place",
    "isbn", "doi", "url", "language",
)  # fmt: skip
_ALWAYS = ("title", "authors", "year", "doi", "url", "language")


@dataclass(frozen=True)
class Select:
    """A list to choose from."""

    name: str
    label: str
    hint: str
    options: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class SourceFormPage(Page):
    """The form of one source.

    Attributes:
        told: where what stands in it comes from.
        alike: sources that may be the same work.
        is_there: whether one of them has the same DOI, so that this one cannot be added.
        different: whether somebody said that it is another work.
        draft, version, key: what the form carries on.
    """

    faults: tuple[Fault, ...]
    told: str
    kind: Select
    fields: tuple[Field, ...]
    evidence: Select
    reading: Select
    alike: tuple[Alike, ...]
    is_there: bool
    different: bool
    draft: str
    version: int
    key: str


@dataclass(frozen=True)
class Typed:
    """What stands in the form.

    Attributes:
        values: by field, as typed.
        different: whether somebody said that it is another work than those that look the same.
        draft, version: of the contribution in which it is saved.
        key: marks one filling in of the form, so that sending it twice makes one contribution.
    """

    values: Mapping[str, str]
    different: bool = False
    draft: str = ""
    version: int = 0
    key: str = ""

    @property
    def evidence(self) -> str:
        return self.values.get("evidence", TYPED)

    @property
    def reading(self) -> str:
        return self.values.get("reading", READ)

    def reference(self) -> Reference:
        """The work, in the one form that is kept."""
        said = {name: " ".join(self.values.get(name, "").split()) for name in _ALL}
        return Reference(
            kind=self.values.get("kind", ""),
            title=said["title"],
            language=language_of(said["language"]),
            authors=names_of(said["authors"]),
            editors=names_of(said["editors"]),
            year=said["year"],
            container=said["container"],
            volume=said["volume"],
            issue=said["issue"].replace("-", "–"),
            pages=pages_of(said["pages"]),
            edition=edition_of(said["edition"]),
            publisher=said["publisher"],
            place=said["place"],
            doi=doi_of(said["doi"]),
            url=url_of(said["url"]),
            isbn=isbn_of(said["isbn"]),
        )

    def faults(self, form: Form) -> tuple[Fault, ...]:
        """What is wrong, by field, as the shapes say it where they do."""
        reference = self.reference()
        found = [Fault(name, words) for name, words in reference.problems()]
        typed = {name: self.values.get(name, "").strip() for name in _ALL}
        if typed["year"] and (len(typed["year"]) != 4 or whole_number(typed["year"], 4) is None):
            found.append(Fault("year", form["issued"].messages[0]))
        told = {
            "doi": "This is no DOI. Write it as 10.1000/182, or leave the field empty.",
            "url": "This is no web address. Write it in full, beginning with https://.",
            "isbn": "This is no ISBN: a digit is wrong or missing. Copy it again, or leave the field empty.",
            "language": "Write the language as two letters, such as en, or leave the field empty.",
        }
        found += [Fault(n, words) for n, words in told.items() if typed[n] and not getattr(reference, n)]
        if not reference.people and self.reading != READ:
            found.append(Fault("authors", "Give the authors, or else the editors: a reader must see who speaks."))
        for name, key in (("evidence", "evidenceType"), ("reading", "readingStatus")):
            if getattr(self, name) not in {choice_value(c.value) for c in form[key].choices}:
                found.append(Fault(name, form[key].messages[0]))
        return tuple(found)


def choice_value(value: str) -> str:
    """The slug of a choice."""
    return value.rpartition("/")[2]


def typed_of(reference: Reference, **more: str) -> dict[str, str]:
    """A reference as what would be typed."""
    names = {"authors": listed(reference.authors), "editors": listed(reference.editors)}
    texts = {name: names.get(name) or str(getattr(reference, name) or "") for name in _ALL}
    return {**texts, **names, "kind": reference.kind, **more}


def source_shape(now: Opened) -> Form:
    """What the shapes ask of a source; read once for a revision."""
    found = _SHAPES.get(now)
    if found is None:
        found = _SHAPES[now] = read_form(now.reader, gap("Source"))
    return found


def is_there(match: Match) -> bool:
    """Whether the base itself has a work with this DOI; what only waits may yet be refused."""
    return "same DOI" in match.reasons and match.known.address.startswith(ID)


def source_form(
    typed: Typed, matches: Sequence[Match] = (), faults: tuple[Fault, ...] = (), told: str = ""
) -> SourceFormPage:
    """The page of the form, with what was typed, what may be the same, and what is wrong."""
    now = opened()
    shape, kind = source_shape(now), typed.values.get("kind", "")
    return SourceFormPage(
        **frame(
            now, "Add a source", crumbs=crumbs(Link("Add sources", "/contribute/source"), Link("A source", "", True))
        ),
        faults=faults,
        told=told,
        kind=_kinds(kind),
        fields=tuple(_field(name, typed, shape, faults) for name in _ALL if _asked(name, kind, typed.values)),
        evidence=_select("evidence", typed.evidence, shape),
        reading=_select("reading", typed.reading, shape),
        alike=tuple(Alike(Link(m.known.label, alike_href(m.known.address)), ", ".join(m.reasons)) for m in matches),
        is_there=any(map(is_there, matches)),
        different=typed.different,
        draft=typed.draft,
        version=typed.version,
        key=typed.key,
    )


def _asked(name: str, kind: str, values: Mapping[str, str]) -> bool:
    return name in _ALWAYS or name in _FIELDS.get(kind, ("container", *_PUBLISHED)) or bool(values.get(name))


def _field(name: str, typed: Typed, shape: Form, faults: Sequence[Fault]) -> Field:
    asked = shape[_SHAPED[name]] if name in _SHAPED else None
    return Field(
        name,
        _LABELS.get(name) or (asked.label if asked else name),
        typed.values.get(name, ""),
        "words" if name in ("title", "authors") else "text",
        _HINTS.get(name) or (asked.help if asked else ""),
        fault=fault_of(faults, name),
        required=name == "title",
        most=12_000 if name in ("authors", "editors") else 1_000,
    )


def _kinds(chosen: str) -> Select:
    options = tuple(Choice(name, kind.label, name == chosen) for name, kind in KINDS.items())
    return Select("kind", "Kind of text", "It decides which fields are asked for.", options)


def _select(name: str, chosen: str, shape: Form) -> Select:
    asked = shape[_SHAPED[name]]
    options = (Choice(choice_value(c.value), c.label, choice_value(c.value) == chosen) for c in asked.choices)
    return Select(name, asked.label, asked.help, tuple(options))
