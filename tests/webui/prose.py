"""The words on a page that are this project's own, and how hard they are to read.

What stands in the base (names, definitions, gists, titles) is data and left out; so are code, navigation and the query
that made the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from pyphen import Pyphen

VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "use"}
INLINE = {"a", "abbr", "b", "cite", "dfn", "em", "i", "label", "mark", "span", "strong", "time"}
_LEFT_OUT = {"code", "cite", "nav", "option", "pre", "script", "style", "svg", "textarea", "title"}
_SAID_IN_DATA = 2
"""Literals of at least so many words are taken out of a sentence that holds them."""
_FORMAL = re.compile(r"→|\w:\w")
"""A path, or a statement of the graph: no sentence."""
_HYPHENS = Pyphen(lang="en_US", left=1, right=1)


class _Blocks(HTMLParser):
    """Text by block: pieces of text that stand together in one line or paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[list[str]] = [[]]
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.blocks.append([])
        if tag not in VOID:
            self._open.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag not in INLINE:
            self.blocks.append([])

    def handle_data(self, data: str) -> None:
        tags, classes = {tag for tag, _ in self._open}, {name for _, name in self._open}
        if "main" in tags and not tags & _LEFT_OUT and not classes & {"query", "citation", "printed", "words"}:
            self.blocks[-1].append(data)


@dataclass(frozen=True)
class Literals:
    """All texts of the base, to be taken out of pages."""

    whole: frozenset[str]
    longest: int = field(default=60)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Literals:
        return cls(frozenset(_plain(text).strip(".") for text in texts))

    def without(self, piece: str) -> str:
        """A piece of text without what the base says in it."""
        text = _plain(piece)
        if text.strip(".,;:() ") in self.whole:
            return ""
        words, kept, at = text.split(" "), list[str](), 0
        while at < len(words):
            ends = range(min(len(words), at + self.longest), at + _SAID_IN_DATA - 1, -1)
            end = next((end for end in ends if " ".join(words[at:end]).strip(".,;:()“” ") in self.whole), 0)
            kept += [] if end else [words[at]]
            at = end or at + 1
        return " ".join(kept)


def blocks(html: str, literals: Literals) -> Iterator[str]:
    """The project's own words on a page, block by block."""
    reader = _Blocks()
    reader.feed(html)
    for block in reader.blocks:
        if _plain("".join(block)).strip(".,;:() ") in literals.whole:
            continue
        own = _plain(" ".join(literals.without(piece) for piece in block if piece.strip()))
        own = re.sub(r"\s+([.,;:)?!])", r"\1", own)
        if re.search(r"[A-Za-z]{2}", own):
            yield own


def sentences(html: str, literals: Literals) -> list[str]:
    """Those that are sentences: they end as such, and are more than a label."""
    found = []
    for block in blocks(html, literals):
        for part in re.split(r"(?<=[.!?:;])\s+", block):
            if re.search(r"[.!?:;]$", part) and len(words(part)) > 3 and not _FORMAL.search(part):
                found.append(part)
    return list(dict.fromkeys(found))


def words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+(?:[’'-][A-Za-z]+)*", text)


def syllables(word: str) -> int:
    """By the places where a word may be hyphenated: an estimate, now and then one too low."""
    return sum(_HYPHENS.inserted(part).count("-") + 1 for part in word.split("-"))


@dataclass(frozen=True)
class Reading:
    """How hard a text is to read.

    Attributes:
        ease: Flesch's reading ease, 206.835 − 1.015 · words/sentences − 84.6 · syllables/words; 60 and more is plain
            English (R. Flesch, A new readability yardstick, Journal of Applied Psychology 32(3), 1948).
        grade: years at school by Flesch and Kincaid, 0.39 · words/sentences + 11.8 · syllables/words − 15.59
            (J. P. Kincaid and others, Derivation of new readability formulas, Naval Technical Training Command, 1975).
    """

    sentences: int
    words: int
    ease: float
    grade: float


def reading(found: list[str]) -> Reading:
    """How hard these sentences are, as Flesch counts: what ends at a colon or semicolon is a sentence too."""
    every = [word for sentence in found for word in words(sentence)]
    if not every:
        return Reading(0, 0, 100, 0)
    long, heavy = len(every) / len(found), sum(map(syllables, every)) / len(every)
    return Reading(len(found), len(every), 206.835 - 1.015 * long - 84.6 * heavy, 0.39 * long + 11.8 * heavy - 15.59)


def _plain(text: str) -> str:
    return " ".join(text.split())
