"""The log: what went wrong, by the id of its request; no secret, no address, nothing of who asks unless wanted."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from kg.errors import StoreDamaged
from kg.settings import Settings
from webui import create_app, logs

SECRET = "a-code-that-lets-somebody-in"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged; the tests' own way of logging comes back afterwards."""
    root, own, out = logging.getLogger(), logging.getLogger("gapbridge"), io.StringIO()
    before, level, own_level = list(root.handlers), root.level, own.level
    yield out
    root.handlers[:] = before
    root.setLevel(level)
    own.setLevel(own_level)


def failing(settings: Settings, written: io.StringIO, **more: str) -> Flask:
    """A site on which some addresses fail, and that logs as the settings say."""
    settings = replace(settings, database="sqlite://", **more)
    app = create_app(settings)

    @app.get("/fail/<code>")
    def fail(code: str) -> str:
        password = "hunter2hunter2"
        raise ValueError(f"not {len(password)}")

    @app.get("/damaged")
    def damaged() -> str:
        raise StoreDamaged("the file x is short")

    logs.configure(settings, written)
    return app


def lines(written: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_an_error_is_in_the_log_with_its_traceback_and_on_the_page_with_its_id(
    seeded: Settings, written: io.StringIO
) -> None:
    client = failing(seeded, written, log="json").test_client()
    answer = client.get(f"/fail/{SECRET}?q=private", headers={"Accept": "text/html"})
    own = answer.headers["X-Request-ID"]
    assert (answer.status_code, f"<code>{own}</code>" in answer.text) == (500, True)
    assert "Traceback" not in answer.text
    assert "ValueError" not in answer.text
    error, request = lines(written)
    assert "ValueError: not 14" in str(error["exception"])
    assert error["request_id"] == request["request_id"] == own
    assert (request["route"], request["status"], request["method"]) == ("/fail/<code>", 500, "GET")


def test_what_the_log_says_holds_no_address_no_values_and_nothing_of_who_asks(
    seeded: Settings, written: io.StringIO
) -> None:
    client = failing(seeded, written, log="json", log_requests="all").test_client()
    client.get(f"/fail/{SECRET}?q=private", headers={"Cookie": "gapbridge_session=abc", "User-Agent": "Robin's"})
    assert not re.search(f"{SECRET}|private|abc|Robin|hunter2|127.0.0.1", written.getvalue())


def test_a_failure_before_the_site_is_told_and_logged(seeded: Settings, written: io.StringIO) -> None:
    app = failing(seeded, written, log="json")

    def broken(_environ: object, _start: object) -> None:
        raise RuntimeError("broken")

    app.extensions["gapbridge.endpoint"].quick = lambda environ: broken(environ, None)
    answer = app.test_client().get("/sparql?query=ASK{}")
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in answer.text
    assert "RuntimeError: broken" in written.getvalue()


def test_data_clients_are_told_the_id_too(seeded: Settings, written: io.StringIO) -> None:
    answer = failing(seeded, written).test_client().get("/damaged", headers={"Accept": "application/problem+json"})
    assert (answer.status_code, answer.json["requestId"]) == (503, answer.headers["X-Request-ID"])
    assert "the file x is short" in written.getvalue()


@pytest.mark.parametrize("told", ["4bf92f3577b34da6a3ce929d0e0e4736", "req-2026.11_22"])
def test_a_sane_id_of_a_proxy_is_kept(app: Flask, told: str) -> None:
    assert app.test_client().get("/about", headers={"X-Request-ID": told}).headers["X-Request-ID"] == told


@pytest.mark.parametrize("told", ["", "short", "x" * 65, "<script>alert(1)</script>", "two words here", 'a"quoted"one'])
def test_any_other_is_replaced(app: Flask, told: str) -> None:
    own = app.test_client().get("/about", headers={"X-Request-ID": told}).headers["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{16}", own)


def test_each_request_has_an_id_of_its_own_though_the_page_was_kept(app: Flask) -> None:
    client = app.test_client()
    assert len({client.get("/tactics").headers["X-Request-ID"] for _ in range(3)}) == 3


def test_well_answered_requests_are_logged_only_where_wanted(seeded: Settings, written: io.StringIO) -> None:
    failing(seeded, written, log="json").test_client().options("/sparql")
    assert written.getvalue() == ""
    failing(seeded, written, log="json", log_requests="all").test_client().options("/sparql")
    (line,) = lines(written)
    assert (line["event"], line["route"], line["status"]) == ("Request", "/sparql", 204)


@pytest.mark.parametrize(
    ("how", "address", "shown"),
    [
        ("off", "192.0.2.77", None),
        ("network", "192.0.2.77", "192.0.2.0/24"),
        ("network", "2001:db8:1:2::3", "2001:db8:1::/48"),
        ("full", "192.0.2.77", "192.0.2.77"),
    ],
)
def test_addresses_are_logged_as_far_as_wanted(
    seeded: Settings, written: io.StringIO, how: str, address: str, shown: str | None
) -> None:
    client = failing(seeded, written, log="json", log_requests="all", log_clients=how).test_client()
    client.options("/sparql", environ_base={"REMOTE_ADDR": address})
    assert lines(written)[0].get("client") == shown


def test_plain_lines_are_for_reading(seeded: Settings, written: io.StringIO) -> None:
    failing(seeded, written, log_requests="all").test_client().options("/sparql")
    assert re.search(r"\[info +\] Request +.*route=/sparql", written.getvalue())
