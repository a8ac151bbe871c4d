"""Differences thing by thing and property by property, as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.history.telling import Fate, fate_of
from kg.namespaces import ID, kind_of
from kg.store import DERIVED_GRAPH, NamedNode, Quad, text_of


@dataclass(frozen=True)
class Value:
    """A value of a property: an address, or a text with the language it is in."""

    text: str
    is_address: bool
    language: str = ""


@dataclass(frozen=True)
class Line:
    """What came and went as the value of one property."""

    property: str
    gone: tuple[Value, ...]
    came: tuple[Value, ...]


@dataclass(frozen=True)
class Difference:
    """What differs in what people said of one thing.

    Attributes:
        iri: the thing.
        fate: whether it came, changed or went.
        lines: by property.
    """

    iri: str
    fate: Fate
    lines: tuple[Line, ...]


def told_apart(removed: Iterable[Quad], added: Iterable[Quad]) -> list[Difference]:
    """What differs thing by thing; what the rules wrote and what is recorded of revisions is left out."""
    gone, came = _by_thing(removed), _by_thing(added)
    return [difference(iri, gone.get(iri, ()), came.get(iri, ())) for iri in sorted({*gone, *came})]


def difference(iri: str, removed: Iterable[Quad], added: Iterable[Quad]) -> Difference:
    """What differs in what people said of one thing."""
    gone, came = _by_property(removed), _by_property(added)
    lines = tuple(Line(p, gone.get(p, ()), came.get(p, ())) for p in sorted({*gone, *came}))
    return Difference(iri, fate_of(set(removed), set(added)), lines)


def as_patch(removed: Iterable[Quad], added: Iterable[Quad]) -> str:
    """What went and came as the lines of an RDF Patch, in one order."""
    lines = [f"D {quad} ." for quad in removed] + [f"A {quad} ." for quad in added]
    return "\n".join(sorted(lines, key=lambda line: (line[2:], line[0] == "A")))


def by_people(quads: Iterable[Quad]) -> frozenset[Quad]:
    """The statements that people made: without those of the rules, and without what is recorded of revisions."""
    return frozenset(quad for rows in _by_thing(quads).values() for quad in rows)


def _by_thing(quads: Iterable[Quad]) -> dict[str, list[Quad]]:
    found: dict[str, list[Quad]] = {}
    for quad in quads:
        iri = text_of(quad.subject)
        if quad.graph_name != DERIVED_GRAPH and not (iri.startswith(ID) and kind_of(iri) == "revision"):
            found.setdefault(iri, []).append(quad)
    return found


def _by_property(quads: Iterable[Quad]) -> dict[str, tuple[Value, ...]]:
    found: dict[str, list[Value]] = {}
    for quad in quads:
        found.setdefault(quad.predicate.value, []).append(_value(quad))
    return {p: tuple(sorted(values, key=lambda value: (value.text, value.language))) for p, values in found.items()}


def _value(quad: Quad) -> Value:
    language = getattr(quad.object, "language", None) or ""
    return Value(text_of(quad.object), isinstance(quad.object, NamedNode), language)
