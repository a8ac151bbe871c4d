"""Virtuoso 7, open source, which asks for a password by Digest."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.ports import free_port
from tests.remote.servers import java
from tests.remote.servers.address import Address, Kind
from tests.remote.servers.process import START_SECONDS, Process

USER, PASSWORD = "gapbridge", "open-sesame"
_ROOT_PASSWORD = "shut-sesame"
_PROGRAMS = ("virtuoso-t", "isql-vt")
# DefaultIsolation 4 (serializable) keeps guarded updates apart; without it two of them can both win
_SETTINGS = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso-errors.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DefaultIsolation = 4
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {readable}
ServerThreads = 20
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
[SPARQL]
"""
_USERS = f"""DB.DBA.USER_CREATE('{USER}', '{PASSWORD}');
GRANT SPARQL_UPDATE TO "{USER}";
DB.DBA.RDF_DEFAULT_USER_PERMS_SET('{USER}', 7);
"""


def missing() -> str:
    """Why it cannot run here; empty where it can."""
    absent = [name for name in _PROGRAMS if shutil.which(name) is None]
    if not absent:
        return ""
    return f"there is no {' and no '.join(absent)} on this machine (Debian: virtuoso-opensource-7-bin)"


@contextmanager
def virtuoso(folder: Path) -> Iterator[Address]:
    """A server as long as the `with` block."""
    server, sql, http = process(folder)
    try:
        server.start()
        administer(sql, _USERS)
        at = f"http://127.0.0.1:{http}"
        sparql, graphs = f"{at}/sparql-auth", f"{at}/sparql-graph-crud-auth"
        yield Address(sparql, sparql, graphs, "digest", USER, PASSWORD)
    finally:
        server.stop()


def process(folder: Path, readable: Path = Path()) -> tuple[Process, int, int]:
    """A server that is still to be started, with its ports for SQL and for HTTP; it may read files of a folder."""
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_SETTINGS.format(sql=sql, http=http, readable=readable), encoding="utf-8")
    words = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    change = ("+pwdold", "dba", "+pwddba", _ROOT_PASSWORD)  # makes the base, and ends
    subprocess.run([*words, *change], cwd=folder, capture_output=True, timeout=START_SECONDS, check=True)
    return Process(words, folder, "virtuoso", java.answering(http)), sql, http


def administer(port: int, statements: str) -> None:
    """Have a server carry out statements of SQL.

    Raises:
        RuntimeError: it refuses one; with its words.
    """
    words = ["isql-vt", f"127.0.0.1:{port}", "dba", _ROOT_PASSWORD, "ERRORS=STDOUT", "VERBOSE=OFF"]
    done = subprocess.run(words, input=statements, capture_output=True, text=True, timeout=3600, check=True)
    if "*** Error" in done.stdout:
        raise RuntimeError(done.stdout)


VIRTUOSO = Kind("Virtuoso 7", missing, virtuoso)
