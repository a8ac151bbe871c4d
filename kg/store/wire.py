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
_BLOCK = 1 << 16
"""Most messages come in one piece of this size: each call to the system hands the interpreter to another thread."""
_ONE_FILE = socket.CMSG_SPACE(struct.calcsize("i"))


_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)


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
    text = _ENCODER.encode(head).encode()
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
    files: tuple[int, ...] = ()
    try:
        data, extra, _, _ = source.recvmsg(_BLOCK, _ONE_FILE, socket.MSG_CMSG_CLOEXEC)
        files = tuple(struct.unpack("i", sent[:4])[0] for _, _, sent in extra)
        if not data:
            raise Closed
        data = _at_least(source, data, _LENGTHS.size)
        head, body = _LENGTHS.unpack_from(data)
        start = _LENGTHS.size + head
        data = _at_least(source, data, start + body)
        return Message(json.loads(data[_LENGTHS.size : start]), data[start:], files)
    except BlockingIOError:  # before the message began: it is sent in one go
        raise
    except (OSError, Closed) as error:
        for file in files:
            os.close(file)
        raise Closed from error


def set_patience(source: socket.socket, seconds: float) -> None:
    """How long `receive_soon` waits; the kernel does it, which costs one call to the system less than asking first."""
    whole = int(seconds)
    patience = struct.pack("ll", whole, round((seconds - whole) * 1e6))
    source.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, patience)


def receive_soon(source: socket.socket) -> Message | None:
    """The next message, or None where it does not come within the patience.

    Raises:
        Closed: none will come.
    """
    try:
        return receive(source)
    except BlockingIOError:
        return None


def _at_least(source: socket.socket, data: bytes, size: int) -> bytes:
    """What was received, and as much more as there is to come: nobody sends a second message before an answer."""
    if len(data) >= size:
        return data
    whole = bytearray(data)
    while len(whole) < size:
        try:
            part = source.recv(size - len(whole))
        except BlockingIOError:  # the rest is on its way, however slowly
            continue
        if not part:
            raise Closed
        whole += part
    return bytes(whole)


def readable(source: socket.socket, seconds: float) -> bool:
    """Whether there is something to receive, or nobody to send, within this time."""
    poll = select.poll()
    poll.register(source, select.POLLIN)
    return bool(poll.poll(max(0.0, seconds) * 1000))
