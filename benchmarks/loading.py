"""Every engine with a base of its own over the same N-Quads, and what it took to load them."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from benchmarks import servers
from benchmarks.alone import alone
from benchmarks.asking import Runner, in_process, over_http
from benchmarks.bases import take_in
from benchmarks.comparison import ALONE, OURS, Cell, Line
from benchmarks.peers import Peer, taken_on_disk
from kg.settings import Settings, read_settings

MUCH = "100000000"
"""More queries a minute than anything asks."""


@dataclass
class Loaded:
    """The engines that are there.

    Attributes:
        settings: of our base.
        runners: the engines, the engine alone first; none of them runs yet.
        seconds, disk: what loading took, by name.
        absent: why an engine is not among them, by name.
        versions: of the others' programs, by name.
    """

    settings: Settings
    runners: list[Runner] = field(default_factory=list)
    seconds: dict[str, Cell] = field(default_factory=dict)
    disk: dict[str, Cell] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)

    def lines(self) -> list[Line]:
        """What is known of each without asking it anything."""
        memory = {runner.name: Cell([runner.most_memory], unit="MB") for runner in self.runners}
        return [("N-Quads loaded", self.seconds), ("on disk", self.disk), ("memory", memory)]

    def note(self, runner: Runner, seconds: float, folder: Path | None) -> None:
        """Take an engine in, with what loading it took and where its base lies, if that is on disk."""
        self.runners.append(runner)
        self.seconds[runner.name] = Cell([seconds])
        if folder:
            self.disk[runner.name] = Cell([taken_on_disk(folder)], unit="MB")


def load_all(data: Path, folder: Path, triples: int, peers: Sequence[Peer], patience: float) -> Loaded:
    """Load N-Quads into all engines, one after the other.

    Args:
        data: the N-Quads.
        folder: where each gets a folder of its own.
        triples: about how many there are.
        peers: the servers of others.
        patience: how many seconds to wait for an answer.
    """
    places = {name: folder / name.replace(" ", "-") for name in (ALONE, OURS, *(peer.name for peer in peers))}
    for place in places.values():
        place.mkdir(parents=True)
    found = Loaded(read_settings({"GAPBRIDGE_DATA": str(places[OURS] / "base")}))
    engine = places[ALONE] / "base"
    took = _seconds(lambda: _engine(data, engine))
    found.note(Runner(ALONE, lambda: in_process(alone(engine), patience)), took, places[ALONE])
    took = _seconds(lambda: take_in(found.settings, data, places[OURS]))
    limits = {"QUERY_RATE": MUCH, "QUERY_SECONDS": str(ceil(patience))}
    ours = Runner(OURS, lambda: over_http(servers.ours(found.settings.data, **limits), patience))
    found.note(ours, took, found.settings.data)
    for peer in peers:
        _peer(found, peer, data, places[peer.name], triples, patience)
    return found


def _peer(found: Loaded, peer: Peer, data: Path, folder: Path, triples: int, patience: float) -> None:
    """Load one of others, or note why it is not there."""
    if why := peer.absent(triples):
        found.absent[peer.name] = why
        return
    print(f"  {peer.name} …", flush=True)
    runner = Runner(peer.name, lambda: over_http(peer.serve(folder), patience))
    try:
        took = _seconds(lambda: peer.load(data, folder))
        starting = _seconds(runner.begin)
    except (subprocess.SubprocessError, RuntimeError, OSError) as error:
        found.absent[peer.name] = f"it could not be loaded or started: {error}"
        return
    found.note(runner, starting if peer.loads_at_start else took, None if peer.loads_at_start else folder)
    found.versions[peer.name] = peer.version()


def _engine(data: Path, place: Path) -> None:
    store = Store(str(place))
    store.bulk_load(path=str(data), format=RdfFormat.N_QUADS)
    store.optimize()


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
