"""Requests of the SPARQL 1.1 Protocol and their answers, with no knowledge of the site around them."""

from __future__ import annotations

import gzip
import hashlib
import math
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

from werkzeug import Request, Response
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, TooManyRequests
from werkzeug.wsgi import FileWrapper

from kg.answering import Answer, Question, open_pool
from kg.errors import (
    GapbridgeError,
    QueryProblem,
    QueryTooLong,
    ServerBusy,
    StoreDamaged,
    StoreHeld,
    StoreMissing,
    StoreTooNew,
    WrongForm,
)
from kg.settings import Settings
from webui.changes import REVISION, Changes
from webui.sparql import forms, protocol
from webui.sparql.cache import LARGEST, Cache, Kept
from webui.sparql.description import description
from webui.sparql.page import LARGEST_SHOWN, SparqlPage, answer_page, empty_page, problem_page
from webui.sparql.rate import Rate, client_of
from webui.sparql.update import Updating

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Retry-After, Allow, Content-Length, WWW-Authenticate, "
    + REVISION,
}
_PREFLIGHT = {
    "Allow": ", ".join(METHODS),
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-Match, If-Modified-Since, If-None-Match, Authorization",
    "Access-Control-Max-Age": "86400",
}
_STATUS: tuple[tuple[type[GapbridgeError], int], ...] = (
    (QueryTooLong, 503),
    (ServerBusy, 503),
    (WrongForm, 406),
    (QueryProblem, 400),
    (StoreMissing, 503),
    (StoreHeld, 503),
    (StoreTooNew, 503),
    (StoreDamaged, 503),
    (GapbridgeError, 500),
)
_RETRY_SECONDS = 5
_WORTH_PACKING = 1000
_BLOCK = 1 << 16
_CHANGES_BY_ITSELF = re.compile(r"(?:NOW|RAND|UUID)\s*(?:\(|#)|\\u", re.IGNORECASE)

Render = Callable[[SparqlPage], str]


@dataclass(frozen=True)
class _Task:
    """A request that holds a query, with what its answer depends on."""

    question: Question
    wanted: forms.Wanted
    packed: bool

    @property
    def lasting(self) -> bool:
        """Whether the answer is the same as long as the data are."""
        return not _CHANGES_BY_ITSELF.search(self.question.text)

    def tag(self, revision: int) -> str:
        """What an answer is known by."""
        return hashlib.sha256(repr((revision, self)).encode("utf-8", "replace")).hexdigest()[:24]


