"""Two machines, one engine, one PostgreSQL, each in a network namespace of its own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from benchmarks.ports import free_port
from kg.accounts.people import People
from kg.contributing import bring_server
from kg.database import Database, open_database
from kg.settings import Settings
from tests.conftest import LONG, copied
from tests.database_support import postgresql
from tests.machines.machine import Machine
from tests.machines.network import Network, network
from tests.machines.visiting import Visitor
from tests.people_support import KEY, PASSWORD
from tests.remote.servers import fuseki
from tests.remote.servers.address import Address, Kind
from tests.remote.servers.fuseki import FUSEKI
from tests.remote.servers.oxigraph import OXIGRAPH, binary, listens
from tests.remote.servers.process import Process
from tests.remote.support import settings_for

PROCESSES = {"a": 2, "b": 2 if LONG else 1}
"""So many processes serve on each machine."""
ENGINES = [OXIGRAPH, FUSEKI] if LONG else [OXIGRAPH]


@dataclass(frozen=True)
class Site:
    """Machines that share a base.

    Attributes:
        network: what joins them.
        machines: those that serve.
        engine: the SPARQL server's process.
        here: settings by which the tests themselves look at what is shared.
        database: what is shared, but for the graph.
    """

    network: Network
    machines: tuple[Machine, ...]
    engine: Process
    here: Settings
    database: Database

    def somebody(self, role: str) -> Visitor:
        """Somebody new with an account, who has signed in at the first machine."""
        mail = f"{secrets.token_hex(4)}@example.org"
        People(self.database).add("Robin Example", mail, role, PASSWORD)
        visitor = Visitor()
        answer = visitor.sign_in(self.machines[0].url, mail)
        assert answer.status == 303, answer.text
        return visitor


@pytest.fixture(scope="session", params=ENGINES, ids=lambda kind: kind.name)
def site(seeded: Settings, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Site]:
    """Two machines that serve the seed data."""
    if reason := request.param.missing():
        pytest.skip(reason)
    with running(seeded, tmp_path_factory.mktemp("machines"), request.param) as made:
        yield made


@contextmanager
def running(base: Settings, folder: Path, kind: Kind) -> Iterator[Site]:
    """Two machines that serve this base over an engine of a kind, as long as the `with` block."""
    with ExitStack() as stack:
        net = stack.enter_context(network("a", "b", "engine", "people"))
        people = net.hosts["people"]
        server = stack.enter_context(postgresql(people.address, people.within))
        engine, address = _fuseki(net, folder) if kind is FUSEKI else _oxigraph(net, folder)
        stack.callback(engine.stop)
        engine.start()
        here = settings_for(address, copied(base.data, folder / "here"), server.new_database())
        bring_server(here)
        database = open_database(here)
        stack.callback(database.close)
        machines = tuple(_machine(net, name, folder / name, here) for name in "ab")
        for machine in machines:
            stack.callback(machine.stop)
            machine.start()
        for machine in machines:
            machine.wait()
        yield Site(net, machines, engine, here, database)


def _oxigraph(net: Network, folder: Path) -> tuple[Process, Address]:
    host, port = net.hosts["engine"], free_port()
    at = f"http://{host.address}:{port}"
    words = [binary(), "serve", "--location", str(folder / "graphs"), "--bind", f"{host.address}:{port}"]
    process = Process([*host.within, *words], folder, "engine", partial(listens, port, host.address))
    return process, Address(f"{at}/query", f"{at}/update", f"{at}/store")


def _fuseki(net: Network, folder: Path) -> tuple[Process, Address]:
    host, port = net.hosts["engine"], free_port()
    if net.reason:
        pytest.skip(f"Fuseki listens at one address of the loopback alone, and {net.reason}")
    process = fuseki.server(folder / "fuseki", port, host=host.address, within=host.within)
    return process, fuseki.address([port], host.address)


def _machine(net: Network, name: str, folder: Path, here: Settings) -> Machine:
    """A machine that has the seed data already: to take them over from the journal takes a while."""
    folder.mkdir()
    copied(here.data, folder / "base")
    assert here.engine
    given = {
        "DATABASE": here.database,
        "ENGINE": here.engine.query[0],
        "ENGINE_UPDATE": here.engine.update[0],
        "ENGINE_GRAPHS": here.engine.graphs[0],
        "ENGINE_AUTH": here.engine.auth,
        "ENGINE_USER": here.engine.user,
        "ENGINE_PASSWORD": here.engine.password,
        "WEB_PROCESSES": str(PROCESSES[name]),
        "QUERY_PROCESSES": str(PROCESSES[name]),
        "QUERY_RATE": "100000",
        "SECRET_KEY": KEY,
        "DOI_RESOLVER": "off",
    }
    return Machine(net.hosts[name], folder, given)
