"""The SPARQL endpoint beside `oxigraph serve` and `rdflib-endpoint`, in one run on the same made-up data.

All servers run side by side and are asked in turn, so that what else the machine does meets all of them alike: trust
the ratios. `oxigraph` (a package of that name) and `wrk` (Debian) need to be installed; GAPBRIDGE_BENCH_PATH may name
folders in which to look for them.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from math import inf
from pathlib import Path
from statistics import median

from benchmarks import machine, parsing, servers, watch
from benchmarks.bases import made_base
from benchmarks.load import Load, load
from benchmarks.peers import RDFLIB_MOST
from benchmarks.questions import LARGE, LARGE_ROWS, TABLE, Asked, questions
from benchmarks.servers import Server
from kg.contributing import open_base
from kg.settings import Settings

_MUCH = "100000000"
_HELP = {
    "clients": "numbers of clients, by default 1 8 32",
    "seconds": "how long each measure takes",
    "rounds": "how often each measure is taken; the median counts",
    "soak": "seconds of the long run; 600 is what the aim speaks of",
    "disk": "have our readers leave the base on disk",
    "memory": "have our readers hold the base in memory, whatever its size",
    "processes": "how many of our processes serve",
    "only": "only measures whose name begins like one of these",
}


@dataclass(frozen=True)
class Row:
    """A line of the table; figures by the server's name."""

    what: str
    figures: tuple[str, str, str]
    ratio: float | None = None
    aim: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        ratio = "—" if self.ratio is None else "no answer of theirs" if self.ratio == inf else f"{self.ratio:.2f}"
        met = "—" if self.met is None else ("yes" if self.met else "NO")
        return f"| {self.what} | {' | '.join(self.figures)} | {ratio} | {self.aim or '—'} | {met} |"


