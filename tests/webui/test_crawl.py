"""All that can be reached from home in three clicks is there, in good form, and comes from this site alone."""

from __future__ import annotations

from urllib.parse import urldefrag, urlsplit

import html5rdf
import pytest
from flask.testing import FlaskClient

from tests.webui.page_support import Visited
from tests.webui.test_pages import SHOWN


def test_every_link_leads_somewhere(crawled: dict[str, Visited]) -> None:
    assert len(crawled) > 300
    assert {page.url: page.status for page in crawled.values() if page.status != 200} == {}


def test_every_fragment_is_there(crawled: dict[str, Visited]) -> None:
    ends = {urldefrag(link) for page in crawled.values() for link in page.links}
    known = [end for end in ends if end.fragment and end.url in crawled]
    assert [end for end in known if end.fragment not in crawled[end.url].ids] == []


def test_nothing_is_loaded_from_elsewhere(crawled: dict[str, Visited]) -> None:
    assert {address for page in crawled.values() for address in page.loaded if urlsplit(address).netloc} == set()


def test_pages_are_well_formed(crawled: dict[str, Visited]) -> None:
    assert {page.url: page.faults for page in crawled.values() if page.faults} == {}
    assert {page.url for page in crawled.values() if page.ids and max(page.ids.values()) > 1} == set()
    assert {page.url for page in crawled.values() if page.tags["h1"] != 1} == set()


def test_titles_tell_what_a_page_is(crawled: dict[str, Visited]) -> None:
    titles = [page.title for page in crawled.values()]
    assert [title for title in titles if title != "Gapbridge" and not title.endswith(" – Gapbridge")] == []


def test_every_page_with_a_query_offers_tables(crawled: dict[str, Visited]) -> None:
    pages = [page for page in crawled.values() if "SELECT" in page.html.partition('<details class="query">')[2]]
    assert len(pages) > 200
    assert [page.url for page in pages if not any(link.startswith("/data/") for link in page.links)] == []


@pytest.mark.parametrize("url", sorted({url for url, _ in SHOWN}))
def test_pages_parse_without_errors(client: FlaskClient, url: str) -> None:
    parser = html5rdf.HTMLParser()
    parser.parse(client.get(url).text)
    assert parser.errors == []
