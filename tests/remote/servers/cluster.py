"""Replicas of Fuseki, each with a whole base of its own; what keeps them in step is the journal of the base.

RDF Delta, which does that with a patch log of its own, cannot be had from Maven Central (asked on 2026-11-22).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ports import free_port
from tests.remote.servers import fuseki
from tests.remote.servers.address import Address, Kind
from tests.remote.servers.process import Process

REPLICAS = 2


@dataclass(frozen=True)
class Cluster:
    """A cluster that runs.

    Attributes:
        replicas: its servers.
        address: where they answer, all together.
        each: where each of them answers.
    """

    replicas: tuple[Process, ...]
    address: Address
    each: tuple[Address, ...]


@contextmanager
def cluster(folder: Path, replicas: int = REPLICAS) -> Iterator[Cluster]:
    """A cluster as long as the `with` block."""
    ports = [free_port() for _ in range(replicas)]
    servers = tuple(fuseki.server(folder / f"replica-{number}", port) for number, port in enumerate(ports, start=1))
    try:
        for server in servers:
            server.launch()
        for server in servers:
            server.wait()
        yield Cluster(servers, fuseki.address(ports), tuple(fuseki.address([port]) for port in ports))
    finally:
        for server in servers:
            server.stop()


@contextmanager
def _address(folder: Path) -> Iterator[Address]:
    with cluster(folder) as running:
        yield running.address


CLUSTER = Kind(f"Fuseki, {REPLICAS} replicas", fuseki.FUSEKI.missing, _address)
