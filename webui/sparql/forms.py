"""In which form an answer is given: media types, their short names, and what a client would like best."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from werkzeug.exceptions import NotAcceptable

from webui.negotiation import GRAPHS, best, content_type, read_accept

__all__ = ["GRAPHS", "HTML", "TABLES", "Wanted", "chosen", "content_type", "wanted"]

HTML = "html"
TABLES = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "text/html": HTML,
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media types of tables and truth values; of those a client likes equally well, the first is taken."""
_NAMES = {
    "json": ("json", "jsonld"),
    "xml": ("xml", "rdf"),
    "csv": ("csv", ""),
    "tsv": ("tsv", ""),
    "html": (HTML, HTML),
    **dict.fromkeys(("ttl", "turtle", "n3"), ("", "ttl")),
    **dict.fromkeys(("nt", "ntriples", "n-triples"), ("", "nt")),
    **dict.fromkeys(("rdf", "rdfxml", "rdf-xml"), ("", "rdf")),
    **dict.fromkeys(("jsonld", "json-ld"), ("", "jsonld")),
    **dict.fromkeys(("nq", "nquads", "n-quads"), ("", "nq")),
    "trig": ("", "trig"),
}
_KNOWN = frozenset({*_NAMES, *TABLES, *GRAPHS})


@dataclass(frozen=True)
class Wanted:
    """What a client would take, as media types; empty where it takes nothing of that kind."""

    table: str
    graph: str

    @property
    def table_form(self) -> str:
        """The form the engine writes a table in; a page is made from JSON."""
        return _written(TABLES.get(self.table, ""), "json")

    @property
    def graph_form(self) -> str:
        """The form the engine writes a graph in; a page shows Turtle."""
        return _written(GRAPHS.get(self.graph, ""), "ttl")

    @property
    def is_page(self) -> bool:
        """Whether it is a person who asks."""
        return "text/html" in (self.table, self.graph)


def chosen(told: Iterable[str]) -> str:
    """The first known of the formats that a request tells; SPARQLWrapper tells several, some joined by commas."""
    names = [name.strip().lower() for value in told for name in value.split(",")]
    return next((name for name in names if name in _KNOWN), names[0] if names else "")


@lru_cache(maxsize=256)
def wanted(accept: str, name: str) -> Wanted:
    """What a client would like best, by its Accept header, or by the `format` in its request, which counts for more.

    Raises:
        NotAcceptable: nothing that there is.
    """
    if name:
        found = _named(name.strip().lower())
    else:
        told = read_accept(accept)
        found = Wanted(best(told, TABLES), best(told, GRAPHS))
    if not found.table and not found.graph:
        raise NotAcceptable(
            f"Answers are given as {', '.join(sorted(TABLES | GRAPHS))}; with ?format= as {', '.join(sorted(_NAMES))}."
        )
    return found


def _named(name: str) -> Wanted:
    table, graph = _NAMES.get(name, ("", ""))
    if "/" in name:
        return Wanted(name if name in TABLES else "", name if name in GRAPHS else "")
    return Wanted(_first(TABLES, table), _first(GRAPHS, graph))


def _first(media: dict[str, str], form: str) -> str:
    return next((kind for kind, other in media.items() if other == form), "")


def _written(form: str, for_pages: str) -> str:
    return for_pages if form == HTML else form
