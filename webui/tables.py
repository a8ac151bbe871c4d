"""Every table that has an address: the library's, those of drawings, and the list of them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.namespaces import BASE
from kg.search import Search
from kg.tables import Bound, Definition, Made, definitions, row_of
from webui.graphs.tables import LINKS, THINGS

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
TABLES = tuple(sorted((*definitions(), LINKS, THINGS, INDEX), key=lambda table: table.name))
