"""The pages on how far the evidence reaches: well formed, light enough, and every link on them leads somewhere."""

from __future__ import annotations

import gzip
from urllib.parse import urldefrag

import pytest
from flask import Flask

from tests.webui.page_support import Visited

PAGES = (
    "/map",
    "/map?columns=tactics",
    "/map?columns=outcomes",
    "/map?rows=sources",
    "/map/cell?rows=causes&columns=tactics&row=dispersed-governance&column=tactic/intermediary-bodies",
    "/coverage",
    "/compare",
    "/compare?thing=dispersed-governance&thing=overly-optimistic-expectations",
    "/what-if?without=hudson-2019&without=gold-2017",
)
LARGEST = 100_000
_ELSEWHERE = ("/data/", "/api/", "/sparql?", "/map/cell?", "/id/claim/")
"""Tested with what they belong to."""


@pytest.fixture(scope="module")
def visited(app: Flask) -> dict[str, Visited]:
    client = app.test_client()
    return {url: Visited(url, (got := client.get(url)).status_code, got.text) for url in PAGES}


def test_pages_are_well_formed(visited: dict[str, Visited]) -> None:
    assert {page.url: page.faults for page in visited.values() if page.faults} == {}
    assert {page.url: page.tags["h1"] for page in visited.values() if page.tags["h1"] != 1} == {}
    assert {
        page.url: [i for i, n in page.ids.items() if n > 1] for page in visited.values() if max(page.ids.values()) > 1
    } == {}


def test_pages_are_light(visited: dict[str, Visited]) -> None:
    packed = {url: len(gzip.compress(page.html.encode())) for url, page in visited.items()}
    assert {url: size for url, size in packed.items() if size > LARGEST} == {}


def test_links_lead_somewhere(app: Flask, visited: dict[str, Visited]) -> None:
    client = app.test_client()
    found = {urldefrag(link)[0] for page in visited.values() for link in page.links}
    wanted = sorted(link for link in found if not link.startswith(_ELSEWHERE))[::12]
    assert {link: status for link in wanted if (status := client.get(link).status_code) != 200} == {}


def test_fragments_are_there(visited: dict[str, Visited]) -> None:
    for page in visited.values():
        ends = {link.fragment for link in map(urldefrag, page.links) if link.url == page.url and link.fragment}
        assert ends <= set(page.ids), page.url
