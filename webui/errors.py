"""Every error of the library as a status code and a plain page: the one place where the two meet."""

from __future__ import annotations

from flask import Flask, render_template, request
from werkzeug.exceptions import HTTPException

from kg.errors import (
    Ambiguous,
    BadInput,
    GapbridgeError,
    NotFound,
    QueryProblem,
    QueryTooLong,
    ServerBusy,
    StoreDamaged,
    StoreHeld,
    StoreMissing,
    StoreTooNew,
    WrongForm,
)
from webui.base import opened
from webui.contexts.problem import ProblemPage, missing, plain

STATUS: tuple[tuple[type[GapbridgeError], int, str], ...] = (
    (NotFound, 404, "There is no such page"),
    (Ambiguous, 300, "Several things have this name"),
    (ServerBusy, 503, "Too many questions at once"),
    (WrongForm, 406, "The answer has no such form"),
    (QueryTooLong, 503, "That took too long"),
    (QueryProblem, 400, "That question cannot be asked"),
    (BadInput, 400, "That cannot be used as it is"),
    (StoreHeld, 503, "The evidence base is being changed just now"),
    (StoreMissing, 503, "There is no evidence base yet"),
    (StoreTooNew, 503, "The evidence base was written by a newer program"),
    (StoreDamaged, 503, "The evidence base cannot be read"),
    (GapbridgeError, 500, "Something went wrong"),
)
_TOLD = {404: "There is no such page", 405: "This address can only be read"}

Answer = tuple[str, int]


def init_app(app: Flask) -> None:
    app.register_error_handler(GapbridgeError, _ours)
    app.register_error_handler(HTTPException, _http)


def _ours(error: GapbridgeError) -> Answer:
    status, heading = next((status, words) for kind, status, words in STATUS if isinstance(error, kind))
    if isinstance(error, NotFound | Ambiguous):
        near = error.nearest if isinstance(error, NotFound) else error.candidates
        return _shown(missing(opened(), heading, error.name, near), status)
    return _shown(plain(heading, str(error)), status)


def _http(error: HTTPException) -> Answer:
    status = error.code or 500
    if status == 404:
        return _ours(NotFound(request.path, ()))
    return _shown(plain(_TOLD.get(status, "Something went wrong"), error.description or ""), status)


def _shown(page: ProblemPage, status: int) -> Answer:
    return render_template("problem.html", page=page), status
