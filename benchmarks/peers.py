"""Servers of others that are measured beside ours, over the same N-Quads: each is named, or left out with a reason."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import servers
from benchmarks.ports import free_port
from benchmarks.servers import Server
from tests.remote.servers import fuseki, java, virtuoso
from tests.remote.servers.process import Process


@dataclass(frozen=True)
class Peer:
    """A server of others.

    Attributes:
        name: what people call it.
        missing: why it cannot run here; empty where it can.
        start: starts it over N-Quads, for a `with` block.
        most: with more statements it takes minutes to start.
    """

    name: str
    missing: Callable[[], str]
    start: Callable[[Path], AbstractContextManager[Server]]
    most: int = 10_000_000

    def absent(self, triples: int) -> str:
        """Why it is not measured; empty where it is."""
        return f"not measured beyond {self.most:,} statements" if triples > self.most else self.missing()


@contextmanager
def _fuseki(data: Path) -> Iterator[Server]:
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        process = fuseki.server(folder, port, is_open=True)
        load = java.command(fuseki.JAR, "tdb2.tdbloader", "--loc=base", str(data))
        subprocess.run(load, cwd=folder, check=True, capture_output=True)
        with _running(process):
            yield Server("Fuseki", port, "/gapbridge/query", process.number)


@contextmanager
def _virtuoso(data: Path) -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as name:
        process, sql, http = virtuoso.process(Path(name), data.parent)
        with _running(process):
            virtuoso.administer(
                sql,
                f"ld_dir('{data.parent}', '{data.name}', 'urn:none');\nrdf_loader_run();\ncheckpoint;\n",
            )
            yield Server("Virtuoso", http, "/sparql", process.number)


@contextmanager
def _running(process: Process) -> Iterator[None]:
    try:
        process.start()
        yield
    finally:
        process.stop()


def _no_rdflib() -> str:
    return "" if servers.executable("rdflib-endpoint") else "there is no rdflib-endpoint here"


PEERS = (
    Peer("rdflib-endpoint", _no_rdflib, servers.rdflib, most=200_000),
    Peer("Fuseki", fuseki.FUSEKI.missing, _fuseki),
    Peer("Virtuoso", virtuoso.VIRTUOSO.missing, _virtuoso),
)
