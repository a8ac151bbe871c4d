"""References as statements: a `gap:Source` just as the seed data write one.

Nobody has read the work for the base nor said what kind of evidence it is, so it is known by citation only and not
yet typed. It makes an independence group of its own: works that rest on the same material are put together by people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.importing.identifiers import doi_address, doi_key
from kg.importing.naming import full_name, given_name, slug
from kg.importing.references import Name, Reference, listed
from kg.namespaces import PREFIXES, gap, thing
from kg.store import Literal, NamedNode, Statement, Term

READ, TYPED = "known-by-citation", "not-yet-typed"
ALONE = "A work that stands alone in the counts."
_XSD, _DCT, _FOAF, _SKOS = (PREFIXES[name] for name in ("xsd", "dcterms", "foaf", "skos"))
_BIBO = PREFIXES["bibo"]
_A = NamedNode(PREFIXES["rdf"] + "type")


@dataclass
class Agents:
    """People and bodies by name, those of the base and those that are new.

    A name that is printed the same is taken to be the same person: the base does the same with initials, and says so.

    Attributes:
        known: addresses by name as it is read out (`full_name`), in lower case.
        taken: all addresses there are.
    """

    known: Mapping[str, str] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    _new: dict[str, str] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def address(self, name: Name) -> tuple[str, bool]:
        """The address of who has a name, and whether the base has it yet."""
        told = full_name(name).casefold()
        if told in self.known:
            return self.known[told], True
        if told not in self._new:
            self._new[told] = self._free(name)
        return self._new[told], False

    def _free(self, name: Name) -> str:
        kind = "body" if name.literal else "person"
        stem = slug(name.literal or f"{name.family} {given_name(name.given)}") or kind
        number, address = 1, thing(kind, stem)
        while address in self._used or address in self.taken:
            number += 1
            address = thing(kind, f"{stem}-{number}")
        self._used.add(address)
        return address


def source_statements(
    reference: Reference,
    name: str,
    label: str,
    agents: Agents,
    *,
    evidence: str = TYPED,
    reading: str = READ,
    listed_in: Iterable[str] = (),
) -> list[Statement]:
    """All that is said of a new source, its independence group, and those of its authors whom the base does not know.

    Args:
        reference: the work.
        name: its slug.
        label: its short name.
        agents: people and bodies.
        evidence: slug of its evidence type.
        reading: slug of how far it was read.
        listed_in: addresses of documents whose references name it.
    """
    source, group = thing("source", name), thing("independence-group", name)
    creators = [(agents.address(who), who) for who in reference.authors]
    facts: list[tuple[str, Term]] = [
        *((_DCT + "creator", NamedNode(address)) for (address, _), _ in creators),
        (gap("evidenceType"), NamedNode(thing("evidence-type", evidence))),
        (gap("readingStatus"), NamedNode(thing("reading-status", reading))),
        (gap("independenceGroup"), NamedNode(group)),
        (gap("shortLabel"), Literal(label)),
        *((_DCT + "isReferencedBy", NamedNode(document)) for document in listed_in),
        *printed(reference),
    ]
    said = [(NamedNode(source), NamedNode(relation), value) for relation, value in facts]
    new = [fact for (address, known), who in creators if not known for fact in _agent(address, who)]
    return list(dict.fromkeys([*said, *_group(group, label), *new]))


def printed(reference: Reference) -> list[tuple[str, Term]]:
    """What a reference itself says: the class of its text, and what is printed."""
    title = Literal(reference.title, language=reference.language) if reference.language else Literal(reference.title)
    classes = [gap("Source"), *([PREFIXES["fabio"] + reference.kind] if reference.kind else ())]
    texts = {
        gap("authorList"): listed(reference.authors),
        gap("editorList"): listed(reference.editors),
        gap("containerTitle"): reference.container,
        _BIBO + "volume": reference.volume,
        _BIBO + "issue": reference.issue,
        _BIBO + "pages": reference.pages,
        _BIBO + "edition": reference.edition,
        _BIBO + "isbn": reference.isbn,
        gap("publisherName"): reference.publisher,
        gap("publisherPlace"): reference.place,
    }
    address = doi_address(doi_key(reference.doi)) if reference.doi else reference.url
    year, uri = NamedNode(_XSD + "gYear"), NamedNode(_XSD + "anyURI")
    return [
        *((_A.value, NamedNode(name)) for name in classes),
        (_DCT + "title", title),
        *((relation, Literal(text)) for relation, text in texts.items() if text),
        *([(_DCT + "issued", Literal(reference.year, datatype=year))] if reference.year else ()),
        *([(_DCT + "identifier", Literal(address, datatype=uri))] if address else ()),
    ]


def _group(group: str, label: str) -> list[Statement]:
    scheme = NamedNode(thing("scheme", "independence-group"))
    return [
        (NamedNode(group), NamedNode(relation), value)
        for relation, value in (
            (_A.value, NamedNode(_SKOS + "Concept")),
            (_SKOS + "definition", Literal(ALONE, language="en")),
            (_SKOS + "inScheme", scheme),
            (_SKOS + "prefLabel", Literal(label, language="en")),
            (_SKOS + "topConceptOf", scheme),
        )
    ]


def _agent(address: str, who: Name) -> list[Statement]:
    kind = PREFIXES["org"] + "Organization" if who.literal else _FOAF + "Person"
    names = {"name": full_name(who), "familyName": who.family, "givenName": given_name(who.given)}
    node = NamedNode(address)
    return [
        (node, _A, NamedNode(PREFIXES["prov"] + "Agent")),
        (node, _A, NamedNode(kind)),
        *((node, NamedNode(_FOAF + name), Literal(text)) for name, text in names.items() if text),
    ]
