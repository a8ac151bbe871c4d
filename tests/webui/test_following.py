"""Who is signed in follows a thing with a button and reads what is new; readers see none of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.contributing import commit
from kg.namespaces import PREFIXES, thing
from kg.settings import Settings
from kg.store import Change, Literal, NamedNode, place
from tests import people_support
from tests.people_support import signed_in

TACTIC = "tactic/action-research"


@pytest.fixture(scope="module")
def settings(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("following") / "base"
    shutil.copytree(seeded.data, folder, ignore=shutil.ignore_patterns("dumps"))
    return replace(seeded, data=folder)


@pytest.fixture(scope="module")
def site(settings: Settings) -> Iterator[Flask]:
    with people_support.site(settings, str(settings.data.parent)) as made:
        yield made


@pytest.fixture
def here(site: Flask) -> FlaskClient:
    return signed_in(site)


def test_a_thing_is_followed_from_its_history_and_its_news_are_read(
    site: Flask, here: FlaskClient, settings: Settings
) -> None:
    assert "Follow this" in here.get(f"/history/{TACTIC}").text
    assert "Follow this" not in site.test_client().get(f"/history/{TACTIC}").text
    answer = here.post("/follow", data={"kind": "thing", "what": TACTIC})
    assert (answer.status_code, answer.location) == (303, f"/history/{TACTIC}")
    assert "You follow this" in here.get(f"/history/{TACTIC}").text
    me = NamedNode(thing(*TACTIC.split("/")))
    note = place((me, NamedNode(PREFIXES["skos"] + "editorialNote"), Literal("Looked at.", language="en")))
    commit(settings, Change(1, frozenset({note}), message="A <note> on it"))
    text = here.get("/account/notices").text
    assert "A &lt;note&gt; on it" in text
    assert here.post("/account/notices", data={"upto": "2"}).status_code == 303
    text = here.get("/account/notices").text
    assert "A &lt;note&gt; on it" not in text
    end = re.search(r'action="(/unfollow/[0-9a-f]+)"', text)
    assert end
    assert signed_in(site).post(end[1]).status_code == 404
    assert here.post(end[1]).status_code == 303
    assert "You follow nothing yet" in here.get("/account/notices").text


def test_what_cannot_be_followed_is_told(here: FlaskClient) -> None:
    assert here.post("/follow", data={"kind": "thing", "what": "tactic/never-was"}).status_code == 404
    refused = here.post("/follow", data={"kind": "search", "what": " "})
    assert refused.status_code == 422
    assert "Say what to follow" in refused.text
    here.post("/follow", data={"kind": "search", "what": 'budgets "x" <b>'})
    assert "the search for “budgets &#34;x&#34; &lt;b&gt;”" in here.get("/account/notices").text.lower()


def test_nobody_follows_without_an_account(site: Flask) -> None:
    assert site.test_client().get("/account/notices").status_code in (302, 303)
