"""The ontology at its own addresses: a reference for people, RDF for programs; its shapes and its JSON-LD context."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, render_template

from kg.describing import context, context_text, ontology, shapes, write
from kg.namespaces import BASE, ONTOLOGY, SHAPES
from kg.queries import ontology_header
from webui.base import opened
from webui.contexts.document import shapes_page
from webui.contexts.page import Page
from webui.contexts.reference import reference_page
from webui.negotiation import SUFFIXES, cut
from webui.representations import Resource, answer, choose

if TYPE_CHECKING:
    from kg.store import Quad

blueprint = Blueprint("reference", __name__)
CONTEXT = "/ns/context.jsonld"


@blueprint.get("/ns")
@blueprint.get("/ns.<suffix>")
def ns(suffix: str = "") -> Response:
    return _ontology(Resource("/ns", ONTOLOGY), _media(suffix))


@blueprint.get("/ns/<path:name>")
def version(name: str) -> Response:
    """A version of the ontology; only the one of this base is kept."""
    stem, media = cut(name)
    header = ontology_header(opened().reader)
    iri = f"{ONTOLOGY}/{stem}"
    if header is not None and header.versionAddress == iri:
        return _ontology(Resource(f"/ns/{stem}", iri), media)
    kept = f"the one that is kept is {header.version}, at /ns/{header.version}" if header else "none is kept"
    abort(404, f"There is no version “{stem}” of the ontology here; {kept}. Terms have addresses such as /ns#Claim.")


@blueprint.get("/shapes")
@blueprint.get("/shapes.<suffix>")
@blueprint.get("/ns/shapes")
@blueprint.get("/ns/shapes.<suffix>")
def shapes_view(suffix: str = "") -> Response:
    resource = Resource("/shapes", SHAPES.rstrip("#"))
    choose(resource, _media(suffix))
    return answer(lambda: _page("document.html", shapes_page(opened()), resource), _data(shapes, resource.iri))


@blueprint.get(CONTEXT)
def json_context() -> Response:
    choose(Resource(CONTEXT.rpartition(".")[0], BASE + CONTEXT[1:], ("jsonld",)), SUFFIXES["jsonld"])
    return answer(str, lambda _: context_text({"@context": context()}).encode())


def _ontology(resource: Resource, media: str) -> Response:
    choose(resource, media)
    return answer(lambda: _page("reference.html", reference_page(opened()), resource), _data(ontology, ONTOLOGY))


def _page(template: str, page: Page, resource: Resource) -> str:
    return render_template(template, page=replace(page, as_data=resource.links()))


def _data(statements: Callable[..., Iterable[Quad]], first: str) -> Callable[[str], bytes]:
    return lambda form: write(statements(opened().reader), form, first=first)


def _media(suffix: str) -> str:
    if suffix and suffix not in SUFFIXES:
        abort(404)
    return SUFFIXES.get(suffix, "")
