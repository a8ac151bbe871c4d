"""Finding things by words: labels, other names, definitions, gists, titles and authors.

A text index held in memory beside the reader and rebuilt from the graph with each revision; words, beginnings of
words, one typing slip and letters with or without accents. Source: engines.md, “Text search and validation”.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import tantivy

from kg.errors import Ambiguous, NotFound
from kg.namespaces import ID, PREFIXES, kind_of, local_of, slug_of
from kg.queries import Named, everything_named
from kg.store import Reader

_NAMES = {PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "label", PREFIXES["foaf"] + "name"}
_TITLE = PREFIXES["dcterms"] + "title"
_SHORT = "shortLabel"
_GIST = "gist"
_BOOKKEEPING = ("independence-group", "pack")
"""Kinds that share their slugs with the things they keep book of, and that nobody means by a bare name."""
_WORD = re.compile(r"\w+")
_LONGEST_WORD = 40
"""Longer ones are not in the index (tantivy's default tokenizer leaves them out), and a pattern of one is refused."""
_LETTERS: dict[int, str] = {ord(a): b for a, b in (("ø", "o"), ("æ", "ae"), ("ß", "ss"), ("ł", "l"), ("đ", "d"))}
"""Letters that do not fall apart into a plain one and an accent."""


@dataclass(frozen=True)
class Hit:
    """A thing that was found.

    Attributes:
        thing: its address.
        kind: the kind in its address.
        label: its name; a claim's gist.
        text: its definition, or the title of a source.
    """

    thing: str
    kind: str
    label: str
    text: str


class Search:
    """A text index over everything that has a name.

    Args:
        reader: the base at one revision.
    """

    def __init__(self, reader: Reader) -> None:
        self.revision = reader.revision
        rows: dict[str, list[Named]] = defaultdict(list)
        for row in everything_named(reader):
            rows[row.thing].append(row)
        self._hits = {thing: _hit(thing, texts) for thing, texts in rows.items()}
        self._index = _build(rows, self._hits)

    def find(self, words: str, *, limit: int = 20) -> list[Hit]:
        """The things that these words fit best.

        Args:
            words: what somebody typed.
            limit: how many at the most.
        """
        terms = [_fold(w) for w in _WORD.findall(words)][:12]
        if not terms or max(map(len, terms)) > _LONGEST_WORD:
            return []
        searcher = self._index.searcher()
        found = searcher.search(self._query(terms), limit).hits
        return [self._hits[str(searcher.doc(address)["thing"][0])] for _, address in found]

    def get(self, thing: str) -> Hit | None:
        """A thing by its address; None where nothing with a name has it."""
        return self._hits.get(thing)

    def of_kind(self, kind: str) -> list[Hit]:
        """All things of a kind that have a name, by name and address."""
        return sorted((h for h in self._hits.values() if h.kind == kind), key=lambda h: (h.label.casefold(), h.thing))

    def kinds(self) -> dict[str, int]:
        """How many things with a name there are, by kind."""
        return dict(sorted(Counter(h.kind for h in self._hits.values()).items()))

    def _query(self, terms: Sequence[str]) -> tantivy.Query:
        schema, must = self._index.schema, tantivy.Occur.Must
        return tantivy.Query.boolean_query([(must, _word_query(schema, term)) for term in terms])

    def nearest(self, name: str, kinds: Sequence[str] = ()) -> list[str]:
        """Up to five addresses (`kind/slug`) near a name, by letters and by words."""
        slugs = {slug_of(t): t for t, hit in self._hits.items() if not kinds or hit.kind in kinds}
        close = [local_of(slugs[s]) for s in get_close_matches(name.rpartition("/")[2].lower(), slugs, n=5, cutoff=0.5)]
        found = [local_of(hit.thing) for hit in self.find(name, limit=5) if not kinds or hit.kind in kinds]
        return list(dict.fromkeys([*close, *found]))[:5]

    def resolve(self, name: str, kinds: Sequence[str] = ()) -> str:
        """The address of what a person calls by an address, `kind/slug`, a slug or its exact name.

        Args:
            name: what somebody typed.
            kinds: the kinds that can be meant, where only some can.

        Raises:
            NotFound: nothing is called so; the nearest names come with it.
            Ambiguous: several are.
        """
        wanted = name.strip()
        for exact in (wanted, ID + wanted):
            if exact in self._hits:
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


def _hit(thing: str, rows: Sequence[Named]) -> Hit:
    by = {row.property.rpartition("#")[2].rpartition("/")[2]: row.text for row in rows}
    name = next((row.text for row in rows if row.property in _NAMES), "")
    label = by.get(_SHORT) or name or by.get(_GIST) or slug_of(thing)
    return Hit(thing, kind_of(thing) or "", label, by.get("title") or by.get("definition", ""))


def _build(rows: dict[str, list[Named]], hits: dict[str, Hit]) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("thing", stored=True, tokenizer_name="raw")
    builder.add_text_field("name", tokenizer_name="default")
    builder.add_text_field("body", tokenizer_name="default")
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=15_000_000, num_threads=1)
    for thing, texts in rows.items():
        name = [t.text for t in texts if t.property in _NAMES or t.property == _TITLE or t.property.endswith("Label")]
        document = tantivy.Document()
        document.add_text("thing", thing)
        document.add_text("name", _fold(" ".join([hits[thing].label, *name])))
        document.add_text("body", _fold(" ".join(t.text for t in texts)))
        writer.add_document(document)
    writer.commit()
    index.reload()
    return index


def _word_query(schema: tantivy.Schema, term: str) -> tantivy.Query:
    """A word, as it stands, as a beginning, or with one slip; in a name it counts for more."""
    should, query = tantivy.Occur.Should, tantivy.Query
    ways = [
        (should, query.boost_query(query.term_query(schema, "name", term), 6.0)),
        (should, query.boost_query(query.term_query(schema, "body", term), 2.0)),
        (should, query.boost_query(query.regex_query(schema, "name", re.escape(term) + ".*"), 2.0)),
        (should, query.regex_query(schema, "body", re.escape(term) + ".*")),
    ]
    if len(term) > 3:
        ways.append((should, query.boost_query(query.fuzzy_term_query(schema, "body", term, distance=1), 0.5)))
    return query.boolean_query(ways)


def _fold(text: str) -> str:
    plain = text.lower().translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
