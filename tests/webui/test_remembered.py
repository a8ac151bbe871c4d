"""A page that was made once is given again as it was until the data change, to whoever asks for just that."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg.contributing import load_files
from kg.settings import Settings, read_settings
from webui import create_app
from webui.contexts import cause

CAUSE = "/id/failure-cause/dispersed-governance"
TACTIC = "/id/tactic/intermediary-bodies"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"GAPBRIDGE_DATA": str(tmp_path / "base")})


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The causes whose pages were made, not remembered."""
    found: list[str] = []
    real = cause.phases_against

    def counted(reader, thing, part):
        found.append(thing)
        return real(reader, thing, part)

    monkeypatch.setattr(cause, "phases_against", counted)
    return found


@pytest.fixture
def visitor(seeded: Settings) -> FlaskClient:
    """The first visitor of a program that has just started."""
    return create_app(seeded).test_client()


def test_the_second_visitor_gets_the_same_page_without_its_being_made(visitor: FlaskClient, made: list[str]) -> None:
    first, second = visitor.get(CAUSE), visitor.get(CAUSE)
    assert len(made) == 1
    assert second.data == first.data
    own = {"Date": "", "X-Request-ID": ""}  # of each answer
    assert {**second.headers, **own} == {**first.headers, **own}


@pytest.mark.parametrize(
    "headers", [{"Accept": "text/turtle"}, {"Accept-Encoding": "gzip"}, {"Host": "elsewhere.example"}], ids=str
)
def test_who_asks_for_something_else_gets_that(visitor: FlaskClient, headers: dict[str, str]) -> None:
    page, other = visitor.get(TACTIC), visitor.get(TACTIC, headers=headers)
    assert other.content_type.startswith(headers.get("Accept", "text/html"))
    assert other.headers.get("Content-Encoding", "") == headers.get("Accept-Encoding", "")
    assert page.get_etag() == other.get_etag() or "Accept" in headers


def test_a_browser_that_holds_it_is_told_so(visitor: FlaskClient) -> None:
    page = visitor.get(CAUSE)
    again = visitor.get(CAUSE, headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_new_revision_makes_it_anew(settings: Settings, made: list[str], tmp_path: Path) -> None:
    site = create_app(settings)
    visitor = site.test_client()
    visitor.get(TACTIC)
    visitor.get(CAUSE)
    before = site.extensions["gapbridge.pages"].size
    file = tmp_path / "more.ttl"
    file.write_text(
        """PREFIX gap: <https://w3id.org/gapbridge/ns#>
        PREFIX id: <https://w3id.org/gapbridge/id/>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX foaf: <http://xmlns.com/foaf/0.1/>
        <https://w3id.org/gapbridge/id/agent/newcomer> a prov:Agent ; foaf:name "Newcomer" .
        """
    )
    load_files(settings, [file], "A newcomer")
    assert "Revision 2 of the data" in visitor.get(CAUSE).text
    assert len(made) == 2
    assert site.extensions["gapbridge.pages"].size < before, "what is of revision 1 does not stay"


def test_what_is_missing_is_not_remembered(visitor: FlaskClient) -> None:
    assert visitor.get("/id/tactic/none").status_code == visitor.get("/id/tactic/none").status_code == 404
