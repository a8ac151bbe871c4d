"""From a draft to what readers see, and fifty people who write at once.

Real parts: the server in a process of its own, the database in its file, all rules and checks.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

import httpx2

from benchmarks import machine
from benchmarks.measures import Figure, table
from benchmarks.parsing import add_write, parser
from kg.accounts.people import People
from kg.accounts.sessions import Sessions
from kg.contributing import home, open_base
from kg.contributions import Contribution, Desk, Person
from kg.database import Database, open_database
from kg.errors import ServerBusy
from kg.namespaces import gap, thing
from kg.settings import Settings, read_settings
from kg.store import text_of
from tests.contributions.desk_support import draft
from tests.webui.server_support import Server

DRAFT_MS, VISIBLE_S, PEOPLE = 50, 0.5, 50
_TRIES = 7
_AUTHOR = Person("author", "An author", thing("agent", "benchmark-author"))
_CHECKER = Person("checker", "A checker", thing("agent", "benchmark-checker"), "reviewer")


def main(words: Sequence[str]) -> None:
    """Measure, print, and keep the table where asked."""
    made = parser("contributions", __doc__)
    add_write(made)
    given = made.parse_args(words)
    text = table(measure())
    print(text)
    if given.write:
        machine.keep("contributions", f"# Measured\n\n{text}")


def measure() -> list[Figure]:
    """All figures, on the seed data."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"GAPBRIDGE_DATA": str(Path(folder) / "base")})
        open_base(settings)
        database = open_database(settings)
        desk = Desk(database, settings)
        figures = [_saving(desk), *_visible(desk, database, settings), *_at_once(desk, settings)]
        database.close()
    return figures


def _saving(desk: Desk) -> Figure:
    kept = desk.save(draft("saved"), _AUTHOR)

    def save() -> None:
        nonlocal kept
        kept = desk.save(replace(draft("saved"), id=kept.id, version=kept.version), _AUTHOR)

    value = median(_seconds(save) for _ in range(50)) * 1000
    return Figure("a draft saved again", value, "ms", f"under {DRAFT_MS} ms", value < DRAFT_MS)


def _visible(desk: Desk, database: Database, settings: Settings) -> list[Figure]:
    waiting = [_handed_in(desk, f"seen-{n}") for n in range(_TRIES)]
    account = People(database).add("Benchmark", "benchmark@example.org", "reviewer", "three words on a wall")
    cookies = {"gapbridge_session": Sessions(database).begin(account.id, "Benchmark")}
    with Server(settings) as server, httpx2.Client(base_url=server.url, cookies=cookies, timeout=120) as client:
        mark = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/account").text)
        client.headers["X-CSRFToken"] = mark[1] if mark else ""
        looked = [_seconds(partial(client.get, f"/review/{row.id}")) for row in waiting[1:]]
        seen = [_seconds(partial(_accept, client, row)) for row in waiting]
    value = median(seen[1:])
    return [
        Figure("a contribution shown to a reviewer, tried out", median(looked), "s"),
        Figure("accepted until its page can be read, the first one", seen[0], "s"),
        Figure("the same, each later one", value, "s", f"under {VISIBLE_S} s", value < VISIBLE_S),
    ]


def _accept(client: httpx2.Client, row: Contribution) -> None:
    client.post(f"/review/{row.id}", data={"do": "accept", "version": str(row.version)})
    client.get(f"/id/claim/{row.form['slug']}").raise_for_status()


def _at_once(desk: Desk, settings: Settings) -> list[Figure]:
    waiting = [_handed_in(desk, f"at-once-{n}") for n in range(PEOPLE)]
    begun = time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as people:
        done = list(people.map(lambda row: _insist(desk, row), waiting))
    took = time.perf_counter() - begun
    ids = {row.id for row in waiting}
    found = Counter(
        text_of(quad.object)
        for patch in home(settings).journal.since(1)
        for quad in patch.added
        if quad.predicate.value == gap("contribution") and text_of(quad.object) in ids
    )
    again = sum(tries > 1 for tries in done)
    wrong = len(ids - found.keys()) + sum(count - 1 for count in found.values())
    return [
        Figure(f"{PEOPLE} accepted at once, until the last is in", took, "s"),
        Figure("of these told to come again once or more", again, "", "none", again == 0),
        Figure("changes lost or doubled", wrong, "", "none", wrong == 0),
    ]


def _insist(desk: Desk, row: Contribution) -> int:
    """Accept, and try again when told to come later; gives how often it took."""
    for tries in range(1, 20):
        try:
            desk.accept(row.id, _CHECKER, row.version)
        except ServerBusy:
            continue
        return tries
    return 20


def _handed_in(desk: Desk, slug: str) -> Contribution:
    wanted = draft(slug, f"A claim to measure with, called {slug}.")
    kept = desk.save(replace(wanted, form={**wanted.form, "slug": slug}), _AUTHOR)
    return desk.submit(kept.id, _AUTHOR, kept.version)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
