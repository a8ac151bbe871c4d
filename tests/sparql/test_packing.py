"""Packed answers: which encoding is taken, that it unpacks to the same, and what caches are told of it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard

from tests.sparql.conftest import Reply, Server
from webui.packing import best

QUERY = "SELECT ?s ?p ?o {{ ?s ?p ?o }} ORDER BY ?s ?p ?o LIMIT {}"
WHOLE, KEPT, STREAMED = QUERY.format(300), QUERY.format(3_000), QUERY.format(20_000)
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("br", "br"),
        ("zstd", "zstd"),
        ("GZIP", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0.5, zstd;q=0.2", "gzip"),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("gzip;q=0", ""),
        ("deflate", ""),
        ("*", "gzip"),
        ("*;q=0", ""),
        ("gzip;q=0, *", ""),
        ("identity, gzip;q=0.5", ""),
        ("identity;q=0.5, gzip", "gzip"),
        ("identity;q=0, br", "br"),
        ("nonsense;;q=x, gzip", "gzip"),
    ],
)
def test_the_encoding_the_client_likes_best(accepted, encoding):
    assert best(accepted) == encoding


@pytest.mark.parametrize("query", [WHOLE, KEPT, STREAMED], ids=["whole", "kept", "streamed"])
@pytest.mark.parametrize("encoding", UNPACK)
def test_it_unpacks_to_the_same(server: Server, query, encoding):
    plain = server.ask(query)
    for packed in (server.ask(query, Accept_Encoding=encoding), server.ask(query, Accept_Encoding=encoding)):
        assert packed.headers["content-encoding"] == encoding
        assert len(packed.body) < len(plain.body) / 3
        assert UNPACK[encoding](packed.body) == plain.body
        assert "accept-encoding" in packed.headers["vary"].lower()


def test_a_small_answer_is_not_packed(server: Server):
    reply = server.ask("ASK {}", Accept_Encoding="gzip, br, zstd")
    assert "content-encoding" not in reply.headers
    assert reply.text.endswith("true}")


def test_each_encoding_has_a_tag_of_its_own(server: Server):
    replies = {name: server.ask(WHOLE, Accept_Encoding=name) for name in ("", *UNPACK)}
    assert len({reply.headers["etag"] for reply in replies.values()}) == 4
    for name, reply in replies.items():
        again = server.ask(WHOLE, Accept_Encoding=name, If_None_Match=reply.headers["etag"])
        assert (again.status, again.body) == (304, b"")
        assert "accept-encoding" in again.headers["vary"].lower()
    other = server.ask(WHOLE, Accept_Encoding="br", If_None_Match=replies["gzip"].headers["etag"])
    assert (other.status, other.headers["content-encoding"]) == (200, "br")


def test_a_post_is_packed_too(server: Server):
    form = {"Content_Type": "application/sparql-query", "Accept_Encoding": "br"}
    assert brotli.decompress(server.ask(method="POST", body=WHOLE.encode(), **form).body) == server.ask(WHOLE).body


@pytest.mark.parametrize("path", ["/", "/tactics", "/static/site.css", "/static/vis-network.min.js"])
@pytest.mark.parametrize("encoding", UNPACK)
def test_pages_and_files_are_packed(server: Server, path, encoding):
    plain, packed = server.ask(path=path), server.ask(path=path, Accept_Encoding=encoding)
    assert plain.status == packed.status == 200
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == encoding
    assert UNPACK[encoding](packed.body) == plain.body
    assert int(packed.headers["content-length"]) == len(packed.body) < len(plain.body) / 2
    for reply in (plain, packed):
        assert "accept-encoding" in reply.headers["vary"].lower()


@pytest.mark.parametrize("path", ["/tactics", "/static/site.css"])
def test_an_unchanged_page_is_not_sent_again_however_it_was_packed(server: Server, path):
    tag = server.ask(path=path, Accept_Encoding="br").headers["etag"]
    assert tag.startswith('W/"')
    for encoding in ("", "br", "gzip"):
        again = server.ask(path=path, Accept_Encoding=encoding, If_None_Match=tag)
        assert (again.status, again.body) == (304, b"")


def test_a_page_head_is_that_of_the_page(server: Server):
    got, head = (server.ask(path="/tactics", method=method, Accept_Encoding="gzip") for method in ("GET", "HEAD"))
    assert head.body == b""
    assert {n: head.headers[n] for n in ("content-encoding", "content-length", "etag")} == {
        n: got.headers[n] for n in ("content-encoding", "content-length", "etag")
    }


def test_a_part_of_a_file_is_not_packed(server: Server):
    reply: Reply = server.ask(path="/static/vis-network.min.js", Range="bytes=0-99", Accept_Encoding="gzip")
    assert (reply.status, len(reply.body)) == (206, 100)
    assert "content-encoding" not in reply.headers


def test_what_unpacks_is_whole(server: Server):
    """A packed stream carries its own end: nothing that was cut off would pass."""
    body = server.ask(STREAMED, Accept_Encoding="gzip").body
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    unpacker.decompress(body)
    assert unpacker.eof
