"""Which form a client gets, by its Accept header or by a suffix."""

from __future__ import annotations

import pytest

from webui.negotiation import GRAPHS, NAMES, PAGE_FIRST, SUFFIXES, best, cut, read_accept

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
TABLE = (
    ("", "text/html"),
    ("*/*", "text/html"),
    ("text/*", "text/html"),
    (BROWSER, "text/html"),
    ("text/turtle", "text/turtle"),
    ("TEXT/Turtle", "text/turtle"),
    ("text/turtle;charset=utf-8", "text/turtle"),
    ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
    ("text/turtle;q=0.9, application/rdf+xml;q=0.8, */*;q=0.1", "text/turtle"),
    ("application/*", "application/n-triples"),
    ("application/json", "application/json"),
    ("application/xml", "application/xml"),
    ("text/html;q=0, */*", "text/turtle"),
    ("text/html;q=0.2, application/n-quads;q=0.3", "application/n-quads"),
    ("application/trig, text/turtle", "text/turtle"),
    ("image/png", ""),
    ("text/turtle;q=0", ""),
)


@pytest.mark.parametrize(("accept", "media"), TABLE)
def test_best_form(accept: str, media: str) -> None:
    assert best(read_accept(accept), PAGE_FIRST) == media


@pytest.mark.parametrize(
    ("name", "stem", "media"),
    [
        ("x.ttl", "x", "text/turtle"),
        ("x.html", "x", "text/html"),
        ("x.y.rdf", "x.y", "application/rdf+xml"),
        ("0.1.0", "0.1.0", ""),
        ("x", "x", ""),
        (".ttl", ".ttl", ""),
        ("x.TTL", "x.TTL", ""),
        ("x.", "x.", ""),
    ],
)
def test_suffix(name: str, stem: str, media: str) -> None:
    assert cut(name) == (stem, media)


def test_every_form_has_a_name_and_a_media_type_of_its_own() -> None:
    assert set(NAMES) == set(SUFFIXES) == set(GRAPHS.values())
    assert SUFFIXES["nt"] == "application/n-triples"
    assert SUFFIXES["rdf"] == "application/rdf+xml"
    assert SUFFIXES["jsonld"] == "application/ld+json"
