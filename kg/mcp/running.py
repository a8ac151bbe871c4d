"""The server over standard input and output, and over HTTP.

Source: Model Context Protocol, “Transports”: over stdio only messages may stand on standard output, and the server
ends when its input does; over HTTP it checks Origin (and Host, against DNS rebinding) and listens on the loopback.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.assisting import Asker, Desk
from kg.errors import BadInput
from kg.mcp.server import build
from kg.settings import Settings

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
LARGEST_BODY = 1 << 20
_STOP_SECONDS = 2


def run_stdio(settings: Settings) -> None:
    """Serve one client over standard input and output, until the input ends.

    Raises:
        StoreHeld, StoreTooNew, StoreDamaged: the base cannot be opened.
    """
    with _server(settings) as server:
        server.run("stdio")


def run_http(settings: Settings, host: str, port: int, names: Sequence[str] = ()) -> None:
    """Serve clients over streamable HTTP at `/mcp`, without sessions, until somebody stops it.

    Args:
        settings: where the base lies, and the limits.
        host, port: where to listen.
        names: further names by which clients may call the server.

    Raises:
        BadInput: the address cannot be listened on.
        StoreHeld, StoreTooNew, StoreDamaged: the base cannot be opened.
    """
    with _listening(host, port) as listener, _server(settings) as server:
        app = server.streamable_http_app(
            stateless_http=True,
            json_response=True,
            max_request_body_size=LARGEST_BODY,
            transport_security=allowed([_bracketed(host), *names]),
        )
        config = uvicorn.Config(
            _posts_only(app),
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_STOP_SECONDS,
        )
        print(f"Serving assistants at {address(host, port)} (Ctrl-C stops it)", flush=True)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _posts_only(app: ASGIApp) -> ASGIApp:
    """Refuse the streams that GET opens: without sessions nothing is ever sent there, and they would not end.

    Source: Model Context Protocol, “Transports”: a server that offers no such stream answers 405.
    """

    async def only(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] != "POST":
            await Response("Only POST is answered here.\n", 405, {"Allow": "POST"})(scope, receive, send)
        else:
            await app(scope, receive, send)

    return only


def address(host: str, port: int) -> str:
    """Where a client finds the server."""
    return f"http://{_bracketed(host)}:{port}/mcp"


def allowed(names: Sequence[str]) -> TransportSecuritySettings:
    """The hosts and origins that requests may name: the loopback and these."""
    hosts = dict.fromkeys([*LOOPBACK, *names])
    return TransportSecuritySettings(
        allowed_hosts=[form for host in hosts for form in (host, f"{host}:*")],
        allowed_origins=[
            form
            for host in hosts
            for scheme in ("http", "https")
            for form in (f"{scheme}://{host}", f"{scheme}://{host}:*")
        ],
    )


@contextmanager
def _server(settings: Settings) -> Iterator[MCPServer[None]]:
    """The server over an open base, so that what is wrong is said before anything is served."""
    desk = Desk(settings)
    desk.current()
    asker = Asker(settings)
    try:
        yield build(desk, asker)
    finally:
        asker.close()


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise BadInput(
                f"The server cannot listen on {host}, port {port}: {error.strerror}. "
                "Another program may be using it; choose another port with --port."
            ) from error
        yield listener


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
