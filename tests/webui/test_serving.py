"""The server starts, says where it is, and ends when it is told to."""

from __future__ import annotations

import signal
import socket
from dataclasses import replace

import pytest

from kg.errors import BadInput
from kg.settings import Settings
from tests.webui.server_support import Server
from webui.serving import address, serve


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_server_ends_when_told(seeded: Settings, ending: signal.Signals) -> None:
    with Server(seeded) as server:
        assert server.get("/").status == 200
        output, code = server.end(ending)
    assert code == 0
    assert f"Serving the evidence base at {server.url}" in output
    assert "Traceback" not in output


def test_taken_port_is_told(seeded: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BadInput, match="cannot listen on"):
            serve(replace(seeded, port=taken.getsockname()[1]))


def test_unknown_host_is_told(seeded: Settings) -> None:
    with pytest.raises(BadInput, match="cannot listen on"):
        serve(replace(seeded, host="host.invalid"))


def test_address_of_a_six_host(seeded: Settings) -> None:
    assert address(replace(seeded, host="::1", port=80)) == "http://[::1]:80/"
