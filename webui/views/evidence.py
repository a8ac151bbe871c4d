"""How far the evidence reaches: the map and its cells, the coverage board, comparing, what if a source were gone."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from webui.base import opened
from webui.contexts.compare import compare_page
from webui.contexts.coverage import coverage_page
from webui.contexts.evidence_map import map_page
from webui.contexts.map_cell import cell_page
from webui.contexts.what_if import what_if_page
from webui.views.pages import whole, word

blueprint = Blueprint("evidence", __name__)
_MOST_VALUES = 40


@blueprint.get("/map")
def evidence_map() -> str:
    page = map_page(opened(), word("rows"), word("columns"), whole("part", 1), whole("across", 1))
    return render_template("map.html", page=page)


@blueprint.get("/map/cell")
def cell() -> str:
    page = cell_page(opened(), (word("rows"), word("columns")), word("row"), word("column"))
    return render_template("map_cell.html", page=page)


@blueprint.get("/coverage")
def coverage() -> str:
    return render_template("coverage.html", page=coverage_page(opened(), whole("part", 1)))


@blueprint.get("/compare")
def compare() -> Response:
    page = compare_page(opened(), words("thing"))
    return make_response(render_template("compare.html", page=page), 422 if page.problems else 200)


@blueprint.get("/what-if")
def what_if() -> str:
    return render_template("what_if.html", page=what_if_page(opened(), words("without")))


def words(name: str) -> list[str]:
    """All that the address gives under a name, each cut to what a name can be long."""
    return [value[:200] for value in request.args.getlist(name)[:_MOST_VALUES]]
