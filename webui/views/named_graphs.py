"""The named graphs at the paths of their addresses; what else lies below `/graph/` are drawings of things.

A graph may be large, so the processes behind `/sparql` read it, within the limits that hold there.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, urlencode

from flask import Blueprint, current_app, render_template, request
from werkzeug import Request
from werkzeug.wrappers import Response as BaseResponse

from kg.errors import NotFound
from kg.namespaces import GRAPH
from kg.queries import graph_sizes, query
from webui.base import opened
from webui.contexts.document import graph_page
from webui.negotiation import GRAPHS, HTML, cut
from webui.representations import Resource, answer, choose
from webui.sparql import PATH, Endpoint

blueprint = Blueprint("named_graphs", __name__)


@blueprint.get("/graph/<name>")
def named_graph(name: str) -> BaseResponse:
    stem, suffix = cut(name)
    resource = Resource(f"/graph/{quote(stem)}", GRAPH + stem)
    media = choose(resource, suffix)
    size = next((row.statements for row in graph_sizes(opened().reader) if row.graph == resource.iri), None)
    if size is None:
        raise NotFound(f"graph/{stem}")
    if media != HTML:
        return _asked(resource.iri, media)
    page = replace(graph_page(opened(), resource.iri, size), as_data=resource.links())
    return answer(lambda: render_template("document.html", page=page), lambda _: b"")


def _asked(iri: str, media: str) -> BaseResponse:
    """The graph as the endpoint gives it."""
    endpoint: Endpoint = current_app.extensions["gapbridge.endpoint"]
    asked = urlencode({"query": query("graph_content").bind(graph=iri), "format": GRAPHS[media]})
    return endpoint.respond(Request({**request.environ, "PATH_INFO": PATH, "QUERY_STRING": asked}))
