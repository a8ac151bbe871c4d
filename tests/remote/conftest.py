"""Each engine in turn, started once for all tests that want it; what cannot run here says why."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.contributing import bring_server, open_base
from kg.namespaces import GRAPH
from kg.settings import Settings
from kg.store.remote import Client, RemoteReader
from kg.store.remote.opening import sharing
from tests.conftest import LONG, copied
from tests.remote import results
from tests.remote.part import fill_part
from tests.remote.servers import ENGINES
from tests.remote.servers.address import Address, Kind
from tests.remote.servers.cluster import CLUSTER, REPLICAS, Cluster, cluster
from tests.remote.support import change, noting, reader, settings_for
from tests.remote.tiny import Tiny, tiny

Speak = Callable[[Address], Client]
GRAPHS_THERE = f"""SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{GRAPH}")) }}"""


@dataclass(frozen=True)
class Engine:
    """An engine that runs.

    Attributes:
        name: what people call it.
        address: where it answers.
        folder: for files of this engine's tests.
    """

    name: str
    address: Address
    folder: Path


@pytest.fixture(scope="session")
def replicas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Several servers that are to hold the same; all run."""
    if reason := CLUSTER.missing():
        pytest.skip(f"{CLUSTER.name}: {reason}")
    with cluster(tmp_path_factory.mktemp("cluster"), REPLICAS) as started:
        yield started


@pytest.fixture(scope="session", params=ENGINES, ids=lambda kind: kind.name)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A server of each kind in turn."""
    kind: Kind = request.param
    if reason := kind.missing():
        pytest.skip(f"{kind.name}: {reason}")
    folder = tmp_path_factory.mktemp("engine")
    if kind is CLUSTER:  # whose replicas other tests stop and start
        yield Engine(kind.name, request.getfixturevalue("replicas").address, folder)
        return
    with kind.start(folder) as address:
        yield Engine(kind.name, address, folder)


@pytest.fixture(scope="session")
def base(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base that has something to answer to our queries; where there is time the whole of the seed data."""
    if LONG:
        return seeded.data
    folder = tmp_path_factory.mktemp("part") / "base"
    fill_part(folder, open_base(seeded))
    return folder


@pytest.fixture(scope="module")
def machine(engine: Engine, base: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A machine with that base, which moves to that server; not to be written to."""
    settings = settings_for(engine.address, copied(base, tmp_path_factory.mktemp("machine") / "base"))
    emptied(settings)
    bring_server(settings)
    return settings


@pytest.fixture
def small(engine: Engine, migrated: Path, tmp_path: Path) -> Settings:
    """A machine with a base of a few statements on that server."""
    (tmp_path / "small").mkdir()
    shutil.copy(migrated, tmp_path / "small")
    settings = settings_for(engine.address, tmp_path / "small")
    emptied(settings)
    change(settings, noting(reader(settings), "first"))
    return settings


def emptied(settings: Settings) -> None:
    """Take all out of a server."""
    for client in sharing(settings).clients:
        for row in RemoteReader(client, 0).rows(GRAPHS_THERE):  # Virtuoso has no DROP ALL
            client.update(f"DROP SILENT GRAPH {row['g']}")


@pytest.fixture
def server() -> Iterator[Tiny]:
    """A tiny server that can be made to fail."""
    with tiny() as started:
        yield started


@pytest.fixture
def speak() -> Iterator[Speak]:
    """Makes a client for a server."""
    made: list[Client] = []

    def speak(address: Address) -> Client:
        engine = settings_for(address, Path("nowhere"), ENGINE_SECONDS="2").engine
        assert engine is not None
        made.append(Client(engine))
        return made[-1]

    yield speak
    for client in made:
        client.close()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note what each test of an engine came to."""
    results.note(report)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write it down where somebody asked for it."""
    results.write(session)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how long each engine took."""
    for line in results.told():
        terminalreporter.write_line(line)
