"""The graph's data: what it holds, where it stands, how each link is drawn."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from typing import Any

import pytest
from flask.testing import FlaskClient

from kg.namespaces import ID, gap, thing
from kg.queries import neighbours, path
from webui.base import Opened
from webui.contexts.things import find
from webui.graphs.build import graph_of
from webui.graphs.choice import MOST_THINGS, Choice
from webui.graphs.chosen import chosen
from webui.graphs.model import FOLLOWS, NODE_KINDS, STANDINGS
from webui.words import SUPPORT_ORDER

CAUSE = "/graph/failure-cause/dispersed-governance"


ALL_LINKS = "shown=chosen&" + "&".join(
    [f"kind={slug}" for slug in NODE_KINDS]
    + [f"standing={slug}" for slug in (*STANDINGS, FOLLOWS)]
    + [f"relation={slug}" for slug in ("respondsTo", "inPhase", "addresses", *SUPPORT_ORDER)]
)


@pytest.fixture
def data(client: FlaskClient) -> dict[str, Any]:
    """With the works of the context, which are hidden at first."""
    return client.get(f"{CAUSE}.json?{ALL_LINKS}&most=120").get_json()


def test_links_are_the_rows_of_path(opened: Opened, data: dict[str, Any]) -> None:
    rows = path(opened.reader, thing("failure-cause", "dispersed-governance"))
    wanted = {(row.tactic, row.relation.rpartition("#")[2], row.source) for row in rows if row.source}
    drawn = {(edge["from"], edge["relation"], edge["to"]) for edge in data["edges"]}
    assert wanted <= drawn
    assert {relation for _, relation, _ in drawn - wanted} == {"respondsTo", "inPhase", "addresses"}


def test_shapes_tell_kinds_apart(data: dict[str, Any]) -> None:
    shapes = {(node["group"], node["shape"]) for node in data["nodes"]}
    assert shapes == {("cause", "hexagon"), ("phase", "ellipse"), ("tactic", "box"), ("source", "box")}


def test_lines_tell_standings_apart(data: dict[str, Any]) -> None:
    dashes = {edge["relation"]: edge["dashes"] for edge in data["edges"]}
    assert dashes["inPhase"] is False
    assert len({str(dashes[name]) for name in ("inPhase", "respondsTo", "addresses", "contextualWork")}) == 4


def test_what_is_no_support_is_not_drawn_as_support(data: dict[str, Any]) -> None:
    apart = [e["stance"] for e in data["edges"] if e["relation"] in {"recommendedIn", "contextualWork", "relatedWork"}]
    assert set(apart) == {"quiet"}


def test_columns_do_not_overlap(data: dict[str, Any]) -> None:
    columns = defaultdict(list)
    for node in data["nodes"]:
        columns[node["x"]].append(node["y"])
    for rows in columns.values():
        assert all(below - above >= 45 for above, below in zip(sorted(rows), sorted(rows)[1:], strict=False))
        assert rows == sorted(rows)


def test_tactic_is_joined_with_its_cause_by_phase(client: FlaskClient) -> None:
    edges = client.get("/graph/tactic/intermediary-bodies.json").get_json()["edges"]
    by_phase = [edge for edge in edges if edge["relation"] == "addresses"]
    assert [edge["dashes"] for edge in by_phase] == [[6, 5]]


def test_crowd_is_cut_and_counted(opened: Opened, client: FlaskClient) -> None:
    graph = chosen(opened, graph_of(opened, ID + "source/hudson-2019", ()), Choice())
    assert len(graph.nodes) == MOST_THINGS
    assert sum(graph.left_out.values()) == len(graph_of(opened, graph.root, ()).nodes) - MOST_THINGS
    text = client.get("/graph/source/hudson-2019").text
    assert f"{graph.left_out['thing']} other things" in text
    assert "See the rest" in text


def test_neighbourhood_holds_all_neighbours(opened: Opened) -> None:
    item = find(opened, "outcome", "policy-failure")
    rows = [row for row in neighbours(opened.reader, [item.iri]) if row.relation != gap("backedBy")]
    assert {row.other for row in rows} <= {node.iri for node in graph_of(opened, item.iri, item.classes).nodes}


def test_pages_do_not_wait_for_pyvis() -> None:
    code = "import sys, webui; webui.create_app(); sys.exit('pyvis' in sys.modules or 'IPython' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
