"""What goes wrong is told on a plain page, with where to go on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg.errors import GapbridgeError
from kg.settings import Settings
from webui import create_app
from webui.errors import STATUS


def test_unknown_thing_names_the_nearest(client: FlaskClient) -> None:
    answer = client.get("/id/tactic/intermediary-bodie")
    assert answer.status_code == 404
    assert 'href="/id/tactic/intermediary-bodies"' in answer.text


def test_unknown_address(client: FlaskClient) -> None:
    answer = client.get("/dispersed-governanc")
    assert answer.status_code == 404
    assert "Dispersed governance" in answer.text


def test_unknown_graph(client: FlaskClient) -> None:
    assert client.get("/graph/tactic/none.json").status_code == 404


@pytest.mark.parametrize("url", ["/graph/tactic/intermediary-bodies?most=ten", "/id/source/hudson-2019?part=-1"])
def test_number_that_is_none(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 400
    assert "must be a whole number" in answer.text


@pytest.mark.parametrize("slug", ["a b", 'x"y', "x>y", "%7C", "<b>"])
def test_name_that_can_be_no_address(client: FlaskClient, slug: str) -> None:
    assert client.get(f"/id/tactic/{slug}").status_code in {400, 404}


def test_unknown_end_of_a_path(client: FlaskClient) -> None:
    answer = client.get("/path?from=dispersed-governrance&to=policy-drift")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "Dispersed governance" in answer.text


def test_ambiguous_end_of_a_path(client: FlaskClient) -> None:
    answer = client.get("/path?from=Support&to=policy-drift")
    assert answer.status_code in {200, 422}


def test_folder_that_holds_something_else(tmp_path: Path, seeded: Settings) -> None:
    (tmp_path / "letter.txt").write_text("private")
    answer = create_app(replace(seeded, data=tmp_path)).test_client().get("/")
    assert answer.status_code == 503
    assert "holds files but no evidence base" in answer.text
    assert "Content-Security-Policy" in answer.headers


def test_every_error_has_a_status() -> None:
    assert STATUS[-1][0] is GapbridgeError
    for place, (kind, _, _) in enumerate(STATUS):
        assert not any(issubclass(kind, earlier) for earlier, _, _ in STATUS[:place])
