"""What is chosen of a graph, and the same graph as data, picture, GraphML and list."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

import networkx as nx
import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

from kg.namespaces import ID, local_of, thing
from webui.base import Opened
from webui.contexts.drawing import drawing, graphs
from webui.contexts.things import find
from webui.graphs.build import graph_of
from webui.graphs.choice import MOST_EVER, MOST_UNFOLDED, Choice, graph_place, read_choice
from webui.graphs.chosen import MOST_NEIGHBOURS, chosen
from webui.graphs.data import network_data
from webui.graphs.files import graphml
from webui.graphs.listing import Branch, listed
from webui.graphs.model import Edge, Graph, Node
from webui.graphs.picture import picture

CAUSE = thing("failure-cause", "dispersed-governance")
TRACKING = thing("support-phase", "tracking")
PAGE = "/graph/failure-cause/dispersed-governance"
SVG = "{http://www.w3.org/2000/svg}"
PLACES = (
    PAGE,
    f"{PAGE}?unfold=support-phase/tracking",
    f"{PAGE}?shown=chosen&kind=phase&kind=tactic&relation=respondsTo&relation=inPhase&standing=as-stated&standing=by-table",
    "/graph/outcome/policy-failure",
    "/graph/outcome/policy-failure?unfold=notion/policy-support&unfold=failure-cause/dispersed-governance",
    "/graph/source/hudson-2019?most=30",
    "/path?from=dispersed-governance&to=policy-drift&view=graph",
    "/path?from=care-act-2014&to=policy-failure&length=5&view=graph&unfold=outcome/policy-failure",
)


def file_of(page: str, form: str) -> str:
    path, _, query = page.partition("?")
    return f"{'/path/graph' if path == '/path' else path}.{form}?{query.replace('&view=graph', '')}"


def of_cause(opened: Opened, **choice: object) -> Graph:
    return graphs(opened, find(opened, "failure-cause", "dispersed-governance"), Choice(**choice))[1]  # type: ignore[arg-type]


def told(branches: tuple[Branch, ...], above: str) -> list[tuple[frozenset[str], str]]:
    """Each link of a nested list, as the pair of its ends and its standing."""
    found = []
    for branch in branches:
        found.append((frozenset((above, branch.link.href)), branch.standing.slug if branch.standing else ""))
        found += told(branch.children, branch.link.href)
    return found


# --- The same everywhere ---------------------------------------------------------------------------


@pytest.mark.parametrize("page", PLACES)
def test_picture_graphml_data_and_list_hold_the_same(client: FlaskClient, page: str) -> None:
    data = client.get(file_of(page, "json")).get_json()
    names = {node["id"]: node["name"] for node in data["nodes"]}
    links = Counter((names[edge["from"]], edge["phrase"], names[edge["to"]]) for edge in data["edges"])

    drawn = ElementTree.fromstring(client.get(file_of(page, "svg")).data)
    things = [found.text.partition(": ")[2] for found in drawn.findall(f"{SVG}g[@id='things']/{SVG}g/{SVG}title")]
    assert things == list(names.values())
    titles = [found.text.partition(" (")[0] for found in drawn.findall(f"{SVG}g[@id='links']/{SVG}g/{SVG}title")]
    assert Counter(titles) == Counter(" – ".join(link).partition(" (")[0] for link in links.elements())

    read = nx.read_graphml(io.BytesIO(client.get(file_of(page, "graphml")).data), force_multigraph=True)
    assert {node["iri"]: node["label"] for _, node in read.nodes(data=True)} == names
    assert links == Counter(
        (read.nodes[a]["label"], edge["phrase"], read.nodes[b]["label"]) for a, b, edge in read.edges(data=True)
    )

    listed_part = client.get(page).text.partition('id="list"')[2].partition("</section>")[0]
    assert listed_part.count('<span class="quiet">') - listed_part.count('"quiet">(') == len(data["edges"])
    assert f"{len(names)} thing" in client.get(page).text


@pytest.mark.parametrize("unfolded", [(), (TRACKING,), (TRACKING, thing("tactic", "intermediary-bodies"))])
def test_each_link_stands_in_the_list_once(opened: Opened, unfolded: tuple[str, ...]) -> None:
    graph = of_cause(opened, unfolded=unfolded)
    place = graph_place(CAUSE)
    found = told(listed(graph, Choice(unfolded=unfolded), place), f"/id/{local_of(CAUSE)}")
    wanted = [
        (frozenset((f"/id/{local_of(edge.start)}", f"/id/{local_of(edge.end)}")), edge.standing) for edge in graph.edges
    ]
    assert Counter(found) == Counter(wanted)


@pytest.mark.parametrize("page", [PLACES[1], PLACES[3], PLACES[5]])
def test_the_table_that_the_page_offers_is_what_is_drawn(client: FlaskClient, opened: Opened, page: str) -> None:
    text = client.get(page).text.replace("&amp;", "&")
    link = text.partition('href="/data/graph_links.csv')[2].partition('"')[0]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/data/graph_links.csv{link}").text, newline="")))
    drawn = client.get(file_of(page, "json")).get_json()["edges"]
    pairs = Counter((row["start"], row["relation"].rpartition("#")[2], row["end"]) for row in rows)
    shown = Counter((edge["from"], edge["relation"], edge["to"]) for edge in drawn)
    assert shown == pairs


def test_the_picture_says_what_it_is_and_where_from(client: FlaskClient) -> None:
    answer = client.get(f"{PAGE}.svg")
    assert answer.mimetype == "image/svg+xml"
    drawn = ElementTree.fromstring(answer.data)
    assert drawn.findtext(f"{SVG}title") == "Graph of Dispersed governance"
    words = [text.text or "" for text in drawn.findall(f"{SVG}g[@id='key']/{SVG}text")]
    assert "Stated in the source" in words
    assert words[-1].startswith("Gapbridge, revision 1: http")
    assert words[-1].endswith(PAGE)
    assert "style" not in answer.text, "the content policy would block it"


def test_files_come_as_what_they_are(client: FlaskClient) -> None:
    assert client.get(f"{PAGE}.graphml").mimetype == "application/graphml+xml"
    assert client.get(f"{PAGE}.json").mimetype == "application/json"
    assert client.get(f"{PAGE}.png").status_code == 404
    assert client.get("/path/graph.svg").status_code == 404
    assert client.get("/path/graph.svg?from=dispersed-governance&to=policy-drift&length=1").status_code == 404


# --- Unfolding -------------------------------------------------------------------------------------


def test_unfolding_adds_neighbours_and_folding_up_takes_them_away(opened: Opened, client: FlaskClient) -> None:
    plain = client.get(f"{PAGE}.json").get_json()
    tactic = next(node for node in plain["nodes"] if node["id"] == thing("tactic", "intermediary-bodies"))
    assert (tactic["open"], tactic["fold"]) == (False, f"{PAGE}?unfold=tactic/intermediary-bodies")
    more = client.get(tactic["fold"].replace("?", ".json?")).get_json()
    assert {node["id"] for node in plain["nodes"]} < {node["id"] for node in more["nodes"]}
    opened_tactic = next(node for node in more["nodes"] if node["id"] == tactic["id"])
    assert (opened_tactic["open"], opened_tactic["fold"]) == (True, PAGE)


def test_a_crowd_of_neighbours_is_cut_and_counted(opened: Opened) -> None:
    document = thing("source", "hudson-2019")
    before, after = of_cause(opened), of_cause(opened, unfolded=(document,))
    assert len(after.nodes) == len(before.nodes) + MOST_NEIGHBOURS
    assert after.folded[document] > 0
    item = find(opened, "failure-cause", "dispersed-governance")
    choice = Choice(unfolded=(document,))
    whole, graph = graphs(opened, item, choice)
    view = drawing(whole, graph, choice, graph_place(CAUSE), label="", file="")
    assert view.left_out == (f"“Hudson et al. 2019” has {after.folded[document]} more neighbours that are not shown.",)


def test_only_so_much_is_unfolded_at_a_time() -> None:
    choice = Choice()
    for number in range(MOST_UNFOLDED + 2):
        choice = choice.toggled(f"{ID}tactic/{number}")
    assert len(choice.unfolded) == MOST_UNFOLDED
    assert choice.unfolded[0] == f"{ID}tactic/2"


def test_columns_stay_columns_of_kinds(opened: Opened) -> None:
    graph = of_cause(opened, unfolded=(CAUSE, TRACKING))
    kinds: dict[int, set[str]] = {}
    for node in graph.nodes:
        kinds.setdefault(node.column, set()).add(node.kind)
    assert all(len(found) == 1 for found in kinds.values())


# --- Choosing --------------------------------------------------------------------------------------


def test_kinds_standings_and_links_can_be_chosen(client: FlaskClient) -> None:
    data = client.get(file_of(PLACES[2], "json")).get_json()
    assert {node["group"] for node in data["nodes"]} == {"cause", "phase", "tactic"}
    assert {edge["standing"] for edge in data["edges"]} == {"stated in the source", "taken from a table of the source"}
    assert {edge["relation"] for edge in data["edges"]} == {"respondsTo", "inPhase"}
    text = client.get(PLACES[2]).text
    assert '<input type="checkbox" name="kind" value="tactic" checked>' in text
    assert '<input type="checkbox" name="kind" value="source">' in text


def test_nothing_chosen_leaves_the_thing_itself(client: FlaskClient) -> None:
    data = client.get(f"{PAGE}.json?shown=chosen").get_json()
    assert [node["id"] for node in data["nodes"]] == [CAUSE]
    assert "Nothing that is shown is linked with it." in client.get(f"{PAGE}?shown=chosen").text


def test_what_only_a_hidden_link_reached_is_hidden(opened: Opened) -> None:
    whole = graph_of(opened, CAUSE, (thing("x", "y"),))
    graph = replace(
        whole,
        nodes=tuple(Node(f"{ID}notion/{name}", name, "thing", column, "") for column, name in enumerate("abc")),
        edges=tuple(Edge(f"{ID}notion/{a}", f"{ID}notion/{b}", r, "", "") for a, b, r in ("abr", "bcs")),
        root=f"{ID}notion/a",
        labels={"r": "", "s": ""},
        hidden=frozenset("r"),
    )
    assert [node.label for node in chosen(opened, graph, Choice()).nodes] == ["a"]


def test_more_can_be_seen_of_a_crowd(client: FlaskClient) -> None:
    text = client.get("/graph/source/hudson-2019").text
    assert f"Show up to {MOST_EVER}" in text
    assert len(client.get("/graph/source/hudson-2019.json?most=120").get_json()["nodes"]) == MOST_EVER
    assert len(client.get("/graph/source/hudson-2019.json?most=99999").get_json()["nodes"]) == MOST_EVER
    assert "Only tactics" in text or "Only other things" in text


@pytest.mark.parametrize("most", ["0", "x", "-1", "²", "1e3", "9" * 40])
def test_a_number_that_is_none_is_told(client: FlaskClient, most: str) -> None:
    answer = client.get(PAGE, query_string={"most": most})
    assert answer.status_code == 400
    assert "must be a whole number" in answer.text


@pytest.mark.parametrize("name", ["tactic/none", "none", "/", "a/b/c", "tactic/<b>", "x" * 3000, "tactic/\x00"])
def test_what_is_not_in_the_graph_cannot_be_unfolded(client: FlaskClient, name: str) -> None:
    answer = client.get(f"{PAGE}.json", query_string={"unfold": name})
    assert answer.status_code == 200
    assert len(answer.get_json()["nodes"]) == len(client.get(f"{PAGE}.json").get_json()["nodes"])


def test_unknown_things_have_no_graph(client: FlaskClient) -> None:
    answer = client.get("/graph/failure-cause/dispersed-governence")
    assert answer.status_code == 404
    assert "Dispersed governance" in answer.text


def test_a_choice_is_what_its_address_says() -> None:
    choice = Choice((TRACKING,), frozenset({"tactic"}), frozenset({"inPhase"}), frozenset({"as-stated"}), 30)
    given: dict[str, list[str]] = {}
    for name, value in choice.pairs():
        given.setdefault(name, []).append(value)
    assert read_choice(given) == choice


# --- Hostile names ---------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    "]]><svg onload=x>",
    'a" onload="x',
    "&amp;&lt;",
    "\x00\x0b control",
    "\u202eright to left",
    "x" * 4000,
    "",
)


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_names_stay_text_in_every_form(app: Flask, label: str) -> None:
    root, other = Node(f"{ID}notion/a", label, "thing", 0, label), Node(f"{ID}notion/b", "b", "source", 1, "Source")
    edge = Edge(root.iri, other.iri, "leadsTo", label, label, "as-stated", "gap", "to")
    graph = Graph(root.iri, (root, other), (edge,), {"leadsTo": label})
    with app.test_request_context():
        svg = render_template("graph.svg", picture=picture(graph, label, label))
    parsed = ElementTree.fromstring(svg.encode())
    known = {"svg", "title", "desc", "rect", "g", "path", "text"}
    assert {found.tag.removeprefix(SVG) for found in parsed.iter()} <= known
    assert not [name for found in parsed.iter() for name in found.attrib if name.startswith("on")]
    read = nx.read_graphml(io.BytesIO(graphml(graph)))
    assert set(read.nodes) == {"notion/a", "notion/b"}
    assert read.nodes["notion/b"]["label"] == "b"
    assert json.loads(json.dumps(network_data(graph, Choice(), graph_place(root.iri))))["nodes"][0]["name"] == label
