"""The text index itself: what is written into it, and how a word is looked up there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import tantivy

from kg.search.words import fold, plain_words, slips, stem

_QUERY, _MUST, _SHOULD = tantivy.Query, tantivy.Occur.Must, tantivy.Occur.Should
_MOST_KINDS = 1000


@dataclass(frozen=True)
class Entry:
    """A thing as the index holds it.

    Attributes:
        names: its names and titles; words in these count for more.
        texts: all that it is found by, the names among them.
    """

    thing: str
    kind: str
    names: str
    texts: str


class Index:
    """An index over entries, held in memory.

    Args:
        entries: everything that can be found.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        index = tantivy.Index(_schema())
        writer = index.writer(heap_size=15_000_000, num_threads=1)
        for entry in entries:
            writer.add_document(_document(entry))
        writer.commit()
        index.reload()
        self.schema, self._searcher = index.schema, index.searcher()

    def things(self, query: tantivy.Query, *, limit: int, first: int = 0) -> list[str]:
        """The addresses that a query fits, the best first."""
        found = self._searcher.search(query, limit, count=False, offset=first).hits
        return [str(self._searcher.doc(address)["thing"][0]) for _, address in found]

    def count(self, query: tantivy.Query) -> int:
        """How many things a query fits."""
        return self._searcher.search(query, 1).count or 0  # type: ignore[attr-defined]  # its stub forgets it

    def kinds(self, query: tantivy.Query) -> dict[str, int]:
        """How many of what a query fits are of each kind."""
        asked = {"kinds": {"terms": {"field": "kind", "size": _MOST_KINDS}}}
        buckets = self._searcher.aggregate(query, asked)["kinds"]["buckets"]
        return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}

    def knows(self, word: str) -> bool:
        """Whether a folded word stands here, as it is, as a beginning or by its stem."""
        searcher = self._searcher
        return bool(searcher.doc_freq("stems", stem(word)) or searcher.terms_with_prefix("body", word, limit=1))

    def with_slip(self, word: str) -> bool:
        """Whether something stands here that is no further away than a slip or two."""
        return slips(word) > 0 and self.count(self._slipped("body", word)) > 0

    def of_kinds(self, query: tantivy.Query, kinds: Sequence[str], *, but: bool = False) -> tantivy.Query:
        """A query narrowed to some kinds, or to all but these."""
        chosen = _QUERY.term_set_query(self.schema, "kind", list(kinds))
        return _QUERY.boolean_query([(_MUST, query), (tantivy.Occur.MustNot if but else _MUST, chosen)])

    def all_of(self, words: Sequence[str], slipped: Sequence[str]) -> tantivy.Query:
        """What has every word."""
        return _QUERY.boolean_query([(_MUST, self._word(word, word in slipped)) for word in words])

    def some_of(self, words: Sequence[str], slipped: Sequence[str], least: int) -> tantivy.Query:
        """What has at least so many of the words; what has more of them comes first."""
        ways = [(_SHOULD, self._word(word, word in slipped)) for word in words]
        return _QUERY.boolean_query(ways, minimum_number_should_match=least)

    def named(self, words: Sequence[str], slipped: Sequence[str]) -> tantivy.Query:
        """What has every word in a name, the last of them perhaps only begun."""
        return _QUERY.boolean_query([(_MUST, self._in_name(word, word in slipped)) for word in words])

    def _word(self, word: str, slipped: bool) -> tantivy.Query:
        """A word, as it stands, by its stem, as a beginning, or with a slip; in a name it counts for more."""
        if slipped:
            ways = [_boost(self._slipped("name", word), 2.0), self._slipped("body", word)]
        else:
            ways = [_boost(self._term("name", word), 6.0), _boost(self._begun("name", word), 2.0)]
            if len(word) > 1:  # one letter stands in, or begins, too much
                ways += [_boost(self._term("body", word), 2.0), self._begun("body", word)]
                ways.append(_boost(self._term("stems", stem(word)), 1.5))
        return _QUERY.boolean_query([(_SHOULD, way) for way in ways])

    def _in_name(self, word: str, slipped: bool) -> tantivy.Query:
        ways = [self._slipped("name", word)] if slipped else [self._term("name", word), self._begun("name", word)]
        return _QUERY.boolean_query([(_SHOULD, way) for way in ways])

    def _term(self, field: str, word: str) -> tantivy.Query:
        return _QUERY.term_query(self.schema, field, word)

    def _begun(self, field: str, word: str) -> tantivy.Query:
        return _QUERY.regex_query(self.schema, field, re.escape(word) + ".*")

    def _slipped(self, field: str, word: str) -> tantivy.Query:
        """With a slip or two in the whole word, or one in what is typed of it so far."""
        whole = _QUERY.fuzzy_term_query(self.schema, field, word, distance=slips(word))
        begun = _QUERY.fuzzy_term_query(self.schema, field, word, distance=1, prefix=True)
        return _QUERY.boolean_query([(_SHOULD, whole), (_SHOULD, begun)])


def _boost(query: tantivy.Query, by: float) -> tantivy.Query:
    return _QUERY.boost_query(query, by)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("thing", stored=True, tokenizer_name="raw")
    builder.add_text_field("kind", fast=True, tokenizer_name="raw")
    for field in ("name", "body", "stems"):
        builder.add_text_field(field, tokenizer_name="default", index_option="freq")
    return builder.build()


def _document(entry: Entry) -> tantivy.Document:
    body = fold(entry.texts)
    document = tantivy.Document()
    document.add_text("thing", entry.thing)
    document.add_text("kind", entry.kind)
    document.add_text("name", fold(entry.names))
    document.add_text("body", body)
    document.add_text("stems", " ".join(map(stem, plain_words(body))))
    return document
