"""Bytes as they come over the wire to the real server: it refuses, stays up, and serves others meanwhile."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from kg.settings import Settings
from tests.sparql.conftest import until
from tests.webui.server_support import Server
from webui.gate import PLACES_EACH

HOST = b"Host: x\r\nConnection: close\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
QUERY = b"query=ASK%7B%7D"
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(QUERY), QUERY)
PATIENCE = 30


@pytest.fixture(scope="module")
def server(seeded: Settings) -> Iterator[Server]:
    with Server(seeded) as started:
        yield started


def connected(server: Server, data: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
    connection.sendall(data)
    return connection


def status(server: Server, data: bytes) -> int:
    with connected(server, data) as connection:
        return int(connection.recv(100).split()[1])


def get(path: bytes, headers: bytes = b"") -> bytes:
    return b"GET " + path + b" HTTP/1.1\r\n" + HOST + headers + b"\r\n"


def post(headers: bytes, body: bytes) -> bytes:
    return b"POST /sparql HTTP/1.1\r\n" + HOST + FORM + headers + b"\r\n" + body


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (post(b"Content-Length: 15\r\nContent-Length: 3\r\n", QUERY), 400),
        (post(b"Content-Length: +15\r\n", QUERY), 400),
        (post(b"Transfer-Encoding: gzip\r\n", QUERY), 400),
        (post(b"Transfer-Encoding: chunked\r\n", b"zz\r\nASK"), 400),
        (post(b"Transfer-Encoding: chunked\r\n", CHUNKED), 200),
        (post(b"Content-Encoding: gzip\r\nContent-Length: 15\r\n", QUERY), 415),
        (post(b"Content-Length: 50000000\r\n", b"a" * 50_000_000), 413),
        (get(b"/", b"X-A: b\r\n c\r\n"), 400),
        (get(b"/", b"X-A: b\0c\r\n"), 400),
        (get(b"/", b"X-A: b\r\n" * 120), 431),
        (get(b"/", b"Accept: " + b"a/b," * 10_000 + b"\r\n"), 431),
        (get(b"/" + b"a" * 66_000), 414),
        (get(b"/id/tactic/" + b"a" * 60_000), 404),
        (get(b"/static/%2e%2e/gate.py"), 404),
        (get(b"/static/..%2fgate.py"), 404),
        (get(b"/id/tactic/%00"), 400),
        (get(b"/graph/%0a%ed%a0%80", b"Accept: image/png\r\n"), 406),
        (get("/search?q=é中".encode()), 200),
        (get(b"//evil.example/%2e%2e"), 404),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 500 + b"\r\n\r\n", 400),
    ],
    ids=lambda value: str(value[:60]) if isinstance(value, bytes) else None,
)
def test_tricks(server: Server, data: bytes, answer: int) -> None:
    assert status(server, data) == answer
    server.get("/")


def test_a_body_that_breaks_off(server: Server) -> None:
    with connected(server, post(b"Content-Length: 500\r\n", QUERY)) as connection:
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")


def test_no_address_leads_away(server: Server) -> None:
    for path in (
        b"//evil.example//static//x",
        b"/static//evil.example",
        b"/id/tactic//evil.example",
        b"/\\evil.example",
    ):
        with connected(server, get(path)) as connection:
            head = connection.recv(10_000).decode("latin-1").lower()
        assert "location:" not in head or "location: http://x/" in head


def test_one_client_that_sends_slowly_keeps_nobody_from_being_served(server: Server) -> None:
    slow = [connected(server, post(b"Content-Length: 100\r\n", b"q")) for _ in range(300)]
    held = set(slow)

    def others_are_refused() -> bool:
        held.difference_update([connection for connection in held if refused(connection)])
        return len(held) == PLACES_EACH

    try:
        assert until(others_are_refused)
        server.get("/")
        server.get("/sparql?query=ASK%7B%7D")
        assert not any(map(refused, held))
    finally:
        for connection in slow:
            connection.close()
    assert status(server, post(b"Content-Length: 15\r\n", QUERY)) == 200


def refused(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(100).startswith(b"HTTP/1.1 503 ")
    except BlockingIOError:
        return False