@dataclass(frozen=True)
class Bench:
    """What is measured, and how.

    Attributes:
        ours, oxigraph: the servers.
        rdflib: what rdflib-endpoint was measured with before, by question.
        asked: the questions.
        clients, seconds, rounds, soak: as on the command line.
        in_memory: whether our readers hold the base in memory.
    """

    ours: Server
    oxigraph: Server
    rdflib: Mapping[str, str]
    asked: Sequence[Asked]
    clients: Sequence[int]
    seconds: float
    rounds: int
    soak: float
    in_memory: bool

    def measures(self) -> list[tuple[str, Callable[[], Iterator[Row]]]]:
        """Everything there is to measure, by name."""
        kinds = [(asked.name, lambda asked=asked: self._fresh(asked)) for asked in self.asked]
        return [
            *kinds,
            ("repeated", self._repeated),
            ("large answer", self._large),
            ("runaways", self._runaways),
            ("memory", self._memory),
            ("killed reader", self._killed),
            ("soak", self._soak),
        ]

    def _fresh(self, asked: Asked) -> Iterator[Row]:
        aim = asked.in_memory if self.in_memory else asked.on_disk
        for clients in self.clients:
            yield self._compared(_titled(asked.name, clients), asked.texts, clients, asked.accept, aim)

    def _repeated(self) -> Iterator[Row]:
        path = next(asked for asked in self.asked if asked.name.startswith("path"))
        for clients in self.clients:
            yield self._compared(
                _titled("repeated path", clients), path.texts[:8], clients, path.accept, 10, fresh=False
            )

    def _large(self) -> Iterator[Row]:
        row = self._compared(f"large answer of {LARGE_ROWS} rows, 1 client", [LARGE], 1, TABLE, 0.9)
        yield row

    def _compared(
        self,
        what: str,
        texts: Sequence[str],
        clients: int,
        accept: str,
        aim: float | None,
        *,
        fresh: bool = True,
    ) -> Row:
        """Good answers a second of each server, and the median ratio of ours to Oxigraph's own."""
        rounds = []
        for _ in range(self.rounds):
            both = (self.ours, self.oxigraph)
            rounds.append([_load(s, texts, clients, self.seconds, accept, fresh=fresh) for s in both])
        ratio = median(_ratio(ours.rate, theirs.rate) for ours, theirs in rounds)
        third = self.rdflib.get(what, "—")
        ours, theirs = (_middle([one[i] for one in rounds]) for i in (0, 1))
        figures = (_shown(ours), _shown(theirs), third)
        return (
            Row(what, figures, ratio) if aim is None else Row(what, figures, ratio, f"at least {aim:g}", ratio >= aim)
        )

    def _runaways(self) -> Iterator[Row]:
        closure = next(asked for asked in self.asked if asked.name == "short closure")  # small, and put to a reader

        def small() -> Load:
            return _load(self.ours, closure.texts, 1, max(5, self.seconds), closure.accept)

        idle = _middle([small() for _ in range(self.rounds)], key=lambda one: one.p99)
        with watch.runaways(self.ours, 2):
            burning = _middle([small() for _ in range(self.rounds)], key=lambda one: one.p99)
        ratio = burning.p99 / max(idle.p99, 1e-3)
        met = ratio <= 5 and burning.p99 < 1000
        yield Row("p99 of a small answer, idle", (f"{idle.p99:.1f} ms", "—", "—"))
        yield Row("the same with two runaways", (f"{burning.p99:.1f} ms", "—", "—"), ratio, "at most 5, under 1 s", met)

    def _memory(self) -> Iterator[Row]:
        sizes = [f"{watch.taken(s).memory:.0f} MB" for s in (self.ours, self.oxigraph)]
        yield Row("memory of all processes (PSS)", (sizes[0], sizes[1], self.rdflib.get("memory", "—")))
        for number, process in enumerate(watch.readers(self.ours), start=1):
            own, shared = watch.private_and_shared(process)
            yield Row(f"reader {number}: its own, and shared", (f"{own:.0f} MB, {shared:.0f} MB", "—", "—"))

    def _killed(self) -> Iterator[Row]:
        taken = max(watch.seconds_until_replaced(self.ours) for _ in range(5))
        yield Row(
            "all readers killed, until an answer (worst of 5)",
            (f"{taken:.2f} s", "—", "—"),
            None,
            "under 1 s",
            taken < 1,
        )

    def _soak(self) -> Iterator[Row]:
        mixed = [text for asked in self.asked for text in asked.texts[:20]]
        watcher = watch.Watcher(self.ours)
        watcher.start()
        done = _load(self.ours, mixed, 4, self.soak, TABLE + ", text/turtle;q=0.5")
        first, last = watcher.growth()
        small = last.memory < first.memory * 1.1 + 20 and last.files < first.files + 20
        met = small and last.processes <= first.processes + 1 and not done.errors
        shown = f"{first.memory:.0f} → {last.memory:.0f} MB, {first.files} → {last.files} files, "
        shown += f"{first.processes} → {last.processes} processes, {done.requests} answers, {done.errors} errors"
        yield Row(f"soak of {self.soak:g} s, 4 clients", (shown, "—", "—"), None, "nothing grows", met)


def main(words: Sequence[str]) -> None:
    """Measure, print, and keep the table where asked."""
    given = _arguments(words)
    if missing := [name for name in ("oxigraph", "wrk") if servers.executable(name) is None]:
        raise SystemExit(f"Not installed: {', '.join(missing)}. See benchmarks/endpoint.py for what they are.")
    parts = [_head()]
    for triples in given.triples:
        parts.append(_measured(triples, given))
    text = "\n".join(parts)
    if given.write:
        machine.keep("endpoint", text)


def _measured(triples: int, given: argparse.Namespace) -> str:
    with ExitStack() as stack:
        kept = Path(given.keep) if given.keep else Path(stack.enter_context(tempfile.TemporaryDirectory()))
        settings = made_base(kept / str(triples), triples)
        reader = open_base(settings)
        asked, count = questions(reader), len(reader)
        del reader
        others = {}
        if triples <= RDFLIB_MOST and not given.only and servers.executable("rdflib-endpoint"):
            others = _of_rdflib(kept / str(triples) / "base.nq", asked, given.seconds)
        limit = 1 if given.disk else count if given.memory else settings.memory_limit_quads
        bench = Bench(
            ours=stack.enter_context(_ours(settings, limit, given.processes)),
            oxigraph=stack.enter_context(servers.oxigraph(settings.data / "snapshots" / "00000001")),
            rdflib=others,
            asked=asked,
            clients=given.clients,
            seconds=given.seconds,
            rounds=given.rounds,
            soak=given.soak,
            in_memory=count <= limit,
        )
        return _table(bench, count, given)


