"""The assistants' server as assistants meet it: a real client of the SDK, over stdio and over HTTP."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, StdioServerParameters

from benchmarks.ports import free_port
from tests.sparql.conftest import until

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-W", "error", "-c", "from kg.cli import main; main()", "mcp"]
SECONDS = "4"
"""How long a query may run; others are answered meanwhile, also where the machine is busy."""


class Caller:
    """A client that can be asked from tests that know no event loop."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self.portal, self.client = portal, client

    def tool(self, name: str, **arguments: object) -> Any:
        return self.portal.call(self.client.call_tool, name, arguments)

    def later(self, name: str, **arguments: object) -> Any:
        """A call that is not waited for."""
        return self.portal.start_task_soon(self.client.call_tool, name, arguments)

    def told(self, name: str, **arguments: object) -> str:
        """The text of an answer or error."""
        return self.tool(name, **arguments).content[0].text

    def resource(self, address: str) -> str:
        return self.portal.call(self.client.read_resource, address).contents[0].text


@pytest.fixture(scope="session")
def environment(seeded) -> dict[str, str]:
    return {
        **os.environ,
        "GAPBRIDGE_DATA": str(seeded.data),
        "GAPBRIDGE_QUERY_SECONDS": SECONDS,
        "PYTHONPATH": str(ROOT),
    }


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    with start_blocking_portal() as portal:
        yield portal


@pytest.fixture(scope="session")
def over_stdio(portal, environment) -> Iterator[Caller]:
    server = StdioServerParameters(command=COMMAND[0], args=COMMAND[1:], env=environment)
    with portal.wrap_async_context_manager(Client(server)) as client:
        yield Caller(portal, client)


@pytest.fixture(scope="session")
def http_port(environment) -> Iterator[int]:
    port = free_port()
    server = subprocess.Popen([*COMMAND, "--http", "--port", str(port)], env=environment, stdout=subprocess.PIPE)
    with server:
        assert str(port).encode() in server.stdout.readline()
        _wait_for(port)
        yield port
        server.terminate()


def _wait_for(port: int) -> None:
    def listens() -> bool:
        with socket.socket() as tried:
            return tried.connect_ex(("127.0.0.1", port)) == 0

    assert until(listens)


@pytest.fixture(scope="session")
def over_http(portal, http_port) -> Iterator[Caller]:
    with portal.wrap_async_context_manager(Client(f"http://127.0.0.1:{http_port}/mcp")) as client:
        yield Caller(portal, client)


@pytest.fixture(params=["stdio", "http"])
def assistant(request) -> Caller:
    """A client of the server, over each transport."""
    return request.getfixturevalue(f"over_{request.param}")
