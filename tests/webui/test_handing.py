"""Programs hand in for a person: reviewed like anything else, refused in words, never live by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kg.accounts.token import CONTRIBUTE, UPDATE
from kg.accounts.tokens import Tokens
from kg.settings import Settings
from tests import people_support
from tests.people_support import add_person, signed_in
from webui.stored import database
from webui.views.handing import LARGEST

IDEA = """
@prefix gap: <https://w3id.org/gapbridge/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/gapbridge/id/notion/handed-idea> a gap:Notion , skos:Concept ; skos:prefLabel "Handed idea"@en ;
  skos:definition "An idea that a program hands in."@en ;
  skos:inScheme <https://w3id.org/gapbridge/id/scheme/notion> ;
  skos:topConceptOf <https://w3id.org/gapbridge/id/scheme/notion> .
"""


@pytest.fixture(scope="module")
def site(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with people_support.site(seeded, str(tmp_path_factory.mktemp("people"))) as made:
        yield made


def secret(site: Flask, right: str = CONTRIBUTE, role: str = "contributor") -> str:
    with site.app_context():
        account = add_person(database(), role)
        return Tokens(database(), site.extensions["gapbridge.database"].settings.data).create_for(
            account, "t", (right,)
        )


def send(site: Flask, text: str = IDEA, title: str = "An idea", **more: str) -> TestResponse:
    headers = {"Content-Type": "text/turtle", "Accept": "application/json", **more}
    return site.test_client().post("/contribute/rdf", query_string={"title": title}, data=text, headers=headers)


def bearer(site: Flask, **more: str) -> str:
    return "Bearer " + secret(site, **more)


def test_what_is_handed_in_waits_for_a_reviewer_and_is_not_live(site: Flask) -> None:
    answer = send(site, Authorization=bearer(site))
    assert (answer.status_code, answer.json["state"]) == (201, "submitted")
    page = signed_in(site, "reviewer").get(answer.headers["Location"])
    assert (page.status_code, "Handed idea" in page.text) == (200, True)
    assert site.test_client().get("/id/notion/handed-idea.ttl").status_code == 404


@pytest.mark.parametrize(
    ("given", "status"),
    [({}, 401), ({"Authorization": "Bearer gapbridge_no"}, 401), ({"Authorization": "Basic eDp5"}, 401)],
)
def test_nobody_hands_in_without_a_token(site: Flask, given: dict[str, str], status: int) -> None:
    assert send(site, **given).status_code == status


def test_the_right_to_change_is_not_the_right_to_hand_in(site: Flask) -> None:
    assert send(site, Authorization=bearer(site, right=UPDATE, role="administrator")).status_code == 403


@pytest.mark.parametrize(
    ("text", "title", "status", "words"),
    [
        (IDEA, " ", 400, "title"),
        (IDEA, "x" * 201, 400, "200 letters"),
        ("a b", "x", 400, ":1:"),
        ("", "x", 400, "all of this already"),
        (IDEA.replace("handed-idea> a", "handed-idea> skos:note [] ; a"), "x", 400, "Blank nodes"),
        (IDEA.replace("notion/handed-idea", "revision/1"), "x", 422, "never changed"),
    ],
)
def test_what_cannot_be_reviewed_is_refused_in_words(
    site: Flask, text: str, title: str, status: int, words: str
) -> None:
    answer = send(site, text, title, Authorization=bearer(site))
    assert (answer.status_code, words in answer.text) == (status, True), answer.text


def test_what_is_too_large_is_refused_before_it_is_read(site: Flask) -> None:
    assert send(site, "#" * (LARGEST + 1), Authorization=bearer(site)).status_code == 413


def test_statements_deep_in_statements_are_refused_before_they_are_parsed(site: Flask) -> None:
    """Some thousands in one another would end the process."""
    deep = "<a:a> <a:b> " + "<<( <a:a> <a:b> " * 101 + "1" + " )>>" * 101 + " ."
    answer = send(site, deep, Authorization=bearer(site))
    assert (answer.status_code, "more than 100 times" in answer.json["detail"]) == (400, True)


def test_it_is_turtle_or_nothing(site: Flask) -> None:
    assert send(site, Authorization=bearer(site), **{"Content-Type": "application/rdf+xml"}).status_code == 415
