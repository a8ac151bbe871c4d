"""The server starts, says where it is, and ends when it is told to."""

from __future__ import annotations

import signal
import socket
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest

from kg.contributing import load_files
from kg.errors import BadInput
from kg.settings import Settings
from tests.sparql.conftest import children
from tests.webui.server_support import Server
from tests.webui.test_base import NOTION
from webui.serving import _share, address, serve


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_server_ends_when_told(seeded: Settings, ending: signal.Signals) -> None:
    with Server(seeded) as server:
        assert server.get("/").status == 200
        output, code = server.end(ending)
    assert code == 0
    assert f"Serving the evidence base at {server.url}" in output
    assert "Traceback" not in output


def test_several_processes_serve_the_newest_revision(fresh: Settings, tmp_path: Path) -> None:
    file = tmp_path / "notion.ttl"
    file.write_text(NOTION, encoding="utf-8")
    with Server(fresh, WEB_PROCESSES="2") as server:
        first = _shown(server)
        load_files(fresh, [file], "One more notion")
        second = _shown(server)
        assert len(children(server.process)) >= 2
        output, code = server.end(signal.SIGTERM)
    assert (first, second) == ({False}, {True})
    assert (code, "Traceback" in output) == (0, False)


def _shown(server: Server) -> set[bool]:
    """Whether the page has the notion, by many connections: the kernel deals them out to the processes."""
    pages = [urlopen(f"{server.url}notions", timeout=20) for _ in range(12)]
    return {b"quite-new" in page.read() for page in pages}


def test_processes_share_what_all_may_have(seeded: Settings) -> None:
    share = _share(replace(seeded, web_processes=4, query_processes=6, query_waiting=200, query_rate=600))
    assert (share.query_processes, share.query_waiting, share.query_rate) == (1, 50, 150)


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
