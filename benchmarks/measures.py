"""Each measure on its own data folder, with real parts: processes, files, the real server."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from itertools import count
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient
from pyoxigraph import Quad, QuerySolutions, RdfFormat, Store
from rdflib import Dataset

from benchmarks.pages import AIM, on_seed_data, timed
from benchmarks.ports import free_port
from kg import queries
from kg.contributing import open_base, seed_files, writer
from kg.namespaces import thing
from kg.paths import between, from_cause
from kg.settings import Settings, read_settings
from kg.store import dump, placed, read_files
from kg.store.change import Change
from kg.validation import check
from webui import create_app

CAUSE = thing("failure-cause", "dispersed-governance")


@dataclass(frozen=True)
class Figure:
    """One measured figure.

    Attributes:
        what: what was measured.
        value: the figure.
        unit: its unit.
        aim: what it should be, in words; empty where it is for comparison only.
        holds: whether the aim is met, None where there is none.
    """

    what: str
    value: float
    unit: str
    aim: str = ""
    holds: bool | None = None

    @property
    def shown(self) -> str:
        """The figure with its unit."""
        return f"{self.value:.3g} {self.unit}"

    @property
    def met(self) -> str:
        """Whether the aim is met, in a word."""
        return "—" if self.holds is None else ("yes" if self.holds else "NO")


def table(figures: list[Figure]) -> str:
    """The figures as a Markdown table with machine and versions."""
    parts = ("gapbridge", "pyoxigraph", "rdflib", "flask", "granian")
    versions = ", ".join(f"{name} {version(name)}" for name in parts)
    head = f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}, {versions}\n"
    lines = ["| what | measured | aim | met |", "|---|---|---|---|"]
    lines += [f"| {f.what} | {f.shown} | {f.aim or '—'} | {f.met} |" for f in figures]
    return head + "\n" + "\n".join(lines) + "\n"


def measure() -> list[Figure]:
    """All figures."""
    with _folder() as folder:
        settings = read_settings({"GAPBRIDGE_DATA": str(folder / "base")})
        return [*starts(settings), *reading(settings), *pages(settings), *loading(folder), *serving(settings)]


def starts(settings: Settings) -> list[Figure]:
    """The whole command `gapbridge info`, in a process of its own: first on an empty folder, then again."""
    first = _seconds(lambda: _run(settings, "info"))
    again = median(_seconds(lambda: _run(settings, "info")) for _ in range(3))
    return [
        Figure("first start, seed data taken in", first, "s", "under 5 s", first < 5),
        Figure("later start", again, "s", "under 2 s", again < 2),
    ]


def reading(settings: Settings) -> list[Figure]:
    """Path queries in process, against the same query in the bare engine on disk and in rdflib."""
    reader = open_base(settings)
    text = queries.query("path").bind(cause=CAUSE)
    ours = _milliseconds(lambda: queries.path(reader, CAUSE))
    disk = Store.read_only(str(settings.data / "snapshots" / f"{reader.revision:08}"))
    bare = _milliseconds(lambda: _drain(disk.query(text, use_default_graph_as_union=True)))
    peer = Dataset(default_union=True)
    peer.parse(data=dump(reader, ".nq"), format="nquads")
    rdflib = _milliseconds(lambda: list(peer.query(text)), rounds=3)
    free = _milliseconds(lambda: between(reader, CAUSE, thing("source", "gold-2017")), rounds=5)
    return [
        Figure("path query in process, rows typed", ours, "ms", "under 10 ms", ours < 10),
        Figure("the same in the bare engine on disk", bare, "ms"),
        Figure("ours to the bare engine on disk", ours / bare, "×"),
        Figure("rdflib in memory to ours", rdflib / ours, "×"),
        Figure("the whole typed path with claims and statuses", _milliseconds(lambda: from_cause(reader, CAUSE)), "ms"),
        Figure("free paths of up to 4 hops, cause to source", free, "ms"),
    ]


def pages(settings: Settings) -> list[Figure]:
    """Pages in process, from request to bytes: made for the first who asks, and remembered for the next."""
    client = create_app(settings).test_client()
    numbers = count()
    figures = []
    for what, path in (
        ("cause page", "/id/failure-cause/dispersed-governance?"),
        ("home", "/?"),
        ("search", "/search?q=optimism"),
    ):
        made = _milliseconds(partial(_page, client, path, numbers))
        again = _milliseconds(partial(_page, client, path))
        aimed = what == "cause page"
        figures.append(
            Figure(f"{what}, made", made, "ms", "under 30 ms" if aimed else "", made < 30 if aimed else None)
        )
        figures.append(Figure(f"{what}, remembered", again, "ms"))
    return [*figures, *every_page(settings)]


def every_page(settings: Settings) -> list[Figure]:
    """All pages of the site, made: `python -m benchmarks pages` tells them apart."""
    found = sorted(timed(settings, on_seed_data(), rounds=20), key=lambda one: one.p95)
    slowest, slow = found[-1], [one.name for one in found if one.p95 >= AIM]
    aim = f"under {AIM} ms"
    return [
        Figure(f"{len(found)} kinds of page, made, 95th percentile: the middle one", found[len(found) // 2].p95, "ms"),
        Figure(f"the slowest of them, {slowest.name}", slowest.p95, "ms", aim, slowest.p95 < AIM),
        Figure("how many of them are not " + aim, len(slow), f"({', '.join(slow) or 'none'})"),
    ]


def loading(folder: Path) -> list[Figure]:
    """A load of the seed data through the writer, against the bare engine's bulk load plus the checks."""
    quads = placed(s for _, found in read_files(seed_files()) for s in found)
    data = folder / "seed.nq"
    store = Store()
    store.extend(quads)
    store.dump(str(data), format=RdfFormat.N_QUADS)
    bare = median(_seconds(lambda: _bare_load(folder / "bare", data)) for _ in range(3))
    ours = median(_seconds(lambda: _our_load(folder / "ours", quads)) for _ in range(3))
    aim = "at least 0.9"
    return [
        Figure("bare bulk load plus the checks", bare, "s"),
        Figure("load through the writer: derived, checked, journaled, published", ours, "s"),
        Figure("bare to ours", bare / ours, "×", aim, bare / ours >= 0.9),
    ]


