"""The one canonical form of a data file, so that a difference in a file is a difference in the data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import SyntaxProblem
from kg.namespaces import ID, PREFIXES, kind_of

if TYPE_CHECKING:
    from rdflib import Graph


def format_turtle(text: str, name: str = "text") -> str:
    """The canonical form of a Turtle text: sorted, one predicate a line, a prefix for each kind used.

    Args:
        text: any Turtle without blank nodes (our data has none).
        name: how to call it in an error.

    Raises:
        SyntaxProblem: the text is not Turtle.
    """
    from rdflib import Graph  # slow to import, and needed where data are written as files

    graph = Graph()
    try:
        graph.parse(data=text, format="turtle")
    except Exception as error:  # rdflib raises parser errors of several unrelated classes
        raise SyntaxProblem(name, str(error)) from error
    return write_turtle(graph)


def write_turtle(triples: Iterable[tuple[object, object, object]]) -> str:
    """Triples (rdflib terms) in the canonical form."""
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add(triple)  # type: ignore[arg-type]
    for prefix, address in sorted(PREFIXES.items()):
        if prefix != "id":
            graph.bind(prefix, address)
    for kind in sorted(_kinds(graph)):
        if kind not in PREFIXES:
            graph.bind(kind, f"{ID}{kind}/")
    return graph.serialize(format="longturtle").strip() + "\n"


def _kinds(graph: Graph) -> set[str]:
    from rdflib import URIRef

    terms = {term for triple in graph for term in triple if isinstance(term, URIRef)}
    return {kind for term in terms if (kind := kind_of(term))}


def is_canonical(path: Path) -> bool:
    """Whether a file is in the canonical form already."""
    text = path.read_text(encoding="utf-8")
    return format_turtle(text, str(path)) == text


def format_file(path: Path) -> bool:
    """Rewrite a file in the canonical form; True when that changed it."""
    text = path.read_text(encoding="utf-8")
    wanted = format_turtle(text, str(path))
    if wanted != text:
        path.write_text(wanted, encoding="utf-8")
    return wanted != text
