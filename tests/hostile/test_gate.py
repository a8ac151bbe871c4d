"""What is turned away before anything reads it, and bodies that do not come."""

from __future__ import annotations

import io
import threading
from typing import Any

import pytest
from flask import Flask
from werkzeug.exceptions import BadRequest, ServiceUnavailable
from werkzeug.test import EnvironBuilder, run_wsgi_app

from webui.gate import LONGEST_HEADER, PLACES, PLACES_EACH, Body, Places


def status(app: Flask, **environ: Any) -> int:
    made = EnvironBuilder(path="/").get_environ()
    _, line, _ = run_wsgi_app(app, {**made, **environ}, buffered=True)
    return int(line.split()[0])


@pytest.mark.parametrize("path", ["/", "/sparql", "/api/v1/search", "/data/causes.csv", "/graph-store"])
def test_an_address_that_is_not_in_utf8(app: Flask, path: str) -> None:
    assert status(app, PATH_INFO=path, QUERY_STRING="q=\xff") == 400


@pytest.mark.parametrize("name", ["HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "CONTENT_TYPE"])
def test_a_header_without_end(app: Flask, name: str) -> None:
    assert status(app, **{name: "text/html"}) == 200
    assert status(app, **{name: "a/b," * LONGEST_HEADER}) == 431


def body(sent: bytes, told: str, places: Places, client: str = "127.0.0.1") -> Body:
    return Body({"wsgi.input": io.BytesIO(sent), "CONTENT_LENGTH": told, "REMOTE_ADDR": client}, places)


def test_a_body_is_read_to_its_end_and_not_beyond() -> None:
    assert body(b"whole and the next", "5", Places()).read() == b"whole"
    assert body(b"to the end", "", Places()).read() == b"to the end"


def test_a_body_is_read_by_lines_too() -> None:
    stream = body(b"one\ntwo\nthree and the next", "13", Places())
    assert [stream.readline(), stream.readline(2), stream.readline(), stream.readline(), stream.readline()] == [
        b"one\n",
        b"tw",
        b"o\n",
        b"three",
        b"",
    ]


def test_a_body_that_breaks_off() -> None:
    with pytest.raises(BadRequest):
        body(b"a part", "100", Places()).read()


def test_a_part_of_a_query_is_not_run(app: Flask) -> None:
    cut = {"wsgi.input": io.BytesIO(b"ASK {}"), "CONTENT_LENGTH": "20", "CONTENT_TYPE": "application/sparql-query"}
    assert status(app, PATH_INFO="/sparql", REQUEST_METHOD="POST", **cut) == 400


def test_a_client_has_a_few_places_and_leaves_some_to_others() -> None:
    places = Places()
    held = [body(b"slow", "100", places) for _ in range(PLACES_EACH)]
    for each in held:
        each.read(1)
    late = body(b"late", "4", places)
    with pytest.raises(ServiceUnavailable):
        late.read(1)
    assert late.read(1) == b""  # given up once, it is not asked again
    assert body(b"other", "5", places, "127.0.0.2").read() == b"other"
    held[0].close()
    assert body(b"next", "4", places).read() == b"next"


def test_all_clients_together_have_places_for_so_many() -> None:
    places = Places()
    for number in range(PLACES):
        body(b"slow", "100", places, f"127.0.0.{number}").read(1)
    with pytest.raises(ServiceUnavailable):
        body(b"late", "4", places, "127.0.1.1").read(1)


def test_a_short_rush_waits_for_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webui.gate._WAIT_SECONDS", 60)
    places = Places()
    held = [body(b"slow", "100", places) for _ in range(PLACES_EACH)]
    for each in held:
        each.read(1)
    threading.Timer(0.05, held[0].close).start()
    assert body(b"next", "4", places).read() == b"next"


def test_places_are_left_when_the_answer_is_made(app: Flask) -> None:
    sent = {"CONTENT_LENGTH": "9", "CONTENT_TYPE": "application/json"}
    where = {"PATH_INFO": "/api/v1/assessments", "REQUEST_METHOD": "POST"}
    found = {status(app, **where, **sent, **{"wsgi.input": io.BytesIO(b"{")}) for _ in range(PLACES_EACH + 1)}
    assert found == {400}
