"""Search, and what is offered while somebody types."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, make_response, render_template, request

from webui.base import opened
from webui.contexts.find import search_page, suggestions
from webui.views.pages import whole, word

pages = Blueprint("search", __name__)
blueprint = Blueprint("suggestions", __name__)


@pages.get("/search")
def search() -> Response:
    page = search_page(opened(), request.args.get("q", ""), word("kind"), whole("part", 1))
    return make_response(render_template("search.html", page=page), 422 if page.problem else 200)


@blueprint.get("/search/suggestions")
def suggested() -> Response:
    return jsonify(suggestions(opened(), request.args.get("q", "")))
