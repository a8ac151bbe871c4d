"""Answers made smaller on the way, in the encoding that the client likes best: zstd, br or gzip.

Levels are low, since packing must cost less time than it saves. Pages of somebody signed in are not packed: they hold
the mark of their forms, and its letters could be told from the packed sizes beside words of an attacker (BREACH).
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Protocol

from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from webui.signed_in import has_cookie
from webui.sparql.cache import Cache, Kept

PLAIN = ""
ENCODINGS = ("zstd", "br", "gzip")
"""Of those a client likes equally well, the first is taken."""
WORTH = 1000
"""A smaller answer is not packed."""
_LARGEST = 4 << 20
"""A larger page or file is not packed."""
_WHOLE_PAGES = (200, 404, 410, 422)
"""What comes with a page of its own, which may be long."""
_PACKABLE = ("text/", "application/json", "application/ld+json", "application/xml", "image/svg+xml")
_files = Cache(most=8 << 20)
"""Files of the site as they were packed: these never change while the program runs."""


class _Packer(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


def init_app(app: Flask) -> None:
    app.after_request(_pack_page)


@lru_cache(maxsize=256)
def best(accept_encoding: str) -> str:
    """The encoding for an answer, by the client's Accept-Encoding header; `PLAIN` where it likes none better."""
    told = dict(parse_accept_header(accept_encoding.lower(), Accept))
    found = {name: told.get(name, told.get("*", 0) if name == "gzip" else 0) for name in ENCODINGS}
    name = max(ENCODINGS, key=lambda known: found[known])  # the first of the best
    return name if found[name] > 0 and found[name] >= told.get("identity", 0) else PLAIN


def pack(body: bytes, encoding: str) -> bytes:
    """A whole answer, packed."""
    return _WHOLE[encoding](body)


def pack_stream(blocks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """An answer that comes in blocks, packed as it passes."""
    packer = _STREAMED[encoding]()
    for block in blocks:
        if packed := packer.compress(block):
            yield packed
    yield packer.flush()


def _zstd(body: bytes) -> bytes:
    from zstandard import ZstdCompressor

    return ZstdCompressor(level=4).compress(body)


def _br(body: bytes) -> bytes:
    import brotli

    return bytes(brotli.compress(body, quality=4))


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=4, mtime=0)


def _zstd_stream() -> _Packer:
    from zstandard import ZstdCompressor

    return ZstdCompressor(level=1).compressobj()


def _br_stream() -> _Packer:
    import brotli

    class Stream:
        """brotli's own, with the names that the others have."""

        def __init__(self) -> None:
            self._compressor = brotli.Compressor(quality=1)

        def compress(self, data: bytes, /) -> bytes:
            return bytes(self._compressor.process(data))

        def flush(self) -> bytes:
            return bytes(self._compressor.finish())

    return Stream()


def _gzip_stream() -> _Packer:
    return zlib.compressobj(level=1, wbits=zlib.MAX_WBITS | 16)


_WHOLE: dict[str, Callable[[bytes], bytes]] = {"zstd": _zstd, "br": _br, "gzip": _gzip}
_STREAMED: dict[str, Callable[[], _Packer]] = {"zstd": _zstd_stream, "br": _br_stream, "gzip": _gzip_stream}


def _pack_page(response: Response) -> Response:
    """Pack a page or a file of the site; `/sparql` packs its own answers."""
    exact = request.blueprint == "graph_store"  # its tags are strong, for those who change what they have read
    own = has_cookie() and response.mimetype == "text/html"
    packable = response.status_code == 304 or (response.mimetype or "").startswith(_PACKABLE)
    if exact or own or "Content-Encoding" in response.headers or not packable:
        return response
    response.vary.add("Accept-Encoding")
    encoding = best(request.headers.get("Accept-Encoding", ""))
    size = response.content_length or response.calculate_content_length() or 0
    if encoding and response.status_code in _WHOLE_PAGES and WORTH <= size <= _LARGEST:
        response.set_data(_file(response, encoding) if response.direct_passthrough else pack(response.data, encoding))
        response.headers["Content-Encoding"] = encoding
        if tag := response.get_etag()[0]:
            response.set_etag(tag, weak=True)  # the same page in other bytes
    return response


def _file(response: Response, encoding: str) -> bytes:
    key = request.path, response.get_etag(), encoding
    kept = _files.get(key)
    if kept is None:
        response.direct_passthrough = False
        kept = Kept(response.mimetype, pack(response.data, encoding), encoding)
        _files.put(key, kept)
    response.close()  # the file, which was opened to be sent as it is
    return kept.body
