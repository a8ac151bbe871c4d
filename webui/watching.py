"""What is noticed of every request, whatever answers it: its id, a line in the log, numbers, and what nobody expected.

Outermost of all parts, so that nothing passes it by. Of an address only the route is kept, `/id/<kind>/<slug>`: paths
can hold what lets somebody in (an invitation), and what is asked is nobody's business.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import secrets
import time
from collections.abc import Iterable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

from flask import Flask, request
from werkzeug import Response

from kg.settings import Settings
from webui.headers import HEADERS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HEADER = "X-Request-ID"
request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request at hand; empty outside of one."""
_ROUTE = "gapbridge.route"
_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
_log = logging.getLogger("gapbridge.requests")


class Counts(Protocol):
    """What keeps numbers of requests."""

    def request(self, method: str, route: str, status: str, seconds: float) -> None:
        """Count a request that was answered."""


class Watching:
    """Stands before an application.

    Args:
        site: the application behind.
        settings: what is logged.
        counts: where requests are counted; None where nobody asks for numbers.
    """

    def __init__(self, site: WSGIApplication, settings: Settings, counts: Counts | None = None) -> None:
        self._site, self._settings, self._counts = site, settings, counts

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        own, began = _id_of(environ), time.perf_counter()
        request_id.set(own)
        told = ["500"]

        def begin(status, headers, exc_info=None):  # type: ignore[no-untyped-def]
            told[0] = status[:3]
            return start_response(status, [*headers, (HEADER, own)], exc_info)

        try:
            return self._site(environ, begin)
        except Exception:
            _log.exception("A request failed")
            return _failed(own)(environ, begin)
        finally:
            self._noted(environ, told[0], time.perf_counter() - began)
            request_id.set("")

    def _noted(self, environ: WSGIEnvironment, status: str, seconds: float) -> None:
        method, route = environ["REQUEST_METHOD"], environ.get(_ROUTE, "none")
        method = method if method in _METHODS else "other"
        if self._counts is not None:
            self._counts.request(method, route, status, seconds)
        if status >= "500" or self._settings.log_requests == "all":
            level = logging.WARNING if status >= "500" else logging.INFO
            shown = {"method": method, "route": route, "status": int(status), "milliseconds": round(seconds * 1000, 1)}
            client = _client(environ, self._settings.log_clients)
            _log.log(level, "Request", extra={**shown, **({"client": client} if client else {})})


def init_app(app: Flask) -> None:
    app.before_request(_mark_route)


def mark(environ: WSGIEnvironment, route: str) -> None:
    """Say which route a request took, where the site does not see it."""
    environ[_ROUTE] = route


def _mark_route() -> None:
    if request.url_rule is not None:
        mark(request.environ, request.url_rule.rule)


def _id_of(environ: WSGIEnvironment) -> str:
    """What a proxy or a client calls the request, where that can be an id; else one of our own."""
    told = environ.get("HTTP_X_REQUEST_ID", "")
    return told if _SANE.fullmatch(told) else secrets.token_hex(8)


def _client(environ: WSGIEnvironment, how: str) -> str:
    told = environ.get("REMOTE_ADDR") or ""
    if how == "off" or not told:
        return ""
    if how == "full":
        return told
    try:
        address = ipaddress.ip_address(told.partition("%")[0])
    except ValueError:
        return ""
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 48), strict=False))


def _failed(own: str) -> Response:
    words = f"Something went wrong on the server, and was noted. If you tell us of it, quote {own}.\n"
    return Response(words, 500, dict(HEADERS), mimetype="text/plain")
