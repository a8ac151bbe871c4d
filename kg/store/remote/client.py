"""Requests to a SPARQL 1.1 server: Query, Update and Graph Store, whose answers are taken whole or not at all.

Conventions that hold on every engine (engines.md, “Beyond one machine”): queries and updates go as forms; tables are
asked for as JSON, since half of one does not parse; updates are never repeated here.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO

import httpx2

from kg.errors import EngineProblem, EngineRefused, EngineTooSlow, EngineUnreachable, QueryProblem
from kg.settings import EngineAddress
from kg.settings.given import read_secret

TABLES, TRIPLES = "application/sparql-results+json", "application/n-triples"
CONNECT_SECONDS = 5.0
SILENCE_SECONDS = 20
"""So long nothing at all may come from a server, not even that it got what was sent: then the network is cut."""
_SOCKET = [
    (socket.IPPROTO_TCP, getattr(socket, name), value)
    for name, value in (("TCP_KEEPIDLE", 5), ("TCP_KEEPINTVL", 5), ("TCP_USER_TIMEOUT", SILENCE_SECONDS * 1000))
    if hasattr(socket, name)
]
_PARTIAL = ("X-SQL-State", "S1TAT")
"""By which Virtuoso says that it gives only what it found until its time was over."""
_DEADLOCK = "40001"
_NAMED = "the name or the password is not what it knows: GAPBRIDGE_ENGINE_USER, GAPBRIDGE_ENGINE_PASSWORD"
_LOCKS = {
    "none": "it wants to know who asks; GAPBRIDGE_ENGINE_AUTH says how to sign in there",
    "basic": f"{_NAMED}, or it wants another GAPBRIDGE_ENGINE_AUTH",
    "digest": f"{_NAMED}, or it wants another GAPBRIDGE_ENGINE_AUTH",
    "bearer": "the token is wrong or has expired: GAPBRIDGE_ENGINE_TOKEN, or the file that holds it",
}
"""What to look at where a server does not let us in, by the way of signing in."""
_TOLD = 300
_BLOCK = 1 << 16

Parameter = tuple[str, str]


class Deadlock(EngineProblem):
    """Two updates stood in each other's way, and the server gave this one up: it may be sent again."""


class BrokenOff(EngineUnreachable):
    """The connection was there and is no more."""


class Client:
    """Speaks to a server; safe to use from several threads.

    Args:
        address: where it answers, and as whom it is asked; one replica alone.
    """

    def __init__(self, address: EngineAddress) -> None:
        self.address = address
        timeout = httpx2.Timeout(address.seconds, connect=CONNECT_SECONDS)
        alive = (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        transport = httpx2.HTTPTransport(_trusted(), trust_env=False, socket_options=[alive, *_SOCKET])
        self._http = httpx2.Client(auth=_auth(address), timeout=timeout, trust_env=False, transport=transport)

    def close(self) -> None:
        """Let the connections go."""
        self._http.close()

    def query(self, text: str, graphs: Iterable[Parameter], accept: str, output: IO[bytes], seconds: float = 0) -> None:
        """Write the answer to a query as it comes.

        Args:
            text: the query.
            graphs: which graphs it reads, as the protocol's `default-graph-uri` and `named-graph-uri`.
            accept: the media type.
            output: where to; it may raise to stop.
            seconds: how long it may take, where that is not what the settings say.

        Raises:
            QueryProblem: the server says that the query is wrong.
            EngineUnreachable, EngineRefused, EngineTooSlow: as the words say; a part may have been written.
        """
        form, limit, begun = _form([("query", text), *graphs]), seconds or self.address.seconds, False

        def ask() -> None:
            nonlocal begun
            with self._sent("POST", self.address.query[0], limit, data=form, headers={"Accept": accept}) as response:
                if response.status_code == 400:
                    raise QueryProblem(f"The query is wrong: {_words(response)}")
                self._check(response)
                begun = True
                for block in _blocks(response, limit):
                    output.write(block)

        try:
            ask()
        except BrokenOff:
            if begun:
                raise
            ask()  # a connection from before the server's last start is no answer

    def update(self, text: str) -> None:
        """Send an update. Where no answer came, only the server can tell what became of it.

        Raises:
            Deadlock: it was given up and may be sent again.
            EngineUnreachable, EngineRefused, EngineTooSlow: as the words say.
        """
        with self._sent("POST", self.address.update[0], self.address.seconds, data={"update": text}) as response:
            self._check(response)

    def put(self, graph: str, content: bytes, *, more: bool = False) -> None:
        """Make this the content of a graph, or add it to what is there.

        Args:
            graph: its address.
            content: statements, as N-Triples.
            more: add it.
        """
        url = self.address.graphs[0]
        headers = {"Content-Type": "text/turtle", "Accept": "*/*"}
        what = {"params": _in(url, graph), "content": content, "headers": headers}
        with self._sent("POST" if more else "PUT", url, self.address.seconds, **what) as response:
            self._check(response)

    @contextmanager
    def _sent(self, method: str, url: str, seconds: float, **what: object) -> Iterator[httpx2.Response]:
        timeout = httpx2.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))
        try:
            with self._http.stream(method, url, timeout=timeout, **what) as response:  # type: ignore[arg-type]
                yield response
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            raise EngineUnreachable(_place(url, f"cannot be reached ({error})")) from error
        except httpx2.TimeoutException as error:
            raise EngineTooSlow(_place(url, f"gave no whole answer within {seconds:g} seconds")) from error
        except (httpx2.TransportError, httpx2.StreamError, httpx2.DecodingError) as error:
            raise BrokenOff(_place(url, f"broke off in the middle ({error})")) from error
        except httpx2.InvalidURL as error:
            raise EngineRefused(_place(url, "has an address that cannot be used")) from error

    def _check(self, response: httpx2.Response) -> None:
        """Raise what a status other than success means."""
        if response.status_code in (401, 403):
            what = f"does not let us in ({response.status_code}): {_LOCKS[self.address.auth]}"
            raise EngineRefused(_place(_plain(response), what))
        _refuse(response)


