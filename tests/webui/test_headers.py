"""What every answer carries, and what is sent again only when it changed."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

URLS = (
    "/",
    "/id/failure-cause/dispersed-governance",
    "/no-such-page",
    "/static/site.css",
    "/graph/tactic/intermediary-bodies?most=x",
)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("url", URLS)
def test_policy_stands_on_every_answer(client: FlaskClient, url: str) -> None:
    with client.get(url) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Referrer-Policy" in headers
    assert "Permissions-Policy" in headers


def test_unchanged_page_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get("/tactics").headers["ETag"]
    again = client.get("/tactics", headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert client.get("/sources", headers={"If-None-Match": tag}).status_code == 200


def test_error_has_no_tag(client: FlaskClient) -> None:
    assert "ETag" not in client.get("/id/tactic/no-such").headers


def test_versioned_files_are_kept_for_ever(client: FlaskClient) -> None:
    page = client.get("/graph/failure-cause/dispersed-governance").text
    files = re.findall(r'(?:href|src)="(/static/[^"]+\?v=[^"]+)"', page)
    assert {name.partition("?")[0] for name in files} >= {
        "/static/site.css",
        "/static/graph.js",
        "/static/vis-network.min.js",
    }
    for url in files:
        with client.get(url) as answer:
            assert answer.status_code == 200
            assert "immutable" in answer.headers["Cache-Control"]


def test_only_reading(client: FlaskClient) -> None:
    for answer in (client.post("/"), client.trace("/")):
        assert (answer.status_code, answer.mimetype) == (405, "text/html")


def test_any_version_will_do_only_where_there_is_one(client: FlaskClient) -> None:
    anything = {"If-None-Match": "*"}  # RFC 9110, §13.1.2
    assert client.get("/tactics", headers=anything).status_code == 304
    assert client.get("/id/tactic/no-such", headers=anything).status_code == 404
