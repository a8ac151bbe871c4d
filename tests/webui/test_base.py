"""The current reader: one for all, and a new one when a revision was published."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kg.contributing import load_files
from kg.settings import Settings
from webui import create_app
from webui.base import Base

NOTION = """
@prefix gap: <https://w3id.org/gapbridge/ns#> .
@prefix notion: <https://w3id.org/gapbridge/id/notion/> .
@prefix scheme: <https://w3id.org/gapbridge/id/scheme/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
notion:quite-new a skos:Concept , gap:Notion ; skos:inScheme scheme:notion ; skos:topConceptOf scheme:notion ;
  skos:prefLabel "Quite new"@en ; skos:definition "Something that was not there before."@en .
"""


def test_threads_share_one_reader(fresh: Settings) -> None:
    base = Base(fresh)
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: id(base.current()), range(32)))
    assert len(found) == 1


def test_new_revision_is_shown_at_once(fresh: Settings, tmp_path: Path) -> None:
    client = create_app(fresh).test_client()
    tag = client.get("/notions").headers["ETag"]
    assert client.get("/id/notion/quite-new").status_code == 404
    file = tmp_path / "notion.ttl"
    file.write_text(NOTION, encoding="utf-8")
    load_files(fresh, [file], "One more notion")
    assert "Something that was not there before" in client.get("/id/notion/quite-new").text
    assert 'href="/id/notion/quite-new"' in client.get("/search?q=quite+new").text
    assert client.get("/search/suggestions?q=quite").get_json()[0]["label"] == "Quite new"
    assert client.get("/notions", headers={"If-None-Match": tag}).status_code == 200
    told = client.get("/about/changes").text
    assert "One more notion" in told
    assert "1 notion new" in told
    assert "No status and no link to a cause changed." in told
    assert '<a href="/id/notion/quite-new">Quite new</a>' in client.get("/about/changes/2", follow_redirects=True).text
