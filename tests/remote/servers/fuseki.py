"""Apache Jena Fuseki over a TDB2 base, which asks for a password."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.ports import free_port
from tests.remote.servers import java
from tests.remote.servers.address import Address, Kind
from tests.remote.servers.process import Process

_HERE = "127.0.0.1"
USER, PASSWORD = "gapbridge", "open sesame"
JAR, MAIN = "jena-fuseki-server", "org.apache.jena.fuseki.main.cmds.FusekiMainCmd"
_CONFIGURATION = """PREFIX fuseki: <http://jena.apache.org/fuseki#>
PREFIX tdb2: <http://jena.apache.org/2016/tdb#>
[] a fuseki:Server ; fuseki:services ( <#service> ) .
<#service> a fuseki:Service ; fuseki:name "gapbridge" ;
  fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "query" ] ;
  fuseki:endpoint [ fuseki:operation fuseki:update ; fuseki:name "update" ] ;
  fuseki:endpoint [ fuseki:operation fuseki:gsp-rw ; fuseki:name "data" ] ;
  fuseki:dataset <#dataset> .
<#dataset> a tdb2:DatasetTDB2 ; tdb2:location "base" .
"""
_CLOSED = f'<#service> fuseki:allowedUsers "{USER}" .\n'
_OPEN = "<#dataset> tdb2:unionDefaultGraph true .\n"


@contextmanager
def fuseki(folder: Path) -> Iterator[Address]:
    """A server as long as the `with` block."""
    port = free_port()
    process = server(folder, port)
    try:
        process.start()
        yield address([port])
    finally:
        process.stop()


def server(folder: Path, port: int, *, is_open: bool = False, host: str = _HERE, within: Sequence[str] = ()) -> Process:
    """A server that is still to be started.

    Args:
        folder: for its files and logs.
        port: where it answers.
        is_open: whether it asks for no password, and reads all graphs as one.
        host: the address of the machine that it runs on.
        within: the words before a command that have it run there.
    """
    (folder / "base").mkdir(parents=True, exist_ok=True)
    (folder / "passwords").write_text(f"{USER}: {PASSWORD}\n", encoding="utf-8")
    (folder / "fuseki.ttl").write_text(_CONFIGURATION + (_OPEN if is_open else _CLOSED), encoding="utf-8")
    words = [*(["--localhost"] if host == _HERE else []), f"--port={port}", "--conf=fuseki.ttl"]
    words += [] if is_open else ["--passwd=passwords", "--auth=basic"]
    return Process([*within, *java.command(JAR, MAIN, *words)], folder, "fuseki", java.answering(port, host))


def address(ports: Sequence[int], host: str = _HERE) -> Address:
    """Where Fusekis at these ports answer."""
    query, update, data = (
        " ".join(f"http://{host}:{port}/gapbridge/{what}" for port in ports) for what in ("query", "update", "data")
    )
    return Address(query, update, data, "basic", USER, PASSWORD)


FUSEKI = Kind("Apache Jena Fuseki", lambda: java.missing(JAR), fuseki)
