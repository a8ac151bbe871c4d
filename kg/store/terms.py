"""RDF terms. The engine's own classes serve everywhere, so that nothing is copied or converted twice."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

Term = NamedNode | BlankNode | Literal | Triple
Subject = NamedNode | BlankNode | Triple
Row = dict[str, Term | None]
"""One solution: a term for each selected variable, None where it is unbound."""

__all__ = [
    "BlankNode",
    "DefaultGraph",
    "Literal",
    "NamedNode",
    "Quad",
    "Row",
    "Subject",
    "Term",
    "Triple",
    "canonical",
    "text_of",
]


def text_of(term: Term | None) -> str:
    """The address of a node or the lexical form of a literal; the empty text for nothing."""
    if term is None:
        return ""
    return term.value if isinstance(term, _WITH_VALUE) else str(term)


_WITH_VALUE = (NamedNode, Literal, BlankNode)  # a union would be built anew for each cell of each answer


def canonical(quads: Iterable[Quad]) -> frozenset[Quad]:
    """Statements as the engine gives them back: it writes `01` as `1` and `+00:00` as `Z`.

    What is compared with statements in a store must be in this form, or the same one looks like two.
    """
    store = Store()
    store.extend(quads)
    return frozenset(store)
