"""A retracted work counts as support for nothing, and whatever rests on it says so."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from kg.contributing import commit, open_base
from kg.exporting import read_references
from kg.namespaces import PREFIXES, gap, thing
from kg.queries import names, summary, works
from kg.queries.claims import referring
from kg.queries.notices import notices
from kg.settings import Settings
from kg.store import Change, Literal, NamedNode, place
from webui import create_app

WORK = thing("source", "jones-2018")
TACTIC = thing("tactic", "separate-tools-for-policy-and-implementation")
NOTICE = "https://doi.org/10.1000/notice"


@pytest.fixture(scope="module")
def retracted(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A base in which the one work cited for a tactic was retracted."""
    folder = tmp_path_factory.mktemp("retracted") / "base"
    shutil.copytree(seeded.data, folder, ignore=shutil.ignore_patterns("dumps"))
    settings = replace(seeded, data=folder)
    said = (
        (gap("publicationStatus"), NamedNode(thing("publication-status", "retracted"))),
        (gap("notice"), NamedNode(NOTICE)),
        (gap("noticeDate"), Literal("2024-05-01", datatype=NamedNode(PREFIXES["xsd"] + "date"))),
    )
    added = frozenset(place((NamedNode(WORK), NamedNode(p), value)) for p, value in said)
    commit(settings, Change(open_base(settings).revision, added))
    return settings


@pytest.fixture(scope="module")
def site(retracted: Settings) -> FlaskClient:
    app = create_app(retracted)
    app.testing = True
    return app.test_client()


def test_it_no_longer_lends_support(seeded: Settings, retracted: Settings) -> None:
    before, after = summary(open_base(seeded), TACTIC), summary(open_base(retracted), TACTIC)
    assert before
    assert after
    assert (before.status, after.status) == tuple(thing("evidence-status", s) for s in ("informed", "proposed"))
    assert (after.supports, after.ruleVersion) == (before.supports, "3")
    supported = open_base(retracted).quads(subject=NamedNode(TACTIC), value=NamedNode(WORK))
    assert gap("supportedBy") not in {quad.predicate.value for quad in supported}


def test_what_became_of_it_is_known_with_its_notice(retracted: Settings) -> None:
    found = notices(open_base(retracted))[WORK]
    assert (found.statusLabel, found.notice, found.date) == ("Retracted", NOTICE, "2024-05-01")


MARK = '</a> <span class="tag became-retracted">Retracted</span>'


def test_every_page_that_names_it_marks_it(retracted: Settings, site: FlaskClient) -> None:
    claim = referring(open_base(retracted), WORK)["backedBy"][0]
    pages = ("/sources", f"/id/claim/{claim.rpartition('/')[2]}", "/id/tactic/" + TACTIC.rpartition("/")[2])
    for page in pages:
        text = site.get(page, headers={"Accept": "text/html"}).text
        assert MARK in text or "(retracted)</a>" in text, page
    assert MARK not in site.get("/id/source/gold-2017", headers={"Accept": "text/html"}).text.partition("<main")[0]


def test_a_tactic_says_how_many_of_its_sources_are_retracted(site: FlaskClient) -> None:
    text = site.get("/id/tactic/" + TACTIC.rpartition("/")[2], headers={"Accept": "text/html"}).text
    assert "sources behind it, one is retracted (Jones" in text


def test_its_own_page_names_the_notice(site: FlaskClient) -> None:
    text = site.get("/id/source/jones-2018", headers={"Accept": "text/html"}).text
    assert f'<a href="{NOTICE}">' in text
    assert "The notice is of 2024-05-01." in text


def test_references_and_tables_carry_the_mark(retracted: Settings, site: FlaskClient) -> None:
    base = open_base(retracted)
    (reference,) = read_references(base, [WORK])
    assert reference.csl["title"].startswith("Retracted: ")
    assert reference.csl["note"].startswith(f"Retracted (notice: 2024-05-01, {NOTICE}).")
    (work,) = {row.workLabel for row in works(base, referring(base, WORK)["backedBy"]) if row.work == WORK}
    assert work.endswith(" (retracted)")
    assert names(base, [WORK]) == {WORK: work}
    line = next(row for row in site.get("/data/sources.csv").text.splitlines() if "source/jones-2018" in row)
    assert ",Retracted," in line


def test_a_page_without_such_works_is_not_touched(seeded: Settings) -> None:
    assert notices(open_base(seeded)) == {}
