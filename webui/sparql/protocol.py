"""What a request of the SPARQL 1.1 Protocol asks (https://www.w3.org/TR/sparql11-protocol/, §2.1 and §2.2)."""

from __future__ import annotations

import codecs
import time
from dataclasses import dataclass
from urllib.parse import parse_qsl

from werkzeug import Request
from werkzeug.exceptions import BadRequest, HTTPException, UnsupportedMediaType

from webui.sparql import forms

LONGEST_BODY = 1 << 20
"""Bytes a request may have; the longest query that is taken is well below."""
LONGEST_UPDATE_BODY = 4 << 20
"""The same for an update that is posted as such: it may carry data."""
_MOST_FIELDS = 1000
_PATIENCE_SECONDS, _PATIENCE_BYTES, _BLOCK = 5.0, 64 << 20, 1 << 16
_FORM, _QUERY, UPDATE_TYPE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)


@dataclass(frozen=True)
class Asked:
    """A request, read.

    Attributes:
        query: the query; None where there is none.
        default_graphs, named_graphs: the graphs to be read.
        form: the `format` that was asked for, by the first name that is known; empty where none was.
        bare: whether nothing at all was asked, but perhaps a format.
        update: the update; None where there is none.
        using_graphs, using_named_graphs: the graphs that it shall read.
        message: what the update does, in its sender's words.
    """

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    form: str
    bare: bool
    update: str | None = None
    using_graphs: tuple[str, ...] = ()
    using_named_graphs: tuple[str, ...] = ()
    message: str = ""


def read(request: Request) -> Asked:
    """What a request asks.

    Raises:
        BadRequest: several queries, or bytes that are not UTF-8.
        UnsupportedMediaType, RequestEntityTooLarge: as the words say.
    """
    fields = _fields(request.query_string)
    if request.method == "POST":
        fields += _posted(request)
    return _asked(fields, request.method == "POST")


def read_address(query_string: bytes) -> Asked:
    """What the part of an address behind its “?” asks.

    Raises:
        BadRequest, Forbidden: as above.
    """
    return _asked(_fields(query_string), False)


def _asked(fields: list[tuple[str, str]], posted: bool) -> Asked:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    return Asked(
        query=_single(values, "query"),
        default_graphs=tuple(values.get("default-graph-uri", ())),
        named_graphs=tuple(values.get("named-graph-uri", ())),
        form=forms.chosen(values.get("format", ())),
        bare=not posted and not values.keys() - {"format"},
        update=_single(values, "update"),
        using_graphs=tuple(values.get("using-graph-uri", ())),
        using_named_graphs=tuple(values.get("using-named-graph-uri", ())),
        message=_single(values, "message") or "",
    )


def let_finish(request: Request) -> None:
    """Read on, for a while, what a client still sends: most do not hear an answer before they have said it all."""
    stream, end, left = request.environ["wsgi.input"], time.monotonic() + _PATIENCE_SECONDS, _PATIENCE_BYTES
    while request.method in ("POST", "PUT") and left > 0 and time.monotonic() < end:
        try:
            block = stream.read(min(left, _BLOCK))
        except HTTPException:  # it broke off, or is not awaited
            return
        if not block:
            return
        left -= len(block)


def _posted(request: Request) -> list[tuple[str, str]]:
    kind = request.mimetype
    if kind not in (_FORM, _QUERY, UPDATE_TYPE):
        raise UnsupportedMediaType(f"A query is posted as {_FORM} or as {_QUERY}, an update as {UPDATE_TYPE}.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("Compressed requests are not taken.")
    request.max_content_length = LONGEST_UPDATE_BODY if kind == UPDATE_TYPE else LONGEST_BODY
    body = request.get_data(cache=False)
    if kind == _FORM:
        return _fields(body)
    return [
        ("update" if kind == UPDATE_TYPE else "query", _text(body, request.mimetype_params.get("charset", "utf-8")))
    ]


def _fields(data: bytes) -> list[tuple[str, str]]:
    try:
        text = data.decode()
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise BadRequest("The request is not in UTF-8.") from None
    except ValueError:
        raise BadRequest(f"The request has more than {_MOST_FIELDS} fields.") from None


def _text(body: bytes, charset: str) -> str:
    try:
        if codecs.lookup(charset).name not in ("utf-8", "ascii"):
            raise LookupError
        return body.decode()
    except LookupError:
        raise UnsupportedMediaType("Queries and updates are taken in UTF-8.") from None
    except UnicodeDecodeError:
        raise BadRequest("The request is not in UTF-8.") from None


def _single(values: dict[str, list[str]], name: str) -> str | None:
    found = values.get(name, [])
    if len(found) > 1:
        raise BadRequest(f"There are {len(found)} parameters “{name}” in this request; there may be one.")
    return found[0] if found else None
