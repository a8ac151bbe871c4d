"""Whether the server lives (`/healthz`), whether it can serve (`/readyz`), and its numbers (`/metrics`).

Answered before the site, which may be what does not work. Each process tells of itself; nothing here is cached or
logged request by request. What strangers are told names no file, no host and no version.
"""

from __future__ import annotations

import ipaddress
import json
import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from werkzeug import Response

from kg.errors import GapbridgeError
from webui.base import Base
from webui.errors import heading_of
from webui.headers import HEADERS
from webui.sparql import Endpoint
from webui.stored import Stored

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from webui.metrics import Metrics

PATHS = ("/healthz", "/readyz", "/metrics")
_log = logging.getLogger("gapbridge.health")
_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_X_FORWARDED_HOST", "HTTP_VIA")


class Readiness:
    """Whether this process can serve: what it needs is looked at, and a change is logged once.

    Args:
        base, people, endpoint: what the site reads from.
    """

    def __init__(self, base: Base, people: Stored, endpoint: Endpoint) -> None:
        self._checks: dict[str, Callable[[], object]] = {
            "base": base.current,
            "database": lambda: people.open().check(),
            "queries": endpoint.pool.check,
        }
        self._told: dict[str, str] = {}

    def problems(self, exclude: Iterable[str] = ()) -> dict[str, str]:
        """What is wrong, in words for anybody, by what it is wrong with; nothing where all is well.

        Args:
            exclude: what shall not be looked at.
        """
        looked = {name: self._problem(name) for name in self._checks if name not in set(exclude)}
        return {name: words for name, words in looked.items() if words}

    def _problem(self, name: str) -> str:
        try:
            self._checks[name]()
        except GapbridgeError as error:
            words = heading_of(error)
            if self._told.get(name) != words:
                _log.warning("Not ready", extra={"part": name, "problem": str(error)})
            self._told[name] = words
            return words
        if self._told.pop(name, None):
            _log.info("Ready again", extra={"part": name})
        return ""


class Health:
    """Stands before an application.

    Args:
        site: the application behind.
        readiness: whether it can serve.
        metrics: its numbers; None where nobody gets them.
        near_only: whether they are for programs on this machine that ask directly.
    """

    def __init__(
        self, site: WSGIApplication, readiness: Readiness, metrics: Metrics | None = None, near_only: bool = True
    ) -> None:
        self._site, self._readiness, self._metrics, self._near_only = site, readiness, metrics, near_only
        self._own = {"/healthz": _alive, "/readyz": self._ready}
        if metrics is not None:
            self._own["/metrics"] = self._numbers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        own = self._own.get(environ.get("PATH_INFO", ""))
        if own is None:
            return self._site(environ, start_response)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            response = _plain("This address can only be read.\n", 405, {"Allow": "GET, HEAD"})
        else:
            response = own(environ)
        return response(environ, start_response)

    def _ready(self, environ: WSGIEnvironment) -> Response:
        asked = parse_qs(environ.get("QUERY_STRING", ""))
        problems = self._readiness.problems(asked.get("exclude", ()))
        told = {"ready": not problems, "problems": problems}
        return _plain(json.dumps(told) + "\n", 503 if problems else 200, media="application/json")

    def _numbers(self, environ: WSGIEnvironment) -> Response:
        if self._metrics is None or (self._near_only and not _is_near(environ)):
            return _plain("There is no such page.\n", 404)
        return _plain(self._metrics.text(), media="text/plain; version=0.0.4; charset=utf-8")


def _alive(_environ: WSGIEnvironment) -> Response:
    return _plain("ok\n")


def _is_near(environ: WSGIEnvironment) -> bool:
    """Whether a program on this machine asks, and not through a proxy."""
    if any(name in environ for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(environ.get("REMOTE_ADDR") or "").is_loopback
    except ValueError:
        return False


def _plain(
    text: str | bytes,
    status: int = 200,
    headers: dict[str, str] | None = None,
    media: str = "text/plain; charset=utf-8",
) -> Response:
    response = Response(text, status, {**HEADERS, **(headers or {})}, content_type=media)
    response.headers["Cache-Control"] = "no-store"
    return response
