"""Revisions can be listed, looked at and compared, and things seen as they stood."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg.contributing import load_files
from kg.settings import Settings
from webui import create_app

NOTION = """
PREFIX gap: <https://w3id.org/gapbridge/ns#>
PREFIX id: <https://w3id.org/gapbridge/id/>
PREFIX notion: <https://w3id.org/gapbridge/id/notion/>
PREFIX scheme: <https://w3id.org/gapbridge/id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
notion:quite-new a gap:Notion ; skos:inScheme scheme:notion ;
  skos:prefLabel "{name}"@en ; skos:definition "Something <b>{said}</b>."@en .
"""


@pytest.fixture(scope="module")
def past(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A base in whose second revision a notion came, and in whose third it changed."""
    folder = tmp_path_factory.mktemp("past")
    shutil.copytree(seeded.data, folder / "base", ignore=shutil.ignore_patterns("dumps"))
    settings = replace(seeded, data=folder / "base")
    for said in ("once", "since"):
        path = Path(folder / "notion.ttl")
        path.write_text(NOTION.format(name="Quite new", said=said), encoding="utf-8")
        load_files(settings, [path], f"A notion, {said}")
    app = create_app(settings)
    app.testing = True
    return app.test_client()


def test_all_revisions_are_listed_newest_first(past: FlaskClient) -> None:
    text = past.get("/revisions").text
    places = [text.index(f'<a href="/revision/{number}">') for number in (3, 2, 1)]
    assert places == sorted(places)
    assert "A notion, since" in text


def test_a_revision_tells_what_it_changed_in_words_and_as_rdf(past: FlaskClient) -> None:
    text = past.get("/revision/3").text
    assert "<del>" in text
    assert "Something &lt;b&gt;once&lt;/b&gt;." in text
    assert "Something &lt;b&gt;since&lt;/b&gt;." in text
    assert "D &lt;https://w3id.org/gapbridge/id/notion/quite-new&gt;" in text
    assert '<a href="/history/notion/quite-new">' in text


def test_the_record_of_a_revision_is_given_as_it_was_written(past: FlaskClient) -> None:
    answer = past.get("/revision/2.rdfp")
    assert answer.mimetype == "application/rdf-patch"
    assert answer.text.startswith("H id ")


def test_a_thing_is_shown_as_it_stood(past: FlaskClient) -> None:
    text = past.get("/history/notion/quite-new?at=2").text
    assert "Something &lt;b&gt;once&lt;/b&gt;." in text.partition('id="since"')[0]
    assert "was not there" in past.get("/history/notion/quite-new?at=1").text


def test_two_revisions_are_compared_either_way(past: FlaskClient) -> None:
    forwards = past.get("/compare/revisions?from=1&to=3").text
    assert "New." in forwards
    assert "once" not in forwards.partition("<footer")[0].partition('id="entries"')[2]
    assert "Taken out." in past.get("/compare/revisions?from=3&to=1").text


def test_two_revisions_of_one_thing_are_compared(past: FlaskClient) -> None:
    text = past.get("/compare/revisions?from=2&to=3&thing=notion/quite-new").text
    assert "Something &lt;b&gt;once&lt;/b&gt;." in text
    assert past.get("/compare/revisions?from=2&to=3&thing=notion/never-was").status_code == 404


def test_what_a_history_tells_leads_to_the_thing_as_it_stood(past: FlaskClient) -> None:
    assert "/history/notion/quite-new?at=2" in past.get("/history/notion/quite-new").text


@pytest.mark.parametrize(
    "address",
    [
        "/revision/0",
        "/revision/99",
        "/revision/99.rdfp",
        "/revision/3?part=9",
        "/revisions?part=9",
        "/history/notion/quite-new?at=0",
        "/history/notion/quite-new?at=99",
        "/history/notion/quite-new?at=-1",
        "/history/notion/quite-new?at=two",
        "/history/notion/quite-new?at=" + "9" * 30,
        "/history/notion/quite-new?part=7",
        "/history/notion/never-was?at=1",
        "/compare/revisions?from=1&to=99",
        "/compare/revisions?from=x&to=1",
        "/compare/revisions?from=1&to=2&thing=two%20words/<b>",
    ],
)
def test_a_number_that_names_nothing_is_told_in_words(past: FlaskClient, address: str) -> None:
    answer = past.get(address)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


def test_a_load_too_large_to_be_told_is_not_read(past: FlaskClient) -> None:
    assert "too large to be told entry by entry" in past.get("/revision/1").text
