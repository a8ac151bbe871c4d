"""Changes sent over HTTP: who may, against which revision, and what became of it."""

from __future__ import annotations

import json
import logging
import re
import time
from dataclasses import asdict
from http import HTTPStatus
from typing import IO

from werkzeug import Request, Response
from werkzeug.exceptions import BadRequest, LengthRequired

from kg.accounts.token import UPDATE, Token
from kg.answering import Pool
from kg.errors import (
    AcceptedUnseen,
    BadInput,
    Conflict,
    DatabaseUnavailable,
    DoesNotConform,
    EngineProblem,
    GapbridgeError,
    NotWritten,
    OnlyReplica,
    QueryProblem,
    QueryTooLong,
    ServerBusy,
    StoreDamaged,
    StoreHeld,
    StoreMissing,
    StoreTooNew,
    SyntaxProblem,
)
from kg.settings import Settings
from kg.updating import Outcome, Proposal, Updates
from webui.bearer import admitted
from webui.errors import words_for_visitors
from webui.stored import Stored

REVISION = "Gapbridge-Revision"
"""The header with the revision that a change made."""
HOW = "Whoever runs this server can turn changes on with GAPBRIDGE_UPDATES=on and make a token."
MOST_TOLD = 1000
_STATUS: tuple[tuple[type[GapbridgeError], int], ...] = (
    (DoesNotConform, 422),
    (Conflict, 409),
    (QueryTooLong, 503),
    (ServerBusy, 503),
    (QueryProblem, 400),
    (SyntaxProblem, 400),
    (BadInput, 400),
    (DatabaseUnavailable, 503),
    (OnlyReplica, 403),
    (NotWritten, 503),
    (AcceptedUnseen, 202),
    (EngineProblem, 503),
    (StoreHeld, 503),
    (StoreMissing, 503),
    (StoreTooNew, 503),
    (StoreDamaged, 503),
    (GapbridgeError, 500),
)
_RETRY_SECONDS = 5
_log = logging.getLogger("gapbridge.errors")
_FRESH_SECONDS = 10.0
_LONGEST_MESSAGE = 500
_TAG = re.compile(r"r(\d{1,15})(?:-.*)?")


class Changes:
    """Makes changes for holders of a token; safe to use from several threads.

    Args:
        settings: where the base lies, whether changes are taken, and the limits.
        pool: the readers that shall answer from a change as soon as it is told.
        stored: where tokens are kept; opened with the first one that is sent.
    """

    def __init__(self, settings: Settings, pool: Pool, stored: Stored) -> None:
        self.on = settings.updates
        self._stored, self._updates, self._pool = stored, Updates(settings), pool

    def admit(self, request: Request) -> Token:
        """The token of whoever sends a change (RFC 6750).

        Raises:
            Unauthorized: there is none, or it is worthless.
            Forbidden: it has not the right to change anything.
            LengthRequired: the change comes without its length.
            DatabaseUnavailable: nobody can tell just now whether the token is one.
        """
        token = admitted(request, self._stored, UPDATE)
        if "Transfer-Encoding" in request.headers:
            words = (
                "Send a change with its Content-Length: where chunks break off, a part would be taken for the whole."
            )
            raise LengthRequired(words)
        return token

    def make(self, request: Request, token: Token, proposal: Proposal, data: IO[bytes], message: str) -> Response:
        """Make a change and tell what became of it.

        Args:
            request: the request; its If-Match names the revision that the change is made against.
            token: whose change it is.
            proposal, data: what is wanted.
            message: what it does, in a line.
        """
        base = _base(request)
        message = " ".join(message.split())[:_LONGEST_MESSAGE]
        try:
            outcome = self._updates.make(
                proposal, data, agent=token.agent, person=token.person, message=message, base=base
            )
        except GapbridgeError as error:
            status = next(status for kind, status in _STATUS if isinstance(error, kind))
            return problem(request, error, 412 if base is not None and isinstance(error, Conflict) else status)
        self._wait(outcome.revision)
        return _told(request, outcome)

    def _wait(self, revision: int) -> None:
        """Until queries are answered from this revision, within bounds."""
        end = time.monotonic() + _FRESH_SECONDS
        while self._pool.revision < revision and time.monotonic() < end:
            time.sleep(0.05)


def problem(request: Request, error: GapbridgeError, status: int) -> Response:
    """An error as plain text or, for who asks for JSON, as problem details (RFC 9457)."""
    violations = error.violations if isinstance(error, DoesNotConform) else ()
    words = words_for_visitors(error)
    if status >= 500:
        _log.warning("A change was not made", extra={"problem": str(error)})
    if _wants_json(request):
        title = HTTPStatus(status).phrase
        detail = words.partition("\n")[0]
        value = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        told = {"violations": [asdict(v) for v in violations[:MOST_TOLD]]} if violations else {}
        response = Response(_json(value | told), status, content_type="application/problem+json")
    else:
        lines = [words.partition("\n")[0], *map(str, violations)] if violations else [words]
        more = [f"… and {len(violations) - MOST_TOLD} more"] if len(violations) > MOST_TOLD else []
        response = Response("\n".join([*lines[: MOST_TOLD + 1], *more, ""]), status, mimetype="text/plain")
    if status == 503:
        response.retry_after = _RETRY_SECONDS
    return response


def _told(request: Request, outcome: Outcome) -> Response:
    headers = {REVISION: str(outcome.revision)}
    if _wants_json(request):
        names = ("revision", "base", "added", "removed")
        value = {name: getattr(outcome, name) for name in names}
        return Response(_json(value), headers=headers, content_type="application/json")
    return Response(f"{outcome}\n", headers=headers, mimetype="text/plain")


def _base(request: Request) -> int | None:
    """The revision in the tag of If-Match, whatever form it was seen in."""
    told = request.if_match
    if not told or told.star_tag:
        return None
    found = [_TAG.fullmatch(tag) for tag in {*told.as_set(include_weak=True)}]
    revisions = {int(match[1]) for match in found if match}
    if len(revisions) != 1:
        raise BadRequest('If-Match must name one revision, as in “If-Match: "r12"”.')
    return revisions.pop()


def _wants_json(request: Request) -> bool:
    offered = ("text/plain", "application/json", "application/problem+json")
    return request.accept_mimetypes.best_match(offered, "text/plain") != "text/plain"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
