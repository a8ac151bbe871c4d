"""A mail server on the loopback that takes what it is sent, or refuses it."""

from __future__ import annotations

import socketserver
import threading
from types import TracebackType
from typing import Self


class _Talk(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a sender needs."""

    server: _Server

    def handle(self) -> None:
        self._say("220 tests")
        while line := self.rfile.readline().decode("utf-8", "replace").strip():
            command = line[:4].upper()
            if command == "DATA":
                self._say("354 go on")
                self.server.mails.append(self._mail())
                self.server.going_on.wait()
                self._say("250 taken")
            elif command == "RCPT" and self.server.refusing:
                self._say("550 nobody here")
            elif command == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 well")

    def _mail(self) -> str:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines).decode()

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Talk)
        self.mails: list[str] = []
        self.refusing = False
        self.going_on = threading.Event()
        self.going_on.set()


class MailServer:
    """The server while it runs.

    Args:
        port: where it listens; any free one unless it is told.

    Attributes:
        mails: what was taken.
        refusing: whether recipients are refused.
    """

    def __init__(self, port: int = 0) -> None:
        self._port = port

    def __enter__(self) -> Self:
        self._server = _Server(self._port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def mails(self) -> list[str]:
        return self._server.mails

    def hold(self, holding: bool) -> None:
        """Whether senders are kept waiting for the word that their mail was taken."""
        (self._server.going_on.clear if holding else self._server.going_on.set)()

    def refuse(self, refusing: bool) -> None:
        self._server.refusing = refusing
