"""The text index itself: what is written into it, and how a word is looked up there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

import tantivy

from kg.namespaces import slug_of
from kg.search.entries import GONE, Entry, Hit
from kg.search.words import fold, plain_words, read, slips, stem

_QUERY, _MUST, _SHOULD, _NOT = tantivy.Query, tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
_MOST_KINDS = 1000
_LONGEST_NAME = 500
"""Longer names are not looked up as a whole."""
_MOST_SAME = 1000
_MOST_NEAR = 5000
_MOST_GONE = 1000
"""An index counts what was taken out until it is merged: a word that stands so often is taken to stand somewhere."""
_LEAST_HEAP = 15_000_000
_MARK = "mark"
"""Stands as address on the one entry that is no thing's: it tells of which revision the index is."""


class Index:
    """The entries as they stood when this was made; whatever is written later does not show.

    Args:
        index: what they were written into.
    """

    def __init__(self, index: tantivy.Index) -> None:
        self.schema, self._searcher = index.schema, index.searcher()

    @property
    def mark(self) -> str:
        """What the writer noted last; empty where there is none."""
        found = self._found(self._term("thing", _MARK), 1)
        return found[0].decode() if found else ""

    def get(self, thing: str) -> Hit | None:
        """The entry of a thing, which may be no longer held."""
        return next(iter(self.hits(self._term("thing", thing), limit=1)), None)

    def hits(self, query: tantivy.Query, *, limit: int, first: int = 0) -> list[Hit]:
        """What a query fits, the best first."""
        return [_hit(told) for told in self._found(query, limit, first)] if limit > 0 else []

    def by_name(self, query: tantivy.Query, *, limit: int, first: int = 0) -> list[Hit]:
        """What a query fits, by name and address."""
        order = {"order_by_field": "order", "order": tantivy.Order.Asc}
        return [_hit(told) for told in self._found(query, limit, first, **order)] if limit > 0 else []

    def _found(self, query: tantivy.Query, limit: int, first: int = 0, **order: object) -> list[bytes]:
        found = self._searcher.search(query, limit, count=False, offset=first, **order).hits  # type: ignore[arg-type]
        return [self._searcher.doc(address)["told"][0] for _, address in found]

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
        least = self._searcher.doc_freq("stems", stem(word))
        least += sum(count for _, count in self._searcher.terms_with_prefix("body", word, limit=1))
        either = [(_SHOULD, self._term("stems", stem(word))), (_SHOULD, self._begun("body", word))]
        return least > _MOST_GONE or (least > 0 and self.count(_QUERY.boolean_query(either)) > 0)

    def with_slip(self, word: str) -> bool:
        """Whether something stands here that is no further away than a slip or two."""
        return slips(word) > 0 and self.count(self._slipped("body", word)) > 0

    def words_from(self, beginning: str) -> list[str]:
        """The words of names, claims' left aside, that begin so, and some that did; of very many the most frequent."""
        return [word for word, _ in self._searcher.terms_with_prefix("words", beginning, limit=_MOST_NEAR)]

    def stands(self, word: str) -> bool:
        """Whether a word of names still stands in one."""
        return self.count(self._term("words", word)) > 0

    def called(self, name: str) -> list[Hit]:
        """What has this slug, or this very name but for capital letters."""
        either = [(_SHOULD, self._term("slug", name)), (_SHOULD, self._term("called", name.lower()))]
        return self.hits(_QUERY.boolean_query(either), limit=_MOST_SAME)

    def near_slug(self, slug: str, kinds: Sequence[str]) -> list[Hit]:
        """What may have a slug near this one: words in common, or with a slip."""
        words = [word for word in plain_words(fold(slug)) if len(word) > 1]
        ways = [self._term("slugs", word) for word in words]
        ways += [self._slipped("slugs", word) for word in words if slips(word)]
        ways.append(_QUERY.fuzzy_term_query(self.schema, "slug", slug, distance=2))
        query = _QUERY.boolean_query([(_SHOULD, way) for way in ways])
        return self.hits(self.of_kinds(query, kinds) if kinds else query, limit=_MOST_SAME)

    def everything(self, kinds: Sequence[str] = ()) -> tantivy.Query:
        """All that is held, of some kinds or of all."""
        every = _QUERY.exists_query("kind")
        return self.of_kinds(every, kinds) if kinds else every

    def of_kinds(self, query: tantivy.Query, kinds: Sequence[str], *, but: bool = False) -> tantivy.Query:
        """A query narrowed to some kinds, or to all but these."""
        chosen = _QUERY.term_set_query(self.schema, "kind", list(kinds))
        return _QUERY.boolean_query([(_MUST, query), (_NOT if but else _MUST, chosen)])

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


