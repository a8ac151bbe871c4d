"""Finding things by what people type: an index beside the reader, made anew from the graph with each revision."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

import tantivy

from kg.errors import Ambiguous, NotFound
from kg.namespaces import ID, PREFIXES, kind_of, local_of, slug_of
from kg.queries import Named, everything_named, unsettled
from kg.search.index import Entry, Index
from kg.search.words import Asked, fold, read
from kg.store import Reader

_NAMES = {PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "label", PREFIXES["foaf"] + "name"}
_SHORT, _GIST = "shortLabel", "gist"
_ALSO = ("prefLabel", "altLabel", "name", "authorList")
"""Texts that a thing is found by and that neither its name nor its definition shows."""
_IN_NAMES = ("prefLabel", "altLabel", "label", "name", "shortLabel", "title")
_BOOKKEEPING = ("independence-group", "pack")
"""Kinds that share their slugs with the things they keep book of, and that nobody means by a bare name."""
_GONE = ("deprecated", "withdrawn")
_NEVER_SUGGESTED = ("claim", "activity", "independence-group", "pack", "agent")
_SUGGESTED_FIRST = ("failure-cause", "tactic", "policy", "outcome", "notion", "scheme", "source")
_WEIGHED = 6
"""So many times as many names as are suggested are weighed against each other."""
_NEAR_WORDS = 3
_ENOUGH = 20
"""So many entries that have some of the words are enough to choose from; with fewer, fewer words are asked for."""


@dataclass(frozen=True)
class Hit:
    """A thing that was found.

    Attributes:
        thing: its address.
        kind: the kind in its address.
        label: its name; a claim's gist.
        text: its definition, or the title of a source.
        also: other names, and authors.
        status: `draft` or `contested` for a claim that is not settled; `withdrawn` or `deprecated` for what is no
            longer held, which is found by its address alone.
    """

    thing: str
    kind: str
    label: str
    text: str
    also: tuple[str, ...] = ()
    status: str = ""


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
    _hits: dict[str, Hit]
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
        return [self._hits[thing] for thing in self._index.things(query, limit=limit, first=first)]


class Search:
    """A text index over everything that has a name and is still held.

    Args:
        reader: the base at one revision.
    """

    def __init__(self, reader: Reader) -> None:
        self.revision = reader.revision
        how = {row.thing: row.how for row in unsettled(reader)}
        rows: dict[str, list[Named]] = defaultdict(list)
        for row in everything_named(reader):
            rows[row.thing].append(row)
        self._all = {thing: _hit(thing, texts, how.get(thing, "")) for thing, texts in rows.items()}
        self._hits = {thing: hit for thing, hit in self._all.items() if hit.status not in _GONE}
        self._index = Index(_entry(hit, rows[thing]) for thing, hit in self._hits.items())

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
        return Looked(asked, slipped, unknown, some, self._index, self._hits, query)

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
        hits = [self._hits[thing] for thing in self._index.things(query, limit=_WEIGHED * limit)]
        return sorted(hits, key=lambda hit: _rank(hit, words[0]))[:limit]

    def near_words(self, word: str) -> list[str]:
        """Words of names that come near a word which stands nowhere."""
        first = [name for name in self._vocabulary if name[0] == word[0]] or self._vocabulary
        return get_close_matches(word, first, n=_NEAR_WORDS, cutoff=0.6)

    @cached_property
    def _vocabulary(self) -> list[str]:
        names = (word for hit in self._hits.values() if hit.kind != "claim" for word in read(hit.label).words)
        return sorted({name for name in names if len(name) > _NEAR_WORDS})

    def get(self, thing: str) -> Hit | None:
        """A thing by its address; None where nothing with a name has it."""
        return self._all.get(thing)

    def of_kind(self, kind: str) -> list[Hit]:
        """All things of a kind that have a name, by name and address."""
        return sorted((h for h in self._hits.values() if h.kind == kind), key=lambda h: (h.label.casefold(), h.thing))

    def kinds(self) -> dict[str, int]:
        """How many things with a name there are, by kind."""
        return dict(sorted(Counter(h.kind for h in self._hits.values()).items()))

    def nearest(self, name: str, kinds: Sequence[str] = ()) -> list[str]:
        """Up to five addresses (`kind/slug`) near a name, by letters and by words."""
        slugs = {slug_of(t): t for t, hit in self._hits.items() if not kinds or hit.kind in kinds}
        close = [local_of(slugs[s]) for s in get_close_matches(name.rpartition("/")[2].lower(), slugs, n=5, cutoff=0.5)]
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
            if exact in self._all:
                return exact
        low = wanted.lower()
        named = [t for t, hit in self._hits.items() if slug_of(t) == low or hit.label.lower() == low]
        named = [t for t in named if not kinds or kind_of(t) in kinds]
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


def _hit(thing: str, rows: Sequence[Named], status: str) -> Hit:
    by = {_local(row): row.text for row in rows}
    name = next((row.text for row in rows if row.property in _NAMES), "")
    label = by.get(_SHORT) or name or by.get(_GIST) or slug_of(thing)
    text = by.get("title") or by.get("definition", "")
    also = tuple(dict.fromkeys(row.text for row in rows if _local(row) in _ALSO and row.text not in (label, text)))
    return Hit(thing, kind_of(thing) or "", label, text, also, status)


def _entry(hit: Hit, rows: Sequence[Named]) -> Entry:
    names = [row.text for row in rows if _local(row) in _IN_NAMES]
    return Entry(hit.thing, hit.kind, " ".join([hit.label, *names]), " ".join(row.text for row in rows))


def _local(row: Named) -> str:
    return row.property.rpartition("#")[2].rpartition("/")[2]
