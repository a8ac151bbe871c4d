"""Some references out of all: by evidence, reading, years, the document that lists them, and words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.errors import BadInput
from kg.exporting.references import Coded, Reference


@dataclass(frozen=True)
class Selection:
    """What is wanted; what is left empty is not asked about.

    Attributes:
        evidence: slug of a type of evidence.
        reading: slug of a reading status.
        first, last: years between which it was issued, both included; 0 for an open end.
        cited_in: slug of a document whose references name it.
        words: words that all stand in the reference.
    """

    evidence: str = ""
    reading: str = ""
    first: int = 0
    last: int = 0
    cited_in: str = ""
    words: str = ""


def select(references: Sequence[Reference], wanted: Selection) -> list[Reference]:
    """The references that fit, in their order; those without a year fit no years.

    Raises:
        BadInput: a value that no reference has, or years the wrong way round.
    """
    _check(references, wanted)
    return [reference for reference in references if _fits(reference, wanted)]


def coded_values(references: Iterable[Reference], of: Callable[[Reference], Iterable[Coded]]) -> list[Coded]:
    """The values that occur, by name."""
    return sorted({coded for reference in references for coded in of(reference)}, key=lambda c: (c.label, c.slug))


def _check(references: Sequence[Reference], wanted: Selection) -> None:
    if wanted.first and wanted.last and wanted.first > wanted.last:
        raise BadInput(f"The years run from {wanted.first} to {wanted.last}: the first must not come after the last.")
    for what, slug, of in (
        ("type of evidence", wanted.evidence, lambda r: (r.evidence,)),
        ("reading status", wanted.reading, lambda r: (r.reading,)),
        ("document that lists references", wanted.cited_in, lambda r: r.cited_in),
    ):
        known = [coded.slug for coded in coded_values(references, of)]
        if slug and slug not in known:
            raise BadInput(f"“{slug}” is no {what} here. Known: {', '.join(known)}.")


def _fits(reference: Reference, wanted: Selection) -> bool:
    year = reference.year
    return (
        wanted.evidence in ("", reference.evidence.slug)
        and wanted.reading in ("", reference.reading.slug)
        and (not wanted.first or (year is not None and year >= wanted.first))
        and (not wanted.last or (year is not None and year <= wanted.last))
        and (not wanted.cited_in or wanted.cited_in in {coded.slug for coded in reference.cited_in})
        and all(word in _searched(reference) for word in _plain(wanted.words).split())
    )


def _searched(reference: Reference) -> str:
    csl = reference.csl
    people = [part for name in (*csl.get("author", ()), *csl.get("editor", ())) for part in name.values()]
    shown = [csl.get(name, "") for name in ("title", "container-title", "publisher", "publisher-place", "DOI")]
    return _plain(" ".join([reference.label, *shown, *people]))


def _plain(text: str) -> str:
    """Without case and accents, so that “Sorensen” finds most of what it should."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("ø", "o").replace("æ", "ae").replace("ł", "l"))
    return "".join(c for c in letters if not unicodedata.combining(c))
