"""Assistants are always answered from the newest revision."""

from __future__ import annotations

from pathlib import Path

from kg.assisting import Asker, Desk, describe
from kg.contributing import load_files
from kg.settings import Settings

NOTION = """
@prefix gap: <https://w3id.org/gapbridge/ns#> .
@prefix notion: <https://w3id.org/gapbridge/id/notion/> .
@prefix scheme: <https://w3id.org/gapbridge/id/scheme/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
notion:quite-new a skos:Concept , gap:Notion ; skos:inScheme scheme:notion ; skos:topConceptOf scheme:notion ;
  skos:prefLabel "Quite new"@en ; skos:definition "Something that was not there before."@en .
"""
QUERY = "SELECT ?p { <https://w3id.org/gapbridge/id/notion/quite-new> ?p ?o } ORDER BY ?p"


def test_a_new_revision_is_told_of_at_once(fresh: Settings, tmp_path: Path) -> None:
    desk, asker = Desk(fresh), Asker(fresh)
    assert desk.current() is desk.current()
    file = tmp_path / "notion.ttl"
    file.write_text(NOTION, encoding="utf-8")
    before = desk.current().revision
    load_files(fresh, [file], "One more notion")
    told = describe(desk.current(), "quite new")
    assert (told.definition, told.revision) == ("Something that was not there before.", before + 1)
    assert asker.ask(desk.current(), QUERY).rows
    asker.close()
