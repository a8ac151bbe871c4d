"""What somebody has proposed and waits: their next claims speak of it, and reviewers take both in together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.settings import Settings
from tests import people_support
from tests.claiming.claiming_support import MINIMAL
from tests.conftest import copied
from tests.people_support import signed_in
from webui.desk import desk

BIB = "@article{a, title = {Quite a new study}, author = {Newcomer, Ann}, year = 2024, journal = {Journal}}"


@pytest.fixture(scope="module")
def app(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("waiting")
    settings = replace(seeded, data=copied(seeded.data, folder / "base"))
    with people_support.site(settings, str(folder)) as made:
        yield made


@pytest.fixture(scope="module")
def anna(app: Flask) -> FlaskClient:
    return signed_in(app, "contributor", "Anna Author")


@pytest.fixture(scope="module")
def source(app: Flask, anna: FlaskClient) -> str:
    """The id of a new source that she has handed in."""
    page = anna.post("/contribute/source", data={"text": BIB}).text
    sent = dict(re.findall(r'<input[^>]*? name="(\w+)"[^>]*? value="([^"]*)"', page))
    sent |= {name: unescape(text) for name, text in re.findall(r'<textarea id="(\w+)"[^>]*>([^<]*)', page)}
    sent |= {"kind": "JournalArticle", "evidence": "not-yet-typed", "reading": "known-by-citation", "go": "submit"}
    assert anna.post("/contribute/source/new", data=sent).status_code == 303
    with app.app_context():
        (row,) = desk().queue().rows
    return row.id


@pytest.fixture(scope="module")
def claim(anna: FlaskClient, source: str) -> str:
    """The id of a claim read in it, handed in on the form."""
    typed = MINIMAL | {"assertedIn": "source/newcomer-2024", "locator": "§2", "gist": "A new study speaks of reviews."}
    answer = anna.post("/contribute/claim", data={"go": "submit", "key": "waiting", "version": "0", **typed})
    found = re.fullmatch(r"/review/(\w+)\?done=submit", answer.headers.get("Location", ""))
    assert found, re.findall(r'(?s)class="summary".*?</div>', answer.text)
    return found[1]


def test_it_is_found_in_the_form_by_its_author_alone(app: Flask, anna: FlaskClient, source: str) -> None:
    asked = "/contribute/things?for=assertedIn&q=newcomer"
    assert [one["value"] for one in anna.get(asked).json] == ["source/newcomer-2024"]
    assert anna.get(asked).json[0]["kind"] == "Proposed by you, not accepted yet"
    assert signed_in(app).get(asked).json == []
    assert "/contribute/claim?source=newcomer-2024" in anna.get(f"/review/{source}").text
    assert "Newcomer 2024" in anna.get("/contribute/claim?source=newcomer-2024").text


def test_another_one_who_adds_it_is_shown_that_it_waits_already(app: Flask, source: str) -> None:
    page = signed_in(app).post("/contribute/source", data={"text": BIB}).text
    assert "Newcomer 2024 (waits for review)" in page
    assert f"/review/{source}" not in page  # which is for its author and reviewers
    assert f"/review/{source}" in signed_in(app, "reviewer").post("/contribute/source", data={"text": BIB}).text


def test_a_reviewer_takes_in_both_or_neither(app: Flask, source: str, claim: str) -> None:
    ben = signed_in(app, "reviewer", "Ben Checker")
    page = ben.get(f"/review/{claim}").text
    assert "refers to what its author has proposed" in page
    assert f'href="/review/{source}">Newcomer 2024' in page
    assert "The checks find nothing" in page
    assert 'value="accept"' not in page
    versions = dict(re.findall(r'name="(version|beside)" value="([^"]+)"', page))
    alone = ben.post(f"/review/{claim}", data={"do": "accept", "version": versions["version"]})
    assert alone.status_code == 409
    assert "Accept that first, or both together" in alone.text
    done = ben.post(f"/review/{claim}", data={"do": "accept-with", **versions})
    assert (done.status_code, done.location) == (303, f"/review/{claim}?done=accept-with")
    with app.app_context():
        assert {desk().get(id).state for id in (source, claim)} == {"accepted"}
    assert ben.get("/id/source/newcomer-2024", headers={"Accept": "text/html"}).status_code == 200
