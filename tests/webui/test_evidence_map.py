"""The evidence map as a page: the same cells as the interface for programs, marks that keep apart what must be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kg.evidence_map import map_causes, map_sources
from kg.namespaces import ID, gap
from kg.queries import about, query
from kg.store import text_of
from webui.addresses import href
from webui.assets import STATIC
from webui.base import Opened
from webui.contexts.evidence_map import MapCell, MapPage, map_page
from webui.contexts.map_cell import cell_page
from webui.contexts.rings import ring

MAPS = (("causes", "phases"), ("causes", "tactics"), ("causes", "outcomes"), ("sources", "causes"))
axes = pytest.mark.parametrize(("rows", "columns"), MAPS)
TRACKING = "/map/cell?rows=causes&columns=phases&row=dispersed-governance&column=tracking"


def cells(page: MapPage) -> dict[tuple[str, str], MapCell]:
    """The cells by the addresses of row and column."""
    return {
        (row.link.href, column.href): cell
        for row in page.rows
        for column, cell in zip(page.columns, row.cells, strict=True)
    }


def answered(client: FlaskClient, rows: str, columns: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The same from the interface for programs, without what nothing is recorded for."""
    found = client.get(f"/api/v1/map?rows={rows}&columns={columns}").get_json()
    return {(href(row["head"]["iri"]), href(c["column"])): c for row in found["rows"] for c in row["cells"]}


@axes
def test_page_and_interface_agree(opened: Opened, client: FlaskClient, rows: str, columns: str) -> None:
    page, answer = cells(map_page(opened, rows, columns)), answered(client, rows, columns)
    assert {place for place, cell in answer.items() if cell["claims"]} <= set(page) <= set(answer)
    for place, cell in page.items():
        same = answer[place]
        squares = {square.kind: int(square.number) for square in cell.squares}
        wanted = {"inferred": same["inferred"], "by-phase": same["byPhase"], "against": same["citedAgainst"]}
        assert squares == {kind: number for kind, number in wanted.items() if number}
        told = sum(same["stances"].values()) if rows == "sources" else same["independent"]
        assert (int(cell.ring.number) if cell.ring else 0) == told
        assert (cell.kind == "gap") == (same["missing"] == "nothing-recorded")
        assert bool(cell.ring) == any(same["stances"].values())


@axes
def test_claims_are_those_of_the_query(opened: Opened, rows: str, columns: str) -> None:
    across = {"phases": "SupportPhase", "tactics": "Tactic", "outcomes": "Outcome"}.get(columns)
    asked = query("map_of_causes").bind(across=gap(across)) if across else query("map_of_sources").text
    found: dict[tuple[str, str], set[str]] = {}
    for row in opened.reader.select(asked):
        place = text_of(row["row"]), text_of(row["column"])
        found.setdefault(place, set()).add(text_of(row["claim"]))
    made = map_sources(opened.reader) if rows == "sources" else map_causes(opened.reader, columns)
    assert {place: set(cell.claims) for place, cell in made.cells.items() if cell.claims} == found


@axes
def test_every_claim_of_a_cell_stands_in_one_of_its_groups(opened: Opened, rows: str, columns: str) -> None:
    made = map_sources(opened.reader) if rows == "sources" else map_causes(opened.reader, columns)
    for cell in made.cells.values():
        groups = (cell.told, cell.inferences, cell.placings, cell.challenged)
        assert {claim for group in groups for claim in group} == set(cell.claims)
        assert not set(cell.told) & set(cell.inferences)
        assert sum(cell.stances.values()) == len(cell.told)


@axes
def test_what_is_left_out_is_empty_and_named(opened: Opened, rows: str, columns: str) -> None:
    page = map_page(opened, rows, columns)
    made = map_sources(opened.reader) if rows == "sources" else map_causes(opened.reader, columns)
    drawn = {row.link.href for row in page.rows} | {column.href for column in page.columns}
    left = {link.href for link in page.left_out}
    assert left | drawn == {href(thing) for thing in (*made.rows, *made.columns)}
    assert not left & drawn
    assert all(not cell.claims for ends, cell in made.cells.items() if {href(end) for end in ends} & left)
    assert bool(left) == bool(page.left_words)


def test_every_cell_says_in_words_what_it_shows(client: FlaskClient) -> None:
    text = client.get("/map").text
    assert "Dispersed governance, Tracking: 1 independent source: 1 claim speaks for it" in text
    assert "Dispersed governance, Support: no independent sources; 2 claims inferred by a curator" in text
    assert "Dispersed governance, Review: nothing recorded" in text


def test_rows_can_be_linked_to(client: FlaskClient) -> None:
    assert '<th scope="row" id="dispersed-governance">' in client.get("/map?rows=causes&columns=phases").text


def test_tactics_stand_under_their_phases(opened: Opened) -> None:
    page = map_page(opened, "causes", "tactics")
    assert [group.label for group in page.groups][:4] == ["Preparation", "Tracking", "Support", "Review"]
    assert sum(group.span for group in page.groups) == len(page.columns)


