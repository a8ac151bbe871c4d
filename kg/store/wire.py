"""Messages between the web process and its readers: JSON with a body, sometimes an open file, over a Unix socket."""

from __future__ import annotations

import json
import os
import select
import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_LENGTHS = struct.Struct(">II")
_MOST_FILES = 1


class Closed(Exception):
    """The process at the other end is gone."""


@dataclass(frozen=True)
class Message:
    """One message.

    Attributes:
        head: what it says.
        body: bytes that go with it.
        files: descriptors of open files that came with it; they are the receiver's to close.
    """

    head: dict[str, Any]
    body: bytes = b""
    files: tuple[int, ...] = ()


def send(to: socket.socket, head: dict[str, Any], body: bytes = b"", files: Sequence[int] = ()) -> None:
    """Send a message.

    Raises:
        Closed: nobody is there to read it.
    """
    text = json.dumps(head).encode()
    data = _LENGTHS.pack(len(text), len(body)) + text + body
    try:
        sent = socket.send_fds(to, [data], list(files)) if files else 0
        to.sendall(data[sent:])
    except OSError as error:
        raise Closed from error


def receive(source: socket.socket) -> Message:
    """Wait for the next message.

    Raises:
        Closed: none will come.
    """
    files: list[int] = []
    try:
        start, files, _, _ = socket.recv_fds(source, _LENGTHS.size, _MOST_FILES, socket.MSG_CMSG_CLOEXEC)
        head, body = _LENGTHS.unpack(start + _exactly(source, _LENGTHS.size - len(start), bool(start)))
        return Message(json.loads(_exactly(source, head)), _exactly(source, body), tuple(files))
    except (OSError, Closed) as error:
        for file in files:
            os.close(file)
        raise Closed from error


def _exactly(source: socket.socket, size: int, begun: bool = True) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = source.recv(size - len(data)) if begun else b""
        if not part:
            raise Closed
        data += part
    return bytes(data)


def readable(source: socket.socket, seconds: float) -> bool:
    """Whether there is something to receive, or nobody to send, within this time."""
    poll = select.poll()
    poll.register(source, select.POLLIN)
    return bool(poll.poll(max(0.0, seconds) * 1000))
