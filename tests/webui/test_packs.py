"""The pages of packs, the mark on what came with one, and what administrators can do."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.cataloguing import dump_named, dumps_of
from kg.contributing import PROJECT, commit, open_base
from kg.packs import add
from kg.settings import Settings
from kg.store import pack_graph
from tests.packs.packs_support import example
from tests.people_support import signed_in
from webui import create_app

STRATEGY = "/id/crosswalk-strategy/feedback-loops"
GRAPH = pack_graph(example().iri).value


@pytest.fixture(scope="module")
def site(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A site whose base has the worked example added."""
    folder = tmp_path_factory.mktemp("packs") / "base"
    shutil.copytree(seeded.data, folder, ignore=shutil.ignore_patterns("dumps"))
    settings = replace(seeded, data=folder)
    commit(settings, add(open_base(settings), example(), PROJECT).change)
    app = create_app(settings)
    app.testing = True
    return app


@pytest.fixture
def reader(site: Flask) -> FlaskClient:
    return site.test_client()


def test_all_packs_are_listed_with_what_they_are(reader: FlaskClient) -> None:
    page = reader.get("/packs").text
    assert '<a href="/packs/crosswalk">Example: a crosswalk to another list of strategies</a>' in page
    assert "On: shown apart, counts for nothing" in page
    assert page.count("Part of the base") == 6


def test_a_pack_says_what_it_brings_and_what_that_counts_for(reader: FlaskClient) -> None:
    page = reader.get("/packs/crosswalk").text
    assert "Feedback loops (example)" in page
    assert "counted neither for nor against anything" in page
    assert "Licence: https://creativecommons.org/licenses/by/4.0/" in page
    assert "Remove it" not in page


def test_a_pack_of_the_base_itself_has_its_own_page(reader: FlaskClient) -> None:
    answer = reader.get("/packs/hudson-2019")
    assert (answer.status_code, answer.location) == (303, "/id/pack/hudson-2019")
    assert reader.get("/packs/nowhere").status_code == 404


def test_what_came_with_a_pack_says_so_on_its_own_page(reader: FlaskClient) -> None:
    page = reader.get(STRATEGY).text
    assert re.search(r"</h1>\s*<p class=\"prose from-pack\">", page)
    assert "stands as mapped" in page


@pytest.mark.parametrize("path", ["/id/failure-cause/dispersed-governance", "/tactics", "/coverage"])
def test_what_came_with_a_pack_is_marked_wherever_it_is_named(reader: FlaskClient, path: str) -> None:
    page = reader.get(path).text
    main = re.sub(r"<nav\b.*?</nav>", "", page[page.index("<main") :], flags=re.DOTALL)
    links = re.findall(rf'<a [^>]*href="{STRATEGY}"[^>]*>.*?</a>(.{{0,60}})', main, re.DOTALL)
    assert links
    assert all('<span class="tag from-pack">pack crosswalk</span>' in after for after in links)


def test_without_added_packs_nothing_is_marked(client: FlaskClient) -> None:
    assert "from-pack" not in client.get("/id/failure-cause/dispersed-governance").text


def test_its_graph_can_be_taken_whole(reader: FlaskClient) -> None:
    for path in ("/graph/pack-crosswalk.nt", f"/graph-store?graph={GRAPH}"):
        text = reader.get(path, headers={"Accept": "application/n-triples"}).text
        assert "crosswalk-strategy/feedback-loops" in text
        assert "/source/hudson-2019> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" not in text
    assert reader.get("/graph-store?graph=https://w3id.org/gapbridge/graph/pack-nowhere").status_code == 404


def test_its_graph_has_a_dump_and_is_described(reader: FlaskClient) -> None:
    assert "-pack-crosswalk.ttl.gz" in reader.get("/dumps/").text
    assert GRAPH in reader.get("/sparql", headers={"Accept": "text/turtle"}).text
    found = dump_named("gapbridge-2-pack-crosswalk.ttl.gz")
    assert found
    assert found[1] in dumps_of([GRAPH])
    assert found[1].graph == GRAPH


PATHS = "/path?from=crosswalk-strategy/feedback-loops&to=failure-cause/dispersed-governance"


@pytest.mark.parametrize(("weakest", "found"), [("pack-mapping", True), ("by-phase", False), ("as-stated", False)])
def test_paths_by_a_pack_are_left_out_by_what_is_firmer(reader: FlaskClient, weakest: str, found: bool) -> None:
    page = reader.get(f"{PATHS}&weakest={weakest}", headers={"Accept": "text/html"}).text
    assert ("the weakest step is mapped by a pack of data" in page) is found


def test_a_source_of_a_pack_is_compared_and_taken_away_like_others_and_marked(reader: FlaskClient) -> None:
    mark = '<span class="tag from-pack">pack crosswalk</span>'
    compared = reader.get("/compare?thing=crosswalk-strategy/feedback-loops&thing=tactic/two-way-communication").text
    assert mark in compared
    assert "Held to address" in compared
    gone = reader.get("/what-if?without=crosswalk-example").text
    assert mark in gone


@pytest.fixture
def administrator(site: Flask) -> FlaskClient:
    return signed_in(site, "administrator")


def mark(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(csrf_token|base)" value="([^"]*)"', page[page.index("<main") :])
    return dict(found)


def test_an_administrator_switches_a_pack_off_and_on(administrator: FlaskClient) -> None:
    asked = administrator.get("/packs/crosswalk/off")
    assert "24 things would go." in asked.text
    done = administrator.post("/packs/crosswalk/off", data=mark(asked.text))
    assert (done.status_code, done.location) == (303, "/packs/crosswalk")
    assert administrator.get(STRATEGY).status_code in (404, 410)
    assert "Off: kept, not shown" in administrator.get("/packs").text
    on = administrator.get("/packs/crosswalk/on").text
    assert administrator.post("/packs/crosswalk/on", data=mark(on)).status_code == 303
    assert administrator.get(STRATEGY).status_code == 200


def test_what_was_seen_before_a_change_is_shown_anew(administrator: FlaskClient) -> None:
    sent = mark(administrator.get("/packs/crosswalk/off").text) | {"base": "1"}
    answer = administrator.post("/packs/crosswalk/off", data=sent)
    assert answer.status_code == 409
    assert "The base has changed since you looked" in answer.text
    assert administrator.get(STRATEGY).status_code == 200


def test_nobody_else_can_switch_a_pack(site: Flask, reader: FlaskClient) -> None:
    assert reader.get("/packs/crosswalk/off").location.startswith("/sign-in")
    assert signed_in(site, "reviewer").get("/packs/crosswalk/off").status_code == 403


def test_a_forged_form_switches_nothing(administrator: FlaskClient) -> None:
    del administrator.environ_base["HTTP_X_CSRFTOKEN"]
    assert administrator.post("/packs/crosswalk/off", data={"base": "2"}).status_code == 400
    assert administrator.get(STRATEGY).status_code == 200
