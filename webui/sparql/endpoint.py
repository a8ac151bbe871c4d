"""Requests of the SPARQL 1.1 Protocol and their answers, with no knowledge of the site around them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from werkzeug import Request, Response
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, TooManyRequests
from werkzeug.http import http_date

from kg.answering import Answer, Pool, Question, graph_names, look_up, open_pool
from kg.errors import (
    DatabaseUnavailable,
    EngineProblem,
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
from webui import packing
from webui.changes import REVISION, Changes
from webui.errors import words_for_visitors
from webui.headers import HEADERS
from webui.sparql import forms, protocol
from webui.sparql.cache import LARGEST, Cache, Kept
from webui.sparql.description import description
from webui.sparql.page import LARGEST_SHOWN, SparqlPage, answer_page, empty_page, problem_page
from webui.sparql.rate import Rate, client_of
from webui.sparql.replies import http_problem, packed, streamed, whole
from webui.sparql.task import Task, plain_task
from webui.sparql.update import Updating
from webui.stored import Stored

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Retry-After, Allow, Content-Length, WWW-Authenticate, "
    + REVISION,
}
_VARY = "Accept, Accept-Encoding"
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
    (DatabaseUnavailable, 503),
    (EngineProblem, 503),
    (StoreMissing, 503),
    (StoreHeld, 503),
    (StoreTooNew, 503),
    (StoreDamaged, 503),
    (GapbridgeError, 500),
)
_RETRY_SECONDS = 5
_ALWAYS = [*CORS.items(), ("Vary", _VARY), *HEADERS.items()]
_CONDITIONS = frozenset({"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE"})
_NONE = Answer(0, "", "", 0)

Render = Callable[[SparqlPage], str]

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from kg.store import Reader


class Endpoint:
    """Answers requests; safe to use from several threads.

    Args:
        settings: where the base lies, and the limits.
        at_hand: gives the reader of a revision that this process has open.
        stored: where tokens are kept.
        named: tells the addresses of the graphs that there are now.
        counted: makes a pool one that counts its questions.
    """

    def __init__(
        self,
        settings: Settings,
        at_hand: Callable[[int], Reader | None],
        stored: Stored | None = None,
        named: Callable[[], tuple[str, ...]] = graph_names,
        counted: Callable[[Pool], Pool] | None = None,
    ) -> None:
        self._named, self._public_url = named, settings.public_url
        self._at_hand = at_hand
        pool = open_pool(settings)
        self.pool = counted(pool) if counted else pool
        self.changes = Changes(settings, self.pool, stored or Stored(settings))
        self._updating = Updating(self.changes)
        self._changed_at = lru_cache(maxsize=4)(self.pool.changed_at)
        self._date = lru_cache(maxsize=4)(lambda revision: http_date(self._changed_at(revision)))
        self._rate, self.kept = Rate(settings.query_rate), Cache()
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
            response = http_problem(error)
        except GapbridgeError as error:
            response = self._problem(error)
        return _finished(response)

    def quick(self, environ: WSGIEnvironment) -> WSGIApplication | None:
        """The answer to the request that most programs send: a query in the address, and no conditions.

        It does what `respond` does, without the request and response objects that cost more than a small answer.

        Returns:
            None for any other request, of which nothing was counted or read.
        """
        if environ["REQUEST_METHOD"] != "GET" or not _CONDITIONS.isdisjoint(environ):
            return None
        try:
            task = plain_task(environ)
        except HTTPException:
            return None
        if task is None:
            return None
        client = client_of(environ.get("REMOTE_ADDR"))
        if seconds := self._rate.wait(client):
            return _site(_finished(http_problem(_too_often(seconds))))
        try:
            kept, revision, answer = self._found(task, client)
        except GapbridgeError as error:
            return _site(_finished(self._problem(error)))
        if kept is None:
            response = streamed(answer, task, head=False)
            self._mark(response, task, revision)
            return _site(_finished(response))
        return self._sent(kept, task, revision)

    def _response(self, request: Request, render: Render | None) -> Response:
        if request.method == "OPTIONS":
            return Response(status=204, headers=_PREFLIGHT)
        if request.method not in METHODS:
            raise MethodNotAllowed(METHODS, "A query is asked with GET or POST.")
        client = client_of(request.remote_addr)
        if seconds := self._rate.wait(client):
            raise _too_often(seconds)
        self._updating.check(request)
        asked = protocol.read(request)
        if asked.update is not None:
            return self._updating.respond(request, asked)
        wanted = forms.wanted(request.headers.get("Accept", ""), asked.form)
        if asked.query is None:
            here = f"{self._public_url}/sparql" if self._public_url else request.base_url
            return _unasked(here, asked, wanted, render, self.changes.on, self._named)
        question = Question(asked.query, wanted.table_form, wanted.graph_form, asked.default_graphs, asked.named_graphs)
        if render and wanted.is_page:
            return self._page(question, client, render)
        return self._data(
            request, Task(question, wanted, packing.best(request.headers.get("Accept-Encoding", ""))), client
        )

    def _data(self, request: Request, task: Task, client: str) -> Response:
        reading, revision = request.method != "POST", self.pool.revision
        if reading and task.lasting and _known(request, task.tag(revision)):
            response = Response(status=304)
            self._mark(response, task, revision)
            return response
        kept, revision, answer = self._found(task, client)
        response = streamed(answer, task, request.method == "HEAD") if kept is None else whole(kept)
        self._mark(response, task, revision)
        return response.make_conditional(request) if reading and task.lasting else response

    def _found(self, task: Task, client: str) -> tuple[Kept | None, int, Answer]:
        """An answer to keep, from the cache where it is there, with its revision; else None and a larger one."""
        revision = self.pool.revision
        if found := self._looked_up(task.question, revision):  # finding it costs no more than keeping it
            return packed(found, task), revision, found
        kept = self.kept.get((revision, task)) if task.lasting else None
        if kept is not None:
            return kept, revision, _NONE
        answer = self.pool.answer(task.question, client, revision)
        if answer.file is not None and not (task.lasting and answer.size <= LARGEST):
            return None, answer.revision, answer
        kept = packed(answer, task)
        if task.lasting:
            self.kept.put((answer.revision, task), kept, answer.revision)
        return kept, answer.revision, answer

    def _looked_up(self, question: Question, revision: int) -> Answer | None:
        """The answer to a question that can do no harm, from this process, where it has that revision open."""
        reader = self._at_hand(revision)
        return look_up(reader, question) if reader else None

    def _sent(self, kept: Kept, task: Task, revision: int) -> WSGIApplication:
        """A small answer as it goes out."""
        headers = [*_ALWAYS, ("Content-Type", forms.content_type(kept.media)), ("Content-Length", str(len(kept.body)))]
        if kept.encoding:
            headers.append(("Content-Encoding", kept.encoding))
        if task.lasting:
            headers.append(("ETag", f'W/"{task.tag(revision)}"'))
            headers.append(("Last-Modified", self._date(revision)))
        headers.append(("Cache-Control", "no-cache" if task.lasting else "no-store"))

        def send(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            start_response("200 OK", headers)
            return (kept.body,)

        return send

    def _mark(self, response: Response, task: Task, revision: int) -> None:
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
        response = Response(f"{words_for_visitors(error)}\n", status, mimetype="text/plain")
        if status == 503:
            response.retry_after = self._too_long_retry if isinstance(error, QueryTooLong) else _RETRY_SECONDS
        return response


def _unasked(
    here: str,
    asked: protocol.Asked,
    wanted: forms.Wanted,
    render: Render | None,
    updates: bool,
    named: Callable[[], tuple[str, ...]],
) -> Response:
    """The answer to a request without a query: the page, or the service description."""
    if not asked.bare or not wanted.graph:
        raise BadRequest("There is no query in this request: it needs the parameter “query”.")
    if wanted.graph == "text/html":
        if render is None:
            raise BadRequest("There is no query in this request: it needs the parameter “query”.")
        return Response(render(empty_page()), mimetype="text/html")
    body = description(here, wanted.graph_form, updates, named())
    return Response(body, content_type=forms.content_type(wanted.graph))


def _known(request: Request, tag: str) -> bool:
    """Whether the client holds this very answer; `*` is only told when there is one."""
    return not request.if_none_match.star_tag and request.if_none_match.contains_weak(tag)


def _finished(response: Response) -> Response:
    response.headers.extend(CORS)
    response.headers["Vary"] = _VARY
    return response


def _site(response: Response) -> Response:
    """A response that leaves without passing the site."""
    response.headers.extend(HEADERS)
    return response


def _too_often(seconds: float) -> TooManyRequests:
    return TooManyRequests("You have asked too often; please wait a little.", retry_after=math.ceil(seconds))
