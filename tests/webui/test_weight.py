"""No page weighs much on the way, with all that it loads but the libraries that draw graphs and edit queries."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.webui.page_support import Visited
from tests.webui.site_pages import SITE, SitePage

MOST = 100_000
"""Bytes."""
LIBRARIES = ("/static/vis-network.min.js", "/static/vendor/yasgui.")
ITALIC = "/static/vendor/atkinson-hyperlegible-next-italic.woff2"


def packed(client: FlaskClient, address: str, encoding: str) -> int:
    with client.get(address, headers={"Accept": "text/html", "Accept-Encoding": encoding}) as answer:
        return len(answer.data)


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("seen", SITE, ids=lambda seen: seen.name)
def test_a_page_with_all_it_loads_is_small(client: FlaskClient, seen: SitePage, encoding: str) -> None:
    html = client.get(seen.address, headers={"Accept": "text/html"}).text
    loaded = {address for address in Visited(seen.address, seen.status, html).loaded if not address.startswith("#")}
    own = {address for address in loaded if address.startswith("/static/") and not address.startswith(LIBRARIES)}
    own |= {ITALIC} if "<cite" in html else set()
    assert sum(packed(client, address, encoding) for address in {seen.address, *own}) < MOST
