"""The facts of a thing itself, by property."""

from __future__ import annotations

from collections import defaultdict

from kg.namespaces import NS, PREFIXES, gap
from kg.queries import Fact, names, own_facts, phrases
from webui.addresses import href, is_ours, short
from webui.base import Opened
from webui.contexts.page import Link
from webui.contexts.parts import Detail
from webui.words import ADDRESSING, DETAILS, SUPPORT_ORDER

_NAMING = {
    PREFIXES["rdf"] + "type",
    PREFIXES["rdfs"] + "label",
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["skos"] + "definition",
    PREFIXES["skos"] + "topConceptOf",
    PREFIXES["skos"] + "hasTopConcept",
    PREFIXES["foaf"] + "name",
    PREFIXES["dcterms"] + "title",
    gap("position"),
}
"""What a page's heading, lead and lists say already."""


class Facts:
    """What is said of a thing itself.

    Args:
        opened: the base.
        iri: the thing.
    """

    def __init__(self, opened: Opened, iri: str) -> None:
        self._opened, self.subject = opened, iri
        self._by_property: dict[str, list[Fact]] = defaultdict(list)
        for fact in own_facts(opened.reader, iri):
            self._by_property[fact.property].append(fact)

    def links(self, name: str) -> tuple[Link, ...]:
        """The values of a property (`skos:altLabel`, `gap:place`) as links, or as bare text."""
        return tuple(_link(fact) for fact in self._by_property.get(_full(name), ()))

    def texts(self, name: str) -> tuple[str, ...]:
        """The values of a property as text."""
        return tuple(link.label for link in self.links(name))

    def text(self, name: str) -> str:
        """The first value of a property as text, empty where there is none."""
        return next(iter(self.texts(name)), "")

    def iri(self, name: str) -> str:
        """The first value of a property as it stands, empty where there is none."""
        return next((fact.value for fact in self._by_property.get(_full(name), ())), "")

    def iris(self, name: str) -> tuple[str, ...]:
        """The values of a property as they stand."""
        return tuple(fact.value for fact in self._by_property.get(_full(name), ()))

    def types(self) -> tuple[Link, ...]:
        """The thing's classes of ours, as links to the reference."""
        found = self._by_property.get(_full("rdf:type"), ())
        return tuple(_link(fact) for fact in found if fact.value.startswith(NS) and fact.valueLabel)

    def others(self) -> tuple[Detail, ...]:
        """All facts that no part of a page shows by itself: neither names nor links that claims stand behind."""
        derived = {gap(name) for name in ("discussedIn", "addresses", *SUPPORT_ORDER, *ADDRESSING)}
        apart = _NAMING | derived | set(phrases(self._opened.reader))
        left = [p for p in self._by_property if p not in apart]
        labels = names(self._opened.reader, [p for p in left if p not in DETAILS])
        found = [
            Detail(DETAILS.get(p) or _capital(labels.get(p) or short(p)), tuple(map(_link, self._by_property[p])))
            for p in left
        ]
        return tuple(sorted(found, key=lambda d: (d.name == "Note", d.name)))


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def _link(fact: Fact) -> Link:
    if not fact.value.startswith(("http://", "https://")):
        return Link(_plain(fact.value), "")
    label = fact.valueLabel or (short(fact.value) if is_ours(fact.value) else fact.value)
    return Link(label, href(fact.value))


def _plain(value: str) -> str:
    return {"true": "yes", "false": "no"}.get(value, value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
