"""Every table that has an address: the library's, chosen sources, those of drawings, and the list of them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.exporting import Selection, all_references, select
from kg.namespaces import BASE
from kg.search import Search
from kg.tables import WHOLE, WORDS, Bound, Definition, Made, Param, definition, definitions, row_of
from webui.graphs.tables import LINKS, THINGS
from webui.without import WITHOUT

if TYPE_CHECKING:
    from kg.store import Reader

_FORMS = ("csv", "json", "ttl")


def _index(reader: Reader, search: Search, bound: Bound) -> Made:
    return [
        row_of(
            {
                "name": table.name,
                "title": table.title,
                "row": table.row,
                "parameters": "; ".join(f"{param.name}: {param.what}" for param in table.params),
                **{form: f"{BASE}data/{table.name}.{form}" for form in _FORMS},
            },
            _FORMS,
        )
        for table in TABLES
    ]


INDEX = Definition(
    "index",
    "All tables",
    "a table, what it can be asked for, and its address in each form, to which the parameters are added",
    (),
    ("name", "title", "row", "parameters", *_FORMS),
    _index,
)


def _chosen(reader: Reader, search: Search, bound: Bound) -> Made:
    def one(name: str) -> str:
        return next(iter(bound[name]), "")

    wanted = Selection(
        evidence=one("evidence"),
        reading=one("reading"),
        first=int(one("from") or 0),
        last=int(one("to") or 0),
        cited_in=one("cited-in"),
        words=one("q"),
    )
    found = {reference.source for reference in select(all_references(reader), wanted)}
    rows = definition("sources").make(reader, search, {})
    return [row for row in rows if {term.value for term in row["source"]} & found]


SOURCES = Definition(
    "sources_chosen",
    "Sources chosen by kind of evidence, reading, year, list or words",
    "a source with its kind, how far it was read, and how many claims it carries",
    (
        Param("evidence", "slug of a kind of evidence", WORDS, needed=False),
        Param("reading", "slug of how far it was read", WORDS, needed=False),
        Param("from", "the first year", WHOLE, highest=9999, needed=False),
        Param("to", "the last year", WHOLE, highest=9999, needed=False),
        Param("cited-in", "slug of a document that lists it", WORDS, needed=False),
        Param("q", "words in author, title or publisher", WORDS, example="Gold", needed=False),
    ),
    definition("sources").columns,
    _chosen,
)
TABLES = tuple(sorted((*definitions(), LINKS, THINGS, SOURCES, WITHOUT, INDEX), key=lambda table: table.name))
