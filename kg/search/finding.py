"""Finding things by what people type: an index beside the reader, of the same revision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import islice

import tantivy

from kg.errors import Ambiguous, NotFound
from kg.namespaces import ID, kind_of, local_of, slug_of
from kg.search.entries import Hit, all_entries
from kg.search.index import Index, made
from kg.search.words import Asked, fold, read
from kg.store import Reader

_BOOKKEEPING = ("independence-group", "pack")
"""Kinds that share their slugs with the things they keep book of, and that nobody means by a bare name."""
_NEVER_SUGGESTED = ("claim", "activity", "independence-group", "pack", "agent")
_SUGGESTED_FIRST = ("failure-cause", "tactic", "policy", "outcome", "notion", "scheme", "source")
_WEIGHED = 6
"""So many times as many names as are suggested are weighed against each other."""
_SHORTEST, _NEAR_WORDS, _TRIED = 3, 3, 12
_ENOUGH = 20
"""So many entries that have some of the words are enough to choose from; with fewer, fewer words are asked for."""


@dataclass(frozen=True)
class Looked:
    """What a search came to; hits and counts are fetched when asked for.

    Attributes:
        asked: the words that were looked up.
        slipped: those of them that stand nowhere, so that words a slip or two away were taken.
        unknown: those of them that stand nowhere, nor anything near.
        some: whether nothing has all the words, and these have some of them.
    """

    asked: Asked
    slipped: tuple[str, ...]
    unknown: tuple[str, ...]
    some: bool
    _index: Index
    _query: tantivy.Query

    @cached_property
    def kinds(self) -> dict[str, int]:
        """How many things were found of each kind."""
        return self._index.kinds(self._query)

    @property
    def count(self) -> int:
        """How many things were found."""
        return sum(self.kinds.values())

    def hits(self, *, limit: int, first: int = 0, kinds: Sequence[str] = ()) -> list[Hit]:
        """The things that fit best, of some kinds or of all.

        Args:
            limit: how many at the most.
            first: how many of the best are left out.
            kinds: the kinds that are wanted; empty for all.
        """
        query = self._index.of_kinds(self._query, kinds) if kinds else self._query
        return self._index.hits(query, limit=limit, first=first)


class Search:
    """What can be found of one revision: everything that has a name and is still held.

    Args:
        reader: the base; it is not kept.
        index: the index, where somebody keeps one (`kg.search.Searches`); else it is made, in memory.
    """

    def __init__(self, reader: Reader, index: Index | None = None) -> None:
        self._index = index or made(all_entries(reader), reader.revision)

    @property
    def revision(self) -> int:
        """The revision."""
        return int(self._index.mark.partition(" ")[0])

    def look_up(self, text: str) -> Looked:
        """What has all the words of a text, or where nothing has, some of them.

        A word that stands nowhere is taken for one a slip or two away. Where no word is left, nothing is found.
        """
        asked = read(text)
        strange = [word for word in asked.words if not self._index.knows(word)]
        slipped = tuple(word for word in strange if self._index.with_slip(word))
        unknown = tuple(word for word in strange if word not in slipped)
        known = [word for word in asked.words if word not in unknown]
        query, some = self._choose(asked.words, known, slipped)
        return Looked(asked, slipped, unknown, some, self._index, query)

    def _choose(self, words: Sequence[str], known: Sequence[str], slipped: Sequence[str]) -> tuple[tantivy.Query, bool]:
        """All words; else as many of those that stand anywhere as leave enough to choose from."""
        if not known:
            return tantivy.Query.empty_query(), False
        whole = self._index.all_of(known, slipped)
        if self._index.count(whole) and len(known) == len(words):
            return whole, False
        for least in sorted({-(-len(known) // part) for part in (1, 2, 4)}, reverse=True):
            some = self._index.some_of(known, slipped, least)
            if self._index.count(some) >= _ENOUGH:
                return some, True
        return self._index.some_of(known, slipped, 1), True

    def find(self, words: str, *, limit: int = 20) -> list[Hit]:
        """The things that all of these words fit, the best first.

        Args:
            words: what somebody typed.
            limit: how many at the most.
        """
        looked = self.look_up(words)
        return [] if looked.some or not looked.asked.words else looked.hits(limit=limit)

    def suggest(self, text: str, *, limit: int = 8) -> list[Hit]:
        """Things whose names go on from what is being typed; no claims, and nothing that only keeps book.

        Args:
            text: what stands in the field.
            limit: how many at the most.
        """
        words = read(text).words
        if not words:
            return []
        slipped = [word for word in words if not self._index.knows(word)]
        query = self._index.of_kinds(self._index.named(words, slipped), _NEVER_SUGGESTED, but=True)
        hits = self._index.hits(query, limit=_WEIGHED * limit)
        return sorted(hits, key=lambda hit: _rank(hit, words[0]))[:limit]

    def near_words(self, word: str) -> list[str]:
        """Words of names that come near a word which stands nowhere."""
        known = self._index.words_from(word[0]) or self._index.words_from("")
        near = get_close_matches(word, sorted(name for name in known if len(name) > _SHORTEST), n=_TRIED, cutoff=0.6)
        return list(islice(filter(self._index.stands, near), _NEAR_WORDS))

    def get(self, thing: str) -> Hit | None:
        """A thing by its address; None where nothing with a name has it."""
        return self._index.get(thing)

    def of_kind(self, kind: str, *, first: int = 0, limit: int | None = None) -> list[Hit]:
        """The things of a kind that have a name, by name and address; all of them, or a part."""
        query = self._index.everything((kind,))
        most = self._index.count(query) if limit is None else limit
        return self._index.by_name(query, limit=most, first=first)

    def kinds(self) -> dict[str, int]:
        """How many things with a name there are, by kind."""
        return dict(sorted(self._index.kinds(self._index.everything()).items()))

    def nearest(self, name: str, kinds: Sequence[str] = ()) -> list[str]:
        """Up to five addresses (`kind/slug`) near a name, by letters and by words."""
        slug = name.rpartition("/")[2].lower()
        slugs = {slug_of(hit.thing): hit.thing for hit in self._index.near_slug(slug, kinds)}
        close = [local_of(slugs[s]) for s in get_close_matches(slug, slugs, n=5, cutoff=0.5)]
        found = [local_of(hit.thing) for hit in self.find(name, limit=5) if not kinds or hit.kind in kinds]
        return list(dict.fromkeys([*close, *found]))[:5]

    def resolve(self, name: str, kinds: Sequence[str] = ()) -> str:
        """The address of what a person calls by an address, `kind/slug`, a slug or its exact name.

        What is no longer held goes by its address alone.

        Args:
            name: what somebody typed.
            kinds: the kinds that can be meant, where only some can.

        Raises:
            NotFound: nothing is called so; the nearest names come with it.
            Ambiguous: several are.
        """
        wanted = name.strip()
        for exact in (wanted, ID + wanted):
            if self._index.get(exact):
                return exact
        named = [hit.thing for hit in self._index.called(wanted.lower()) if not kinds or hit.kind in kinds]
        fits = [t for t in named if kind_of(t) not in _BOOKKEEPING] or named
        if len(fits) > 1:
            fits = [t for t in fits if kind_of(t) == "failure-cause"] or fits
        if len(fits) > 1:
            raise Ambiguous(name, sorted(local_of(t) for t in fits))
        if not fits:
            raise NotFound(name, self.nearest(wanted, kinds))
        return fits[0]


def _rank(hit: Hit, word: str) -> tuple[bool, int]:
    """What begins as it was typed comes first, then what readers look for most."""
    order = _SUGGESTED_FIRST.index(hit.kind) if hit.kind in _SUGGESTED_FIRST else len(_SUGGESTED_FIRST)
    return not fold(hit.label).startswith(word), order
