"""Any request at all, to every part of the site, gets an answer that is not our fault; GAPBRIDGE_FUZZ=long sends more.

Addresses are put together from those there are, values that mean something and values meant to hurt.
"""

from __future__ import annotations

import io
import re
import time
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import run_wsgi_app

from tests.hostile.conftest import PROFILE
from webui.tables import TABLES

ALLOWED = {200, 204, 206, 300, 302, 303, 304, 308, 400, 401, 403, 404, 405, 406, 410, 411, 412, 413, 414, 415, 416,
           422, 429, 431, 503}  # fmt: skip
SECONDS = 20
"""Very generous, since the machine may be busy; what is meant is “at once”."""
KNOWN = (
    "tactic/co-design", "co-design", "source", "gold-2017", "failure-cause/dispersed-governance", "claim", "scheme",
    "matland-type", "causes", "claims", "10",
)  # fmt: skip
MEAN = (
    "", "..", ".", "//", "\0", "\r\nX: y", "<script>", "\"'>", "é", "a" * 3000, "ﷺ" * 200, "http://evil/> } UNION {",
    "https://w3id.org/gapbridge/id/", "gap:", "gap:x y", "http://[", "https://w3id.org/gapbridge/id/tactic/a b", "-1",
    "9" * 20, "²", "\u202e", "a\u0300" * 100, "(a+)+$", "{{7*7}}", "%00", "%2f", "#", "\\", "\n", "urn:x", "_:b",
)  # fmt: skip
NAMES = (
    "q", "from", "to", "length", "part", "style", "evidence", "cited-in", "query", "update", "format", "graph",
    "default", "cause", "tactic", "kind", "limit", "offset", "about", "stance", "rows", "source", "default-graph-uri",
)  # fmt: skip
HEADERS = {
    "HTTP_ACCEPT": ("", "*/*", "text/html", "text/turtle", "application/json", "text/csv", "x", "a/b;q=nan", ",;=\""),
    "HTTP_IF_NONE_MATCH": ("*", '"x"', 'W/"', '"', "\xff"),
    "HTTP_IF_MATCH": ("*", '"r1"', '"', "x"),
    "HTTP_IF_MODIFIED_SINCE": ("x", "Mon, 01 Jan 0000 00:00:00 GMT", "Mon, 01 Jan 99999 00:00:00 +9999"),
    "HTTP_RANGE": ("bytes=0-1", "bytes=-", "bytes=5-2", "x=1", "bytes=99999999999999999999-"),
    "HTTP_AUTHORIZATION": ("Bearer x", "Bearer", "Basic \xff", 'Digest a="'),
    "HTTP_ACCEPT_ENCODING": ("gzip", "zstd", "br;q=x", "*;q=0"),
    "HTTP_HOST": ("x", "", "[", "a b", "\xff", "evil/..", "x:y"),
    "HTTP_COOKIE": ("a=b", "\xff"),
    "HTTP_CONTENT_ENCODING": ("gzip", "x"),
    "CONTENT_TYPE": (
        "", "application/json", "application/x-www-form-urlencoded", "application/sparql-query", "text/turtle",
        "application/sparql-update", "multipart/form-data; boundary=x", 'text/turtle;charset="\xff"',
        "application/sparql-query;charset=rot13", "application/sparql-query;charset=\0",
    ),
    "CONTENT_LENGTH": ("", "x", "-1", "0", "3", "999", "1" * 5000, "²"),
}  # fmt: skip
BODIES = (b"", b"{}", b"query=ASK{}", b"ASK {}", b"\xff\xfe", b"<a:a> <a:b> <a:c> .", b"[" * 5000, b"\x1f\x8b\x08\0")
BASE = {
    "SCRIPT_NAME": "", "SERVER_NAME": "x", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.version": (1, 0),
    "wsgi.url_scheme": "http", "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
    "REMOTE_ADDR": "127.0.0.1",
}  # fmt: skip

words = st.one_of(st.sampled_from(KNOWN), st.sampled_from(MEAN), st.text(max_size=8), st.binary(max_size=8))


def escaped(word: str | bytes) -> str:
    return quote_from_bytes(word.encode("utf-8", "surrogatepass") if isinstance(word, str) else word)


@st.composite
def paths(draw: st.DrawFn, rules: list[str]) -> str:
    rule = draw(st.sampled_from([*rules, *(f"/data/{table.name}.csv" for table in TABLES)]))
    filled = re.sub(r"<[^>]*>", lambda _: escaped(draw(words)), rule)
    raw = filled + draw(st.sampled_from(["", "", "/", "//", ".ttl", ".json", ".rq"]))
    return unquote_to_bytes(raw).decode("latin-1")


@st.composite
def requests(draw: st.DrawFn, rules: list[str]) -> dict[str, Any]:
    pairs = draw(st.lists(st.tuples(st.sampled_from(NAMES), words), max_size=3))
    raw = draw(st.binary(max_size=6)).decode("latin-1")
    plain = "&".join(f"{name}={escaped(value)}" for name, value in pairs)
    chosen = draw(st.lists(st.sampled_from(sorted(HEADERS)), unique=True, max_size=4))
    return {
        **BASE,
        "REQUEST_METHOD": draw(st.sampled_from(["GET"] * 5 + ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "FOO"])),
        "PATH_INFO": draw(paths(rules)),
        "QUERY_STRING": draw(st.sampled_from([plain, plain, plain, raw])),
        **{name: draw(st.sampled_from(HEADERS[name])) for name in chosen},
        "body": draw(st.sampled_from(BODIES)),
    }


def send(app: Flask, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
    streams = {"wsgi.input": io.BytesIO(environ.get("body", b"")), "wsgi.errors": io.StringIO()}
    blocks, line, headers = run_wsgi_app(app, {**environ, **streams}, buffered=True)
    return int(line.split()[0]), list(headers), b"".join(blocks)


def test_any_request(app: Flask) -> None:
    rules = [str(rule) for rule in app.url_map.iter_rules()]

    @PROFILE
    @given(requests(rules))
    def answered(environ: dict[str, Any]) -> None:
        start = time.monotonic()
        status, headers, _ = send(app, environ)
        assert status in ALLOWED
        assert time.monotonic() - start < SECONDS
        for name, value in headers:
            assert re.fullmatch(r"[\x20-\x7e\x80-\xff\t]*", f"{name}{value}"), (name, value)

    answered()
    plain = {**BASE, "REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": ""}
    assert send(app, plain)[0] == 200
