"""What every request passes before anything reads it: addresses and headers that can be read, bodies of a few at once.

The server cannot give up a body that it waits for: an answer before its end would stop it altogether (granian 2.8). So
only a few bodies are awaited at once. A quick one is there in no time; who sends slowly keeps a place, and when these
are taken, bodies are refused, while everything that comes without one is served as ever.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

from werkzeug import Response
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    RequestHeaderFieldsTooLarge,
    ServiceUnavailable,
)

from kg.numbers import whole_number
from webui.headers import HEADERS
from webui.sparql.rate import client_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONGEST_HEADER = 8 << 10
"""Bytes of a header that is taken apart: ten thousand media types would keep a processor busy for a second."""
PLACES, PLACES_EACH = 64, 16
"""So many bodies are awaited at once, of all clients and of one."""
_READ_APART = (
    "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH", "HTTP_RANGE", "HTTP_AUTHORIZATION",
    "CONTENT_TYPE",
)  # fmt: skip
_WAIT_SECONDS, _RETRY_SECONDS = 0.25, 5
_BLOCK = 1 << 16


class Gate:
    """Stands before an application.

    Args:
        site: the application behind.
    """

    def __init__(self, site: WSGIApplication) -> None:
        self._site, self._places = site, Places()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if problem := _unreadable(environ):
            response = Response(f"{problem.description}\n", problem.code, dict(HEADERS), mimetype="text/plain")
            return response(environ, start_response)
        if not environ.get("CONTENT_LENGTH") and not environ.get("HTTP_TRANSFER_ENCODING"):
            return self._site(environ, start_response)
        body = environ["wsgi.input"] = Body(environ, self._places)
        try:
            return self._site(environ, start_response)
        finally:
            body.close()


def _unreadable(environ: WSGIEnvironment) -> HTTPException | None:
    query = environ.get("QUERY_STRING", "")
    if not query.isascii():
        try:
            query.encode("latin-1").decode()
        except UnicodeError:
            return BadRequest("The address is not in UTF-8.")
    if any(len(environ.get(name, "")) > LONGEST_HEADER for name in _READ_APART):
        return RequestHeaderFieldsTooLarge(f"A header has more than {LONGEST_HEADER:,} bytes.")
    return None


class Places:
    """The places of bodies that are awaited."""

    def __init__(self) -> None:
        self._changed, self._taken = threading.Condition(), Counter[str]()

    def take(self, client: str) -> None:
        """Take a place.

        Raises:
            ServiceUnavailable: there is none, and none becomes free at once.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._free(client), _WAIT_SECONDS):
                words = "Too many requests are being sent slowly just now."
                raise ServiceUnavailable(words, retry_after=_RETRY_SECONDS)
            self._taken[client] += 1

    def leave(self, client: str) -> None:
        """Give a place back."""
        with self._changed:
            self._taken[client] -= 1
            if not self._taken[client]:
                del self._taken[client]
            self._changed.notify_all()

    def _free(self, client: str) -> bool:
        return self._taken[client] < PLACES_EACH and self._taken.total() < PLACES


class Body:
    """A body as it comes in; the stream that `wsgi.input` has to be.

    Args:
        environ: the request.
        places: one is taken with the first byte that is asked for, and left with the last.
    """

    def __init__(self, environ: WSGIEnvironment, places: Places) -> None:
        self._stream: IO[bytes] = environ["wsgi.input"]
        self._client, self._places = client_of(environ.get("REMOTE_ADDR")), places
        told = "" if environ.get("HTTP_TRANSFER_ENCODING") else environ.get("CONTENT_LENGTH") or ""
        self._missing = whole_number(told, 15)
        self._waiting = self._over = False

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes, at most `size`; nothing where the body has ended, or was given up.

        Raises:
            BadRequest: it broke off.
            ServiceUnavailable: too many are awaited.
        """
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(_BLOCK), b""))
        if self._over or not size:
            return b""
        if not self._waiting:
            self._begin()
        return self._next(size if self._missing is None else min(size, self._missing))

    def readline(self, size: int | None = -1) -> bytes:
        """The next line, at most `size` bytes of it (PEP 3333, “Input and Error Streams”)."""
        line = b""
        while not line.endswith(b"\n") and len(line) != size and (byte := self.read(1)):
            line += byte
        return line

    def close(self) -> None:
        """Leave the place; nothing is read after that."""
        self._over = True
        if self._waiting:
            self._waiting = False
            self._places.leave(self._client)

    def _begin(self) -> None:
        try:
            self._places.take(self._client)
        except ServiceUnavailable:
            self._over = True
            raise
        self._waiting = True

    def _next(self, size: int) -> bytes:
        block = self._stream.read(size) if size else b""
        if self._missing is not None:
            self._missing -= len(block)
        if not block or self._missing == 0:
            self.close()
        if not block and self._missing:
            raise BadRequest("The request broke off: it is shorter than its Content-Length.")
        return block
