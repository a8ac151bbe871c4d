"""The graph of a thing: its page, and the data that the page draws."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template

from webui.base import opened
from webui.contexts.drawing import graph_page
from webui.contexts.things import find
from webui.graphs.build import graph_of
from webui.graphs.data import network_data

blueprint = Blueprint("graph", __name__, url_prefix="/graph")


@blueprint.get("/<kind>/<path:slug>")
def page(kind: str, slug: str) -> str:
    return render_template("graph.html", page=graph_page(opened(), find(opened(), kind, slug)))


@blueprint.get("/<kind>/<path:slug>.json")
def data(kind: str, slug: str) -> Response:
    now = opened()
    item = find(now, kind, slug)
    return jsonify(network_data(graph_of(now, item.iri, item.classes)))
