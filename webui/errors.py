"""Every error of the library as a status code, told on a plain page or as problem details (RFC 9457).

The one place where the two meet. Who asked for data, by suffix or by the Accept header, gets no page.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence

from flask import Flask, Response, g, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import NotFound as NoSuchAddress

from kg.errors import (
    AcceptedUnseen,
    Ambiguous,
    BadInput,
    BaseTooOld,
    DatabaseUnavailable,
    DoesNotConform,
    EditedMeanwhile,
    EngineProblem,
    Entangled,
    GapbridgeError,
    IdentityRefused,
    LookupFailed,
    NoLongerKept,
    NotAllowed,
    NotFound,
    NotWritten,
    OnlyReplica,
    OutOfTurn,
    Overtaken,
    PackConflict,
    ProviderUnavailable,
    QueryProblem,
    QueryTooLong,
    ReadersMissing,
    ReadersStarting,
    SearchBeingMade,
    ServerBusy,
    SignInAgain,
    SignInNeeded,
    StoreDamaged,
    StoreHeld,
    StoreMissing,
    StoreTooNew,
    SyntaxProblem,
    TooManyAttempts,
    WrongForm,
    WrongPassword,
)
from kg.namespaces import thing
from webui.base import opened
from webui.contexts.page import Page
from webui.contexts.problem import missing, plain
from webui.contexts.reviewing.meanwhile import meanwhile_page
from webui.negotiation import PROBLEM
from webui.representations import wants_page
from webui.watching import request_id
from webui.way_back import sign_in_address, sign_in_again_address

STATUS: tuple[tuple[type[GapbridgeError], int, str], ...] = (
    (NotFound, 404, "There is no such page"),
    (NoLongerKept, 410, "This is no longer kept"),
    (SignInAgain, 401, "Sign in again first"),
    (SignInNeeded, 401, "Sign in first"),
    (WrongPassword, 401, "That was not right"),
    (IdentityRefused, 400, "Signing in did not work"),
    (ProviderUnavailable, 503, "Signing in there does not work just now"),
    (NotAllowed, 403, "You cannot do this"),
    (TooManyAttempts, 429, "Too many attempts"),
    (OutOfTurn, 409, "This cannot be done as things stand"),
    (Overtaken, 409, "Somebody else was first"),
    (EditedMeanwhile, 409, "Somebody else was first"),
    (DoesNotConform, 422, "The checks refuse this"),
    (Ambiguous, 300, "Several things have this name"),
    (ReadersStarting, 503, "The readers of the base are being started"),
    (SearchBeingMade, 503, "The search index is being made"),
    (ServerBusy, 503, "The server is busy just now"),
    (LookupFailed, 502, "The registrar gave no answer"),
    (WrongForm, 406, "The answer has no such form"),
    (QueryTooLong, 503, "That took too long"),
    (QueryProblem, 400, "That question cannot be asked"),
    (Entangled, 409, "That was changed again since"),
    (PackConflict, 409, "This pack does not fit"),
    (SyntaxProblem, 400, "That cannot be read"),
    (BadInput, 400, "That cannot be used as it is"),
    (OnlyReplica, 403, "This copy can only be read"),
    (NotWritten, 503, "Nothing can be written just now"),
    (AcceptedUnseen, 202, "Accepted, but not to be seen yet"),
    (StoreHeld, 503, "The evidence base is being changed just now"),
    (StoreMissing, 503, "There is no evidence base yet"),
    (BaseTooOld, 503, "The evidence base does not know this yet"),
    (StoreTooNew, 503, "The evidence base was written by a newer program"),
    (EngineProblem, 503, "The evidence base cannot be changed just now"),
    (DatabaseUnavailable, 503, "Accounts and drafts cannot be reached just now"),
    (ReadersMissing, 503, "The readers of the base cannot be started"),
    (StoreDamaged, 503, "The evidence base cannot be read"),
    (GapbridgeError, 500, "Something went wrong"),
)
_NOTED = (IdentityRefused, NotAllowed, TooManyAttempts, WrongPassword)
"""What who runs the server should know of: somebody may be trying doors."""
_AWAY: dict[type[GapbridgeError], str] = {
    EngineProblem: "The server that holds the evidence base gives no good answer just now. Nothing was changed, and "
    "all can be read meanwhile. Please try again in a little while.",
    DatabaseUnavailable: "The database behind accounts, drafts and changes gives no good answer just now. All can "
    "be read meanwhile. Whether what you sent is in will show when it answers again. Please try again in a little "
    "while.",
}
"""What visitors are told of a server that fails; its address and its words are for who runs this one."""
_log = logging.getLogger("gapbridge.errors")
_RETRY_SECONDS = 30
_TOLD = {
    404: "There is no such page",
    405: "This address can only be read",
    406: "This is not given in such a form",
}


def init_app(app: Flask) -> None:
    app.register_error_handler(GapbridgeError, respond)
    app.register_error_handler(EditedMeanwhile, _both)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _forged)


def heading_of(error: GapbridgeError) -> str:
    """What went wrong, in a few words for anybody."""
    return next(words for kind, _, words in STATUS if isinstance(error, kind))


def words_for_visitors(error: GapbridgeError) -> str:
    """What an error says, without what is only for who runs this server: where its other servers are."""
    return _away(error) or str(error)


def respond(error: GapbridgeError) -> Response:
    """What the site answers to an error of ours."""
    if isinstance(error, SignInAgain) and wants_page():
        return redirect(sign_in_again_address(), 303)
    if isinstance(error, SignInNeeded) and request.method in ("GET", "HEAD") and wants_page():
        return redirect(sign_in_address(), 303)
    status, heading = next((status, words) for kind, status, words in STATUS if isinstance(error, kind))
    if status >= 500:
        _log.warning(heading, extra={"problem": str(error)})
    elif isinstance(error, _NOTED):
        _log.warning("Refused", extra={"reason": type(error).__name__, "account": _account()})
    if away := _away(error):
        return _later(_told(status, heading, away))
    if isinstance(error, ServerBusy):
        return _later(_told(status, heading, str(error)))
    if not isinstance(error, NotFound | Ambiguous):
        return _told(status, heading, str(error))
    near = error.nearest if isinstance(error, NotFound) else error.candidates
    if wants_page():
        return _missing(status, heading, error, near)
    return _problem(status, heading, str(error), near)


def _missing(status: int, heading: str, error: NotFound | Ambiguous, near: Sequence[str]) -> Response:
    """The page for what is not there, with what may be meant as far as the base can be asked just now."""
    try:
        base = opened()
    except GapbridgeError:
        return _told(status, heading, str(error))
    return _page(missing(base, heading, error.name, near), status)


def _later(response: Response) -> Response:
    response.retry_after = _RETRY_SECONDS
    return response


def _both(error: EditedMeanwhile) -> Response:
    """Both versions side by side, where two people wrote in one contribution."""
    from kg.contributions import Contribution

    if not isinstance(error.kept, Contribution) or not wants_page():
        return respond(error)
    page = meanwhile_page(opened(), error.kept, request.form.to_dict(flat=False), request.path)
    return _page(page, 409, "review_both.html")


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status == 404 and error.description == NoSuchAddress.description:
        return respond(NotFound(request.path, ()))
    response = _told(status, _TOLD.get(status, "Something went wrong"), error.description or "")
    response.headers.extend((name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After"))
    return response


def _account() -> str:
    """The id of who is signed in, as far as that is known by now."""
    found = g.get("signed_in")
    return found.account.id if found else ""


def _forged(error: CSRFError) -> Response:
    _log.warning("Refused", extra={"reason": "forged form", "account": _account()})
    words = (
        "This form did not come from a page of ours, or its page is too old. Nothing was changed. Go back, load the "
        "page anew and send it again; your browser must take cookies for that."
    )
    return _told(400, "This form was not taken", words)


def _told(status: int, heading: str, text: str) -> Response:
    return _page(plain(heading, text, request_id.get()), status) if wants_page() else _problem(status, heading, text)


def _page(page: Page, status: int, template: str = "problem.html") -> Response:
    return _varying(Response(render_template(template, page=page), status))


def _problem(status: int, title: str, detail: str, nearest: Sequence[str] = ()) -> Response:
    told = {"title": title, "status": status, "detail": detail, "instance": request.path}
    told |= {"requestId": request_id.get()} if request_id.get() else {}
    near = {"nearest": [thing(*name.split("/", 1)) for name in nearest]} if nearest else {}
    response = Response(json.dumps(told | near, ensure_ascii=False) + "\n", status, content_type=PROBLEM)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return _varying(response)


def _varying(response: Response) -> Response:
    response.vary.add("Accept")
    return response


def _away(error: GapbridgeError) -> str:
    return next((words for kind, words in _AWAY.items() if isinstance(error, kind)), "")