class Endpoint:
    """Answers requests; safe to use from several threads.

    Args:
        settings: where the base lies, and the limits.
    """

    def __init__(self, settings: Settings) -> None:
        self.pool = open_pool(settings)
        self.changes = Changes(settings, self.pool)
        self._updating = Updating(self.changes)
        self._changed_at = lru_cache(maxsize=4)(self.pool.changed_at)
        self._rate, self._cache = Rate(settings.query_rate), Cache()
        self._too_long_retry = max(_RETRY_SECONDS, settings.query_seconds)

    def respond(self, request: Request, render: Render | None = None) -> Response:
        """The response to a request, whatever it is.

        Args:
            request: the request; its body has not been read.
            render: makes a page; without it pages are not on offer.
        """
        try:
            response = self._response(request, render)
        except HTTPException as error:
            protocol.let_finish(request)
            response = _http_problem(error)
        except GapbridgeError as error:
            response = self._problem(error)
        response.headers.extend(CORS)
        response.headers["Vary"] = "Accept, Accept-Encoding"
        return response

    def _response(self, request: Request, render: Render | None) -> Response:
        if request.method == "OPTIONS":
            return Response(status=204, headers=_PREFLIGHT)
        if request.method not in METHODS:
            raise MethodNotAllowed(METHODS, "A query is asked with GET or POST.")
        client = client_of(request.remote_addr)
        if seconds := self._rate.wait(client):
            words = "You have asked too often; please wait a little."
            raise TooManyRequests(words, retry_after=math.ceil(seconds))
        self._updating.check(request)
        asked = protocol.read(request)
        if asked.update is not None:
            return self._updating.respond(request, asked)
        wanted = forms.wanted(request.headers.get("Accept", ""), asked.form)
        if asked.query is None:
            return _unasked(request, asked, wanted, render, self.changes.on)
        question = Question(asked.query, wanted.table_form, wanted.graph_form, asked.default_graphs, asked.named_graphs)
        if render and wanted.is_page:
            return self._page(question, client, render)
        return self._data(request, _Task(question, wanted, _may_pack(request)), client)

    def _data(self, request: Request, task: _Task, client: str) -> Response:
        reading, revision = request.method != "POST", self.pool.revision
        if reading and task.lasting and task.tag(revision) in request.if_none_match and not _any_tag(request):
            response = Response(status=304)
            self._mark(response, task, revision)
            return response
        kept = self._cache.get((revision, task)) if task.lasting else None
        if kept is not None:
            response = _whole(kept)
        else:
            answer = self.pool.answer(task.question, client)
            revision = answer.revision
            response = self._fresh(request, task, answer)
        self._mark(response, task, revision)
        return response.make_conditional(request) if reading and task.lasting else response

    def _fresh(self, request: Request, task: _Task, answer: Answer) -> Response:
        media = task.wanted.graph if answer.kind == "graph" else task.wanted.table
        if answer.file is not None:
            return _streamed(answer.file, answer.size, media, task.packed, request.method == "HEAD")
        packed = task.packed and answer.size >= _WORTH_PACKING
        body = gzip.compress(answer.body, compresslevel=5, mtime=0) if packed else answer.body
        kept = Kept(media, body, packed)
        if task.lasting and answer.size <= LARGEST:
            self._cache.put((answer.revision, task), kept)
        return _whole(kept)

    def _mark(self, response: Response, task: _Task, revision: int) -> None:
        if not task.lasting:
            response.headers["Cache-Control"] = "no-store"
            return
        response.set_etag(task.tag(revision), weak=True)  # rows without ORDER BY may come in another order
        response.last_modified = self._changed_at(revision)
        response.headers["Cache-Control"] = "no-cache"

    def _page(self, question: Question, client: str, render: Render) -> Response:
        try:
            answer = self.pool.answer(question, client)
        except GapbridgeError as error:
            response = self._problem(error)
            response.set_data(render(problem_page(question.text, str(error))))
            response.content_type = "text/html; charset=utf-8"
            return response
        body: bytes | None = answer.body
        if answer.file is not None:
            with answer.file as file:
                body = file.read() if answer.size <= LARGEST_SHOWN else None
        page = answer_page(question.text, answer.revision, answer.kind, body)
        return Response(render(page), mimetype="text/html")

    def _problem(self, error: GapbridgeError) -> Response:
        status = next(status for kind, status in _STATUS if isinstance(error, kind))
        response = Response(f"{error}\n", status, mimetype="text/plain")
        if status == 503:
            response.retry_after = self._too_long_retry if isinstance(error, QueryTooLong) else _RETRY_SECONDS
        return response


def _unasked(
    request: Request, asked: protocol.Asked, wanted: forms.Wanted, render: Render | None, updates: bool
) -> Response:
    """The answer to a request without a query: the page, or the service description."""
    if not asked.bare or not wanted.graph:
        raise BadRequest("There is no query in this request: it needs the parameter “query”.")
    if wanted.graph == "text/html":
        if render is None:
            raise BadRequest("There is no query in this request: it needs the parameter “query”.")
        return Response(render(empty_page()), mimetype="text/html")
    body = description(request.base_url, wanted.graph_form, updates)
    return Response(body, content_type=forms.content_type(wanted.graph))


def _whole(kept: Kept) -> Response:
    response = Response(kept.body, content_type=forms.content_type(kept.media))
    if kept.packed:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _streamed(file: BinaryIO, size: int, media: str, packed: bool, head: bool) -> Response:
    """A large answer, which is whole in a file by now."""
    response = Response(content_type=forms.content_type(media))
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.content_length = size
    if head:
        file.close()
        return response
    blocks = FileWrapper(file, _BLOCK)
    response.response = _pack(blocks) if packed else blocks
    response.call_on_close(file.close)
    return response


def _pack(blocks: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(level=1, wbits=zlib.MAX_WBITS | 16)
    for block in blocks:
        if packed := packer.compress(block):
            yield packed
    yield packer.flush()


def _may_pack(request: Request) -> bool:
    return request.accept_encodings.quality("gzip") > 0


def _any_tag(request: Request) -> bool:
    return request.if_none_match.star_tag


def _http_problem(error: HTTPException) -> Response:
    """An error of the protocol as plain text, with the headers that belong to it."""
    if isinstance(error.response, Response):
        return error.response
    response = Response(f"{error.description}\n", error.code, mimetype="text/plain")
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response
