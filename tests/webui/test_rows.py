"""What a page shows is what its query gives, row for row."""

from __future__ import annotations

from html import unescape

from flask.testing import FlaskClient

from kg.namespaces import thing
from kg.queries import causes, list_of, of_source, sources, sources_of, tactics
from webui.addresses import href
from webui.base import Opened
from webui.contexts.source import PAGE_SIZE


def test_lists_hold_all(opened: Opened, client: FlaskClient) -> None:
    reader = opened.reader
    lists = {
        "/": [row.cause for row in causes(reader)],
        "/tactics": [row.tactic for row in tactics(reader)],
        "/sources": [row.source for row in sources(reader)],
        "/frameworks": [row.thing for row in list_of(reader, "Framework")],
        "/outcomes": [row.thing for row in list_of(reader, "Outcome")],
    }
    for url, things in lists.items():
        text = client.get(url).text
        assert [iri for iri in things if f'href="{href(iri)}"' not in text] == []


def test_parts_of_a_source_hold_each_claim_once(opened: Opened, client: FlaskClient) -> None:
    iri = thing("source", "hudson-2019")
    claims = of_source(opened.reader, iri)["assertedIn"]
    shown: list[str] = []
    for part in range(1, len(claims) // PAGE_SIZE + 2):
        read = client.get(f"{href(iri)}?part={part}").text.partition('id="read"')[2]
        shown += [href(claim) for claim in claims if f'<p class="gist"><a href="{href(claim)}">' in read]
    assert sorted(shown) == sorted(map(href, claims))


def test_tactic_shows_its_sources_with_their_meaning(opened: Opened, client: FlaskClient) -> None:
    iri = thing("tactic", "collaborative-design-forums")
    text = unescape(client.get(href(iri)).text)
    for row in sources_of(opened.reader, iri):
        assert row.meaning in text
        assert f'href="{href(row.source)}"' in text
