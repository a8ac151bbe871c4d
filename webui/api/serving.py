"""From a request to a response: headers, conditions, forms and errors, the same for every operation."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from kg.errors import GapbridgeError
from webui.api.answers import ANSWERS, Asked
from webui.api.form import camel, write
from webui.api.operations import LARGEST_BODY, Operation
from webui.api.problems import BY_NAME, ApiError, from_library
from webui.api.reading import fits, read_body, read_query, too_large
from webui.api.records import Href, Paged, Problem
from webui.assets import build
from webui.base import opened
from webui.sparql.protocol import let_finish

JSON, PROBLEM, TURTLE = "application/json", "application/problem+json", "text/turtle"
OPENAPI = Path(__file__).parent / "openapi.json"
GUIDE = "/api"
_RETRY_SECONDS = "5"
_HTTP = {
    404: "no-such-address",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: "too-large",
    415: "unsupported-media-type",
    503: "unavailable",
}
_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def respond(operation: Operation, **in_path: str) -> Response:
    """The response of an operation."""
    form = _form(operation)
    for parameter in operation.in_path:
        if not fits(parameter, in_path[parameter.name]):
            told = f"Nothing here is called “{in_path[parameter.name][:40]}”."
            raise ApiError("not-found", told, parameter=parameter.name)
    values = read_query(operation, request.query_string)
    body = _body(operation) if operation.body else None
    if not body and _unchanged(tag := _tag()):
        return _tagged(Response(status=304), tag)
    given = {p.name: values[p.name] for p in operation.query if p.name in request.args}
    asked = Asked(opened(), request.path, {**values, **in_path}, given, body)
    if form == TURTLE:
        return _turtle(asked)
    answer = ANSWERS[operation.name](asked)
    response = _paged(Response(write(answer), content_type=JSON), answer)
    return response if body else _tagged(response, tag)


def openapi() -> Response:
    """The OpenAPI file as it is packaged."""
    _accepted((JSON,))
    body = _openapi()
    tag = hashlib.sha256(body).hexdigest()[:20]
    return _tagged(Response(status=304) if _unchanged(tag) else Response(body, content_type=JSON), tag)


@cache
def _openapi() -> bytes:
    return OPENAPI.read_bytes()


def _form(operation: Operation) -> str:
    return _accepted((JSON, *operation.other_forms))


def _accepted(forms: tuple[str, ...]) -> str:
    """The form that a client likes best of those on offer; of those liked equally well, the first."""
    accept = request.accept_mimetypes
    if not accept:
        return forms[0]
    best = max(forms, key=accept.quality)
    if accept.quality(best) <= 0:
        raise ApiError("not-acceptable", f"This is answered as {' or '.join(forms)}.", known=forms)
    return best


def _body(operation: Operation) -> Any:
    if request.mimetype != JSON or request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise ApiError("unsupported-media-type", f"The body has to be {JSON}, not compressed.", known=(JSON,))
    if (request.content_length or 0) > LARGEST_BODY:
        raise too_large()
    if request.content_length is None:  # sent in chunks: the server ends the stream where the body ends
        request.environ["wsgi.input_terminated"] = True
    return read_body(operation.body, _read())


def _read() -> bytes:
    """The body, which may come in pieces; no more of it is held than may be sent."""
    found = bytearray()
    while piece := request.stream.read(LARGEST_BODY + 1 - len(found)):
        found += piece
        if len(found) > LARGEST_BODY:
            raise too_large()
    return bytes(found)


def _tag() -> str:
    """Changes with the data, the program and the address: an answer is made of nothing else."""
    made_of = f"{opened().revision} {build()} {request.full_path}"
    return hashlib.sha256(made_of.encode("utf-8", "replace")).hexdigest()[:20]


def _unchanged(tag: str) -> bool:
    told = request.if_none_match
    return not told.star_tag and told.contains_weak(tag)


def _tagged(response: Response, tag: str) -> Response:
    response.set_etag(tag)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _turtle(asked: Asked) -> Response:
    from webui.api.answers.assessments import assessment_turtle

    return Response(assessment_turtle(asked), content_type=f"{TURTLE}; charset=utf-8")


def _paged(response: Response, answer: object) -> Response:
    if isinstance(answer, Paged) and answer.next:
        response.headers["Link"] = f'<{answer.next}>; rel="next"'
    return response


def finish(response: Response) -> Response:
    """What every response carries, so that pages elsewhere may use it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Allow, Retry-After"
    response.headers["Vary"] = "Accept"
    if request.method == "OPTIONS" and response.status_code == 200:
        response.status_code = 204
        del response.headers["Content-Type"]
        response.headers.extend(_PREFLIGHT)
        response.headers["Access-Control-Allow-Methods"] = response.headers["Allow"]
    return response


def problem(error: Exception) -> Response:
    """Any error as problem details."""
    if request.method == "POST":
        let_finish(request)
    known = _known(error)
    told = Problem(
        type=Href(f"{GUIDE}#{known.kind.name}"),
        title=known.kind.title,
        status=known.kind.status,
        detail=known.detail,
        instance=quote(request.path, safe="/"),
        parameter=known.parameter,
        known=known.known,
        nearest=known.nearest,
    )
    said = {camel(name): value for name, value in vars(told).items() if value not in ("", ())}
    response = Response(write(said), known.kind.status, content_type=PROBLEM)
    response.headers["Cache-Control"] = "no-store"
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    if known.kind.name == "unavailable":
        response.headers["Retry-After"] = _RETRY_SECONDS
    return response


def _known(error: Exception) -> ApiError:
    if isinstance(error, ApiError):
        return error
    if isinstance(error, GapbridgeError) and (found := from_library(error)).kind.name != "internal":
        return found
    if isinstance(error, HTTPException):
        kind = BY_NAME[_HTTP.get(error.code or 500, "bad-http")]
        if (error.code or 500) < 500 or error.code == 503:
            return ApiError(kind.name, kind.meaning)
    current_app.logger.exception("A request of the JSON interface failed", exc_info=error)
    return ApiError("internal", BY_NAME["internal"].meaning)
