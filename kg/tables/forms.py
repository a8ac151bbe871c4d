"""The forms in which a table is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.errors import NotFound
from kg.tables.rdf import to_rdf
from kg.tables.table import Table
from kg.tables.writing import to_csv, to_json, to_metadata


@dataclass(frozen=True)
class Form:
    """A form.

    Attributes:
        suffix: what stands behind the table's name.
        label: how it is called.
        media: its media type.
        write: makes it.
    """

    suffix: str
    label: str
    media: str
    write: Callable[[Table], bytes]


FORMS = (
    Form("csv", "CSV", "text/csv; charset=utf-8; header=present", to_csv),
    Form("json", "JSON", "application/json", to_json),
    Form("ttl", "Turtle", "text/turtle; charset=utf-8", lambda table: to_rdf(table, ".ttl")),
    Form("nt", "N-Triples", "application/n-triples", lambda table: to_rdf(table, ".nt")),
    Form("jsonld", "JSON-LD", "application/ld+json", lambda table: to_rdf(table, ".jsonld")),
)
"""In the order in which they are offered."""
METADATA = Form("csv-metadata.json", "CSV metadata", "application/csvm+json", to_metadata)
QUERY = Form("rq", "SPARQL", "application/sparql-query; charset=utf-8", lambda table: (table.query + "\n").encode())


def form(suffix: str) -> Form:
    """The form of a suffix.

    Raises:
        NotFound: there is none; those that there are come with it.
    """
    known = {form.suffix: form for form in (*FORMS, METADATA, QUERY)}
    if suffix not in known:
        raise NotFound(f".{suffix}", tuple(known))
    return known[suffix]