class _Bearer(httpx2.Auth):
    """A token; where it is no longer taken it may have been renewed, so its file is read anew, once."""

    def __init__(self, token: str, file: Path | None) -> None:
        self._token, self._file = token, file

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        sent = self._token
        request.headers["Authorization"] = f"Bearer {sent}"
        response = yield request
        if response.status_code == 401 and self._renewed(sent):
            request.headers["Authorization"] = f"Bearer {self._token}"
            yield request

    def _renewed(self, sent: str) -> bool:
        """Whether there is another token by now."""
        if self._file is not None:
            with suppress(OSError, UnicodeError):  # then the server's answer stands
                self._token = read_secret(self._file)
        return self._token not in ("", sent)


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates count; read once, since that takes longer than to ask."""
    return httpx2.create_ssl_context(trust_env=False)


def _auth(address: EngineAddress) -> httpx2.Auth | None:
    if address.auth == "basic":
        return httpx2.BasicAuth(address.user, address.password)
    if address.auth == "bearer":
        return _Bearer(address.token, address.token_file)
    return httpx2.DigestAuth(address.user, address.password) if address.auth == "digest" else None


def _form(parameters: Iterable[Parameter]) -> dict[str, list[str]]:
    form: dict[str, list[str]] = {}
    for name, value in parameters:
        form.setdefault(name, []).append(value)
    return form


def _in(url: str, graph: str) -> httpx2.QueryParams:
    return httpx2.URL(url).params.merge({"graph": graph})


def _blocks(response: httpx2.Response, seconds: float) -> Iterator[bytes]:
    """What comes, as long as it may: a server that sends a byte now and then never times out by itself."""
    end = time.monotonic() + seconds
    for block in response.iter_bytes(_BLOCK):
        yield block
        if time.monotonic() > end:
            raise EngineTooSlow(f"The SPARQL server took longer than {seconds:g} seconds.")


def _refuse(response: httpx2.Response) -> None:
    """Raise what a status other than success means."""
    if response.is_success:
        if response.headers.get(_PARTIAL[0]) == _PARTIAL[1]:
            raise EngineTooSlow("The SPARQL server ran into a time limit of its own and gave only a part.")
        return
    status, url = response.status_code, _plain(response)
    words = _words(response)
    if _DEADLOCK in words:
        raise Deadlock(_place(url, "gave up an update that stood in another's way"))
    if status in (408, 504):
        raise EngineTooSlow(_place(url, f"ran into a time limit of its own ({status})"))
    if status in (429, 502, 503):
        raise EngineUnreachable(_place(url, f"is not ready ({status}): {words}"))
    raise EngineRefused(_place(url, f"answered {status}: {words}"))


def _plain(response: httpx2.Response) -> str:
    """Where a request went, but for what it asked."""
    return str(response.request.url.copy_with(query=None))


def _words(response: httpx2.Response) -> str:
    """What a server says to an error, cut short."""
    text = response.read().decode("utf-8", "replace")
    return " ".join(text.split())[:_TOLD] or response.reason_phrase


def _place(url: str, what: str) -> str:
    return f"The SPARQL server at {url} {what}."
