"""Tables as CSV, as JSON, and the description of the CSV that the W3C's CSV on the Web asks for."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from kg.cells import FORMULA_RULE, to_csv_cell
from kg.namespaces import BASE
from kg.store import Literal, Term, text_of
from kg.tables.table import STRING, URI, Column, Table


def to_csv(table: Table) -> bytes:
    """The table as CSV (RFC 4180): UTF-8, a header of the columns' names, several values of a cell parted by a space.

    See `FORMULA_RULE` for what is done to texts that a spreadsheet would run.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.name for column in table.columns)
    for row in table.rows:
        writer.writerow(_cell_text(column, row[column.name]) for column in table.columns)
    return out.getvalue().encode()


def to_json(table: Table) -> bytes:
    """The table as JSON: what it is, its version and citation, and its rows with numbers and truth values kept.

    An empty cell is null; a column whose cells may hold several values has lists.
    """
    whole = {
        "title": table.title,
        "row": table.row,
        "address": table.address("json"),
        "query": table.query,
        "version": {"revision": table.edition.revision, "changed": table.edition.changed},
        "licences": list(table.edition.licences),
        "cite": table.citation,
        "columns": [_column(column) for column in table.columns],
        "rows": [{c.name: _json_cell(c, row[c.name]) for c in table.columns} for row in table.rows],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def to_metadata(table: Table) -> bytes:
    """The description of the CSV (https://www.w3.org/TR/tabular-metadata/): what each column is, licence, version.

    The table's `url` is relative, so that the description holds wherever the site stands.
    """
    whole = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "@id": table.address("csv"),
        "url": f"{table.name}.csv{table.asked}",
        "dc:title": table.title,
        "dc:description": f"Each row: {table.row}.",
        "dc:license": [{"@id": licence} for licence in table.edition.licences],
        "dc:bibliographicCitation": table.citation,
        "dc:isPartOf": {"@id": BASE},
        "dcat:version": table.edition.version,
        "rdfs:comment": FORMULA_RULE,
        "tableSchema": {
            "aboutUrl": f"{table.address('csv')}#record={{_row}}",
            "columns": [_described(table, column) for column in table.columns],
        },
    }
    if table.edition.changed:
        whole["dc:modified"] = {"@value": table.edition.changed, "@type": "xsd:dateTime"}
    if table.query:
        whole["dc:source"] = {"@id": table.address("rq")}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def property_of(table: Table, column: Column) -> str:
    """The address of a column, which is the same whatever is asked for."""
    return f"{BASE}data/{table.name}#{column.name}"


def _cell_text(column: Column, terms: tuple[Term, ...]) -> str:
    text = " ".join(map(text_of, terms)) if column.datatype == URI else "; ".join(map(text_of, terms))
    return to_csv_cell(text) if column.datatype == STRING else text


def _column(column: Column) -> dict[str, str]:
    told = {"name": column.name, "title": column.title, "datatype": column.datatype}
    return told | ({"description": column.description} if column.description else {})


def _json_cell(column: Column, terms: tuple[Term, ...]) -> Any:
    values = [_plain(term) for term in terms]
    return values if column.many else values[0] if values else None


def _plain(term: Term) -> Any:
    kind = term.datatype.value.rpartition("#")[2] if isinstance(term, Literal) else ""
    text = text_of(term)
    if kind == "integer":
        return int(text)
    if kind in ("decimal", "double"):
        return float(text)
    return text == "true" if kind == "boolean" else text


def _described(table: Table, column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "datatype": column.datatype,
        "propertyUrl": property_of(table, column),
        "rdfs:label": column.title,
    }
    if column.description:
        told["dc:description"] = column.description
    if column.language:
        told["lang"] = column.language
    if column.many:
        told["separator"] = " " if column.datatype == URI else "; "
    elif column.datatype == URI:
        told["valueUrl"] = f"{{+{column.name}}}"
    return told
