"""A reference as it was read, whatever program wrote it: the one form from which a source is made.

Only what identifies a work is kept. Abstracts, notes, keywords and attached files stay behind: the base holds no
sentence of a source, and a private note is nobody else's (architecture.md, decision 9).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

LONGEST_FIELD, LONGEST_NAMES = 1_000, 12_000
"""Characters. Longer ones come from broken files; the base itself takes 16,384 in a text."""


@dataclass(frozen=True)
class Kind:
    """A kind of text.

    Attributes:
        name: the local name of its class in FaBiO; empty for a document of no class there.
        label: its name in words.
        csl: its type in the Citation Style Language 1.0.2.
    """

    name: str
    label: str
    csl: str


KINDS = {
    kind.name: kind
    for kind in (
        Kind("JournalArticle", "Journal article", "article-journal"),
        Kind("Book", "Book", "book"),
        Kind("BookChapter", "Book chapter", "chapter"),
        Kind("ReportDocument", "Report", "report"),
        Kind("PolicyDocument", "Policy document", "report"),
        Kind("ConferencePaper", "Conference paper", "paper-conference"),
        Kind("Thesis", "Thesis", "thesis"),
        Kind("Preprint", "Preprint", "article"),
        Kind("MagazineArticle", "Magazine article", "article-magazine"),
        Kind("NewspaperArticle", "Newspaper article", "article-newspaper"),
        Kind("BlogPost", "Blog post", "post-weblog"),
        Kind("WebContent", "Web page", "webpage"),
        Kind("ReferenceEntry", "Entry in a work of reference", "entry"),
        Kind("Presentation", "Talk or slides", "speech"),
        Kind("Manuscript", "Unpublished manuscript", "manuscript"),
        Kind("Letter", "Letter or message", "personal_communication"),
        Kind("", "Other document", "document"),
    )
}
"""The kinds of text that can be brought in, by name."""


@dataclass(frozen=True)
class Name:
    """Who wrote or edited something: a person by family and given name, or a body by its name alone."""

    family: str = ""
    given: str = ""
    literal: str = ""

    @property
    def listed(self) -> str:
        """As it stands in a list of names: “Family, Given”, or the body's name."""
        return self.literal or (f"{self.family}, {self.given}" if self.given else self.family)

    @property
    def short(self) -> str:
        """What a citation in running text calls them."""
        return self.literal or self.family


@dataclass(frozen=True)
class Reference:
    """A work, as a reference manager or a registrar describes it. What is not told is empty.

    Attributes:
        kind: a key of `KINDS`.
        title: without markup.
        language: of the title; a language tag of BCP 47 by its first part.
        authors, editors: in printed order.
        year: four digits.
        container: the journal or book it appeared in.
        pages: first and last, with a dash between.
        doi: without an address before it, in lower case but for what was registered otherwise.
        isbn: 13 digits.
        key: how the file it came from calls it.
    """

    kind: str = ""
    title: str = ""
    language: str = ""
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    year: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: str = ""
    publisher: str = ""
    place: str = ""
    doi: str = ""
    url: str = ""
    isbn: str = ""
    key: str = ""

    @property
    def people(self) -> tuple[Name, ...]:
        """Who it is known by: its authors, else its editors."""
        return self.authors or self.editors

    def plain(self) -> dict[str, Any]:
        """The reference as JSON can hold it; what is empty is left out."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Reference:
        """The reference that `plain` made JSON of."""
        known = {name: value for name, value in plain.items() if name in _FIELDS}
        for name in ("authors", "editors"):
            known[name] = tuple(Name(**who) for who in known.get(name, ()))
        return cls(**known)

    def problems(self) -> list[tuple[str, str]]:
        """What keeps it from becoming a source: each field with a sentence that says what would do."""
        found = [] if self.title else [("title", "It has no title. Give the title, as printed.")]
        if self.kind not in KINDS:
            found.append(("kind", f"“{self.kind}” is no kind of text here. Choose one from the list."))
        found += [(name, _too_long(name, LONGEST_FIELD)) for name in _TEXTS if len(getattr(self, name)) > LONGEST_FIELD]
        for name in ("authors", "editors"):
            if len(listed(getattr(self, name))) > LONGEST_NAMES:
                found.append((name, _too_long(name, LONGEST_NAMES)))
        return found


_FIELDS = {field.name for field in fields(Reference)}
_TEXTS = tuple(sorted(_FIELDS - {"authors", "editors", "kind"}))


def _too_long(name: str, most: int) -> str:
    return f"Its {name} is longer than {most:,} characters. Shorten it to what is printed."


def listed(names: Iterable[Name]) -> str:
    """Names as the base keeps them: “Family, Given; Family, Given”."""
    return "; ".join(name.listed for name in names)


def clean(text: object) -> str:
    """Text on one line, without characters that cannot be seen or that turn the direction of what follows.

    Line breaks and controls become spaces; lone halves of characters, which JSON can hold, go.
    """
    text = str(text)
    if not text.isascii():
        text = "".join(map(_seen, unicodedata.normalize("NFC", text)))
    return " ".join(text.translate(_CONTROLS).split())


def _seen(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in ("Zl", "Zp"):
        return " "
    return "" if category in ("Cs", "Cn") or letter in _HIDDEN else letter


_CONTROLS = dict.fromkeys([*range(32), *range(127, 160)], " ")
_HIDDEN = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad")


def name_of(family: str, given: str = "", literal: str = "") -> Name | None:
    """A name in the form that a list of names can hold; None where nothing is told."""
    if literal:
        told = clean(literal).replace(";", ",").strip(" ,")
        return Name(literal=told) if told else None
    family, given = (clean(part).replace(";", ",").strip(" ,") for part in (family, given))
    family = family.replace(", ", " ").replace(",", " ")
    if not family:
        return Name(literal=given) if given else None
    return Name(family, given) if given else Name(literal=family)


def names_of(text: str) -> tuple[Name, ...]:
    """The names in a list as the base keeps it, or as somebody types it: what `listed` wrote, read back."""
    found = (one.partition(",") for one in text.split(";"))
    return tuple(
        name
        for family, comma, given in found
        if (name := name_of(family, given) if comma and given.strip() else name_of("", literal=family))
    )
