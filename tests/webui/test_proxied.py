"""Behind proxies the real client is seen; what a client writes itself is believed from nobody."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, request

from kg.errors import BadInput
from kg.settings import Settings, read_settings
from tests.webui.server_support import Server
from webui import create_app
from webui.hosts import public_root
from webui.proxied import Behind

CLIENT, PROXY, OUTER = "203.0.113.7", "10.0.0.1", "198.51.100.9"


def seen(proxies: int, **headers: str) -> tuple[str, str]:
    """The client and the scheme that an application sees behind so many proxies."""
    told: list[dict[str, Any]] = []

    def site(environ: Any, start_response: Any) -> list[bytes]:
        told.append(environ)
        return []

    environ = {"REMOTE_ADDR": PROXY, "wsgi.url_scheme": "http"}
    Behind(proxies, site)({**environ, **{f"HTTP_X_FORWARDED_{k.upper()}": v for k, v in headers.items()}}, None)  # type: ignore[arg-type]
    return told[0]["REMOTE_ADDR"], told[0]["wsgi.url_scheme"]


@pytest.mark.parametrize(
    ("proxies", "told", "client"),
    [
        (1, CLIENT, CLIENT),
        (1, f"1.1.1.1, 2.2.2.2, {CLIENT}", CLIENT),
        (2, f"1.1.1.1, {CLIENT}, {OUTER}", CLIENT),
        (1, f'"1.1.1.1, {CLIENT}', CLIENT),  # a quotation mark that would swallow what follows
        (1, f"{CLIENT}:5123", CLIENT),
        (1, "[2001:db8::1]:5123", "2001:db8::1"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (2, CLIENT, PROXY),  # it did not come through both
        (1, "", PROXY),
        (1, "unknown", PROXY),
    ],
)
def test_the_client_stands_as_many_entries_from_the_end_as_there_are_proxies(
    proxies: int, told: str, client: str
) -> None:
    assert seen(proxies, **{"for": told})[0] == client


@pytest.mark.parametrize(("told", "scheme"), [("https", "https"), ("http, HTTPS", "https"), ("gopher", "http")])
def test_the_nearest_proxy_says_whether_https_was_asked(told: str, scheme: str) -> None:
    assert seen(1, proto=told)[1] == scheme


@pytest.mark.parametrize("proxies", [0, 1])
def test_addresses_of_ones_own_carry_what_a_proxy_tells_and_nothing_that_a_client_tells(
    seeded: Settings, proxies: int
) -> None:
    app = create_app(replace(seeded, proxies=proxies))
    told = {"X-Forwarded-For": CLIENT, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    app.add_url_rule("/told", view_func=lambda: f"{request.remote_addr} {public_root()}")
    answer = app.test_client().get("/told", headers={**told, "Host": "data.example.org"}).text
    assert answer == (f"{CLIENT} https://data.example.org" if proxies else "127.0.0.1 http://data.example.org")


def limited(seeded: Settings, proxies: int) -> Flask:
    return create_app(replace(seeded, proxies=proxies, query_rate=1))


@pytest.mark.parametrize(("proxies", "second"), [(0, 429), (1, 200)])
def test_clients_behind_a_proxy_are_counted_apart_and_nobody_gets_more_by_lying(
    seeded: Settings, proxies: int, second: int
) -> None:
    client = limited(seeded, proxies).test_client()

    def ask(told: str) -> int:
        headers = {"X-Forwarded-For": told, "Accept": "application/sparql-results+json"}
        return client.get("/sparql?query=ASK+%7B%7D", headers=headers).status_code

    assert (ask(CLIENT), ask(OUTER)) == (200, second)
    assert ask(f"9.9.9.9, {CLIENT}") == 429


def test_of_several_such_headers_the_last_one_counts_on_the_real_server(seeded: Settings) -> None:
    """A client's own line, then the proxy's: some add a line instead of an entry."""
    with Server(seeded, PROXIES="1", QUERY_RATE="1") as server:

        def ask(*lines: str) -> str:
            told = "".join(f"X-Forwarded-For: {line}\r\n" for line in lines)
            with socket.create_connection(("127.0.0.1", server.port), timeout=30) as talk:
                talk.sendall(
                    f"GET /sparql?query=ASK+%7B%7D HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    f"Accept: application/sparql-results+json\r\n{told}\r\n".encode()
                )
                return talk.makefile("rb").readline().split()[1].decode()

        assert [ask(CLIENT), ask("8.8.8.8", CLIENT), ask("9.9.9.9", CLIENT)] == ["200", "429", "429"]


@pytest.mark.parametrize("value", ["-1", "x", "٣"])
def test_the_number_of_proxies_is_a_number(value: str) -> None:
    with pytest.raises(BadInput, match="GAPBRIDGE_PROXIES"):
        read_settings({"GAPBRIDGE_PROXIES": value})
