"""The server starts, says where it is, and ends when it is told to."""

from __future__ import annotations

import json
import signal
import socket
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from kg.contributing import load_files
from kg.errors import BadInput
from kg.settings import Settings
from tests.sparql.conftest import children, descendants, state_of, until
from tests.webui.server_support import Server
from tests.webui.test_base import NOTION
from webui.serving import _share, address, serve


def test_server_ends_when_told(seeded: Settings) -> None:
    with Server(seeded) as server:
        assert server.get("/").status == 200
        output, code = server.end(signal.SIGINT)
    assert code == 0
    assert f"Serving the evidence base at {server.url}" in output
    assert "Traceback" not in output


def test_server_ends_when_a_service_manager_says_so_and_logs_json_lines_alone(seeded: Settings) -> None:
    with Server(seeded, LOG="json") as server:
        assert server.get("/").status == 200
        output, code = server.end(signal.SIGTERM)
    assert code == 0
    assert [(line["event"], line["address"]) for line in map(json.loads, output.splitlines())] == [
        ("Serving", server.url)
    ]


ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?d != ?g) }"


def begin(server: Server, pool: ThreadPoolExecutor) -> Future[tuple[int, bytes]]:
    """A query that runs until it is stopped, under way by now."""
    answer = pool.submit(_asked, f"{server.url}sparql?{urlencode({'query': ENDLESS})}")
    assert until(lambda: b"gapbridge_queries_under_way 1.0" in _asked(f"{server.url}metrics")[1])
    return answer


def _asked(address: str) -> tuple[int, bytes]:
    try:
        with urlopen(address, timeout=60) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()
    except (URLError, ConnectionError, HTTPException):
        return 0, b""


def test_what_is_under_way_is_answered_before_the_end_and_no_process_is_left(seeded: Settings, tmp_path: Path) -> None:
    more = {"QUERY_SECONDS": "3", "METRICS": "loopback", "DATABASE": f"sqlite:///{tmp_path}/people.sqlite"}
    with (
        ThreadPoolExecutor() as pool,
        Server(seeded, **more) as server,
        socket.create_connection(("127.0.0.1", server.port)),
    ):
        answer = begin(server, pool)
        assert until(lambda: len(descendants(server.process)) >= 3)  # who serves, who reads, and for whom
        family = descendants(server.process)
        output, code = server.end(signal.SIGTERM)
        assert answer.result(30)[0] == 503
        assert b"This query ran for 3 seconds" in answer.result()[1]
    assert (code, "Traceback" in output) == (0, False)
    assert until(lambda: not any(state_of(process) for process in family))


def test_the_end_waits_for_nobody_longer_than_the_settings_say(seeded: Settings, tmp_path: Path) -> None:
    limits = {"QUERY_SECONDS": "300", "STOP_SECONDS": "1"}
    more = {**limits, "METRICS": "loopback", "DATABASE": f"sqlite:///{tmp_path}/people.sqlite"}
    with ThreadPoolExecutor() as pool, Server(seeded, **more) as server:
        answer = begin(server, pool)
        family = descendants(server.process)
        server.end(signal.SIGTERM)
        assert answer.result(30)[0] in (0, 503)
    assert until(lambda: not any(state_of(process) for process in family))


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
