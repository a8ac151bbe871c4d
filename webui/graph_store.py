"""The SPARQL 1.1 Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/) at `/graph-store`.

Graphs are named in the address (`?graph=…`, §4.2); `?default` is the union of all. Everybody may read. Who holds a
token may write, where changes are taken at all: into graphs of ours, of which none can be made or done away with, and
what every change must hold to holds here.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from flask import Blueprint, request
from werkzeug import Request, Response
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    MethodNotAllowed,
    NotAcceptable,
    NotFound,
    PreconditionFailed,
    TooManyRequests,
    UnsupportedMediaType,
)
from werkzeug.wsgi import FileWrapper

from kg.answering import Pool, derived_graph, graph_names, graph_question
from kg.errors import GapbridgeError, ResultTooLarge
from kg.settings import Settings
from kg.updating import Proposal
from webui.changes import HOW, REVISION, Changes, problem
from webui.sparql import forms
from webui.sparql.protocol import let_finish
from webui.sparql.rate import Rate, client_of
from webui.sparql.replies import http_problem

PATH = "/graph-store"
LONGEST_BODY = 32 << 20
"""Bytes that a graph may have that somebody sends."""
READING, WRITING = ("GET", "HEAD", "OPTIONS"), ("PUT", "POST", "DELETE")
_SUFFIXES = {
    "text/turtle": ".ttl",
    "application/x-turtle": ".ttl",
    "application/n-triples": ".nt",
    "text/plain": ".nt",
    "application/rdf+xml": ".rdf",
    "application/ld+json": ".jsonld",
    "application/trig": ".trig",
    "application/n-quads": ".nq",
}
_DONE = {"put": "replaced", "post": "added to", "delete": "emptied"}
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": f"ETag, Last-Modified, Retry-After, Allow, WWW-Authenticate, {REVISION}",
    "Vary": "Accept",
}
_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-Match, If-None-Match, Authorization",
    "Access-Control-Max-Age": "86400",
}
_BLOCK = 1 << 16


def create_blueprint(
    settings: Settings, pool: Pool, changes: Changes, named: Callable[[], tuple[str, ...]] = graph_names
) -> Blueprint:
    """The graphs as a part of the site.

    Args:
        settings: the limits.
        pool: the endpoint's readers.
        changes: the endpoint's too, so that changes of both kinds are made one after the other.
        named: tells the addresses of the graphs that there are now.
    """
    blueprint, store = Blueprint("graph_store", __name__), GraphStore(settings, pool, changes, named)

    @blueprint.route(PATH, methods=[*READING, *WRITING, "PATCH"], provide_automatic_options=False)
    def graphs() -> Response:
        return store.respond(request)

    return blueprint


class GraphStore:
    """Answers requests; safe to use from several threads."""

    def __init__(
        self, settings: Settings, pool: Pool, changes: Changes, named: Callable[[], tuple[str, ...]] = graph_names
    ) -> None:
        self._named = named
        self._pool, self._changes, self._rate = pool, changes, Rate(settings.query_rate)

    def respond(self, request: Request) -> Response:
        """The response to a request, whatever it is."""
        try:
            response = self._response(request)
        except HTTPException as error:
            let_finish(request)
            response = http_problem(error)
        except GapbridgeError as error:
            response = problem(request, error, 403 if isinstance(error, ResultTooLarge) else 503)
        response.headers.extend(_CORS)
        return response

    def _response(self, request: Request) -> Response:
        client = client_of(request.remote_addr)
        if seconds := self._rate.wait(client):
            raise TooManyRequests("You have asked too often; please wait a little.", retry_after=math.ceil(seconds))
        if request.method == "OPTIONS":
            allowed = ", ".join(self._methods())
            return Response(
                status=204, headers={**_PREFLIGHT, "Allow": allowed, "Access-Control-Allow-Methods": allowed}
            )
        if request.method not in READING:
            return self._change(request)
        return self._read(request, _target(request, self._named()), client)

    def _methods(self, graph: str = "") -> tuple[str, ...]:
        writable = self._changes.on and graph != derived_graph()
        return READING + WRITING if writable else READING

    def _read(self, request: Request, graph: str, client: str) -> Response:
        wanted = forms.wanted(request.headers.get("Accept", ""), request.args.get("format", ""))
        if not wanted.graph:
            raise NotAcceptable(f"Graphs are given as {', '.join(sorted(set(_SUFFIXES)))}.")
        media, form = "text/turtle" if wanted.graph == "text/html" else wanted.graph, wanted.graph_form
        revision = self._pool.revision
        if request.if_none_match.contains(_tag(revision, form)) and not request.if_none_match.star_tag:
            response = Response(status=304)
        else:
            answer = self._pool.answer(graph_question(form, graph), client)
            revision = answer.revision
            response = _whole(answer.body, answer.file, answer.size, request.method == "HEAD")
            response.content_type = forms.content_type(media)
        response.set_etag(_tag(revision, form))
        response.last_modified = self._pool.changed_at(revision)
        response.headers.extend({"Cache-Control": "no-cache", REVISION: str(revision)})
        return response.make_conditional(request)

    def _change(self, request: Request) -> Response:
        kind = request.method.lower()
        if not self._changes.on:
            raise MethodNotAllowed(READING, f"Graphs can only be read here. {HOW}")
        if kind not in _DONE:
            raise MethodNotAllowed(self._methods(), "A graph is changed with PUT, POST or DELETE.")
        token = self._changes.admit(request)
        graph = _target(request, self._named())
        self._refuse(request, kind, graph)
        suffix = ".nt" if kind == "delete" else _suffix(request)
        name = graph.rpartition("/")[2] or "union"
        message = request.args.get("message") or f"Graph “{name}” {_DONE[kind]} with the token “{token.name}”"
        with _spooled(request, kind) as data:
            return self._changes.make(request, token, Proposal(kind, graph, suffix), data, message)

    def _refuse(self, request: Request, kind: str, graph: str) -> None:
        """Refuse what no content could make right."""
        if graph == derived_graph():
            words = "The rules alone write this graph: change the claims that it follows from."
            raise MethodNotAllowed(self._methods(graph), words)
        if not graph and kind != "post":
            words = "The default graph is the union of the others: it can be added to, and each thing said goes into "
            raise MethodNotAllowed([*READING, "POST"], words + "the graph of what it is said of. Name the graph.")
        if request.if_none_match.star_tag:
            raise PreconditionFailed("This graph is there already.")


def _target(request: Request, graphs: tuple[str, ...]) -> str:
    """The address of the graph that is meant; empty for the default graph.

    Raises:
        BadRequest: none or several are named.
        NotFound: there is no such graph.
    """
    named = request.args.getlist("graph")
    if len(named) + len(request.args.getlist("default")) != 1:
        raise BadRequest("Name one graph: ?graph= with its address, or ?default for the union of all.")
    if named and named[0] not in graphs:
        raise NotFound(f"There is no such graph. There are: {', '.join(graphs)}.")
    return named[0] if named else ""


def _suffix(request: Request) -> str:
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("Compressed requests are not taken.")
    if request.mimetype not in _SUFFIXES:
        raise UnsupportedMediaType(f"A graph is sent as {', '.join(_SUFFIXES)}.")
    if request.mimetype_params.get("charset", "utf-8").lower() not in ("utf-8", "us-ascii"):
        raise UnsupportedMediaType("Graphs are taken in UTF-8.")
    return _SUFFIXES[request.mimetype]


@contextmanager
def _spooled(request: Request, kind: str) -> Iterator[IO[bytes]]:
    """The body in a file without a name, however large it is."""
    request.max_content_length = LONGEST_BODY
    with tempfile.TemporaryFile() as file:
        while kind != "delete" and (block := request.stream.read(_BLOCK)):
            file.write(block)
        file.flush()
        yield file


def _whole(body: bytes, file: IO[bytes] | None, size: int, head: bool) -> Response:
    if file is None:
        return Response(body)
    response = Response(headers={"Content-Length": str(size)})
    response.call_on_close(file.close)
    if not head:
        response.response = FileWrapper(file, _BLOCK)
    return response


def _tag(revision: int, form: str) -> str:
    return f"r{revision}-{form}"
