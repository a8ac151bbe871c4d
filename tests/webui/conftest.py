"""The pages over a base made of the seed data, and all that a reader can reach from home."""

from __future__ import annotations

import re
from urllib.parse import urldefrag

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.settings import Settings
from tests.webui.page_support import Visited
from webui import create_app
from webui.base import Base, Opened
from webui.negotiation import cut

DEPTH = 3
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


@pytest.fixture(scope="session")
def crawled(app: Flask) -> dict[str, Visited]:
    """Every page within three clicks of home, by address without fragment."""
    client, found, front = app.test_client(), dict[str, Visited](), {"/"}
    for _ in range(DEPTH + 1):
        for url in sorted(front):
            with client.get(url, headers={"Accept": "text/html"}) as answer:
                found[url] = Visited(url, answer.status_code, answer.text if answer.mimetype == "text/html" else "")
        reached = {urldefrag(link)[0] for url in front for link in found[url].links} - set(found)
        alike = [sorted(url for url in reached if url.startswith(start)) for start in ("/id/claim/", "/path?")]
        skipped = {url for urls in alike for url in urls} - {url for urls in alike for url in urls[::6]}  # will do
        queries = ("/sparql?", "/sparql/examples/", "/sparql/examples.", "/history/")
        asked = ("/map/cell?", "/compare?", "/what-if?")  # as many as there are pairs of things
        files = ("/references", "/api/v1", "/data/", "/dumps/gapbridge-", "/dumps/SHA", "/dumps/index")
        apart = (*queries, *asked, *files)
        # tested elsewhere, as are data
        front = {url for url in reached - skipped if not (url.startswith(apart) or VIEW.match(url) or cut(url)[1])}
    return found
