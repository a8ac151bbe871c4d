"""The addresses of everything: one constant holds the base, all else follows from it."""

from __future__ import annotations

BASE = "https://w3id.org/gapbridge/"
"""Where the project's identifiers live (ontology-model.md §1.2). Nothing else may spell it out."""

NS = BASE + "ns#"
ID = BASE + "id/"
GRAPH = BASE + "graph/"
SHAPES = BASE + "shapes#"
ONTOLOGY = BASE + "ns"

PREFIXES: dict[str, str] = {
    "gap": NS,
    "id": ID,
    "bibo": "http://purl.org/ontology/bibo/",
    "cito": "http://purl.org/spar/cito/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "obo": "http://purl.obolibrary.org/obo/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "shape": SHAPES,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes used in data files, queries and exports."""


def gap(name: str) -> str:
    """The address of an ontology term: `gap("Claim")`."""
    return NS + name


def thing(kind: str, slug: str) -> str:
    """The address of a thing: `thing("tactic", "two-way-communication")`."""
    return f"{ID}{kind}/{slug}"


def kind_of(iri: str) -> str | None:
    """The kind in a thing's address (`tactic`, `source`, …), None for addresses that are not ours."""
    if not iri.startswith(ID):
        return None
    kind, slash, _ = iri[len(ID) :].partition("/")
    return kind if slash else None


def slug_of(iri: str) -> str:
    """What stands behind the kind in a thing's address."""
    return iri[len(ID) :].partition("/")[2] if iri.startswith(ID) else iri


def local_of(iri: str) -> str:
    """`kind/slug` of a thing, the local name of a term, else the address itself."""
    for base in (ID, NS):
        if iri.startswith(base):
            return iri[len(base) :]
    return iri


def compact(iri: str) -> str:
    """A prefixed name for reading (`gap:addresses`, `id:tactic/x`), the address where no prefix fits."""
    best = max((p for p in PREFIXES.items() if iri.startswith(p[1])), key=lambda p: len(p[1]), default=None)
    return f"{best[0]}:{iri[len(best[1]) :]}" if best else iri