def made(entries: Iterable[Entry], revision: int) -> Index:
    """An index in memory that nothing more will be written into."""
    index = tantivy.Index(schema())
    write(index, entries, f"{revision} ")
    return Index(index)


def write(
    index: tantivy.Index, entries: Iterable[Entry], mark: str, outdated: Iterable[str] = (), heap: int = _LEAST_HEAP
) -> None:
    """Write entries, all or none of them, and what tells of which revision the index is now.

    Args:
        index: where to.
        entries: what is put in.
        mark: kept until the next writing.
        outdated: addresses whose entries go out first.
        heap: so many bytes may be held before they are written out.

    Raises:
        OSError, ValueError: it cannot be written.
    """
    writer = index.writer(heap_size=heap, num_threads=1)
    for thing in (*outdated, _MARK):
        writer.delete_documents_by_term("thing", thing)
    for entry in entries:
        writer.add_document(_document(entry))
    writer.add_document(_marked(mark))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()


def schema() -> tantivy.Schema:
    """What is kept of an entry: `told` to be shown, the rest to be found by."""
    builder = tantivy.SchemaBuilder()
    builder.add_bytes_field("told", stored=True)
    for field in ("thing", "slug", "called"):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in ("kind", "order"):
        builder.add_text_field(field, fast=True, tokenizer_name="raw", index_option="basic")
    for field in ("words", "slugs"):
        builder.add_text_field(field, tokenizer_name="default", index_option="basic")
    for field in ("name", "body", "stems"):
        builder.add_text_field(field, tokenizer_name="default", index_option="freq")
    return builder.build()


def _document(entry: Entry) -> tantivy.Document:
    hit = entry.hit
    document = tantivy.Document()
    document.add_text("thing", hit.thing)
    document.add_bytes("told", _told(hit))
    if hit.status in GONE:  # found by its address alone
        return document
    body, slug = fold(entry.texts), slug_of(hit.thing)
    document.add_text("kind", hit.kind)
    document.add_text("order", f"{hit.label.casefold()}\n{hit.thing}"[:_LONGEST_NAME])
    document.add_text("slug", slug)
    document.add_text("slugs", fold(slug))
    if len(hit.label) <= _LONGEST_NAME:
        document.add_text("called", hit.label.lower())
    if hit.kind != "claim":
        document.add_text("words", " ".join(read(hit.label).words))
    document.add_text("name", fold(entry.names))
    document.add_text("body", body)
    document.add_text("stems", " ".join(map(stem, plain_words(body))))
    return document


def _marked(mark: str) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("thing", _MARK)
    document.add_bytes("told", mark.encode())
    return document


def _told(hit: Hit) -> bytes:
    parts = (hit.thing, hit.kind, hit.label, hit.text, hit.also, hit.status)
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def _hit(told: bytes) -> Hit:
    thing, kind, label, text, also, status = json.loads(told)
    return Hit(thing, kind, label, text, tuple(also), status)


def _boost(query: tantivy.Query, by: float) -> tantivy.Query:
    return _QUERY.boost_query(query, by)
