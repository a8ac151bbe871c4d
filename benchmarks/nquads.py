"""Made-up statements as lines of N-Quads, written by hand since millions of them are wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache, lru_cache

from kg.namespaces import ID, PREFIXES
from kg.store.graphs import graph_of

A = "rdf:type"
Fact = tuple[str, str | int]
"""A property and its value: an address with a prefix, a thing by kind and name, or the text of a literal."""
_XSD = "^^<" + PREFIXES["xsd"]
_LITERALS = {
    **dict.fromkeys(
        ("skos:prefLabel", "skos:definition", "rdfs:label", "gap:gist", "dcterms:title", "dcterms:description"), "@en"
    ),
    **dict.fromkeys(
        ("gap:shortLabel", "gap:authorList", "gap:locator", "gap:quoteHash", "gap:textHash", "gap:ruleVersion"), ""
    ),
    **dict.fromkeys(
        ("gap:position", "gap:listedCount", "oa:start", "oa:end", "gap:supportCount", "gap:cautionCount"),
        _XSD + "integer>",
    ),
    **dict.fromkeys(("gap:gapCount", "gap:independentSourceCount"), _XSD + "integer>"),
    "gap:completeList": _XSD + "boolean>",
    "dcterms:created": _XSD + "date>",
    "dcterms:issued": _XSD + "gYear>",
}


def facts(name: str, *about: Fact, graph: str = "") -> Iterator[str]:
    """Statements about a thing, in the graph they belong to where none is given; lines lack the full stop."""
    subject, graph = f"<{ID}{name}>", graph or _graph(name.partition("/")[0])
    for relation, value in about:
        yield f"{subject} {_address(relation)} {_value(relation, value)} {graph}"


def concept(name: str, label: str, definition: str, scheme: str, *classes: str) -> Iterator[str]:
    """A concept of a scheme."""
    kinds: list[Fact] = [(A, kind) for kind in ("skos:Concept", *classes)]
    words: list[Fact] = [("skos:prefLabel", label), ("skos:definition", definition)]
    return facts(name, *kinds, *words, ("skos:inScheme", scheme), ("skos:topConceptOf", scheme))


def source(author: str, year: int, title: str, reading: str) -> tuple[Fact, ...]:
    """What is said of every source."""
    return (
        (A, "gap:Source"),
        (A, "fabio:ReportDocument"),
        ("dcterms:title", title),
        ("dcterms:issued", str(year)),
        ("gap:authorList", author),
        ("gap:shortLabel", f"{author} {year}"),
        ("gap:readingStatus", "reading-status/" + reading),
    )


def passage(name: str, document: str, start: int, end: int, *classes: str) -> Iterator[str]:
    """A passage of a document with its anchor."""
    selector = name.replace("passage", "selector", 1)
    kinds: list[Fact] = [(A, kind) for kind in ("gap:Passage", *classes)]
    yield from facts(
        name,
        *kinds,
        ("oa:hasSource", document),
        ("oa:hasSelector", selector),
        ("gap:locator", f"para {start // 500 + 1}"),
        ("gap:textHash", _hash(document)),
        ("gap:quoteHash", hashlib.sha256(name.encode()).hexdigest()),
    )
    yield from facts(selector, (A, "oa:TextPositionSelector"), ("oa:start", start), ("oa:end", end))


def _value(relation: str, value: str | int) -> str:
    kind = _LITERALS.get(relation)
    if kind is not None:
        return f'"{value}"{kind}'
    return _address(value) if ":" in str(value) else f"<{ID}{value}>"


@cache
def _address(short: str) -> str:
    prefix, _, local = short.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


@cache
def _graph(kind: str) -> str:
    return str(graph_of(f"{ID}{kind}/x"))


@lru_cache(maxsize=8)
def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
