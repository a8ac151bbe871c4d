"""Servers of others that are measured beside ours, each over a base of its own made from the same N-Quads.

One that cannot run here is named with the reason. Each is set up as its makers advise for a machine like this one, with
one default graph that is the union of all.
"""

from __future__ import annotations

import configparser
import os
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks import servers
from benchmarks.ports import free_port
from benchmarks.servers import Server, running
from tests.remote.servers import fuseki, java, virtuoso

RDFLIB_MOST = 200_000
"""rdflib takes minutes to read more than this, and its answers as long."""
_JAVA = ("-Xmx2g",)
_UNION = "--set=tdb2:unionDefaultGraph=true"
_BUFFERS, _DIRTY = 170_000, 130_000
"""Pages of 8 kB that Virtuoso keeps in memory: what its manual advises for 2 GB."""


@dataclass(frozen=True)
class Peer:
    """A server of others.

    Attributes:
        name: what people call it.
        missing: why it cannot run here; empty where it can.
        version: which one it is.
        load: makes its base from N-Quads, in an empty folder.
        serve: starts it over that folder, for a `with` block.
        updates: where it takes updates, and the name of the form's field; None where it takes none.
        most: it is not measured with more statements.
        loads_at_start: whether it reads the N-Quads whenever it starts.
    """

    name: str
    missing: Callable[[], str]
    version: Callable[[], str]
    load: Callable[[Path, Path], None]
    serve: Callable[[Path], AbstractContextManager[Server]]
    updates: tuple[str, str] | None = ("/update", "update")
    most: int = 100_000_000
    loads_at_start: bool = False

    def absent(self, triples: int) -> str:
        """Why it is not measured with so many statements; empty where it is."""
        return self.missing() or (f"not measured beyond {self.most:,} statements" if triples > self.most else "")


def _no(program: str) -> Callable[[], str]:
    return lambda: "" if servers.executable(program) else f"there is no `{program}` here (the package {program})"


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def _load_oxigraph(data: Path, folder: Path) -> None:
    program = str(servers.executable("oxigraph"))
    _run([program, "load", "--location", "base", "--file", str(data)], folder)
    _run([program, "optimize", "--location", "base"], folder)


def _oxigraph(folder: Path) -> AbstractContextManager[Server]:
    port = free_port()
    command = [str(servers.executable("oxigraph")), "serve", "--location", str(folder / "base")]
    command += ["--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    return running(command, {}, "oxigraph serve", port, "/query")


def _oxigraph_version() -> str:
    words = [str(servers.executable("oxigraph")), "--version"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()[-1]


def _load_rdflib(data: Path, folder: Path) -> None:
    (folder / "base.nq").symlink_to(data)


def _load_fuseki(data: Path, folder: Path) -> None:
    _run(["java", *_JAVA, "-cp", str(java.jar(fuseki.JAR)), "tdb2.tdbloader", "--loc=base", str(data)], folder)


def _fuseki(folder: Path) -> AbstractContextManager[Server]:
    port = free_port()
    command = ["java", *_JAVA, "-cp", str(java.jar(fuseki.JAR)), fuseki.MAIN, "--localhost", f"--port={port}"]
    command += ["--tdb2", "--update", "--loc=base", _UNION, "/base"]
    return running(command, {}, "Fuseki", port, "/base/query", folder)


def _fuseki_version() -> str:
    with zipfile.ZipFile(java.jar(fuseki.JAR)) as jar:
        told = jar.read("META-INF/MANIFEST.MF").decode().splitlines()
    return next(line.split()[-1] for line in told if line.startswith("Implementation-Version"))


def _load_virtuoso(data: Path, folder: Path) -> None:
    process, sql, _ = virtuoso.process(folder, data.parent)
    file = folder / "virtuoso.ini"
    lines = file.read_text(encoding="utf-8").splitlines()
    larger = {"NumberOfBuffers": _BUFFERS, "MaxDirtyBuffers": _DIRTY}
    set_ = (f"{key} = {larger[key]}" if (key := line.partition(" ")[0]) in larger else line for line in lines)
    file.write_text("\n".join(set_) + "\n", encoding="utf-8")
    try:
        process.start()
        virtuoso.administer(sql, f"ld_dir('{data.parent}', '{data.name}', 'urn:none');\nrdf_loader_run();\n")
        virtuoso.administer(sql, 'GRANT SPARQL_UPDATE TO "SPARQL";\ncheckpoint;\n')
    finally:
        process.stop()


@contextmanager
def _virtuoso(folder: Path) -> Iterator[Server]:
    settings = configparser.ConfigParser()
    settings.read(folder / "virtuoso.ini", encoding="utf-8")
    port = int(settings["HTTPServer"]["ServerPort"].rpartition(":")[2])
    (folder / "virtuoso.lck").unlink(missing_ok=True)  # of one that was killed
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    with running(command, {}, "Virtuoso", port, "/sparql", folder) as server:
        yield server


def _virtuoso_version() -> str:
    said = subprocess.run(["virtuoso-t", "+version"], capture_output=True, text=True, check=False)
    return (said.stdout + said.stderr).partition("Version ")[2].split("-")[0]


PEERS = (
    Peer("oxigraph serve", _no("oxigraph"), _oxigraph_version, _load_oxigraph, _oxigraph),
    Peer(
        "rdflib-endpoint",
        _no("rdflib-endpoint"),
        lambda: version("rdflib-endpoint"),
        _load_rdflib,
        lambda folder: servers.rdflib(folder / "base.nq"),
        updates=None,
        most=RDFLIB_MOST,
        loads_at_start=True,
    ),
    Peer("Fuseki", fuseki.FUSEKI.missing, _fuseki_version, _load_fuseki, _fuseki, ("/base/update", "update")),
    Peer("Virtuoso", virtuoso.VIRTUOSO.missing, _virtuoso_version, _load_virtuoso, _virtuoso, ("/sparql", "query")),
)


def taken_on_disk(folder: Path) -> float:
    """The megabytes that the files of a folder take on disk; one with several names counts once."""
    files = (Path(place, name).stat() for place, _, names in os.walk(folder) for name in names)
    return sum({file.st_ino: file.st_blocks * 512 for file in files}.values()) / 1e6
