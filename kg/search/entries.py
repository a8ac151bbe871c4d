"""What is found by words: each thing with its names and texts, read from what is said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kg.namespaces import ID, PREFIXES, gap, kind_of, slug_of
from kg.store import Engine, NamedNode, Quad, Reader, text_of

_SKOS = PREFIXES["skos"]
_NAMES = (_SKOS + "prefLabel", PREFIXES["rdfs"] + "label", PREFIXES["foaf"] + "name")
_SHORT, _GIST, _TITLE, _DEFINITION = (
    gap("shortLabel"),
    gap("gist"),
    PREFIXES["dcterms"] + "title",
    _SKOS + "definition",
)
_ALSO = (_SKOS + "prefLabel", _SKOS + "altLabel", PREFIXES["foaf"] + "name", gap("authorList"))
"""Texts that a thing is found by and that neither its name nor its definition shows."""
_IN_NAMES = frozenset((*_NAMES, _SKOS + "altLabel", _SHORT, _TITLE))
_TEXTS = _IN_NAMES | {_DEFINITION, _GIST, gap("authorList")}
_DEPRECATED, _MERGED, _REVIEW = PREFIXES["owl"] + "deprecated", gap("mergedInto"), gap("reviewStatus")
_REVIEWED = {f"{ID}review-status/{status}": status for status in ("contested", "draft", "withdrawn")}
TOLD_BY = _TEXTS | {_DEPRECATED, _MERGED, _REVIEW}
"""The properties that an entry is made of."""
GONE = ("deprecated", "withdrawn")
_Said = tuple[str, str, str]
"""Thing, property and value."""


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
class Entry:
    """A thing as the index holds it.

    Attributes:
        hit: what is shown of it.
        names: its names and titles; words in these count for more.
        texts: all that it is found by, the names among them.
    """

    hit: Hit
    names: str
    texts: str


def all_entries(reader: Reader) -> Iterator[Entry]:
    """An entry for each thing that has a name; on disk without holding more than one of them."""
    if isinstance(reader, Engine) and not reader.in_memory:
        return _entries(groupby(_ours(reader.saying(sorted(TOLD_BY))), key=_thing))
    gathered = defaultdict[str, list[_Said]](list)
    for said in _ours(_told(reader.quads())):
        gathered[said[0]].append(said)
    return _entries(sorted(gathered.items()))


def entries_of(reader: Reader, things: Iterable[str]) -> Iterator[Entry]:
    """The entries of these things, of those that have a name."""
    return _entries((thing, _told(reader.quads(subject=NamedNode(thing)))) for thing in things)


def _told(quads: Iterable[Quad]) -> Iterator[_Said]:
    return ((text_of(q.subject), p, text_of(q.object)) for q in quads if (p := q.predicate.value) in TOLD_BY)


def _ours(told: Iterable[_Said]) -> Iterator[_Said]:
    return (said for said in told if said[0].startswith(ID))


def _thing(said: _Said) -> str:
    return said[0]


def _entries(told: Iterable[tuple[str, Iterable[_Said]]]) -> Iterator[Entry]:
    for thing, all_said in told:
        facts = [(prop, value) for _, prop, value in all_said]
        texts = sorted({fact for fact in facts if fact[0] in _TEXTS})
        if texts:
            yield _entry(thing, texts, max(map(_status, facts)))


def _entry(thing: str, texts: list[tuple[str, str]], status: str) -> Entry:
    by = dict(texts)
    name = next((text for prop, text in texts if prop in _NAMES), "")
    label = by.get(_SHORT) or name or by.get(_GIST) or slug_of(thing)
    text = by.get(_TITLE) or by.get(_DEFINITION, "")
    also = tuple(dict.fromkeys(other for prop, other in texts if prop in _ALSO and other not in (label, text)))
    names = " ".join([label, *(text for prop, text in texts if prop in _IN_NAMES)])
    return Entry(Hit(thing, kind_of(thing) or "", label, text, also, status), names, " ".join(t for _, t in texts))


def _status(fact: tuple[str, str]) -> str:
    """How a thing stands by what one statement says; empty where that is nothing."""
    prop, value = fact
    if prop == _REVIEW:
        return _REVIEWED.get(value, "")
    return "deprecated" if prop == _MERGED or (prop == _DEPRECATED and value == "true") else ""
