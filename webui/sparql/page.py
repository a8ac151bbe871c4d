"""The endpoint's page for people: an editor, a plain field for a query, examples, and the answer as a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from kg.namespaces import BASE
from kg.queries import first_query, prefixes
from webui.addresses import href
from webui.contexts.page import Link, Page, crumbs, frame
from webui.sparql.shelves import Shelf, shelves

MOST_ROWS = 500
LARGEST_SHOWN = 4 << 20
_HEADING = "Ask in SPARQL"
_LEAD = "The whole evidence base answers SPARQL 1.1 queries here. Its graphs are read as one."


@dataclass(frozen=True)
class Cell:
    """A value in a table; `href` where it leads somewhere."""

    text: str
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class SparqlPage(Page):
    """The endpoint's page.

    Attributes:
        query: the query in the field.
        shelves: the gallery of examples.
        base: where the addresses of our things begin, which have pages here.
        asked: whether the request brought the query.
        problem: what went wrong.
        answered: whether there is an answer.
        note: what is to be known of the answer.
        names: the table's columns.
        rows: its rows.
        text: an answer that is no table.
        forms: the same answer in other forms.
    """

    query: str
    shelves: tuple[Shelf, ...]
    base: str = BASE
    asked: bool = True
    problem: str = ""
    answered: bool = False
    note: str = ""
    names: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    text: str = ""
    forms: tuple[Link, ...] = ()


def empty_page() -> SparqlPage:
    """The page before anything was asked."""
    return SparqlPage(query=first_query(), asked=False, **_frame(0))


def problem_page(query: str, problem: str) -> SparqlPage:
    """The page of a query that could not be answered."""
    return SparqlPage(query=query, problem=problem, **_frame(0))


def answer_page(query: str, revision: int, kind: str, body: bytes | None) -> SparqlPage:
    """The page of an answer: JSON for a table or truth value, Turtle for a graph; None where it is too large."""
    if body is None:
        note = "This answer is too large for a page. Take it as a file:"
        return SparqlPage(query=query, answered=True, note=note, forms=_forms(query, kind), **_frame(revision))
    shown: dict[str, Any] = {"text": body.decode()} if kind == "graph" else _table(json.loads(body))
    return SparqlPage(query=query, answered=True, forms=_forms(query, kind), **shown, **_frame(revision))


def _frame(revision: int) -> dict[str, Any]:
    way = crumbs(Link(_HEADING, "/sparql", True))
    return {"shelves": shelves(), **frame(None, _HEADING, at="/sparql", revision=revision, lead=_LEAD, crumbs=way)}


def _table(found: dict[str, Any]) -> dict[str, Any]:
    if "boolean" in found:
        return {"text": "Yes" if found["boolean"] else "No"}
    names, rows = tuple(found["head"]["vars"]), found["results"]["bindings"]
    cells = tuple(tuple(_cell(row.get(name)) for name in names) for row in rows[:MOST_ROWS])
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
    note = f"{count}; the first {MOST_ROWS} are shown." if len(rows) > MOST_ROWS else f"{count}."
    return {"names": names, "rows": cells, "note": note}


def _cell(term: dict[str, Any] | None) -> Cell:
    if term is None:
        return Cell("")
    if term["type"] == "triple":
        return Cell(" ".join(_cell(term["value"][part]).text for part in ("subject", "predicate", "object")))
    text = term["value"]
    leads = term["type"] == "uri" and text.startswith(("http://", "https://"))
    return Cell(_short(text), href(text)) if leads else Cell(text)


def _short(address: str) -> str:
    """An address as the examples write it, where it begins like one of theirs."""
    found = next((pair for pair in prefixes().items() if address.startswith(pair[1])), None)
    return f"{found[0]}:{address.removeprefix(found[1])}" if found else address


def _forms(query: str, kind: str) -> tuple[Link, ...]:
    names = ("ttl", "nt", "rdf", "jsonld") if kind == "graph" else ("csv", "tsv", "json", "xml")
    return tuple(Link(n.upper(), "/sparql?" + urlencode({"query": query, "format": n})) for n in names)
