"""Every page of the site, made for the first who asks: on the seed data, and on made-up bases that grow.

A page is remembered until the data change (webui/remembered.py); here each request asks in a way that nobody has asked
before, so each is made. Bases of 0.1, 1 and 10 million statements show what grows with the data and what does not.
Times are of the processor, since others may be at work on the machine. What is counted over a large base is made before
(kg/overview), as a server does in the background.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import count
from math import ceil
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from benchmarks import machine
from benchmarks.bases import made_base
from benchmarks.parsing import add_sizes, add_write, parser
from kg.contributing import home, open_base
from kg.overview import Keeper, make
from kg.settings import Settings, read_settings
from tests.webui.site_pages import SITE
from webui import create_app

AIM, AIM_LARGE, LARGE = 50, 150, 10_000_000
"""Milliseconds at the 95th percentile; the second on a base of so many statements."""
_PATIENCE = 20.0
"""Seconds for one page, after which what was measured counts."""
_THINGS = {
    "home": "/",
    "cause": "/id/failure-cause/made-0",
    "tactic": "/id/tactic/made-0-0",
    "source": "/id/source/made-0",
    "cited work": "/id/source/made-work-0",
    "claim": "/id/claim/made-0",
    "framework": "/id/scheme/made-tactic-0",
    "phase": "/id/support-phase/made-0",
    "outcome": "/id/outcome/made-0",
    "notion": "/id/notion/made-0",
    "path": "/path?from=failure-cause/made-0&to=outcome/made-0",
    "compare": "/compare?thing=tactic/made-0-0&thing=tactic/made-0-1",
    "what-if": "/what-if?without=made-work-0",
    "history": "/history/tactic/made-0-0",
    "graph": "/graph/failure-cause/made-0",
    "search": "/search?q=budget",
}
"""Pages of things in a made-up base; those that are spoken of most, since these hold most."""
_ELSEWHERE = ("/id/", "/graph/", "/history/", "/diagnose")
"""Pages of things and instruments that a made-up base does not hold are left out there."""
_numbers = count()


@dataclass(frozen=True)
class Timed:
    """How long a page took to be made, in milliseconds.

    Attributes:
        name: the page.
        status: with which status it came.
        times: each time, in order of size.
        bytes: how large it is, unpacked.
    """

    name: str
    status: int
    times: tuple[float, ...]
    bytes: int

    @property
    def p95(self) -> float:
        """The time that 95 of 100 stay below; of few, the longest."""
        return self.times[ceil(0.95 * len(self.times)) - 1]


def timed(settings: Settings, addresses: dict[str, str], rounds: int) -> Iterator[Timed]:
    """Each page, made so often."""
    _count(settings)
    client = create_app(settings).test_client()
    for name, address in addresses.items():
        yield _page(client, name, address, rounds)


def _count(settings: Settings) -> None:
    """Make what is counted over a large base, and say how long that takes."""
    open_base(settings)  # fills it where it is new
    place = home(settings)
    revision, keeper = place.snapshots.newest(), Keeper(place, settings.memory_limit_quads)
    if keeper.is_large(revision) and not keeper.path(revision).exists():
        start = time.process_time()
        make(place.kept(revision), keeper.path(revision))
        print(f"  counted in {time.process_time() - start:.0f} s of processor time", flush=True)


def on_seed_data() -> dict[str, str]:
    """All pages, by name."""
    return {page.name: page.address for page in SITE}


def on_made_data() -> dict[str, str]:
    """The pages that a made-up base has, by name."""
    lists = {page.name: page.address for page in SITE if _is_list(page.address) and page.status == 200}
    return lists | _THINGS


def _is_list(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.path.startswith(_ELSEWHERE) and not parts.query


def _page(client: FlaskClient, name: str, address: str, rounds: int) -> Timed:
    times, until, answer = list[float](), time.perf_counter() + _PATIENCE, client.get(address, headers=_new())
    while len(times) < rounds and (not times or time.perf_counter() < until):
        start = time.process_time()
        answer = client.get(address, headers=_new())
        times.append(1000 * (time.process_time() - start))
    return Timed(name, answer.status_code, tuple(sorted(times)), len(answer.data))


def _new() -> dict[str, str]:
    """Headers that nobody has sent yet: what is remembered hangs on them."""
    return {"Accept": f"text/html, application/x-{next(_numbers)};q=0.1"}


def main(words: Sequence[str]) -> None:
    """Measure, print, and keep the table where asked."""
    given = _arguments(words)
    with tempfile.TemporaryDirectory() as name:
        place = Path(given.keep or name)
        bases = [_seeded(Path(name)), *(_made(place, triples) for triples in given.triples)]
        columns = []
        for title, settings, addresses in bases:
            print(f"{title} …", flush=True)
            columns.append((title, {one.name: one for one in timed(settings, addresses, given.rounds)}))
    text = table(columns)
    print(text)
    if given.write:
        machine.keep("pages", text)


def table(columns: Sequence[tuple[str, dict[str, Timed]]]) -> str:
    """Pages by base, with how much longer the largest base takes than the smallest made-up one."""
    names = dict.fromkeys(name for _, found in columns for name in found)
    titles = [title for title, _ in columns]
    grows = len(columns) > 2
    lines = [
        f"# Pages made, median and 95th percentile in ms of processor time\n\n{datetime.now(UTC):%Y-%m-%d}, "
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, pyoxigraph "
        f"{version('pyoxigraph')}. Aim: {AIM} ms at the 95th percentile on the seed data, {AIM_LARGE} ms on {LARGE:,} "
        "statements.\n",
        f"| page | {' | '.join(titles)} |{' growth |' if grows else ''}",
        f"|---|{'---|' * len(titles)}{'---|' if grows else ''}",
    ]
    for name in names:
        found = [pages.get(name) for _, pages in columns]
        grown = f" {_growth(found[1:])} |" if grows else ""
        lines.append(f"| {name} | {' | '.join(_shown(*one) for one in zip(titles, found, strict=True))} |{grown}")
    return "\n".join(lines) + "\n"


def _shown(title: str, one: Timed | None) -> str:
    if one is None:
        return "—"
    aim = AIM_LARGE if f"{LARGE:,}" in title else AIM
    odd = f" (status {one.status})" if one.status not in (200, 404) else ""
    return f"{median(one.times):.0f}, {one.p95:.0f}{' **over**' if one.p95 > aim else ''}{odd}"


def _growth(found: Sequence[Timed | None]) -> str:
    first, last = found[0], found[-1]
    return "—" if first is None or last is None else f"× {median(last.times) / median(first.times):.1f}"


def _seeded(folder: Path) -> tuple[str, Settings, dict[str, str]]:
    return "seed data", read_settings({"GAPBRIDGE_DATA": str(folder / "seed")}), on_seed_data()


def _made(folder: Path, triples: int) -> tuple[str, Settings, dict[str, str]]:
    return f"about {triples:,} statements", made_base(folder / str(triples), triples), on_made_data()


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    made = parser("pages", __doc__)
    add_sizes(made, [])
    made.add_argument("--rounds", type=int, default=20, help="how often each page is made")
    add_write(made)
    return made.parse_args(words)
