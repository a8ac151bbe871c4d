"""What somebody typed as words to look up, and where such words stand in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import tantivy

MOST_WORDS = 12
LONGEST_WORD = 40
"""Longer ones are not in the index (tantivy's default tokenizer leaves them out)."""
SHORTEST_WITH_SLIP = 4
_WORD = re.compile(r"[^\W_]+")
_OWNER = re.compile(r"['’]s\b|(?<=\w)['’](?=\w)")
"""“Matland’s” is looked up as “Matland”, “aren’t” as “arent”."""
_LETTERS: dict[int, str] = {ord(a): b for a, b in (("ø", "o"), ("æ", "ae"), ("ß", "ss"), ("ł", "l"), ("đ", "d"))}
"""Letters that do not fall apart into a plain one and an accent."""
_FILLING = """
    a about after all also an and any are arent as at be because been before being but by can cannot cant could couldnt
    did didnt do does doesnt dont for from get gets had has have he her his how i if in into is isnt it its just me more
    most my no nor not of on one or our out over she so some such than that the their them then there these they this
    those to too under up us very was wasnt we were werent what when where which while who whom why will with wont would
    wouldnt you your
"""
_FILLERS = frozenset(_FILLING.split())
"""Words that carry a sentence and say little; left aside where others remain."""
_STEMS = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    .filter(tantivy.Filter.lowercase())
    .filter(tantivy.Filter.remove_long(LONGEST_WORD))
    .filter(tantivy.Filter.stemmer("english"))
    .build()
)


@dataclass(frozen=True)
class Asked:
    """What somebody typed, as words to look up.

    Attributes:
        words: in plain small letters, each once, without words that say little.
        too_long: words left aside because nothing here is as long.
    """

    words: tuple[str, ...]
    too_long: tuple[str, ...] = ()


def read(text: str) -> Asked:
    """The words of what somebody typed; the first dozen of them."""
    found = list(dict.fromkeys(plain_words(fold(text))))
    short = [word for word in found if len(word) <= LONGEST_WORD]
    telling = [word for word in short if word not in _FILLERS] or short
    return Asked(tuple(telling[:MOST_WORDS]), tuple(word for word in found if len(word) > LONGEST_WORD))


def plain_words(folded: str) -> list[str]:
    """The words of a folded text, in their order."""
    return _WORD.findall(folded)


def fold(text: str) -> str:
    """A text in small letters without accents and apostrophes."""
    plain = _OWNER.sub("", text.lower())
    if plain.isascii():
        return plain
    plain = plain.translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A folded word without its ending (“implementing” and “implementation” share one)."""
    found = _STEMS.analyze(word)
    return str(found[0]) if found else word


def pieces(text: str, words: Sequence[str], slipped: Sequence[str] = ()) -> list[tuple[str, bool]]:
    """A text in stretches, each with whether one of these words stands there.

    Args:
        text: what is shown.
        words: the words looked up, folded.
        slipped: those of them that may be a slip or two away.
    """
    found: list[tuple[str, bool]] = []
    done = 0
    for match in _WORD.finditer(text):
        if _fits(fold(match[0]), words, slipped):
            found += [(text[done : match.start()], False), (match[0], True)]
            done = match.end()
    return [piece for piece in (*found, (text[done:], False)) if piece[0]]


def _fits(word: str, words: Sequence[str], slipped: Sequence[str]) -> bool:
    return any(
        word == asked or (len(asked) > 1 and word.startswith(asked)) or stem(word) == stem(asked) for asked in words
    ) or any(near(word, asked, slips(asked)) or near(word[: len(asked)], asked, 1) for asked in slipped)


def slips(word: str) -> int:
    """How many slips of typing a word may hold: none in short ones, two in long ones."""
    return 0 if len(word) < SHORTEST_WITH_SLIP else 1 if len(word) < 2 * SHORTEST_WITH_SLIP else 2


@lru_cache(maxsize=8192)
def near(word: str, other: str, most: int) -> bool:
    """Whether one word becomes the other by so many letters put in, left out, changed or swapped with the next.

    Source: optimal string alignment, the distance that tantivy's fuzzy query counts.
    """
    if abs(len(word) - len(other)) > most:
        return False
    before, last = list[int](), list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        row = [i]
        for j, match in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == match:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1] <= most
