"""The example queries for reading and for other programs, and the terms that the editor offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, redirect, render_template
from werkzeug.wrappers import Response as BaseResponse

from kg.queries import example, examples, prefixes, vocabulary
from webui.base import opened
from webui.contexts.page import Link, Page, crumbs, frame
from webui.hosts import public_root
from webui.sparql.shelves import EXAMPLES, Shelf, shelves

blueprint = Blueprint("gallery", __name__, template_folder="templates")
_HEADING = "Example queries"
_LEAD = "Each runs as it stands, here or against any copy of the data; change the values between the braces of VALUES."


@dataclass(frozen=True, kw_only=True)
class ExamplesPage(Page):
    """The gallery, for reading.

    Attributes:
        shelves: the examples by user and topic.
    """

    shelves: tuple[Shelf, ...]


@blueprint.get(EXAMPLES)
def gallery() -> str:
    way = crumbs(Link("Ask in SPARQL", "/sparql"), Link(_HEADING, EXAMPLES, True))
    shared: dict[str, Any] = frame(opened(), _HEADING, at="/sparql", lead=_LEAD, crumbs=way)
    return render_template("examples.html", page=ExamplesPage(shelves=shelves(), **shared))


@blueprint.get(f"{EXAMPLES}/<name>")
def run(name: str) -> BaseResponse:
    """The page with the example's answer."""
    return redirect("/sparql?" + urlencode({"query": example(name).text.strip(), "format": "html"}))


@blueprint.get(f"{EXAMPLES}/<name>.rq")
def file(name: str) -> Response:
    return Response(example(name).text, mimetype="application/sparql-query")


@blueprint.get(f"{EXAMPLES}.ttl")
def turtle() -> Response:
    from webui.sparql.described import described  # rdflib, which nothing else here needs

    site = public_root()
    return Response(described(examples(), site + EXAMPLES, site + "/sparql"), content_type="text/turtle; charset=utf-8")


@blueprint.get("/sparql/terms.json")
def terms() -> Response:
    """What the editor offers while one types."""
    found = vocabulary(opened().reader)
    uses = {use: [row.term for row in found if row.use == use] for use in ("class", "property")}
    return jsonify(uses | {"prefixes": list(prefixes().items())})
