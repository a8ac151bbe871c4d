"""The SPARQL endpoint: the query operation of the SPARQL 1.1 Protocol at `/sparql`.

`Endpoint` answers requests and knows no Flask; the blueprint puts it into the site, and `Front` in front of it, where
a request costs half as much.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request
from werkzeug import Request, Response

from webui.headers import HEADERS, POLICY
from webui.sparql.endpoint import METHODS, Endpoint
from webui.sparql.page import SparqlPage
from webui.watching import mark

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["PATH", "Endpoint", "Front", "create_blueprint"]

PATH = "/sparql"
_OTHERS = ("PUT", "PATCH", "DELETE")
STYLES = (
    "sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk=",
    "sha256-c0O6TmFAkgpNbHxKAa1BrveWHHopjEtC47i0PzMudxg=",
)
"""What the editor writes into the page itself: styles for the handles between columns, and while one is held."""
_PAGE_POLICY = POLICY.replace("style-src 'self'", " ".join(["style-src 'self'", *(f"'{style}'" for style in STYLES)]))


def create_blueprint(endpoint: Endpoint) -> Blueprint:
    """The endpoint as a part of the site, with its page for people."""
    blueprint = Blueprint("sparql", __name__, template_folder="templates")

    @blueprint.route(PATH, methods=[*METHODS, *_OTHERS], provide_automatic_options=False)
    def sparql() -> Response:
        return endpoint.respond(request, _page)

    @blueprint.after_request
    def allow_styles(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers["Content-Security-Policy"] = _PAGE_POLICY
        return response

    return blueprint


def _page(page: SparqlPage) -> str:
    return render_template("sparql.html", page=page)


class Front:
    """Answers programs before the site sees them; people, who want a page, are passed on to the site.

    Args:
        site: the application behind.
        endpoint: the same that the site's blueprint holds.
    """

    def __init__(self, site: WSGIApplication, endpoint: Endpoint) -> None:
        self._site, self._endpoint = site, endpoint

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH or _wants_page(environ):
            return self._site(environ, start_response)
        mark(environ, PATH)
        if quick := self._endpoint.quick(environ):
            return quick(environ, start_response)
        response = self._endpoint.respond(Request(environ))
        response.headers.extend(HEADERS)
        return response(environ, start_response)


def _wants_page(environ: WSGIEnvironment) -> bool:
    told = environ.get("HTTP_ACCEPT", "") + environ.get("QUERY_STRING", "")
    return environ["REQUEST_METHOD"] != "OPTIONS" and "html" in told.lower()
