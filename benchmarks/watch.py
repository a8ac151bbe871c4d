"""What a server takes and how it bears up: memory, files, processes, runaways, killed readers, a long run."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

from benchmarks.questions import RUNAWAY
from benchmarks.roles import family
from benchmarks.servers import Server

_TICKS = os.sysconf("SC_CLK_TCK")
_ELSEWHERE = ("127.0.0.2", 0)
"""The runaways' address: another client than the one that is measured."""


@dataclass(frozen=True)
class Taken:
    """What a server's processes hold at one moment; memory in megabytes, shared pages divided by their sharers.

    Attributes:
        memory, files, processes, threads: of all of them.
        roles: the memory by what processes are there for (`benchmarks.roles`).
        accepted: how many changes had been accepted by then.
    """

    memory: float
    files: int
    processes: int
    threads: int = 0
    roles: Mapping[str, float] = field(default_factory=dict)
    accepted: int = 0


def taken(server: Server, accepted: int = 0) -> Taken:
    """What all its processes hold together now."""
    roles, processes = defaultdict[str, float](float), []
    for process, role in family(server.process):
        processes.append(process)
        roles[role] += share(process)
    files, threads = sum(map(_files, processes)), sum(map(_threads, processes))
    return Taken(sum(roles.values()), files, len(processes), threads, dict(roles), accepted)


def readers(server: Server) -> list[int]:
    """Our processes that answer queries: below the server's worker and the quiet parent of the readers."""
    parents = [p for p in below(server.process) if b"kg.store.worker" in _bytes(p, "cmdline")]
    return [p for p in parents if not below(p)]


def private_and_shared(process: int) -> tuple[float, float]:
    """The megabytes a process has for itself, and those it shares with others."""
    text = _bytes(process, "smaps_rollup").decode()
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in text.splitlines()[1:]}
    private = sizes["Private_Clean"] + sizes["Private_Dirty"]
    return private / 1024, (sizes["Rss"] - private) / 1024


@contextmanager
def runaways(server: Server, number: int) -> Iterator[None]:
    """Queries that never end, asked again whenever they are stopped."""
    over = threading.Event()

    def burn(one: int) -> None:
        count = 0
        while not over.is_set():
            count += 1
            with contextlib.suppress(OSError, http.client.HTTPException):
                ask(server, f"{RUNAWAY} # {one}-{count}", _ELSEWHERE)

    threads = [threading.Thread(target=burn, args=(one,), daemon=True) for one in range(number)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(30)


def seconds_until_replaced(server: Server) -> float:
    """Kill every reader; how long until a query is answered again."""
    ask(server, "ASK {}")
    start = time.perf_counter()
    for process in readers(server):
        os.kill(process, signal.SIGKILL)
    count = 0
    while ask(server, f"ASK {{}} # {start}-{count}") != 200:
        count += 1
    return time.perf_counter() - start


def ask(server: Server, query: str, source: tuple[str, int] | None = None) -> int:
    """The status of a query's answer, read to its end."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60, source_address=source)
    with contextlib.closing(connection):
        connection.request("GET", server.at(query))
        answer = connection.getresponse()
        answer.read()
        return answer.status


def settle(server: Server, most: float = 20.0) -> None:
    """Wait until a server rests: what a client asked and did not wait for is still being answered."""
    end, before = time.monotonic() + most, -1.0
    while time.monotonic() < end:
        now = sum(_busy(process) for process in [server.process, *below(server.process)])
        if now - before < 2:
            return
        before = now
        time.sleep(0.25)


class Watcher(threading.Thread):
    """Looks at what a server holds, once a second, until it is told to stop.

    Args:
        server: the server.
        accepted: tells how many changes were accepted so far.
    """

    def __init__(self, server: Server, accepted: Callable[[], int] = int) -> None:
        super().__init__(daemon=True)
        self._server, self._accepted, self._over = server, accepted, threading.Event()
        self.seen: list[Taken] = []

    def run(self) -> None:
        while not self._over.wait(1):
            self.seen.append(taken(self._server, self._accepted()))

    def growth(self) -> tuple[Taken, Taken]:
        """What it held on average in the second and in the last fifth of the time; the first is for warming up."""
        self._over.set()
        self.join()
        fifth = max(1, len(self.seen) // 5)
        return average(self.seen[fifth : 2 * fifth] or self.seen), average(self.seen[-fifth:])

    def tenths(self) -> tuple[Taken, ...]:
        """What it held on average in each tenth of the time."""
        size = max(1, len(self.seen) // 10)
        return tuple(average(self.seen[at : at + size]) for at in range(0, len(self.seen) - size + 1, size))


def computed(server: Server) -> float:
    """Seconds of processor that all processes of a server have used, ended ones too."""
    return sum(map(_used, [server.process, *below(server.process)])) / _TICKS


def _used(process: int) -> int:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15]))


def below(process: int) -> list[int]:
    """The processes that this one started, and those that they did."""
    return [other for other, _ in family(process) if other != process]


def average(seen: Sequence[Taken]) -> Taken:
    """What was held on average; of processes the most."""
    roles = sorted({role for t in seen for role in t.roles})
    return Taken(
        mean(t.memory for t in seen),
        round(mean(t.files for t in seen)),
        max(t.processes for t in seen),
        round(mean(t.threads for t in seen)),
        {role: mean(t.roles.get(role, 0.0) for t in seen) for role in roles},
        round(mean(t.accepted for t in seen)),
    )


def share(process: int) -> float:
    """The megabytes a process holds; pages it shares with others divided by their number."""
    text = _bytes(process, "smaps_rollup").partition(b"Pss:")[2]
    return int(text.split()[0]) / 1024 if text else 0.0


def _busy(process: int) -> float:
    """The ticks of processor time that a process has had."""
    fields = _bytes(process, "stat").rpartition(b")")[2].split()
    return int(fields[11]) + int(fields[12]) if fields else 0


def _files(process: int) -> int:
    try:
        return len(os.listdir(f"/proc/{process}/fd"))
    except OSError:  # it has just ended
        return 0


def _threads(process: int) -> int:
    try:
        return len(os.listdir(f"/proc/{process}/task"))
    except OSError:
        return 0


def _bytes(process: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{process}/{name}").read_bytes()
    except OSError:
        return b""
