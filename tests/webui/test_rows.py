"""What a page shows is what its query gives, row for row."""

from __future__ import annotations

from html import unescape

import pytest
from flask.testing import FlaskClient

from kg.namespaces import thing
from kg.queries import about, addressing, causes, in_part, list_of, of_source, path, sources, sources_of, tactics
from webui.addresses import href
from webui.base import Opened
from webui.contexts.cause import cause_page
from webui.contexts.source import PAGE_SIZE
from webui.contexts.things import find

CAUSES = (
    "dispersed-governance",
    "inadequate-collaborative-policymaking",
    "overly-optimistic-expectations",
    "vagaries-of-the-political-cycle",
)


@pytest.mark.parametrize("slug", CAUSES)
def test_cause_holds_the_rows_of_path(opened: Opened, slug: str) -> None:
    page = cause_page(opened, find(opened, "failure-cause", slug))
    rows = path(opened.reader, thing("failure-cause", slug))
    wanted = {(href(row.phase), href(row.tactic), href(row.source)) for row in rows if row.source}
    shown = {
        (phase.link.href, tactic.link.href, line.link.href)
        for phase in page.phases
        for tactic in phase.tactics
        for group in tactic.sources
        for line in group.sources
    }
    assert shown == wanted
    counted = sum(len(g.sources) for p in page.phases for t in p.tactics for g in t.sources)
    assert counted == len([row for row in rows if row.source])


@pytest.mark.parametrize("slug", CAUSES)
def test_cause_names_every_tactic_that_addresses_it(opened: Opened, slug: str) -> None:
    page = cause_page(opened, find(opened, "failure-cause", slug))
    shown = [(tactic.link.href, way.slug) for phase in page.phases for tactic in phase.tactics for way in tactic.ways]
    shown += [(tactic.link.href, tactic.standing.slug) for tactic in page.others]
    rows = addressing(opened.reader, thing("failure-cause", slug))
    assert sorted(tactic for tactic, _ in set(shown)) == sorted(href(row.tactic) for row in rows)


def test_claims_of_a_cause(opened: Opened, client: FlaskClient) -> None:
    iri = thing("failure-cause", "dispersed-governance")
    named, nearby = client.get(href(iri)).text.partition('id="claims"')[2].split('id="nearby"')
    assert named.count('<article class="claim') == len(about(opened.reader, iri))
    assert nearby.count('<li><a href="/id/claim/') == len(in_part(opened.reader, iri))


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
