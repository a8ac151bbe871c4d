"""Undoing and withdrawing are handed in, looked at by another, and then hold everywhere."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.settings import Settings
from tests import people_support
from tests.people_support import signed_in

CLAIM = "claim/gold-weak-units-d3e57c69"


@pytest.fixture(scope="module")
def site(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("amending")
    shutil.copytree(seeded.data, folder / "base", ignore=shutil.ignore_patterns("dumps"))
    (folder / "people").mkdir()
    with people_support.site(replace(seeded, data=folder / "base"), str(folder / "people")) as made:
        yield made


@pytest.fixture
def contributor(site: Flask) -> FlaskClient:
    return signed_in(site)


@pytest.fixture
def reviewer(site: Flask) -> FlaskClient:
    return signed_in(site, "reviewer")


def accepted(reviewer: FlaskClient, address: str) -> int:
    """Let a contribution in; gives the revision it made."""
    text = reviewer.get(address).text
    version = re.search(r'name="version" value="(\d+)"', text)
    assert version
    answer = reviewer.post(address.partition("?")[0], data={"do": "accept", "version": version[1], "text": ""})
    assert answer.status_code == 303, answer.text
    newest = re.search(r'<a href="/revision/(\d+)">', reviewer.get("/revisions").text.partition("<table")[2])
    assert newest
    return int(newest[1])


def page(client: FlaskClient, path: str) -> tuple[int, str]:
    answer = client.get(path, headers={"Accept": "text/html"})
    return answer.status_code, answer.text


def test_a_claim_is_withdrawn_answers_with_its_story_and_comes_back_by_an_undo(
    site: Flask, contributor: FlaskClient, reviewer: FlaskClient
) -> None:
    sent = contributor.post(f"/withdraw/{CLAIM}", data={"why": "It was <b>misread</b>.", "along": "yes"})
    assert sent.status_code == 303, sent.text
    assert page(contributor, f"/id/{CLAIM}")[0] == 200
    made = accepted(reviewer, sent.location)
    status, text = page(site.test_client(), f"/id/{CLAIM}")
    assert status == 410
    assert "It was &lt;b&gt;misread&lt;/b&gt;." in text
    assert f'<a href="/revision/{made}">' in text
    assert f"/history/{CLAIM}?at={made - 1}" in text
    again = reviewer.post(f"/undo?revision={made}", data={"why": "It was read well."})
    assert again.status_code == 303, again.text
    accepted(signed_in(site, "reviewer"), again.location)
    assert page(site.test_client(), f"/id/{CLAIM}")[0] == 200
    refused = reviewer.get(f"/undo?revision={made}")
    assert "undone already" in refused.text


def test_what_cannot_stand_without_a_thing_is_told_before(contributor: FlaskClient) -> None:
    text = contributor.get("/withdraw/tactic/action-research").text
    assert "What cannot stand without it" in text
    refused = contributor.post("/withdraw/tactic/action-research", data={"why": "It is no tactic."})
    assert refused.status_code == 422
    assert "It is no tactic." in refused.text
    assert "withdraw them as well" in refused.text


def test_a_withdrawal_without_a_reason_comes_back_filled(contributor: FlaskClient) -> None:
    refused = contributor.post(f"/withdraw/{CLAIM}", data={"why": "", "instead": "claim/never-was", "along": "yes"})
    assert refused.status_code == 422
    assert 'value="claim/never-was"' in refused.text
    assert "Say why" in refused.text


def test_only_reviewers_undo_and_only_whom_we_know_withdraws(site: Flask, contributor: FlaskClient) -> None:
    assert contributor.get("/undo?revision=2").status_code == 403
    assert site.test_client().get(f"/withdraw/{CLAIM}").status_code in (302, 303)


@pytest.mark.parametrize("asked", ["revision=0", "revision=99", "revision=x", "", "revision=1"])
def test_what_cannot_be_undone_is_told(reviewer: FlaskClient, asked: str) -> None:
    assert reviewer.get(f"/undo?{asked}").status_code == (400 if asked == "revision=1" else 404)
