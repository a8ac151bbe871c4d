"""The claims as a table: no text in it is one that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

from kg.cells import from_csv_cell
from kg.exporting import claims_csv
from kg.namespaces import gap
from kg.store import Literal, Quad, in_memory
from tests.data_support import base

EVIL = '=HYPERLINK("http://example.org","x")'


def test_a_gist_that_is_a_formula_comes_as_words() -> None:
    quads = sorted(base().quads(), key=str)
    gist = next(quad for quad in quads if quad.predicate.value == gap("gist"))
    evil = Quad(gist.subject, gist.predicate, Literal(EVIL, language="en"), gist.graph_name)
    rows = list(csv.DictReader(io.StringIO(claims_csv(in_memory({*quads} - {gist} | {evil})).decode())))
    assert [from_csv_cell(row["gist"]) for row in rows if row["gist"] == f"'{EVIL}"] == [EVIL]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
