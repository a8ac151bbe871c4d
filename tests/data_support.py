"""The seed data as tests read them: in memory with all that follows from them, and the article where it is at hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from kg.contributing import seed_files
from kg.derivation import steps
from kg.namespaces import ID, PREFIXES, local_of
from kg.settings import resource
from kg.store import DERIVED_GRAPH, Engine, Quad, in_memory, placed, read_files, text_of
from kg.validation import normalise

ROOT = Path(__file__).parent.parent
DOCUMENTS = ROOT.parent / "shared" / "documents"
ARTICLE = resource("seed_data") / "hudson-2019"
COMPETENCY = resource("ontology") / "competency"
Rows = list[tuple[str, ...]]


@cache
def base() -> Engine:
    """The ontology and the core article's pack with every derived statement; not to be written to.

    The answers worked out by hand are those that the article gives; `whole` holds every document.
    """
    packs = resource("seed_data")
    statements = [s for _, found in read_files([*seed_files()[:-1], packs / "common", ARTICLE]) for s in found]
    return derived(placed(statements))


@cache
def whole() -> Engine:
    """The ontology and every pack with every derived statement; not to be written to."""
    return derived(placed(s for _, found in read_files(seed_files()) for s in found))


def derived(quads: frozenset[Quad] | set[Quad]) -> Engine:
    """These statements with what the rules write, and the statuses."""
    engine = in_memory(quads)
    for step in steps():
        engine.store.extend(step(engine))
    return engine


def derived_graph(engine: Engine) -> set[Quad]:
    """What the rules wrote."""
    return set(engine.quads(graph=DERIVED_GRAPH))


@cache
def graph() -> Graph:
    """The union of `base` in rdflib; not to be written to."""
    triples = sorted({str(quad.triple) + " .\n" for quad in base().quads()})
    return Graph().parse(data="".join(triples), format="nt")


def rows(engine: Engine, query: str) -> Rows:
    """The solutions as text, with local names for our own addresses, in the query's order."""
    return [tuple(local_of(text_of(value)) for value in row.values()) for row in engine.select(query)]


def rdflib_rows(data: Graph, query: str) -> Rows:
    """The same from rdflib."""
    return [tuple("" if value is None else local_of(str(value)) for value in row) for row in data.query(query)]


def competency(number: int) -> Path:
    """The file of a competency question."""
    (path,) = COMPETENCY.glob(f"cq{number:02}-*.rq")
    return path


@dataclass(frozen=True)
class Claim:
    """A claim with its place; all addresses as local names."""

    claim: str
    locator: str
    subject: str
    relation: str
    object: str
    stance: str
    force: str
    basis: str
    standing: str
    document: str
    gist: str
    start: int
    end: int
    works: frozenset[str]
    origins: frozenset[str]


_CLAIMS = """
PREFIX gap: <https://w3id.org/gapbridge/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?claim ?locator ?subject ?relation ?object ?stance ?force ?basis ?standing ?document ?gist ?start ?end
WHERE {
  ?claim a gap:Claim ; gap:claimSubject ?subject ; gap:claimPredicate ?relation ; gap:claimObject ?object ;
    gap:stance ?stance ; gap:force ?force ; gap:claimBasis ?basis ; gap:linkBasis ?standing ;
    gap:assertedIn ?document ; gap:gist ?gist ; gap:locatedAt ?place .
  ?place gap:locator ?locator ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end .
}
ORDER BY ?start ?claim
"""


@cache
def claims() -> tuple[Claim, ...]:
    """All claims in the order of the text."""
    found = rows(base(), _CLAIMS)
    return tuple(
        Claim(*row[:11], int(row[11]), int(row[12]), _of(row[0], "backedBy"), _of(row[0], "originSource"))
        for row in found
    )


def _of(claim: str, relation: str) -> frozenset[str]:
    return _pairs(relation).get(claim, frozenset())


@cache
def _pairs(relation: str) -> dict[str, frozenset[str]]:
    query = f"SELECT ?a ?b WHERE {{ ?a <https://w3id.org/gapbridge/ns#{relation}> ?b }}"
    found: dict[str, set[str]] = {}
    for a, b in rows(base(), query):
        found.setdefault(a, set()).add(b)
    return {a: frozenset(b) for a, b in found.items()}


def article() -> str:
    """The article's text as it came, or a skip where the documents are not at hand."""
    path = DOCUMENTS / "hudson-2019.txt"
    if not path.exists():
        pytest.skip(f"no {path}: the documents travel apart from the repository")
    return path.read_text(encoding="utf-8")


def normalised() -> str:
    """The article in the form in which positions count."""
    return normalise(article())


def turtle(text: str) -> set[Quad]:
    """Quads of a Turtle text, each in its graph; the project's prefixes are there already."""
    kinds = set(re.findall(r"(?<![\w:/-])([a-z][a-z-]*):", text)) - set(PREFIXES)
    known = PREFIXES | {kind: f"{ID}{kind}/" for kind in kinds}
    header = "".join(f"PREFIX {name}: <{address}>\n" for name, address in known.items())
    statements = [(q.subject, q.predicate, q.object) for q in ox.parse(header + text, ox.RdfFormat.TURTLE)]
    return set(placed(statements))  # type: ignore[arg-type]
