"""The engine alone: pyoxigraph over a store on disk, in a process that holds nothing else and can be killed.

`python -m benchmarks.alone STORE CHANNEL` is that process; `Alone` talks to it.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from pyoxigraph import Quad, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Store, parse


class Alone:
    """The process, as long as it is open.

    Args:
        channel: to it.
        process: its number.
    """

    def __init__(self, channel: Connection, process: int) -> None:
        self._channel, self.process = channel, process

    def query(self, text: str, patience: float) -> tuple[float, bytes]:
        """The seconds a query took, its answer written out among them, and the answer.

        Raises:
            TimeoutError: there is none in the time, or the process broke off.
            ValueError: the engine refuses it.
        """
        return self._done("query", text, patience)

    def insert(self, lines: str, patience: float) -> float:
        """The seconds it took to put N-Quads in."""
        return self._done("insert", lines, patience)[0]

    def _done(self, what: str, text: str, patience: float) -> tuple[float, bytes]:
        try:
            self._channel.send((what, text))
            if not self._channel.poll(patience):
                raise TimeoutError(f"none in {patience:g} s")
            seconds, answer, refused = self._channel.recv()
        except (EOFError, ConnectionError) as error:
            raise TimeoutError("broke off") from error
        if refused:
            raise ValueError(refused)
        return seconds, answer


@contextmanager
def alone(store: Path) -> Iterator[Alone]:
    """The process over a store, for a `with` block."""
    here, there = Pipe()
    command = [sys.executable, "-m", "benchmarks.alone", str(store), str(there.fileno())]
    process = subprocess.Popen(command, pass_fds=[there.fileno()])
    there.close()
    try:
        yield Alone(here, process.pid)
    finally:
        here.close()
        process.kill()  # it may be in the midst of a query that never ends
        process.wait()


def _serve(folder: str, channel: Connection) -> None:
    store = Store(folder)
    works = {"query": _query, "insert": _insert}
    with contextlib.suppress(EOFError):
        while True:
            what, text = channel.recv()
            begun = time.perf_counter()
            try:
                answer, refused = works[what](store, text), ""
            except (SyntaxError, ValueError, OSError) as error:
                answer, refused = b"", str(error)
            channel.send((time.perf_counter() - begun, answer, refused))


def _query(store: Store, text: str) -> bytes:
    found = store.query(text, use_default_graph_as_union=True)
    if isinstance(found, QuerySolutions | QueryBoolean):
        return bytes(found.serialize(format=QueryResultsFormat.JSON) or b"")
    return bytes(found.serialize(format=RdfFormat.TURTLE) or b"")


def _insert(store: Store, lines: str) -> bytes:
    store.extend([quad for quad in parse(lines, format=RdfFormat.N_QUADS) if isinstance(quad, Quad)])
    return b""


if __name__ == "__main__":
    _serve(sys.argv[1], Connection(int(sys.argv[2])))
