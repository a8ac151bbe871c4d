"""What can stand down and across an evidence map, what its cells then hold, and where it stands."""

from __future__ import annotations

from urllib.parse import quote

from kg.errors import BadInput
from kg.evidence_map import COLUMNS
from kg.namespaces import gap, local_of
from webui.contexts.page import Shown, shown

RULES = {
    "phases": "A cell holds the claims that join the cause with the phase, or with a tactic placed in that phase.",
    "tactics": "A cell holds the claims that join the cause with the tactic. Where a table sets the tactic’s phase "
    "against the cause, the claims behind that are counted apart.",
    "outcomes": "A cell holds the claims that join the cause with the outcome.",
    "causes": "A cell holds the claims about the cause that were read in the source or for which it is cited.",
}


def read_axes(rows: str, columns: str) -> tuple[str, str]:
    """What stands down and across.

    Args:
        rows, columns: what the address says; empty for the usual.

    Raises:
        BadInput: there is no such map.
    """
    rows = rows or "causes"
    columns = columns or ("causes" if rows == "sources" else "phases")
    if rows not in ("causes", "sources"):
        raise BadInput(f"Causes or sources can stand down the map, not “{rows[:40]}”. Try /map?rows=causes.")
    if rows == "sources" and columns != "causes":
        raise BadInput("With sources down, only causes stand across. Try /map?rows=sources&columns=causes.")
    if rows == "causes" and columns not in COLUMNS:
        told = ", ".join(COLUMNS)
        raise BadInput(f"With causes down, one of these stands across: {told}. Try /map?rows=causes&columns=phases.")
    return rows, columns


def map_query(rows: str, columns: str) -> Shown:
    """The query behind a map."""
    return shown("map_of_sources") if rows == "sources" else shown("map_of_causes", across=gap(COLUMNS[columns]))


def map_href(rows: str, columns: str) -> str:
    """Where a map stands."""
    return "/map" if (rows, columns) == ("causes", "phases") else f"/map?rows={rows}&columns={columns}"


def cell_href(rows: str, columns: str, row: str, column: str) -> str:
    """Where the claims of a cell stand."""
    return f"/map/cell?rows={rows}&columns={columns}&row={quote(local_of(row))}&column={quote(local_of(column))}"
