"""From a revision's publication to what readers see.

The real server, in a process of its own. A claim at a time is published beside it, and then asked for: as a page, by
search, at the endpoint. How a claim is accepted, derived and checked is measured apart (`benchmarks.contributions`).
What is named by --base is written to; its snapshots may be hard links.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median

from pyoxigraph import Store

from benchmarks import machine
from benchmarks.parsing import add_write, parser
from benchmarks.servers import Server, ours
from benchmarks.watch import computed
from kg.contributing import home, open_base
from kg.namespaces import gap, thing
from kg.settings import read_settings
from kg.store import DERIVED_GRAPH, Change, Home, NamedNode, Quad, place, placed, provenance
from kg.store.patch import Patch
from tests.contributions.desk_support import claim

REVISIONS, AIM = 10, 0.2
_ASKED = "SELECT ?gist WHERE {{ <{claim}> <{gist}> ?gist . OPTIONAL {{ <{claim}> <{note}> ?note }} }}"
"""Two patterns, so that a reader answers it and not the process that took it."""


@dataclass
class Seen:
    """What it took until revisions were seen in one way.

    Attributes:
        waited: seconds, one after the other.
        computed: seconds of processor of all the server's processes, likewise, to a hundredth.
        late: how many asks did not show the revision that was published before them.
    """

    waited: list[float] = field(default_factory=list)
    computed: list[float] = field(default_factory=list)
    late: int = 0


class Publisher:
    """Publishes claims as the writer does when all else is done.

    Args:
        base: the store's folder.
        scratch: a folder for the working copy, on the same disk.
    """

    def __init__(self, base: Home, scratch: Path) -> None:
        self._base = base
        Store.read_only(str(base.snapshots.path(base.snapshots.newest()))).backup(str(scratch))
        self._store = Store(str(scratch))

    def publish(self, slug: str) -> None:
        """Publish a claim whose gist has its slug as a word, with its record and a link that follows from it."""
        number, me = self._base.snapshots.newest() + 1, NamedNode(thing("claim", slug))
        status = NamedNode(gap("reviewStatus"))
        said = {s for s in claim(slug, f"What was measured is {slug}.") if s[:2] != (me, status)}
        record = provenance(number, Change(number - 1, frozenset(), message=slug), datetime.now(UTC))
        accepted = place((me, status, NamedNode(thing("review-status", "accepted"))))
        cause = NamedNode(thing("failure-cause", "dispersed-governance"))
        link = Quad(NamedNode(thing("tactic", slug)), NamedNode(gap("addresses")), cause, DERIVED_GRAPH)
        added = placed(said) | record | {accepted, link}
        self._base.journal.append(Patch(number, (), tuple(added)))
        self._store.extend(added)
        self._base.snapshots.publish(self._store, number)


def measure(base: Home) -> dict[str, Seen]:
    """What each way takes, with a revision for each ask."""
    found = {"the claim's page": Seen(), "found by search": Seen(), "answered at the endpoint": Seen()}
    scratch = base.folder / f"work-visible-{os.getpid()}"
    try:
        publisher = Publisher(base, scratch)
        with ours(base.folder) as server:
            for number in range(-1, REVISIONS):  # the first for warming up
                for way, seen in found.items():
                    slug = f"m{time.time_ns():x}"
                    publisher.publish(slug)
                    _look(server, way, slug, seen if number >= 0 else Seen())
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return found


def _look(server: Server, way: str, slug: str, seen: Seen) -> None:
    me = thing("claim", slug)
    addresses = {
        "the claim's page": f"/id/claim/{slug}",
        "found by search": f"/api/v1/search?q={slug}",
        "answered at the endpoint": server.at(_ASKED.format(claim=me, gist=gap("gist"), note=gap("note"))),
    }
    before, begun = computed(server), time.perf_counter()
    while slug not in _asked(server, addresses[way]).partition("What was measured")[2]:
        seen.late += 1
    seen.waited.append(time.perf_counter() - begun)
    time.sleep(0.2)  # what goes on after the answer counts too
    seen.computed.append(computed(server) - before)


def _asked(server: Server, address: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    with contextlib.closing(connection):
        connection.request("GET", address)
        return connection.getresponse().read().decode()


def table(columns: Sequence[tuple[str, dict[str, Seen]]]) -> str:
    """Ways by base."""
    lines = [
        f"# From publication to what readers see\n\n{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, "
        f"Python {platform.python_version()}. Seconds until the answer (median), and processor time of all the "
        f"server's processes for it (mean of {REVISIONS}); the machine was shared, so trust the latter. Aim: under "
        f"{AIM} s of processor, on any base.\n",
        f"| what | {' | '.join(title for title, _ in columns)} |",
        f"|---|{'---|' * len(columns)}",
    ]
    for way in columns[0][1]:
        lines.append(f"| {way} | {' | '.join(_shown(found[way]) for _, found in columns)} |")
    return "\n".join(lines) + "\n"


def _shown(seen: Seen) -> str:
    used = mean(seen.computed)
    late = f", {seen.late} asks too early" if seen.late else ""
    return f"{median(seen.waited):.3f} s, {used:.3f} s{' **over**' if used > AIM else ''}{late}"


@contextmanager
def _seeded() -> Iterator[Home]:
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"GAPBRIDGE_DATA": str(Path(folder) / "base")})
        open_base(settings)
        yield home(settings)


def main(words: Sequence[str]) -> None:
    """Measure, print, and keep the table where asked."""
    made = parser("visible", __doc__)
    made.add_argument("--base", type=Path, action="append", default=[], help="the folder of a base to write to")
    add_write(made)
    given = made.parse_args(words)
    columns = []
    with _seeded() as base:
        columns.append(("seed data", measure(base)))
    for folder in given.base:
        base = Home(folder.absolute())
        columns.append((f"{len(base.reader(0)):,} statements", measure(base)))
    text = table(columns)
    print(text)
    if given.write:
        machine.keep("visible", text)
