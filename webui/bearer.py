"""Tokens as programs send them: Authorization: Bearer … (RFC 6750)."""

from __future__ import annotations

import logging

from werkzeug import Request, Response
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from kg.accounts.token import PREFIX, Token
from webui.stored import Stored

_log = logging.getLogger("gapbridge.people")


def admitted(request: Request, stored: Stored, right: str) -> Token:
    """The token of whoever sends a request that needs a right.

    Raises:
        Unauthorized: there is none, or it is worthless.
        Forbidden: it has not the right.
        DatabaseUnavailable: nobody can tell just now whether the token is one.
    """
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        raise Unauthorized("This needs a token: Authorization: Bearer …", www_authenticate=_challenge())
    token = _find(given.token, stored)
    if token is None:
        _log.warning("Token refused", extra={"reason": "unknown or over"})
        words = "There is no such token, or its time is over."
        raise Unauthorized(words, www_authenticate=_challenge("invalid_token"))
    if not token.may(right):
        _log.warning("Token refused", extra={"reason": f"not for {right}", "account": token.account})
        refusal = Response(f"The token “{token.name}” has not the right “{right}”.\n", 403, mimetype="text/plain")
        refusal.www_authenticate = _challenge("insufficient_scope")
        raise Forbidden(response=refusal)
    return token


def _find(secret: str, stored: Stored) -> Token | None:
    if not secret.startswith(PREFIX):
        return None
    from kg.accounts.tokens import Tokens

    return Tokens(stored.open(), stored.settings.data).find(secret)


def _challenge(error: str = "") -> WWWAuthenticate:
    values = {"realm": "gapbridge", "error": error} if error else {"realm": "gapbridge"}
    return WWWAuthenticate("bearer", values)
