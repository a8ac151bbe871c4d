"""“Already in the base?”: a reference against all sources there are, with the reasons.

Identifiers are looked up. Titles are compared only with those that share a rare word with them, or author and year,
so that the ten-thousandth comparison takes no longer than the first. Titles with other numbers in them are those of
other works: parts, volumes, yearly reports.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel, Levenshtein

from kg.importing.identifiers import doi_key, url_key
from kg.importing.naming import fold
from kg.importing.references import Reference

_STOP = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "is", "of", "on", "or", "the", "to", "with",
     "what", "why", "how", "der", "die", "das", "und", "la", "le", "de")
)  # fmt: skip
_CROWDED, _MOST, _RARE = 400, 60, 5
"""A word in more titles than this finds nothing; so many titles are compared at most; by so many words."""
_ALIKE = 0.88
_ALIKE_KINDS = {
    "MagazineArticle": "JournalArticle", "NewspaperArticle": "JournalArticle", "PolicyDocument": "ReportDocument",
    "BlogPost": "", "WebContent": "", "Manuscript": "",
}  # fmt: skip
"""Kinds that programs mix up, or use for want of a better one."""
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Known:
    """A source to compare with.

    Attributes:
        address: its address, or what else it is called by.
        label: its short name.
        reference: what is printed of it.
    """

    address: str
    label: str
    reference: Reference


@dataclass(frozen=True)
class Match:
    """A source that may be the same work.

    Attributes:
        known: the source.
        certain: whether it is the same beyond reasonable doubt.
        reasons: what speaks for it, and what against it, in words.
        likeness: of the titles, from 0 to 1.
    """

    known: Known
    certain: bool
    reasons: tuple[str, ...]
    likeness: float


class Index:
    """Sources to compare with; more can be added at any time."""

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self._all = list[tuple[Known, _Words]]()
        self._by_identifier = defaultdict[str, list[int]](list)
        self._by_word = defaultdict[str, list[int]](list)
        self._by_author = defaultdict[tuple[str, str], list[int]](list)
        for one in known:
            self.add(one)

    def __len__(self) -> int:
        return len(self._all)

    def add(self, known: Known) -> None:
        """Compare with this one too, from now on."""
        words, place = _words(known.reference), len(self._all)
        self._all.append((known, words))
        for identifier in words.identifiers:
            self._by_identifier[identifier].append(place)
        for word in words.rare:
            self._by_word[word].append(place)
        if words.author:
            self._by_author[words.author, words.year].append(place)

    def known(self, address: str) -> Known | None:
        """What is known under an address."""
        return next((known for known, _ in self._all if known.address == address), None)

    def matches(self, reference: Reference, meant: Callable[[Known], bool] = lambda _: True) -> list[Match]:
        """Sources that may be the same work, the likeliest first; five at most.

        Args:
            reference: the work.
            meant: which sources are compared with at all.
        """
        words = _words(reference)
        candidates = (self._all[place] for place in self._candidates(words))
        found = (_compare(words, known, theirs) for known, theirs in candidates if meant(known))
        return sorted((m for m in found if m), key=lambda m: (not m.certain, -m.likeness, m.known.address))[:5]

    def _candidates(self, words: _Words) -> list[int]:
        same = [place for identifier in words.identifiers for place in self._by_identifier.get(identifier, ())]
        lists = sorted((self._by_word.get(word, ()) for word in words.rare), key=len)
        shared = defaultdict[int, int](int)
        for places in [list(places) for places in lists if 0 < len(places) <= _CROWDED][:_RARE]:
            for place in places:
                shared[place] += 1
        for year in words.years if words.author else ():
            for place in self._by_author.get((words.author, year), ())[-_MOST:]:
                shared[place] += 1
        best = sorted(shared, key=lambda place: (-shared[place], place))[:_MOST]
        return list(dict.fromkeys([*same[:_MOST], *best]))


class _Words:
    """What is compared of a reference."""

    __slots__ = ("author", "doi", "identifiers", "isbn", "kind", "numbers", "rare", "title", "url", "year")

    def __init__(self, reference: Reference) -> None:
        words = re.findall(r"\w+", fold(reference.title))
        self.title = " ".join(words)
        self.rare = {word for word in words if word not in _STOP and len(word) > 2} or {*words}
        self.numbers = {word for word in words if any(letter.isdigit() for letter in word)}
        self.author = fold(reference.people[0].short) if reference.people else ""
        self.year = reference.year
        self.kind = _ALIKE_KINDS.get(reference.kind, reference.kind)
        self.doi = doi_key(reference.doi)
        self.isbn = reference.isbn if reference.kind != "BookChapter" else ""
        self.url = url_key(reference.url) if reference.url and not reference.doi else ""
        named = (("doi", self.doi), ("isbn", self.isbn), ("url", self.url))
        self.identifiers = [f"{kind}:{value}" for kind, value in named if value]

    @property
    def years(self) -> tuple[str, ...]:
        """The years a record of the same work may bear: online first in one, printed in the next."""
        return (str(int(self.year) - 1), self.year, str(int(self.year) + 1), "") if self.year else ("",)


@lru_cache(maxsize=4)
def _words(reference: Reference) -> _Words:
    """What is compared of a reference; kept for a moment, since one is held against several lists of works."""
    return _Words(reference)


def _compare(words: _Words, known: Known, theirs: _Words) -> Match | None:
    if not _worth_a_look(words, theirs):
        return None
    letters = Levenshtein.distance(words.title, theirs.title, score_cutoff=4)
    likeness = 1.0 if not letters else Indel.normalized_similarity(words.title, theirs.title)
    begins = _begins(words.title, theirs.title)
    near = _near(words.year, theirs.year)
    same_author = bool(words.author) and words.author == theirs.author
    title = _title_reason(letters, likeness, begins) if words.numbers == theirs.numbers else ""
    same_ids = [f"same {name}" for name, ours, other in _identifiers(words, theirs) if ours and ours == other]
    exact = not letters or (likeness > 0.95 and not (words.author and theirs.author))
    if not same_ids and not (title and (near is not None or same_author) and (same_author or exact)):
        return None
    reasons = [*same_ids, title or "another title", _year_reason(words.year, theirs.year)]
    reasons.append(_author_reason(words, theirs, same_author))
    other_doi = bool(words.doi and theirs.doi and words.doi != theirs.doi)
    other_kind = bool(words.kind and theirs.kind and words.kind != theirs.kind)
    reasons += ["but another DOI"] if other_doi else []
    reasons += ["but another kind of text"] if other_kind and not same_ids else []
    certain = _certain(words, theirs, letters if title else 99, same_author, other_doi or (other_kind and not same_ids))
    return Match(known, certain, tuple(filter(None, reasons)), round(max(likeness, 0.9 if begins else 0), 3))


def _worth_a_look(words: _Words, theirs: _Words) -> bool:
    """Whether there can be a match at all: most of those that share a word are other works, which is seen at once."""
    if any(identifier in theirs.identifiers for identifier in words.identifiers):
        return True
    like = Indel.normalized_similarity(words.title, theirs.title, score_cutoff=_ALIKE)
    return bool(like) or _begins(words.title, theirs.title)


def _identifiers(words: _Words, theirs: _Words) -> Iterable[tuple[str, str, str]]:
    return (("DOI", words.doi, theirs.doi), ("ISBN", words.isbn, theirs.isbn), ("web address", words.url, theirs.url))


def _certain(words: _Words, theirs: _Words, letters: int, same_author: bool, against: bool) -> bool:
    if words.doi and words.doi == theirs.doi:
        return letters <= 3 or same_author or not theirs.author or not words.author
    same_year = words.year == theirs.year
    return not against and letters <= (2 if len(words.title) > 20 else 0) and same_year and same_author


def _begins(one: str, other: str) -> bool:
    """Whether one is the other without its subtitle."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    return long.startswith(short) and len(short) > 15 and long[len(short) : len(short) + 1] == " "


def _near(year: str, other: str) -> bool | None:
    """Whether two years may be those of one work; None where they may not."""
    if not year or not other:
        return False
    return True if abs(int(year) - int(other)) < 2 else None


def _title_reason(letters: int, likeness: float, begins: bool) -> str:
    if not letters:
        return "same title"
    if letters <= 3 and likeness > _ALIKE:
        return f"same title but for {_NUMBERS[letters]} letter{'s' if letters > 1 else ''}"
    if begins:
        return "same title but for the subtitle"
    return "nearly the same title" if likeness > _ALIKE else ""


def _year_reason(year: str, other: str) -> str:
    if year and year == other:
        return "same year"
    return f"{year} here, {other} there" if year and other else "year not told in one of them"


def _author_reason(words: _Words, theirs: _Words, same: bool) -> str:
    if same:
        return "same first author"
    return "another first author" if words.author and theirs.author else "author not told in one of them"
