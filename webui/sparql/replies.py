"""Answers and problems as responses."""

from __future__ import annotations

from typing import BinaryIO

from werkzeug import Response
from werkzeug.exceptions import HTTPException
from werkzeug.wsgi import FileWrapper

from kg.answering import Answer
from webui import packing
from webui.sparql import forms
from webui.sparql.cache import Kept
from webui.sparql.task import Task

_BLOCK = 1 << 18


def whole(kept: Kept) -> Response:
    response = Response(kept.body, content_type=forms.content_type(kept.media))
    if kept.encoding:
        response.headers["Content-Encoding"] = kept.encoding
    return response


def packed(answer: Answer, task: Task) -> Kept:
    """A whole answer in the encoding that is worth its while."""
    encoding = task.encoding if answer.size >= packing.WORTH else packing.PLAIN
    body = _read(answer)
    body = packing.pack(body, encoding) if encoding else body
    return Kept(task.media(answer), body, encoding, task.size)


def _read(answer: Answer) -> bytes:
    if answer.file is None:
        return answer.body
    with answer.file as file:
        return file.read()


def streamed(answer: Answer, task: Task, head: bool) -> Response:
    """A large answer, which is whole in a file by now."""
    file: BinaryIO = answer.file  # type: ignore[assignment]
    response = Response(content_type=forms.content_type(task.media(answer)))
    if task.encoding:
        response.headers["Content-Encoding"] = task.encoding
    else:
        response.content_length = answer.size
    if head:
        file.close()
        return response
    blocks = FileWrapper(file, _BLOCK)
    response.response = packing.pack_stream(blocks, task.encoding) if task.encoding else blocks
    response.call_on_close(file.close)
    return response


def http_problem(error: HTTPException) -> Response:
    """An error of the protocol as plain text, with the headers that belong to it."""
    if isinstance(error.response, Response):
        return error.response
    response = Response(f"{error.description}\n", error.code, mimetype="text/plain")
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response
