"""No page weighs much on the way, with the site's own styles and scripts.

Apart from them stand the fonts, which are fetched once and kept, and the libraries that draw graphs and edit queries.
"""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.webui.page_support import Visited
from tests.webui.site_pages import SITE, SitePage

MOST = 100_000
"""Bytes."""
LIBRARIES = ("/static/vis-network.min.js", "/static/vendor/yasgui.")
FONTS = (
    "/static/vendor/atkinson-hyperlegible-next.woff2",
    "/static/vendor/atkinson-hyperlegible-next-italic.woff2",
)
MOST_FONTS = 75_000


def packed(client: FlaskClient, address: str, encoding: str) -> int:
    with client.get(address, headers={"Accept": "text/html", "Accept-Encoding": encoding}) as answer:
        return len(answer.data)


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("seen", SITE, ids=lambda seen: seen.name)
def test_a_page_with_its_styles_and_scripts_is_small(client: FlaskClient, seen: SitePage, encoding: str) -> None:
    html = client.get(seen.address, headers={"Accept": "text/html"}).text
    loaded = {address for address in Visited(seen.address, seen.status, html).loaded if not address.startswith("#")}
    own = {address for address in loaded if address.startswith("/static/")}
    own = {address for address in own if not address.startswith((*LIBRARIES, *FONTS))}
    assert sum(packed(client, address, encoding) for address in {seen.address, *own}) < MOST


def test_fonts_are_small_and_kept(client: FlaskClient) -> None:
    sizes = []
    for font in FONTS:
        with client.get(font) as answer:
            sizes.append(len(answer.data))
            assert "max-age=604800" in answer.headers["Cache-Control"]
    assert sum(sizes) < MOST_FONTS
