"""The pages over a base made of the seed data, and all that a reader can reach from home."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urldefrag

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.settings import Settings
from tests.conftest import LONG
from tests.webui.page_support import Visited
from webui import create_app
from webui.base import Base, Opened
from webui.negotiation import cut

DEPTH = 3
MOST_ALIKE = 16 if LONG else 6
VIEW = re.compile(r"/graph/.*(\?|\.(svg|graphml)$)|/path/graph\.|/path\?.*(view|swap)=")
"""Views of a graph: each of its things can be unfolded and each kind hidden; tests of their own look at them."""


@pytest.fixture(scope="session")
def app(seeded: Settings) -> Flask:
    made = create_app(seeded)
    made.testing = True
    return made


@pytest.fixture(scope="session")
def opened(app: Flask) -> Opened:
    base: Base = app.extensions["gapbridge"]
    return base.current()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def _sample(urls: Iterable[str]) -> set[str]:
    """Some of those that differ by their last part or their question alone: the others would find nothing else."""
    alike: dict[str, list[str]] = {}
    for url in sorted(urls):
        alike.setdefault("?".join((url.partition("?")[0].rpartition("/")[0], "" if "?" in url else "-")), []).append(
            url
        )
    return {url for group in alike.values() for url in group[:: 1 + len(group) // MOST_ALIKE]}


@pytest.fixture(scope="session")
def crawled(app: Flask) -> dict[str, Visited]:
    """Pages within three clicks of home, by address without fragment: all kinds, and some of each."""
    client, found, front = app.test_client(), dict[str, Visited](), {"/"}
    for _ in range(DEPTH + 1):
        for url in sorted(front):
            with client.get(url, headers={"Accept": "text/html"}) as answer:
                found[url] = Visited(url, answer.status_code, answer.text if answer.mimetype == "text/html" else "")
        reached = {urldefrag(link)[0] for url in front for link in found[url].links} - set(found)
        queries = ("/sparql?", "/sparql/examples/", "/sparql/examples.", "/history/")
        asked = ("/map/cell?", "/compare?", "/what-if?")  # as many as there are pairs of things
        files = ("/references", "/feeds/", "/api/v1", "/data/", "/dumps/gapbridge-", "/dumps/SHA", "/dumps/index")
        apart = (*queries, *asked, *files)
        # tested elsewhere, as are data
        front = _sample(
            url
            for url in reached
            if not (url.startswith(apart) or url.endswith(".rdfp") or VIEW.match(url) or cut(url)[1])
        )
    return found
