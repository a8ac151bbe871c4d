"""Texts of a form as RDF terms, and statements about one thing."""

from __future__ import annotations

from collections.abc import Iterable

from kg.claiming.form import CHOICE, SENTENCE, THING, YES_NO, Field, address_of
from kg.namespaces import ID, PREFIXES, gap, kind_of, slug_of
from kg.store import Literal, NamedNode, Quad, Reader, Statement, Term, serialise, text_of

_XSD = PREFIXES["xsd"]
_YES = {"true": "true", "yes": "true", "false": "false", "no": "false"}


def term_of(field: Field, text: str) -> Term | None:
    """What a text of a field stands for; None where it can stand for nothing of its kind."""
    if field.kind in (THING, CHOICE):
        return node(address_of(text))
    if field.kind == SENTENCE:
        return Literal(text, language="en")
    if field.kind == YES_NO:
        found = _YES.get(text.casefold())
        return Literal(found, datatype=NamedNode(field.datatype)) if found else None
    if field.datatype in ("", _XSD + "string"):
        return Literal(text)
    return Literal(text, datatype=NamedNode(field.datatype))


def node(address: str) -> NamedNode | None:
    """A node; None where the text is no address."""
    if not address or any(c in ' <>"{}|^`\\' or ord(c) < 33 for c in address):
        return None
    try:
        return NamedNode(address)
    except ValueError:
        return None


def name_of(reader: Reader, source: str) -> str:
    """What a source is called in short; empty for none."""
    if not source:
        return ""
    found = {quad.predicate.value: text_of(quad.object) for quad in reader.quads(subject=NamedNode(source))}
    return found.get(gap("shortLabel")) or found.get(PREFIXES["dcterms"] + "title") or slug_of(source)


class Facts:
    """Statements about one thing, and about what comes with it.

    Args:
        iri: the thing.
    """

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self.statements: list[Statement] = []

    def add(self, relation: str, value: Term) -> None:
        """Say something of the thing."""
        self.say(self.iri, relation, value)

    def say(self, subject: str, relation: str, value: Term) -> None:
        """Say something of what comes with it."""
        self.statements.append((NamedNode(subject), NamedNode(relation), value))


def as_turtle(quads: Iterable[Quad]) -> str:
    """Statements as Turtle, sorted, with a prefix for each kind of thing in them."""
    found = list(quads)
    terms = {text_of(term) for quad in found for term in (quad.subject, quad.object)}
    kinds = {kind for term in terms if (kind := kind_of(term))}
    known = {name: base for name, base in PREFIXES.items() if name != "id" and any(_uses(q, base) for q in found)}
    prefixes = known | {kind: f"{ID}{kind}/" for kind in sorted(kinds) if kind not in known}
    return serialise([quad.triple for quad in found], ".ttl", prefixes).decode()


def _uses(quad: Quad, base: str) -> bool:
    typed = quad.object.datatype.value if isinstance(quad.object, Literal) else text_of(quad.object)
    return quad.predicate.value.startswith(base) or typed.startswith(base)
