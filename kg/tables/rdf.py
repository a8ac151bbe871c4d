"""Tables as RDF, after “Generating RDF from Tabular Data on the Web” (https://www.w3.org/TR/csv2rdf/), standard mode.

Rows and what they describe have addresses, where that text has blank nodes: a row is known by its line in the CSV
(RFC 7111, `#row=2` for the first below the header), what it describes by its number (`#record=1`).
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.namespaces import BASE, PREFIXES
from kg.store import Literal, NamedNode, Triple, write_triples
from kg.tables.table import Table
from kg.tables.writing import property_of

_CSVW = "http://www.w3.org/ns/csvw#"
_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_DATE = NamedNode(PREFIXES["xsd"] + "dateTime")


def to_rdf(table: Table, suffix: str) -> bytes:
    """The table as RDF.

    Args:
        table: the table.
        suffix: `.ttl`, `.nt`, `.rdf` or `.jsonld`.
    """
    wanted = ("dcat", "dcterms", "gap", "xsd")
    prefixes = {name: PREFIXES[name] for name in wanted} | {"csvw": _CSVW, "col": f"{BASE}data/{table.name}#"}
    return write_triples(_triples(table), suffix, prefixes)


def _triples(table: Table) -> Iterator[Triple]:
    address = table.address("csv")
    yield from _about(table, NamedNode(address))
    for number in range(1, len(table.rows) + 1):
        yield Triple(NamedNode(address), _csvw("row"), _row(address, number))
    properties = {column.name: NamedNode(property_of(table, column)) for column in table.columns}
    for number, cells in enumerate(table.rows, 1):
        row, record = _row(address, number), NamedNode(f"{address}#record={number}")
        yield Triple(row, _TYPE, _csvw("Row"))
        yield Triple(row, _csvw("rownum"), Literal(number))
        yield Triple(row, _csvw("url"), row)
        yield Triple(row, _csvw("describes"), record)
        for name, terms in cells.items():
            yield from (Triple(record, properties[name], term) for term in terms)


def _about(table: Table, node: NamedNode) -> Iterator[Triple]:
    yield Triple(node, _TYPE, _csvw("Table"))
    yield Triple(node, _csvw("url"), node)
    yield Triple(node, _dcterms("title"), Literal(table.title, language="en"))
    yield Triple(node, _dcterms("description"), Literal(f"Each row: {table.row}.", language="en"))
    yield Triple(node, _dcterms("bibliographicCitation"), Literal(table.citation))
    yield Triple(node, _dcterms("isPartOf"), NamedNode(BASE))
    yield Triple(node, NamedNode(PREFIXES["dcat"] + "version"), Literal(table.edition.version))
    for licence in table.edition.licences:
        yield Triple(node, _dcterms("license"), NamedNode(licence))
    if table.edition.changed:
        yield Triple(node, _dcterms("modified"), Literal(table.edition.changed, datatype=_DATE))
    if table.query:
        yield Triple(node, _dcterms("source"), NamedNode(table.address("rq")))


def _row(address: str, number: int) -> NamedNode:
    return NamedNode(f"{address}#row={number + 1}")


def _csvw(name: str) -> NamedNode:
    return NamedNode(_CSVW + name)


def _dcterms(name: str) -> NamedNode:
    return NamedNode(PREFIXES["dcterms"] + name)
