"""The path explorer: its page, the graph of an answer as data and as files, and what its fields offer."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kg.errors import NotFound
from webui.base import opened
from webui.contexts.wayform import Typed, offered
from webui.contexts.ways import paths_graph, ways_page
from webui.views.graph import FORMS, as_file, asked_choice
from webui.views.pages import word

blueprint = Blueprint("paths", __name__, url_prefix="/path")


@blueprint.get("")
def page() -> BaseResponse:
    typed = asked()
    if word("swap"):
        return redirect(replace(typed, start=typed.end, end=typed.start).href())
    found = ways_page(opened(), typed, asked_choice())
    return make_response(render_template("path.html", page=found), 422 if found.form.problems else 200)


@blueprint.get(f"/graph.<{FORMS}:form>")
def data(form: str) -> Response:
    choice = asked_choice()
    found = paths_graph(opened(), asked(), choice)
    if not found:
        raise NotFound("graph of paths")
    graph, place, title = found
    return as_file(graph, form, choice, place, title)


@blueprint.get("/things")
def things() -> Response:
    """What a field offers for what was typed so far."""
    return jsonify(offered(opened(), word("q")))


def asked() -> Typed:
    """What the address asks."""
    return Typed(
        start=word("from"),
        end=word("to"),
        through=word("through"),
        kinds=tuple(dict.fromkeys(kind.strip()[:40] for kind in request.args.getlist("by") if kind.strip())),
        length=word("length"),
        standing=word("weakest"),
        most=word("paths"),
        view="graph" if word("view") == "graph" else "",
    )