def serving(settings: Settings) -> list[Figure]:
    """Resident memory of the real server after a hundred pages."""
    port = free_port()
    command = [_gapbridge(), "serve", "--port", str(port)]
    with subprocess.Popen(command, env=_environment(settings), stdout=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}/id/failure-cause/dispersed-governance"
            _wait_for(address)
            for _ in range(100):
                _get(address)
            resident = sum(_resident(pid) for pid in _family(server.pid))
        finally:
            server.terminate()
    return [Figure("resident memory while serving, all processes", resident, "MB", "under 250 MB", resident < 250)]


def _bare_load(folder: Path, data: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    store = Store(str(folder))
    store.bulk_load(path=str(data), format=RdfFormat.N_QUADS)
    from kg.store.engine import Engine

    check(Engine(store, 0))


def _drain(answer: object) -> None:
    assert isinstance(answer, QuerySolutions)
    deque(answer, maxlen=0)


def _page(client: FlaskClient, path: str, numbers: Iterator[int] | None = None) -> bytes:
    """A page; with numbers, one that nobody asked for before."""
    return client.get(f"{path}&first={next(numbers)}" if numbers else path).get_data()


def _our_load(folder: Path, quads: frozenset[Quad]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with writer(read_settings({"GAPBRIDGE_DATA": str(folder)})) as open_writer:
        open_writer.commit(Change(0, quads))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _milliseconds(work: Callable[[], object], rounds: int = 30) -> float:
    work()
    return 1000 * median(_seconds(work) for _ in range(rounds))


def _run(settings: Settings, *words: str) -> None:
    subprocess.run([_gapbridge(), *words], env=_environment(settings), check=True, capture_output=True)


def _gapbridge() -> str:
    return str(Path(sys.executable).with_name("gapbridge"))


def _environment(settings: Settings) -> dict[str, str]:
    return {**os.environ, "GAPBRIDGE_DATA": str(settings.data)}


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:  # the loopback
        return bytes(answer.read())


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            _get(address)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(p for child in children for p in _family(int(child)))]


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
