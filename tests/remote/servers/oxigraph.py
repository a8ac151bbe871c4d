"""Oxigraph's own server (the package `oxigraph`), in memory."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.ports import free_port
from tests.remote.servers.address import Address, Kind
from tests.remote.servers.process import Process


@contextmanager
def oxigraph(folder: Path) -> Iterator[Address]:
    """A server as long as the `with` block."""
    port = free_port()
    words = [binary(), "serve", "--location", str(folder / "base"), "--bind", f"127.0.0.1:{port}"]
    server = Process(words, folder, "oxigraph", partial(listens, port))
    try:
        server.start()
        at = f"http://127.0.0.1:{port}"
        yield Address(f"{at}/query", f"{at}/update", f"{at}/store")
    finally:
        server.stop()


def binary() -> str:
    """Where the program is; empty where there is none."""
    beside = shutil.which("oxigraph", path=str(Path(sys.executable).parent))  # as the test extra installs it
    return os.environ.get("OXIGRAPH", "") or beside or shutil.which("oxigraph") or ""


def _missing() -> str:
    return "" if binary() else "there is no `oxigraph` on the path (the package oxigraph), and OXIGRAPH names none"


def listens(port: int, host: str = "127.0.0.1") -> bool:
    """Whether it can be reached."""
    socket.create_connection((host, port), 1).close()
    return True


OXIGRAPH = Kind("Oxigraph server", _missing, oxigraph)
