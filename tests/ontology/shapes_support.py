"""Runs one example against pySHACL and against the checks, beside the ontology and its schemes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from rdflib import Graph, Namespace, URIRef
from rdflib.term import Node

from kg.namespaces import PREFIXES, SHAPES

ROOT = Path(__file__).parents[2] / "ontology"
EXAMPLES = Path(__file__).parent / "shapes"
SH = Namespace(PREFIXES["sh"])
SHAPE = Namespace(SHAPES)
SEVERITIES = ("violation", "warning", "info")

CHECK_OF = {
    SH.minCount: "value-missing",
    SH.maxCount: "too-many-values",
    SH["class"]: "wrong-class",
    SH.node: "wrong-scheme",
    SH.datatype: "wrong-datatype",
    SH.nodeKind: "wrong-node-kind",
    SH.minLength: "too-short",
    SH.maxLength: "too-long",
    SH.pattern: "wrong-form",
    SH.uniqueLang: "language-twice",
    SH.minInclusive: "too-small",
}
"""Each constraint of the shapes, and the check that evaluates it."""


@dataclass(frozen=True)
class Finding:
    """What one tool says about one thing: `by` is the property shape and its constraint, or the check."""

    thing: str
    message: str
    severity: str
    by: str


@cache
def checks() -> list[Path]:
    """The check files."""
    return sorted((ROOT / "checks").glob("*.rq"))


def examples(kind: str) -> list[Path]:
    """The example files, `valid` or `invalid`."""
    return sorted((EXAMPLES / kind).glob("*.ttl"))


@cache
def shapes() -> Graph:
    """All shapes in one graph; in the plainest of rdflib's stores, where looking up takes half as long."""
    return _graph(sorted((ROOT / "shapes").glob("*.ttl")), Graph(store="SimpleMemory"))


def constraints() -> Iterator[tuple[str, URIRef]]:
    """Every property shape that is checked on things, with each of its constraints."""
    for shape in set(shapes().subjects(SH.targetClass)):
        for prop in shapes().objects(shape, SH.property):
            for constraint in CHECK_OF:
                if (prop, constraint, None) in shapes():
                    yield _local(prop), constraint


def severity_of(prop: str) -> str:
    """`violation`, `warning` or `info`, as a property shape says."""
    return _severity(shapes().value(SHAPE[prop], SH.severity))


def shacl_findings(path: Path) -> set[Finding]:
    """What pySHACL finds on the things described in an example."""
    example, data = _graph([path]), _ontology()
    things = set(example.subjects())
    # pySHACL 0.40 skips sh:node for values that are not themselves among the focus nodes
    focus = sorted({term for term in things | set(example.objects()) if isinstance(term, URIRef)})
    added, before = [triple for triple in example if triple not in data], len(data)
    for triple in added:
        data.add(triple)
    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes(), focus_nodes=focus, inplace=True)
    finally:
        for triple in added:
            data.remove(triple)
        assert len(data) == before
    assert isinstance(report, Graph)
    results = {node for node in report.objects(None, SH.result) if report.value(node, SH.focusNode) in things}
    return {_finding(report, result) for result in results}


def check_findings(path: Path) -> set[Finding]:
    """What the checks find on the things described in an example."""
    store = _store()
    added = [q for q in _quads(path, "example") if not _holds(store, q)]
    store.extend(added)
    try:
        things = {str(q.subject) for q in _quads(path, "example")}
        return {f for check in checks() for f in _run(store, check) if f"<{f.thing}>" in things}
    finally:
        for quad in added:
            store.remove(quad)


def _run(store: ox.Store, check: Path) -> Iterator[Finding]:
    name, _, severity = check.stem.rpartition("-")
    for row in store.query(_text(check), use_default_graph_as_union=True):
        assert row["mend"].value is not None
        yield Finding(row["thing"].value, row["message"].value, severity, name)


@cache
def _text(check: Path) -> str:
    return check.read_text(encoding="utf-8")


@cache
def _store() -> ox.Store:
    store = ox.Store()
    for path in _ontology_files() + sorted((ROOT / "shapes").glob("*.ttl")):
        store.extend(_quads(path, path.parent.name))
    return store


def _quads(path: Path, graph: str) -> list[ox.Quad]:
    name = ox.NamedNode(f"urn:test:{graph}")
    return [ox.Quad(q.subject, q.predicate, q.object, name) for q in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]


def _holds(store: ox.Store, quad: ox.Quad) -> bool:
    return next(store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None), None) is not None


def _ontology_files() -> list[Path]:
    return [ROOT / "gap.ttl", *sorted((ROOT / "schemes").glob("*.ttl"))]


@cache
def _ontology() -> Graph:
    return _graph(_ontology_files())


def _graph(paths: list[Path], graph: Graph | None = None) -> Graph:
    graph = Graph() if graph is None else graph
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def _finding(report: Graph, result: Node) -> Finding:
    component = re.sub("ConstraintComponent$", "", _local(report.value(result, SH.sourceConstraintComponent)))
    return Finding(
        thing=str(report.value(result, SH.focusNode)),
        message=str(report.value(result, SH.resultMessage)),
        severity=_severity(report.value(result, SH.resultSeverity)),
        by=f"{_local(report.value(result, SH.sourceShape))}.{component[0].lower()}{component[1:]}",
    )


def _severity(term: Node | None) -> str:
    return _local(term).lower() if term else "violation"


def _local(term: Node | None) -> str:
    return str(term).partition("#")[2]
