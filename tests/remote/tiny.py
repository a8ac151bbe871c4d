"""A SPARQL server in a few lines, that does on demand what servers do on bad days."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, Store

from benchmarks.ports import free_port
from tests.remote.servers.address import Address

Fault = Callable[["Handler", Callable[[], tuple[int, bytes]]], None]
"""Answers a request in its own way; what it is handed does what the request asks for, and gives the true answer."""


class Tiny:
    """A server over a store in memory.

    Attributes:
        store: what it holds.
        faults: what becomes of requests, by their kind: `query`, `update`, `graphs`.
        asked: how often each kind was asked.
    """

    def __init__(self) -> None:
        self.store, self.lock = Store(), threading.Lock()
        self.faults: dict[str, Fault] = {}
        self.asked = {"query": 0, "update": 0, "graphs": 0}
        self.port = free_port()
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def address(self) -> Address:
        """Where it answers."""
        at = f"http://127.0.0.1:{self.port}"
        return Address(f"{at}/query", f"{at}/update", f"{at}/graphs")

    def start(self) -> None:
        """Begin to answer, on the same port each time."""
        handler = type("Bound", (Handler,), {"tiny": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def stop(self) -> None:
        """Let nobody in any more."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
        self._server = self._thread = None

    def done(self, kind: str, form: dict[str, list[str]], path: str, method: str, body: bytes) -> tuple[int, bytes]:
        """Do what a request asks for; gives the status and the answer."""
        with self.lock:
            self.asked[kind] += 1
            if kind == "query":
                return 200, _answered(self.store, form)
            if kind == "update":
                self.store.update(form["update"][0])
                return 204, b""
            graph = NamedNode(parse_qs(urlsplit(path).query)["graph"][0])
            if method == "PUT":
                self.store.remove_graph(graph)
            self.store.load(body, RdfFormat.TURTLE, to_graph=graph)
            return 204, b""


class Handler(BaseHTTPRequestHandler):
    """Takes the requests of one server."""

    protocol_version = "HTTP/1.1"
    tiny: Tiny

    def do_POST(self) -> None:
        self._take()

    def do_PUT(self) -> None:
        self._take()

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = urlsplit(self.path).path[1:]
        form = parse_qs(body.decode(), keep_blank_values=True) if kind != "graphs" else {}

        def do() -> tuple[int, bytes]:
            return self.tiny.done(kind, form, self.path, self.command, body)

        fault = self.tiny.faults.get(kind)
        fault(self, do) if fault else self.send(*do())

    def send(self, status: int, body: bytes, promised: int | None = None) -> None:
        """Send an answer; `promised` bytes of it, where that is not its length."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if promised is None else promised))
        self.send_header("Connection", "close")  # a server that stops answers nobody any more
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self) -> None:
        """End the connection without an answer."""
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def tiny() -> Iterator[Tiny]:
    """A server as long as the `with` block."""
    server = Tiny()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _answered(store: Store, form: dict[str, list[str]]) -> bytes:
    default, named = ([NamedNode(iri) for iri in form.get(f"{kind}-graph-uri", ())] for kind in ("default", "named"))
    chosen: dict[str, Any] = {"default_graph": default, "named_graphs": named} if default or named else {}
    found = store.query(form["query"][0], **chosen)
    if isinstance(found, QueryTriples):
        return found.serialize(format=RdfFormat.N_TRIPLES) or b""
    return found.serialize(format=QueryResultsFormat.JSON) or b""
