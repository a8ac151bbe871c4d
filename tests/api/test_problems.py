"""What cannot be answered is told as problem details (RFC 9457), whatever was sent, and nothing breaks."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kg.settings import Settings
from webui import create_app
from webui.api import serving
from webui.api.operations import LARGEST_BODY, OPERATIONS, ROOT
from webui.api.problems import BY_NAME

TWICE = '{"item": "conflict", "value": "low"}'
MINIMAL = '{"policy": "care-act-2014", "framework": "matland-type", "answers": []}'


def problem(answer: TestResponse, kind: str) -> dict[str, Any]:
    """What a problem tells, once its form is as it should be."""
    assert answer.mimetype == "application/problem+json"
    told: dict[str, Any] = answer.get_json()
    assert told["type"] == f"/api#{kind}"
    assert told["status"] == answer.status_code == BY_NAME[kind].status
    assert told["title"] == BY_NAME[kind].title
    assert told["detail"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" not in answer.headers
    assert "Content-Security-Policy" in answer.headers
    return told


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/nowhere", "/api/v2/search", "/api/v1/things/", "/api/v1/%00", "/api/v1/ø"]
)
def test_unknown_address(client: FlaskClient, path: str) -> None:
    told = problem(client.get(path), "no-such-address")
    assert told["instance"].startswith("/api/")


def test_other_pages_keep_their_own_errors(client: FlaskClient) -> None:
    assert client.get("/apiary").mimetype == "text/html"
    assert client.get("/no-such-page").mimetype == "text/html"


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.name)
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_methods_that_there_are_not(client: FlaskClient, operation: Any, method: str) -> None:
    path = ROOT + operation.path.replace("{kind}", "tactic").replace("{slug}", "co-design")
    answer = client.open(path, method=method)
    problem(answer, "method-not-allowed")
    assert operation.method in answer.headers["Allow"].split(", ")


def test_unknown_thing_names_the_nearest(client: FlaskClient) -> None:
    told = problem(client.get(f"{ROOT}/things/tactic/intermediary-bodie"), "not-found")
    assert "tactic/intermediary-bodies" in told["nearest"]
    assert told["instance"] == f"{ROOT}/things/tactic/intermediary-bodie"


def test_unknown_kind_names_the_known(client: FlaskClient) -> None:
    told = problem(client.get(f"{ROOT}/things?kind=tactics"), "not-found")
    assert told["nearest"][0] == "tactic"
    assert "source" in told["known"]
    problem(client.get(f"{ROOT}/search?q=x&kind=none"), "not-found")


def test_unknown_framework_names_the_nearest(client: FlaskClient) -> None:
    told = problem(client.get(f"{ROOT}/frameworks/matland-typ"), "not-found")
    assert "matland-type" in told["nearest"]


def test_a_name_of_several_things(client: FlaskClient) -> None:
    told = problem(client.get(f"{ROOT}/claims?about=implementation"), "ambiguous")
    assert len(told["nearest"]) > 1
    assert all(client.get(f"{ROOT}/claims?about={name}").status_code == 200 for name in told["nearest"])


def test_unknown_parameter_names_the_known(client: FlaskClient) -> None:
    told = problem(client.get(f"{ROOT}/search?q=x&page=2"), "bad-parameter")
    assert (told["parameter"], told["known"]) == ("page", ["q", "kind", "limit", "offset"])
    assert problem(client.get(f"{ROOT}/?x"), "bad-parameter")["parameter"] == "x"


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/search", "q"),
        ("/search?q=", "q"),
        ("/search?q=x&q=y", "q"),
        ("/search?q=" + "x" * 201, "q"),
        ("/search?q=x&limit=0", "limit"),
        ("/search?q=x&limit=201", "limit"),
        ("/search?q=x&limit=ten", "limit"),
        ("/search?q=x&limit=-1", "limit"),
        ("/search?q=x&limit=²", "limit"),
        ("/search?q=x&limit=1.0", "limit"),
        ("/search?q=x&offset=" + "9" * 5000, "offset"),
        ("/search?q=x&kind=Tactic", "kind"),
        ("/claims?stance=strong", "stance"),
        ("/claims?standing=by-phase", "standing"),
        ("/paths", "from"),
        ("/paths?from=dispersed-governance&length=7", "length"),
        ("/map?rows=policies", "rows"),
    ],
)
def test_a_value_that_is_not_in_its_form(client: FlaskClient, address: str, parameter: str) -> None:
    assert problem(client.get(ROOT + address), "bad-parameter")["parameter"] == parameter


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("q=%ff", "bad-request"),
        ("q=%ed%a0%80", "bad-request"),
        ("&".join(f"a{n}=1" for n in range(200)), "bad-request"),
        ("q=a&" + "x" * 50_000, "bad-parameter"),
    ],
)
def test_a_query_that_is_no_query(client: FlaskClient, query: str, kind: str) -> None:
    problem(client.get(f"{ROOT}/search?{query}"), kind)


@pytest.mark.parametrize(
    "words", ["\x00", "%00%01", "<script>", "((((", '"', "*" * 200, "é" * 200, "\u202e", "a" * 200]
)
def test_odd_words_are_searched_for_like_others(client: FlaskClient, words: str) -> None:
    answer = client.get(f"{ROOT}/search", query_string={"q": words})
    assert answer.status_code == 200


@pytest.mark.parametrize("name", ["\x00", "https://example.org/> } UNION {", "a b", "..", "scheme/../tactic", "%2e%2e"])
def test_odd_names_are_not_found(client: FlaskClient, name: str) -> None:
    problem(client.get(f"{ROOT}/claims", query_string={"about": name}), "not-found")
    assert client.get(f"{ROOT}/things/tactic/{name}").status_code in (404, 308)


@pytest.mark.parametrize("accept", ["text/html", "image/png", "application/json;q=0", "text/turtle"])
def test_forms_that_there_are_not(client: FlaskClient, accept: str) -> None:
    told = problem(client.get(f"{ROOT}/search?q=x", headers={"Accept": accept}), "not-acceptable")
    assert told["known"] == ["application/json"]


@pytest.mark.parametrize("accept", ["*/*", "application/*", "application/json", "text/html, */*;q=0.1", ""])
def test_forms_that_are_json(client: FlaskClient, accept: str) -> None:
    assert client.get(f"{ROOT}/search?q=x", headers={"Accept": accept}).mimetype == "application/json"


def post(client: FlaskClient, body: bytes | str, **more: Any) -> TestResponse:
    return client.post(f"{ROOT}/assessments", data=body, **{"content_type": "application/json", **more})


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "bad-request"),
        (b"{", "bad-request"),
        (b"\xff\xfe", "bad-request"),
        (b"[" * 200_000, "bad-request"),
        (b'{"a":' * 40_000, "bad-request"),
        (b"NaN", "bad-request"),
        (b"1" * 100_000, "bad-request"),
        (b'{"policy": "a", "policy": "b"}', "bad-request"),
        (b"null", "bad-body"),
        (b"[]", "bad-body"),
        (b"{}", "bad-body"),
        (MINIMAL.replace("[]", "{}"), "bad-body"),
        (MINIMAL.replace("[]", "[1]"), "bad-body"),
        (MINIMAL.replace("[]", '[{"item": "ambiguity"}]'), "bad-body"),
        (MINIMAL.replace("[]", '[{"item": "ambiguity", "value": "low", "why": ""}]'), "bad-body"),
        (MINIMAL.replace("[]", "[" + ",".join(['{"item": "a", "value": "b"}'] * 201) + "]"), "bad-body"),
        (MINIMAL.replace('"care-act-2014"', "7"), "bad-body"),
        (MINIMAL.replace("care-act-2014", "\\u0000"), "bad-body"),
        (MINIMAL.replace("care-act-2014", "\\ud800"), "bad-body"),
        (MINIMAL.replace("[]", '[], "on": "31 January"'), "bad-body"),
        (MINIMAL.replace("[]", '[], "on": "2026-02-30"'), "cannot-be-answered"),
        (MINIMAL.replace("care-act-2014", "dispersed-governance"), "cannot-be-answered"),
        (MINIMAL.replace("matland-type", "tactic/co-design"), "cannot-be-answered"),
        (MINIMAL.replace("[]", '[{"item": "ambiguity", "value": "met"}]'), "cannot-be-answered"),
        (MINIMAL.replace("[]", '[{"item": "budget", "value": "low"}]'), "cannot-be-answered"),
        (MINIMAL.replace("[]", f"[{TWICE}, {TWICE}]"), "cannot-be-answered"),
        (MINIMAL.replace("care-act-2014", "care-act-2015"), "not-found"),
        (MINIMAL.replace("matland-type", "matland-typ"), "not-found"),
        (MINIMAL.replace("[]", '[], "by": "nobody"'), "not-found"),
    ],
    ids=str,
)  # fmt: skip
def test_bodies_that_cannot_be_taken(client: FlaskClient, body: bytes | str, kind: str) -> None:
    problem(post(client, body), kind)


def test_a_framework_that_is_an_argument_has_nothing_to_save(client: FlaskClient) -> None:
    found = client.get(f"{ROOT}/frameworks?limit=200").get_json()["items"]
    slug = next(f["href"].rpartition("/")[2] for f in found if f["kind"] == "argument")
    body = MINIMAL.replace("matland-type", slug)
    assert post(client, body).get_json()["findings"][0]["kind"] == "not-applied"
    problem(post(client, body, headers={"Accept": "text/turtle"}), "cannot-be-answered")
    assert client.get(f"{ROOT}/frameworks/{slug}/questions").get_json()["applied"] is False


def test_bodies_that_are_too_large(client: FlaskClient) -> None:
    problem(post(client, b" " * (LARGEST_BODY + 1)), "too-large")
    problem(post(client, b"[" * 10_000_000), "too-large")


def test_bodies_in_other_forms(client: FlaskClient) -> None:
    problem(post(client, MINIMAL, content_type="text/plain"), "unsupported-media-type")
    problem(post(client, "a=b", content_type="application/x-www-form-urlencoded"), "unsupported-media-type")
    packed = gzip.compress(MINIMAL.encode())
    problem(post(client, packed, headers={"Content-Encoding": "gzip"}), "unsupported-media-type")


def test_a_fault_of_ours_is_told_and_logged(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("secret of the machine room")

    monkeypatch.setitem(serving.ANSWERS, "index", broken)
    answer = client.get(f"{ROOT}/")
    problem(answer, "internal")
    assert "secret" not in answer.text
    assert "secret of the machine room" in caplog.text


def test_a_base_that_cannot_be_read(tmp_path: Path, seeded: Settings) -> None:
    (tmp_path / "letter.txt").write_text("private")
    answer = create_app(replace(seeded, data=tmp_path)).test_client().get(f"{ROOT}/search?q=x")
    problem(answer, "unavailable")
    assert answer.headers["Retry-After"]
