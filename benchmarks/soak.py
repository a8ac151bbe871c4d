"""All that people do to a server at once, for long.

Pages are read, queries asked, contributions accepted and runaway queries sent, against a real server in processes of
its own with the database in its file. It must not grow: in memory, open files, threads or processes; and it must
answer everything, but for the 503 that tells a runaway query, or too many at once, to come again later. Ends with a
table; the exit code is 1 where something was wrong.
"""

from __future__ import annotations

import contextlib
import http.client
import itertools
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlencode

from benchmarks.bases import publish
from benchmarks.generator import Generator
from benchmarks.parsing import parser
from benchmarks.questions import RUNAWAY
from benchmarks.servers import Server, ours
from benchmarks.soaked import Seen, Soaked
from benchmarks.watch import Watcher, taken
from kg.accounts.people import People
from kg.accounts.sessions import Sessions
from kg.contributing import home, open_base
from kg.contributions import Contribution, Desk, Person
from kg.database import Database, open_database
from kg.namespaces import thing
from kg.settings import Settings, read_settings
from tests.contributions.desk_support import draft

_PAGES = (
    "/", "/id/failure-cause/dispersed-governance", "/id/tactic/two-way-communication", "/map", "/coverage", "/sources",
    "/search?q=deliver", "/graph/failure-cause/dispersed-governance", "/frameworks", "/revisions", "/about",
    "/path?from=failure-cause/dispersed-governance&to=tactic/two-way-communication", "/api/v1/search?q=policy",
)  # fmt: skip
_QUERY = "SELECT ?thing ?label {{ ?thing <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }} LIMIT 100 # {}"
_ELSEWHERE = ("127.0.0.2", 0)
"""The runaways' address: another visitor than the others."""
_AUTHOR = Person("soak", "A soaked author", thing("agent", "soak-author"))


def soak(settings: Settings, minutes: float, *, readers: int = 2, pause: float = 0.05) -> Soaked:
    """Let everybody at a server for so long.

    Args:
        settings: where the base lies.
        minutes: how long.
        readers: how many read pages, and how many ask queries.
        pause: seconds that each of them thinks before the next request.
    """
    database, snapshots, folder = open_database(settings), home(settings).snapshots, megabytes_in(settings.data)
    before, size, _ = _stands(settings)
    with ours(settings.data, QUERY_SECONDS="2", QUERY_RATE="100000") as server:
        crowd = _Crowd(server, settings, database, pause)
        watcher = Watcher(server, lambda: snapshots.newest() - before)
        watcher.start()
        seen = crowd.let_in(minutes * 60, readers)
        early, late = watcher.growth() if watcher.seen else (taken(server),) * 2
    database.close()
    after, grown, in_memory = _stands(settings)
    came = (grown - size) * (late.accepted - early.accepted) // max(1, after - before) if in_memory else 0
    folders = folder, megabytes_in(settings.data)
    return Soaked(minutes, seen, early, late, after - before, watcher.tenths(), came, folders)


def _stands(settings: Settings) -> tuple[int, int, bool]:
    """The newest revision, how many statements it has, and whether it is held in memory."""
    reader = open_base(settings)
    return reader.revision, len(reader), reader.in_memory


def megabytes_in(folder: Path) -> float:
    """What lies in a folder; a file that lies there under several names counts once."""
    found = (path.stat() for path in folder.rglob("*"))
    return sum({file.st_ino: file.st_blocks for file in found}.values()) * 512 / 2**20


