"""Addresses and short names of new sources, people and bodies, in the manner of the seed data.

A source is called by its first author, or both of two, and its year: `gold-2017`, “Gold 2017”; a second one of the
year gets a letter. Source: ontology-model.md §1.2.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator

from kg.importing.references import Name, Reference

_LONGEST = 48
_LETTERS = {
    "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "ng", "ħ": "h",
}  # fmt: skip
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]*){1,5}")


def fold(text: str) -> str:
    """Text in lower case and without accents, for comparing and for addresses."""
    lower = text.casefold()
    if lower.isascii():
        return lower
    letters = unicodedata.normalize("NFKD", "".join(_LETTERS.get(letter, letter) for letter in lower))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def slug(text: str) -> str:
    """Text as a part of an address: ASCII letters, digits and single hyphens; empty where none is left.

    >>> slug("Sørensen, E."), slug("“Why?”"), slug("政策")
    ('sorensen-e', 'why', '')
    """
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’‘]", "", fold(text))).strip("-")
    if len(words) <= _LONGEST:
        return words
    return words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]


class Naming:
    """Names for new sources, none of which is taken yet.

    Args:
        taken: slugs of sources that there are, or that others have set aside.
    """

    def __init__(self, taken: Container[str] = ()) -> None:
        self._taken, self._given = taken, set[str]()

    def name(self, reference: Reference) -> tuple[str, str]:
        """A slug and a short name for a reference; both are taken from then on."""
        stem, label = slug_of(reference), short_label(reference)
        for letter in _letters(stem):
            if stem + letter not in self._given and stem + letter not in self._taken:
                self._given.add(stem + letter)
                return stem + letter, label + (letter if reference.year else letter and f" ({letter.strip('-')})")
        raise AssertionError("there is always another number")


def _letters(stem: str) -> Iterator[str]:
    """Nothing, b, c …; where the slug ends in no year a number reads better, and there are more of these."""
    yield ""
    numbers = range(2, 10**9)
    if stem[-1:].isdigit():
        yield from "bcdefghijklmnopqrstuvwxyz"
        numbers = range(27, 10**9)
    yield from (f"-{number}" for number in numbers)


def slug_of(reference: Reference) -> str:
    """How a source is called in its address, before another may have the same."""
    people = reference.people
    named = people if len(people) == 2 else people[:1]
    stem = slug("-".join(name.short for name in named)) or slug(" ".join(reference.title.split()[:5])) or "work"
    return f"{stem}-{reference.year}" if reference.year else stem


def short_label(reference: Reference) -> str:
    """What running text calls it: “Gold 2017”, “Hill and Hupe 2015”, “Hudson et al. 2019”."""
    people = [name.short for name in reference.people]
    if not people:
        words = reference.title.split()
        people = [" ".join(words[:6]) + (" …" if len(words) > 6 else "")]
    who = " and ".join(people) if len(people) < 3 else f"{people[0]} et al."
    return f"{who} {reference.year}" if reference.year else f"{who}, undated"


def given_name(given: str) -> str:
    """A given name as it is compared and kept; initials always as “J. C.”.

    >>> given_name("JC"), given_name("J.-C."), given_name("Jo"), given_name("Bob")
    ('J. C.', 'J. C.', 'Jo', 'Bob')
    """
    if given.isupper() and _INITIALS.fullmatch(given):
        return " ".join(f"{letter}." for letter in given if letter.isalpha())
    return given


def full_name(name: Name) -> str:
    """A name as it is read out: “J. C. Long”."""
    return name.literal or f"{given_name(name.given)} {name.family}".strip()
