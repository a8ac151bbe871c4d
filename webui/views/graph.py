"""The graph of a thing: its page, and the same as data and as files."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, request

from webui.base import opened
from webui.contexts.drawing import graph_page, graphs
from webui.contexts.things import find
from webui.graphs.choice import Choice, Place, graph_place, read_choice
from webui.graphs.data import network_data
from webui.graphs.files import graphml
from webui.graphs.model import Graph
from webui.graphs.picture import picture
from webui.hosts import public_root

blueprint = Blueprint("graph", __name__, url_prefix="/graph")
FORMS = "any(json, svg, graphml)"
_GRAPHML = "application/graphml+xml"


@blueprint.get("/<kind>/<path:slug>")
def page(kind: str, slug: str) -> str:
    now = opened()
    return render_template("graph.html", page=graph_page(now, find(now, kind, slug), asked_choice()))


@blueprint.get(f"/<kind>/<path:slug>.<{FORMS}:form>")
def data(kind: str, slug: str, form: str) -> Response:
    now, choice = opened(), asked_choice()
    item = find(now, kind, slug)
    _, graph = graphs(now, item, choice)
    return as_file(graph, form, choice, graph_place(item.iri), f"Graph of {item.label}")


def asked_choice() -> Choice:
    """What the address says is to be shown."""
    return read_choice(request.args.to_dict(flat=False))


def as_file(graph: Graph, form: str, choice: Choice, place: Place, title: str) -> Response:
    """A graph as data for the browser, as a picture, or for other programs."""
    if form == "json":
        return jsonify(network_data(graph, choice, place))
    if form == "graphml":
        return Response(graphml(graph), content_type=f"{_GRAPHML}; charset=utf-8")
    source = f"Gapbridge, revision {opened().revision}: {public_root()}{place.at(choice)}"
    drawn = render_template("graph.svg", picture=picture(graph, title, source))
    return Response(drawn, content_type="image/svg+xml; charset=utf-8")
