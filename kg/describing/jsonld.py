"""JSON-LD with short names (https://www.w3.org/TR/json-ld11/): the context, and documents written under it.

The context is made from the ontology, the shapes and the prefixes, and travels as `ontology/context.jsonld`. Each
document carries the part of it that it uses, so that it can be read with no other address asked.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from kg.namespaces import NS, PREFIXES, compact, local_of
from kg.queries import TermRow, shape_values, terms
from kg.settings import resource
from kg.store import Literal, NamedNode, Reader, Term, Triple, text_of

Context = dict[str, Any]

_A = PREFIXES["rdf"] + "type"
_XSD, _SH, _OWL = PREFIXES["xsd"], PREFIXES["sh"], PREFIXES["owl"]
_LANGUAGES = (PREFIXES["rdf"] + "langString", PREFIXES["rdfs"] + "Literal")
_STRING = _XSD + "string"
_PLAIN = (_XSD + "integer", _XSD + "boolean")
"""Datatypes that JSON has values for."""


def make_context(reader: Reader) -> Context:
    """The context: a prefix for each vocabulary, a name for each term of ours, and what kind of value each takes.

    Args:
        reader: a base with the ontology and the shapes.
    """
    rows: dict[str, set[str]] = defaultdict(set)
    for term in terms(reader):
        rows[term.term].add(_asked_by_ontology(term))
    for value in shape_values(reader):
        asked = "@id" if value.cls or value.kind == _SH + "IRI" else value.datatype
        if asked and not value.property.startswith(NS):
            rows[value.property].add(asked)
    named = {_name(iri): _definition(iri, kinds) for iri, kinds in sorted(rows.items())}
    return {"@context": {**dict(sorted(PREFIXES.items())), **named}}


def context_text(context: Context) -> str:
    """A context as the text of its file."""
    return json.dumps(context, indent=2, ensure_ascii=False) + "\n"


@cache
def context() -> Context:
    """The context that travels with the program; not to be changed."""
    text = (resource("ontology") / "context.jsonld").read_text(encoding="utf-8")
    found: Context = json.loads(text)["@context"]
    return found


def write_jsonld(triples: Iterable[Triple], first: str = "") -> bytes:
    """Triples as JSON-LD, a line for each thing, in the order of their addresses.

    Args:
        triples: statements without blank nodes.
        first: what stands first, whatever its address.
    """
    nodes: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for triple in sorted(triples, key=str):
        nodes[text_of(triple.subject)][triple.predicate.value].append(triple.object)
    used: set[str] = set()
    lines = []
    for iri in sorted(nodes, key=lambda iri: (iri != first, iri)):
        node = _node(iri, nodes.pop(iri))
        used |= _used_by(node)
        lines.append(json.dumps(node, ensure_ascii=False))
    head = json.dumps(_part(used), indent=1, ensure_ascii=False)
    return "".join(['{"@context": ', head, ',\n"@graph": [\n', ",\n".join(lines), "\n]}\n"]).encode()


def _node(iri: str, facts: dict[str, list[Term]]) -> dict[str, Any]:
    types = [_name(text_of(term)) for term in facts.get(_A, ())]
    head: dict[str, Any] = {"@id": compact(iri)} | ({"@type": types} if types else {})
    return head | {_name(name): _values(_name(name), values) for name, values in facts.items() if name != _A}


def _values(name: str, values: Sequence[Term]) -> Any:
    defined = context().get(name)
    rule: Context = defined if isinstance(defined, dict) else {}
    if "@container" in rule and all(isinstance(v, Literal) and v.language for v in values):
        return _by_language([v for v in values if isinstance(v, Literal)])
    written = [_value(value, rule.get("@type", "")) for value in values]
    bare = len(written) == 1 and "@container" not in rule  # a bare object there would be read as a map of languages
    return written[0] if bare else written


def _by_language(values: Sequence[Literal]) -> dict[str, Any]:
    found: dict[str, list[str]] = defaultdict(list)
    for value in values:
        found[str(value.language)].append(value.value)
    return {tag: texts[0] if len(texts) == 1 else texts for tag, texts in sorted(found.items())}


def _value(term: Term, asked: str) -> Any:
    if isinstance(term, NamedNode):
        return compact(term.value) if asked == "@id" else {"@id": compact(term.value)}
    assert isinstance(term, Literal)  # the data hold no other terms
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value in _PLAIN and asked in ("", compact(term.datatype.value)):
        return json.loads(term.value)  # the store keeps numbers and truth values in their canonical form
    if asked == compact(term.datatype.value) or (not asked and term.datatype.value == _STRING):
        return term.value
    return {"@value": term.value, "@type": compact(term.datatype.value)}


def _used_by(node: Context) -> set[str]:
    """The names and prefixes of the context that a node needs."""
    names = {*node, *node.get("@type", ())}
    return names | {text.partition(":")[0] for text in (*_strings(node), *node)}


def _part(used: set[str]) -> Context:
    """The part of the context in which these names and prefixes are defined."""
    whole = context()
    rules = {name: whole[name] for name in sorted(used & set(whole) - set(PREFIXES))}
    prefixes = used | {text.partition(":")[0] for text in (*_strings(rules), *rules)}
    return {name: iri for name, iri in whole.items() if name in PREFIXES and name in prefixes} | rules


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _name(iri: str) -> str:
    return local_of(iri) if iri.startswith(NS) else compact(iri)


def _asked_by_ontology(term: TermRow) -> str:
    if term.type == _OWL + "Class":
        return ""
    return "@id" if term.type == _OWL + "ObjectProperty" else term.range or _LANGUAGES[0]


def _definition(iri: str, kinds: set[str]) -> str | Context:
    """What the context says of a term: where all agree on the kind of its values, that too."""
    (kind,) = kinds if len(kinds) == 1 else ("",)
    name = compact(iri)
    if kind in _LANGUAGES:
        return {"@id": name, "@container": "@language"}
    if kind == "@id":
        return {"@id": name, "@type": "@id"}
    return {"@id": name, "@type": compact(kind)} if kind not in ("", _STRING) else name
