"""One client that asks engines in turn and takes the time of each answer, to its last byte."""

from __future__ import annotations

import contextlib
import http.client
import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from pyoxigraph import RdfFormat, parse

from benchmarks import watch
from benchmarks.alone import Alone
from benchmarks.questions import TABLE
from benchmarks.servers import Server

_STOPPED = 0.9
"""After this part of the patience a refusal means that it took too long."""
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Running(Protocol):
    """An engine that runs."""

    def query(self, text: str, accept: str) -> tuple[float, bytes]:
        """The seconds until its answer was there, and the answer.

        Raises:
            TimeoutError: there is none in the time, or it breaks off; in words for the table.
            ValueError: it refuses the query, in its words.
        """

    def memory(self) -> float:
        """The megabytes that all its processes hold."""


class InProcess:
    """The engine alone.

    Args:
        engine: its process.
        patience: how many seconds to wait for an answer.
    """

    def __init__(self, engine: Alone, patience: float) -> None:
        self._engine, self._patience = engine, patience

    def query(self, text: str, accept: str) -> tuple[float, bytes]:
        return self._engine.query(text, self._patience)

    def insert(self, lines: str) -> float:
        """The seconds it took to put N-Quads in."""
        return self._engine.insert(lines, self._patience)

    def memory(self) -> float:
        return watch.share(self._engine.process)


class OverHttp:
    """A server, asked over one connection that is kept.

    Args:
        server: it.
        patience: how many seconds to wait for an answer.
    """

    def __init__(self, server: Server, patience: float) -> None:
        self._server = server
        self._patience, self._late = patience, f"none in {patience:g} s"
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=patience)

    def query(self, text: str, accept: str) -> tuple[float, bytes]:
        return self.get(self._server.at(text), accept)

    def get(self, path: str, accept: str = "*/*") -> tuple[float, bytes]:
        """What stands at an address of it; else as `query`."""
        return self._timed("GET", path, None, {"Accept": accept})

    def update(self, path: str, field: str, text: str) -> float:
        """The seconds an update took; else as `query`."""
        return self._timed("POST", path, f"{field}={quote(text, safe='')}", _FORM)[0]

    def memory(self) -> float:
        return watch.taken(self._server).memory

    def computed(self) -> float:
        """The seconds of processor that all its processes have used."""
        return watch.computed(self._server)

    def close(self) -> None:
        self._connection.close()

    def _timed(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[float, bytes]:
        try:
            took, answer, text = self._asked(method, path, body, headers)
        except TimeoutError as error:
            self._connection.close()
            raise TimeoutError(self._late) from error
        if answer.status == 503 and took > _STOPPED * self._patience:  # ours stops a query that takes too long
            raise TimeoutError(self._late)
        if answer.status >= 300:
            raise ValueError(f"status {answer.status}: {text[:200].decode(errors='replace')}")
        return took, text

    def _asked(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[float, http.client.HTTPResponse, bytes]:
        """The seconds, the head and the text of an answer; asked once more where a kept connection was closed."""
        for last in (False, True):
            begun = time.perf_counter()
            try:
                self._connection.request(method, path, body, headers)
                answer = self._connection.getresponse()
                text = answer.read()
            except (ConnectionError, http.client.HTTPException) as error:
                self._connection.close()
                if last:
                    raise TimeoutError("broke off") from error
            else:
                return time.perf_counter() - begun, answer, text
        raise AssertionError


@dataclass
class Runner:
    """An engine that can be started, asked and started anew.

    Attributes:
        name: the head of its column.
        start: starts it, for a `with` block.
        running: what is asked; None while it does not run.
        most_memory: the megabytes it was seen to hold.
    """

    name: str
    start: Callable[[], AbstractContextManager[Running]]
    running: Running | None = None
    most_memory: float = 0.0
    _open: AbstractContextManager[Running] | None = None

    def begin(self) -> Running:
        """Start it unless it runs."""
        if self.running is None:
            self._open = self.start()
            self.running = self._open.__enter__()
        return self.running

    def look(self) -> None:
        """Note what it holds."""
        if self.running is not None:
            self.most_memory = max(self.most_memory, self.running.memory())

    def end(self) -> None:
        """Stop it, whatever it works on."""
        if self._open is not None:
            self.look()
            self._open.__exit__(None, None, None)
        self._open = self.running = None


@contextmanager
def over_http(server: AbstractContextManager[Server], patience: float) -> Iterator[Running]:
    """A server as something that is asked."""
    with server as running, contextlib.closing(OverHttp(running, patience)) as asked:
        yield asked


@contextmanager
def in_process(engine: AbstractContextManager[Alone], patience: float) -> Iterator[Running]:
    """The engine alone as something that is asked."""
    with engine as running:
        yield InProcess(running, patience)


def rows(answer: bytes, accept: str) -> int:
    """How many rows, or statements, an answer has."""
    if accept == TABLE:
        return len(json.loads(answer)["results"]["bindings"])
    return len({str(triple) for triple in parse(answer, format=RdfFormat.TURTLE)})