class _Crowd:
    """Everybody at once; each kind of request is made by threads that share nothing but the end."""

    def __init__(self, server: Server, settings: Settings, database: Database, pause: float) -> None:
        self._server, self._settings, self._database, self._pause = server, settings, database, pause
        self._over = threading.Event()

    def let_in(self, seconds: float, readers: int) -> tuple[Seen, ...]:
        """What came back to all of them."""
        kinds: list[tuple[Callable[..., None], tuple[Seen, ...]]] = []
        for _ in range(readers):
            kinds += [(self._read, (Seen("page"),)), (self._ask, (Seen("query"),))]
        kinds += [(self._run_away, (Seen("runaway"),)), (self._write, (Seen("accepted"), Seen("shown")))]
        threads = [threading.Thread(target=work, args=(n, *seen), daemon=True) for n, (work, seen) in enumerate(kinds)]
        for thread in threads:
            thread.start()
        self._over.wait(seconds)
        self._over.set()
        for thread in threads:
            thread.join(120)
        return _together([one for _, seen in kinds for one in seen])

    def _read(self, number: int, seen: Seen) -> None:
        for path in itertools.islice(itertools.cycle(_PAGES), number, None):
            if self._over.wait(self._pause):
                return
            self._get(path, seen)

    def _ask(self, number: int, seen: Seen) -> None:
        for count in itertools.count():
            if self._over.wait(self._pause):
                return
            self._get(f"/sparql?query={quote(_QUERY.format(f'{number}-{count}'), safe='')}", seen)

    def _run_away(self, number: int, seen: Seen) -> None:
        for count in itertools.count():
            if self._over.wait(self._pause):
                return
            self._get(f"/sparql?query={quote(f'{RUNAWAY} # {number}-{count}', safe='')}", seen, _ELSEWHERE)

    def _write(self, _: int, accepted: Seen, shown: Seen) -> None:
        """Hand in a claim, have it accepted by somebody else over HTTP, and look at its page."""
        desk, head = Desk(self._database, self._settings), self._sign_in()
        for count in itertools.count():
            row = _handed_in(desk, f"soak-{count}")
            form = urlencode({"do": "accept", "version": row.version})
            self._send("POST", f"/review/{row.id}", accepted, head=head, body=form)
            self._get(f"/id/claim/soak-{count}", shown)
            if self._over.wait(10 * self._pause):
                return

    def _sign_in(self) -> dict[str, str]:
        """What a reviewer's browser sends with a form of ours."""
        account = People(self._database).add(
            "A soaked reviewer", "soak@example.org", "reviewer", "three words on a wall"
        )
        cookie = f"gapbridge_session={Sessions(self._database).begin(account.id, 'Soak')}"
        with contextlib.closing(self._connection()) as connection:
            connection.request("GET", "/account", headers={"Cookie": cookie})
            answer = connection.getresponse()
            found = re.search(r'name="csrf_token" value="([^"]+)"', answer.read().decode())
            given = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        return {
            "Cookie": f"{cookie}; {given}",
            "X-CSRFToken": found[1] if found else "",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def _get(self, path: str, seen: Seen, source: tuple[str, int] | None = None) -> None:
        self._send("GET", path, seen, source=source)

    def _send(
        self, method: str, path: str, seen: Seen, *, head: dict[str, str] | None = None, body: str = "",
        source: tuple[str, int] | None = None,
    ) -> None:  # fmt: skip
        begun = time.perf_counter()
        try:
            with contextlib.closing(self._connection(source)) as connection:
                connection.request(method, path, body or None, head or {})
                answer = connection.getresponse()
                answer.read()
                status = answer.status
        except (OSError, http.client.HTTPException):
            status = 0
        seen.note(time.perf_counter() - begun, status, path)

    def _connection(self, source: tuple[str, int] | None = None) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=60, source_address=source)


def _together(parts: Sequence[Seen]) -> tuple[Seen, ...]:
    """What threads of the same kind have seen, as one."""
    whole = {part.kind: Seen(part.kind) for part in parts}
    for part in parts:
        one = whole[part.kind]
        one.seconds += part.seconds
        one.statuses += part.statuses
        one.where = part.where | one.where
    return tuple(whole.values())


def _handed_in(desk: Desk, slug: str) -> Contribution:
    wanted = draft(slug, f"A claim that a soak made, called {slug}.")
    kept = desk.save(replace(wanted, form={**wanted.form, "slug": slug}), _AUTHOR)
    return desk.submit(kept.id, _AUTHOR, kept.version)


def main(words: Sequence[str]) -> None:
    """Soak a server, and tell how it went."""
    made = parser("soak", __doc__)
    made.add_argument("--minutes", type=float, default=30.0, help="how long (30)")
    made.add_argument("--triples", type=int, default=0, help="on a made-up base of this size; else the seed data")
    made.add_argument("--readers", type=int, default=2, help="how many read pages, and how many ask queries (2)")
    made.add_argument("--pause", type=float, default=0.05, help="seconds that each thinks between requests (0.05)")
    given = made.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"GAPBRIDGE_DATA": str(Path(folder) / "base")})
        if given.triples:
            publish(settings, Generator(given.triples).lines(), Path(folder))
        else:
            open_base(settings)
        done = soak(settings, given.minutes, readers=given.readers, pause=given.pause)
    print(f"{given.minutes:g} minutes, {done.revisions} contributions\n\n{done.table()}")
    for line in done.wrong():
        print(f"WRONG  {line}")
    sys.exit(1 if done.wrong() else 0)
