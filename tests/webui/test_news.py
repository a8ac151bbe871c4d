"""Releases have pages, and news come as Atom that any reader takes (RFC 4287)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kg.contributing import commit, open_base
from kg.errors import BadInput
from kg.importing.marking import Announced, mark
from kg.namespaces import thing
from kg.queries.releases import changed_answers
from kg.releases import release
from kg.settings import Settings
from kg.store import Change
from webui import create_app
from webui.feeds import ATOM, Entry, Feed, write

WORK = thing("source", "jones-2018")
A = f"{{{ATOM}}}"


@pytest.fixture(scope="module")
def released(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A base with a release, a change, and another release."""
    folder = tmp_path_factory.mktemp("released")
    shutil.copytree(seeded.data, folder / "base", ignore=shutil.ignore_patterns("dumps"))
    settings = replace(seeded, data=folder / "base")
    assert release(settings, "2026.1") == 2
    base = open_base(settings)
    added, removed = mark(base, WORK, Announced("retracted", "https://example.org/notice"))
    commit(settings, Change(base.revision, added, removed, message="One <work> & its mark"))
    assert release(settings, "2026.2", "A work less.") == 4
    return settings


@pytest.fixture(scope="module")
def site(released: Settings) -> Iterator[FlaskClient]:
    app = create_app(released)
    app.testing = True
    with app.test_client() as client:
        yield client


def test_a_release_tells_the_answers_that_changed(released: Settings) -> None:
    base = open_base(released)
    assert changed_answers(base, thing("release", "2026-1")) == []
    told = changed_answers(base, thing("release", "2026-2"))
    assert (
        "Evidence status of Different tools and measures for policy and implementation: informed became proposed."
        in told
    )
    assert any(line.startswith("“") and "rows came" in line for line in told)


def test_a_release_is_never_changed_and_has_a_name(released: Settings) -> None:
    with pytest.raises(BadInput, match="already"):
        release(released, "2026.1")
    for name in ("", "two words", "../x", "x" * 41):
        with pytest.raises(BadInput, match="such as"):
            release(released, name)


def test_releases_have_pages_that_say_how_to_cite_them(site: FlaskClient) -> None:
    assert '<a href="/releases/2026-2">2026.2</a>' in site.get("/releases").text
    text = site.get("/releases/2026-2").text
    assert "informed became proposed" in text
    assert "Data set, release 2026.2, revision 4" in text
    assert "/compare/revisions?from=2&amp;to=4" in text
    assert site.get("/releases/never").status_code == 404


def test_the_description_of_the_data_set_names_the_release(site: FlaskClient) -> None:
    assert "release 2026.2, revision 4" in site.get("/dataset.ttl").text


def checked(text: bytes) -> ElementTree.Element:
    """A feed with all that RFC 4287, §4.1, asks of one."""
    root = ElementTree.fromstring(text)
    assert root.tag == f"{A}feed"
    for at in (root, *root.iter(f"{A}entry")):
        for name in ("id", "title", "updated"):
            assert len(at.findall(f"{A}{name}")) == 1, name
        assert (at.findtext(f"{A}author/{A}name") or "").strip()
        assert at.find(f"{A}link[@rel='alternate']") is not None
    ids = [entry.findtext(f"{A}id") for entry in root.iter(f"{A}entry")]
    assert len(set(ids)) == len(ids)
    assert root.find(f"{A}link[@rel='self']") is not None
    return root


@pytest.mark.parametrize(
    ("address", "ids"),
    [
        ("/feeds/changes.atom", [f"revision/{number}" for number in (4, 3, 2, 1)]),
        ("/feeds/releases.atom", ["release/2026-2", "release/2026-1"]),
        ("/feeds/of/source/jones-2018.atom", [f"revision/{number}#source/jones-2018" for number in (3, 1)]),
    ],
)
def test_feeds_are_atom_with_ids_that_stay(site: FlaskClient, address: str, ids: list[str]) -> None:
    answer = site.get(address)
    assert answer.mimetype == "application/atom+xml"
    root = checked(answer.data)
    found = [entry.findtext(f"{A}id") for entry in root.iter(f"{A}entry")]
    assert found == [f"https://w3id.org/gapbridge/id/{name}" for name in ids]
    assert site.get(address).data == answer.data


def test_pages_lead_to_their_feed(site: FlaskClient) -> None:
    for page, feed in (
        ("/revisions", "/feeds/changes.atom"),
        ("/releases", "/feeds/releases.atom"),
        ("/id/source/jones-2018", "/feeds/of/source/jones-2018.atom"),
    ):
        head = site.get(page, headers={"Accept": "text/html"}).text.partition("</head>")[0]
        assert f'<link rel="alternate" type="application/atom+xml" href="{feed}"' in head
    assert site.get("/feeds/of/tactic/never-was.atom").status_code == 404


@given(st.text(), st.text())
def test_whatever_is_told_is_well_formed(title: str, text: str) -> None:
    root = checked(write(Feed("urn:x", title, "/f", "/p", [Entry("urn:y", title, "", text, "/e", text)])))
    assert len(list(root.iter(f"{A}entry"))) == 1
