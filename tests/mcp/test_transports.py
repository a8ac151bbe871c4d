"""How the server is started, reached and stopped."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time

import pytest

from tests.mcp.conftest import COMMAND
from tests.sparql.conftest import descendants, until, worked

HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def call(number: int, name: str, **arguments: object) -> dict[str, object]:
    return {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": {"name": name, "arguments": arguments}}


def test_standard_output_holds_messages_only_and_the_end_of_input_ends_the_server(environment):
    server = subprocess.Popen(
        COMMAND,
        env={**environment, "GAPBRIDGE_QUERY_SECONDS": "60"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with server:

        def say(message: object) -> None:
            server.stdin.write((message if isinstance(message, str) else json.dumps(message)) + "\n")
            server.stdin.flush()

        def heard(number: int) -> dict[str, object]:
            while not any(message.get("id") == number for message in messages):
                messages.append(json.loads(server.stdout.readline()))
            return messages[-1]["result"]

        messages = []
        say(HELLO)
        assert heard(1)["serverInfo"]["name"] == "gapbridge"
        say({"jsonrpc": "2.0", "method": "notifications/initialized"})
        say("this is no message")
        say(call(2, "describe", thing="nowhere-at-all"))
        assert heard(2)["isError"]
        say(call(3, "query", sparql="ASK {}"))
        heard(3)
        readers = descendants(server.pid)
        before = sum(map(worked, readers))
        say(call(4, "query", sparql=RUNAWAY))
        assert until(lambda: sum(map(worked, readers)) > before + 20)  # the query runs
        server.stdin.close()
        start = time.monotonic()
        messages += [json.loads(line) for line in server.stdout]
        assert server.wait(30) == 0
        assert time.monotonic() - start < 40  # it did not wait for the query's end
    assert all(message["jsonrpc"] == "2.0" for message in messages)


def post(port: int, body: bytes, method: str = "POST", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    accepted = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    connection.request(method, "/mcp", body, {**accepted, **headers})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def test_over_http_there_are_no_sessions(http_port):
    response = post(http_port, json.dumps(HELLO).encode())
    assert response.status == 200
    assert "mcp-session-id" not in response.headers


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_over_http_no_stream_is_held_open(http_port, method):
    assert post(http_port, b"", method).status == 405


@pytest.mark.parametrize(("headers", "status"), [
    ({"Host": "evil.example"}, 421),
    ({"Host": "127.0.0.1.evil.example:80"}, 421),
    ({"Origin": "http://evil.example"}, 403),
    ({"Origin": "http://127.0.0.1.evil.example:80"}, 403),
    ({"Origin": "http://localhost:1234"}, 200),
    ({"Content-Type": "text/plain"}, 400),
])  # fmt: skip
def test_pages_of_other_hosts_cannot_reach_the_server(http_port, headers, status):
    assert post(http_port, json.dumps(HELLO).encode(), **headers).status == status


def test_a_body_that_is_too_large_is_refused(http_port):
    assert post(http_port, b" " * (1 << 20) + b"{}").status == 413


def test_a_port_in_use_is_told(http_port, environment):
    second = subprocess.run(
        [*COMMAND, "--http", "--port", str(http_port)], env=environment, capture_output=True, text=True
    )
    assert second.returncode == 2
    assert f"cannot listen on 127.0.0.1, port {http_port}" in second.stderr


def test_an_address_without_http_is_wrong_use():
    told = subprocess.run([*COMMAND, "--port", "9"], capture_output=True, text=True)
    assert told.returncode == 2
    assert "go with --http" in told.stderr


def test_neither_other_commands_nor_the_pages_load_the_protocol():
    code = "import sys, kg.cli.main, webui; print(sorted({'mcp', 'mcp_types', 'uvicorn'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