def _ours(settings: Settings, limit: int, processes: int) -> AbstractContextManager[Server]:
    numbers = {"MEMORY_LIMIT_QUADS": limit, "WEB_PROCESSES": processes, "QUERY_PROCESSES": 6 * processes}
    return servers.ours(settings.data, QUERY_RATE=_MUCH, **{name: str(value) for name, value in numbers.items()})


def _table(bench: Bench, count: int, given: argparse.Namespace) -> str:
    """The table, each line printed as soon as it is known."""
    place = "in memory" if bench.in_memory else "on disk"
    several = f", {given.processes} processes serving" if given.processes > 1 else ""
    lines = [f"\n## {count:,} statements, our readers {place}{several}\n"]
    lines.append("| what | gapbridge | oxigraph serve | rdflib-endpoint | ratio | aim | met |")
    lines.append("|---|---|---|---|---|---|---|")
    print("\n".join(lines), flush=True)
    for row in _rows(bench, given.only):
        lines.append(str(row))
        print(row, flush=True)
    return "\n".join(lines) + "\n"


def _rows(bench: Bench, only: Sequence[str]) -> Iterator[Row]:
    for name, measure in bench.measures():
        if not only or name.startswith(tuple(only)):
            yield from measure()


def _of_rdflib(data: Path, asked: Sequence[Asked], seconds: float) -> dict[str, str]:
    """rdflib-endpoint by itself: it works on long after nobody waits any more, and that would slow others."""
    figures = {}
    with servers.rdflib(data) as server:
        for one in asked:
            found = _load(server, one.texts[:3], 1, seconds, one.accept)
            figures[_titled(one.name, 1)] = _shown(found) if found.requests else f"none in {seconds:g} s"
        figures["memory"] = f"{watch.taken(server).memory:.0f} MB"
    return figures


def _ratio(ours: float, theirs: float) -> float:
    """How many times as many answers are ours; none of ours is 0, whatever theirs are."""
    return ours / theirs if theirs else inf if ours else 0.0


def _titled(name: str, clients: int) -> str:
    return f"{name}, {clients} client{'' if clients == 1 else 's'}"


def _load(server: Server, texts: Sequence[str], clients: int, seconds: float, accept: str, **more: bool) -> Load:
    watch.settle(server)
    return load(server.port, [server.at(text) for text in texts], clients, seconds, accept, **more)


def _middle(loads: Sequence[Load], key: Callable[[Load], float] = lambda one: one.rate) -> Load:
    return sorted(loads, key=key)[len(loads) // 2]


def _shown(one: Load) -> str:
    errors = f", {one.errors} errors" if one.errors else ""
    return f"{one.rate:.3g}/s ({one.p50:.2g} ms, p99 {one.p99:.2g}){errors}"


def _head() -> str:
    oxigraph = subprocess.run([str(servers.executable("oxigraph")), "--version"], capture_output=True, text=True)
    parts = ("gapbridge", "pyoxigraph", "granian", "rdflib-endpoint")
    versions = ", ".join([oxigraph.stdout.strip(), *(f"{part} {version(part)}" for part in parts)])
    cpus = Path("/proc/cpuinfo").read_text().count("processor\t")
    return (
        f"# The SPARQL endpoint, measured\n\n{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {cpus} cores that the "
        f"load generator (wrk, one thread) shares, Python {platform.python_version()}, {versions}. Answers a second, "
        "with the median and 99th percentile of the time one took. Ratios are the median of the rounds.\n"
    )


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = parsing.parser("endpoint", __doc__)
    parsing.add_sizes(parser, [100_000])
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32], help=_HELP["clients"])
    parser.add_argument("--seconds", type=float, default=3, help=_HELP["seconds"])
    parser.add_argument("--rounds", type=int, default=3, help=_HELP["rounds"])
    parser.add_argument("--soak", type=float, default=60, help=_HELP["soak"])
    parser.add_argument("--disk", action="store_true", help=_HELP["disk"])
    parser.add_argument("--memory", action="store_true", help=_HELP["memory"])
    parser.add_argument("--processes", type=int, default=1, help=_HELP["processes"])
    parser.add_argument("--only", nargs="*", default=[], help=_HELP["only"])
    parsing.add_write(parser)
    return parser.parse_args(words)
