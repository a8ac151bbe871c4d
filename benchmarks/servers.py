"""The servers that are measured beside each other, each started on a free port over the same data."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from benchmarks.ports import free_port

_START_SECONDS = 900.0
"""A text index of ten million statements is made in a minute or two; a server that ended is not waited for."""


@dataclass(frozen=True)
class Server:
    """A server that runs.

    Attributes:
        name: what it is.
        port: where it listens.
        path: where it answers queries.
        process: its number.
    """

    name: str
    port: int
    path: str
    process: int

    def at(self, query: str) -> str:
        """Where a query is asked."""
        return f"{self.path}?query={quote(query, safe='')}"


def executable(name: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """Where a program lies: beside this Python, in the folders of GAPBRIDGE_BENCH_PATH, or in those of PATH."""
    folders = (str(Path(sys.executable).parent), environ.get("GAPBRIDGE_BENCH_PATH", ""), environ.get("PATH", ""))
    return shutil.which(name, path=os.pathsep.join(folders))


@contextmanager
def ours(data: Path, **settings: str) -> Iterator[Server]:
    """`gapbridge serve`; settings by their names in the environment, without the prefix."""
    port = free_port()
    environ = {f"GAPBRIDGE_{name}": value for name, value in settings.items()}
    environ |= {"GAPBRIDGE_DATA": str(data), "GAPBRIDGE_PORT": str(port)}
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve"]
    with running(command, environ, "gapbridge", port, "/sparql") as server:
        yield server


@contextmanager
def oxigraph(snapshot: Path) -> Iterator[Server]:
    """Oxigraph's own server, over a snapshot of ours."""
    port = free_port()
    command = [str(executable("oxigraph")), "serve-read-only", "--location", str(snapshot)]
    command += ["--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    with running(command, {}, "oxigraph serve", port, "/query") as server:
        yield server


@contextmanager
def rdflib(data: Path) -> Iterator[Server]:
    """rdflib-endpoint, over N-Quads."""
    port = free_port()
    command = [str(executable("rdflib-endpoint")), "serve", "--host", "127.0.0.1", "--port", str(port), str(data)]
    with running(command, {}, "rdflib-endpoint", port, "/") as server:
        yield server


@contextmanager
def running(
    command: list[str], environ: dict[str, str], name: str, port: int, path: str, folder: Path | None = None
) -> Iterator[Server]:
    """A server of any kind, once it answers.

    Args:
        command: what starts it.
        environ: what it finds in its environment beside ours.
        name, port, path: as in `Server`.
        folder: where it runs; here where none is given.

    Raises:
        TimeoutError: it did not start.
    """
    none = subprocess.DEVNULL
    process = subprocess.Popen(command, env={**os.environ, **environ}, cwd=folder, stdin=none, stdout=none, stderr=none)
    try:
        server = Server(name, port, path, process.pid)
        _wait_for(server, process)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:  # it still works on a query
            process.kill()
            process.wait()


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    address = f"http://127.0.0.1:{server.port}{server.at('ASK {}')}"
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=60):  # the loopback
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{server.name} did not start")