@pytest.mark.parametrize("rows", ["causes", "sources"])
def test_links_of_the_map_lead_somewhere(client: FlaskClient, rows: str) -> None:
    hrefs = set(re.findall(r'<td[^>]*><a href="([^"]+)"', client.get(f"/map?rows={rows}").text))
    assert len(hrefs) >= 16
    assert {client.get(unescape(found)).status_code for found in sorted(hrefs)[::3]} == {200}


def test_map_is_offered_as_data(client: FlaskClient) -> None:
    text = client.get("/map?columns=outcomes").text
    assert 'href="/data/map_of_causes.csv?across=gap:Outcome"' in text
    assert 'href="/api/v1/map?rows=causes&amp;columns=outcomes"' in text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("rows=tactics", "Causes or sources can stand down the map, not “tactics”"),
        ("columns=sources", "With causes down, one of these stands across: phases, tactics, outcomes"),
        ("rows=sources&columns=phases", "With sources down, only causes stand across"),
    ],
)
def test_a_map_that_does_not_exist_is_told(client: FlaskClient, asked: str, told: str) -> None:
    answer = client.get(f"/map?{asked}")
    assert answer.status_code == 400
    assert told in answer.text


def test_cell_holds_its_claims_in_groups(client: FlaskClient) -> None:
    text = client.get(TRACKING).text
    assert "What documents state" in text
    assert "Taken from a table of the source" in text
    assert "All that is stated comes from one independent source." in text
    assert "What a curator inferred" not in text


def test_cell_keeps_inferences_apart(client: FlaskClient) -> None:
    text = client.get(TRACKING.replace("tracking", "support")).text
    assert "What a curator inferred" in text
    assert "No document states a link between the two." in text
    assert "What documents state" not in text


def test_empty_cell_says_what_that_means(client: FlaskClient) -> None:
    text = client.get(TRACKING.replace("tracking", "review")).text
    assert "Nothing is recorded here" in text
    assert "That is no proof that there is nothing" in text


def test_cell_of_a_source_holds_its_claims_about_the_cause(opened: Opened) -> None:
    page = cell_page(opened, ("sources", "causes"), "source/hudson-2019", "dispersed-governance")
    shown = {card.href for group in page.groups for card in group.claims}
    assert shown
    assert shown <= {href(claim) for claim in about(opened.reader, ID + "failure-cause/dispersed-governance")}


def test_a_source_is_not_blamed_for_being_one(client: FlaskClient) -> None:
    text = client.get("/map/cell?rows=sources&columns=causes&row=nao-2013&column=overly-optimistic-expectations").text
    assert "13 stated claims" in text
    assert "one independent source" not in text


def test_no_such_row_offers_those_there_are(client: FlaskClient) -> None:
    answer = client.get(TRACKING.replace("dispersed-governance", "nowhere"))
    assert answer.status_code == 404
    assert "Dispersed governance" in answer.text


STANCES = st.dictionaries(
    st.sampled_from(["supports", "conditional", "describes", "cautions", "disputes", "gap"]),
    st.integers(1, 60),
    min_size=1,
)


@given(stances=STANCES, number=st.integers(0, 80), size=st.sampled_from([34, 44, 76, 120]))
def test_a_ring_is_whole_and_stays_in_its_box(stances: Mapping[str, int], number: int, size: int) -> None:
    drawn = ring(stances, number, size)
    numbers = [[float(n) for n in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", arc.path)] for arc in drawn.arcs]
    assert all(-0.01 <= value <= size + 0.01 for values in numbers for value in values)
    ends = [point for arc in drawn.arcs for point in (arc.path.split("A")[0][1:], arc.path.split(" ")[-2:])]
    assert len({arc.side for arc in drawn.arcs}) == len(drawn.arcs)
    first = tuple(map(float, ends[0].split(" ")))  # type: ignore[union-attr]
    last = tuple(map(float, ends[-1]))
    assert abs(first[0] - last[0]) + abs(first[1] - last[1]) < 0.05


@given(one=st.integers(0, 20), more=st.integers(1, 20))
def test_more_sources_never_draw_a_smaller_ring(one: int, more: int) -> None:
    def radius(number: int) -> float:
        return float(re.findall(r"A([\d.]+) ", ring({"supports": 1}, number, 76).arcs[0].path)[0])

    assert radius(one) <= radius(one + more)


def test_sides_have_patterns_of_their_own() -> None:
    """Never colour alone: each stretch has a dash pattern, the one for support is solid."""
    style = (STATIC / "map.css").read_text(encoding="utf-8")
    found = dict(re.findall(r"\.side-(\w+) \{[^}]*?(?:dasharray: ([\d. ]+))? \}", style))
    assert set(found) == {"for", "telling", "against", "gap"}
    assert found.pop("for") == ""
    assert len(set(found.values()) - {""}) == 3
