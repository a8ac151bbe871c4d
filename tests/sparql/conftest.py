"""A real server with a real pool behind it, over the seed data; clients differ by their loopback address."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from benchmarks.ports import free_port
from kg.namespaces import gap
from kg.settings import Settings, read_settings
from kg.store import Change, Home, Literal, NamedNode, Writer, place

if TYPE_CHECKING:
    from tests.sparql.update_support import Changeable

SERVED = Path(__file__).with_name("served.py")
SECONDS = 3
LIMITS = {
    "GAPBRIDGE_QUERY_SECONDS": str(SECONDS),
    "GAPBRIDGE_QUERY_MEGABYTES": "512",
    "GAPBRIDGE_QUERY_RESULT_MEGABYTES": "8",
    "GAPBRIDGE_QUERY_RATE": "1000000",
}


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Server:
    """A server in a process of its own."""

    port: int
    process: subprocess.Popen[bytes]
    environ: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        query: str | None = None,
        method: str = "GET",
        client: str = "127.0.0.1",
        body: bytes | None = None,
        **more,
    ) -> Reply:
        """Send a request: `params` go into the address; everything else is a header."""
        params = list(more.pop("params", []))
        path = more.pop("path", "/sparql")
        params = [("query", query), *params] if query is not None else params
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(client, 0))
        try:
            connection.request(method, path + ("?" + urlencode(params) if params else ""), body, headers)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, found, response.read())
        finally:
            connection.close()

    def family(self) -> list[int]:
        """All processes below the server's."""
        return descendants(self.process.pid)

    def stop(self, sign: int = signal.SIGTERM) -> None:
        self.process.send_signal(sign)
        self.process.wait(15)


def children(parent: int) -> list[int]:
    return _below().get(parent, [])


def descendants(top: int) -> list[int]:
    below, found, left = _below(), [], [top]
    while left:
        found += (more := below.get(left.pop(), []))
        left += more
    return found


def _below() -> dict[int, list[int]]:
    below: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        below.setdefault(int(fields[1]), []).append(int(folder.name))
    return below


def worked(process: int) -> int:
    """For how long a process has computed, in hundredths of a second; 0 where there is none."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def state_of(process: int) -> str:
    """The letter of a process's state, empty where there is none."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def until(true: Callable[[], object], seconds: float = 30) -> bool:
    """Whether something comes true; that it never will is found out late, for the machine may be busy."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return bool(true())


def serve(data: Path, **more: str) -> Server:
    port = free_port()
    environ = {**os.environ, **LIMITS, "GAPBRIDGE_DATA": str(data), **more}
    server = Server(port, subprocess.Popen([sys.executable, str(SERVED), str(port)], env=environ), environ)

    def answers() -> bool:
        try:
            return server.ask("ASK {}").status == 200
        except OSError:
            return False

    if not until(answers, 60):
        server.stop(signal.SIGKILL)
        raise AssertionError("the server did not start")
    return server


@pytest.fixture
def start() -> Iterator[Callable[..., Server]]:
    """Starts servers of a test's own, which end with it."""
    with ExitStack() as stack:

        def started(data: Path, **more: str) -> Server:
            server = serve(data, **more)
            stack.callback(lambda: server.process.poll() is None and server.stop())
            return server

        yield started


@pytest.fixture(scope="session")
def data(seeded: Settings) -> Path:
    return seeded.data


@pytest.fixture(scope="session")
def server(data: Path) -> Iterator[Server]:
    """One with time enough, whatever else the machine is doing."""
    started = serve(data, GAPBRIDGE_QUERY_SECONDS="60")
    yield started
    started.stop()


@dataclass(frozen=True)
class Small:
    """A base with one statement a revision."""

    settings: Settings
    home: Home

    def publish(self, text: str) -> int:
        with Writer(self.home, lambda _: [], []) as writer:
            mark = NamedNode("https://w3id.org/gapbridge/id/tactic/one")
            statement = (mark, NamedNode(gap("note")), Literal(text))
            return writer.commit(Change(writer.reader.revision, frozenset([place(statement)])))


@pytest.fixture
def small(tmp_path: Path) -> Small:
    settings = read_settings({**LIMITS, "GAPBRIDGE_DATA": str(tmp_path / "base")})
    base = Small(settings, Home(settings.data, settings.keep_snapshots))
    base.publish("first")
    return base


@pytest.fixture(scope="module")
def changeable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Changeable]:
    """A server that takes changes, over a base of its own."""
    from tests.sparql.update_support import Changeable, make_base, token  # which needs this module

    settings = make_base(tmp_path_factory.mktemp("changed") / "data")
    started = serve(settings.data, GAPBRIDGE_UPDATES="on")
    yield Changeable(started, settings, token(settings, "tests"))
    started.stop()
