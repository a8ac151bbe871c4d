"""What is accepted on the page is live at once, everywhere: through a real server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

from kg.accounts.people import People
from kg.accounts.sessions import Sessions
from kg.contributions import Desk
from kg.database import Database, open_database
from kg.settings import Settings
from tests.contributions.desk_support import ANNA, draft
from tests.webui.server_support import Server

GIST = "Zebra crossings are not what this base was made for."
ASK = f'ASK {{ ?claim <https://w3id.org/gapbridge/ns#gist> "{GIST}"@en }}'


@contextmanager
def reviewer(database: Database, url: str) -> Iterator[httpx2.Client]:
    """Somebody who reviews, signed in, whose forms are taken."""
    account = People(database).add("Ben Checker", "ben@example.org", "reviewer", "three words on a wall")
    secret = Sessions(database).begin(account.id, "Tests")
    with httpx2.Client(base_url=url, cookies={"gapbridge_session": secret}, timeout=60) as client:
        found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/account").text)
        assert found
        client.headers["X-CSRFToken"] = found[1]
        yield client


def test_what_is_accepted_is_on_pages_in_search_and_at_the_endpoint_at_once(fresh: Settings) -> None:
    database = open_database(fresh)
    desk = Desk(database, fresh)
    kept = desk.save(draft("zebra", GIST), ANNA)
    kept = desk.submit(kept.id, ANNA, kept.version)
    with (
        Server(fresh) as server,
        reviewer(database, server.url) as ben,
        httpx2.Client(base_url=server.url, timeout=60) as reader,
    ):
        about = "/id/tactic/action-research"
        seen = [reader.get(path) for path in (about, f"/search?q={GIST[:15]}")]  # both are remembered now
        assert GIST not in "".join(answer.text for answer in seen)
        form = {"do": "accept", "version": str(kept.version)}
        assert ben.post(f"/review/{kept.id}", data=form).status_code == 303
        assert GIST in reader.get("/id/claim/zebra", follow_redirects=True).text
        assert GIST in reader.get(about, headers={"If-None-Match": seen[0].headers["ETag"]}).text
        assert "zebra" in reader.get(f"/search?q={GIST[:15]}").text
        told = reader.get("/sparql", params={"query": ASK}, headers={"Accept": "application/sparql-results+json"})
        assert json.loads(told.text)["boolean"]
        assert "Accepted in revision 2" in ben.get(f"/review/{kept.id}").text
    database.close()
