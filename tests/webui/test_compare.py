"""Comparing: what is shared is said to be shared, and what cannot be compared is told."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kg.namespaces import thing
from kg.queries import addressing, neighbours, sources_of, summaries, things_by_source, warnings
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.compare import ComparePage, compare_page
from webui.contexts.comparing import Entry, Row, mark_shared, row
from webui.contexts.page import Link
from webui.words import SOURCE_HEADINGS, SUPPORT_ORDER

TACTICS = ("tactic/two-way-communication", "tactic/collaborative-design-forums", "tactic/support-where-needed")
CAUSES = ("dispersed-governance", "overly-optimistic-expectations")
SOURCES = ("source/gold-2017", "source/gold-2014", "source/hudson-2019", "source/ilott-2016")


def at(page: ComparePage, heading: str) -> Row:
    return next(found for found in page.rows if found.heading == heading)


def entries(found: Row) -> list[list[Entry]]:
    return [[*cell.entries, *cell.more] for cell in found.cells]


def hrefs(found: Row) -> list[set[str]]:
    return [{entry.link.href for entry in cell} for cell in entries(found)]


def iris(names: Sequence[str]) -> list[str]:
    return [thing(*name.split("/", 1)) for name in names]


def test_tactics_by_their_sources(opened: Opened) -> None:
    page, rows = compare_page(opened, TACTICS), sources_of(opened.reader, *iris(TACTICS))
    for name in SUPPORT_ORDER:
        wanted = [
            {href(r.source) for r in rows if (r.thing, short(r.relation)) == (iri, name)} for iri in iris(TACTICS)
        ]
        if any(wanted):
            assert hrefs(at(page, SOURCE_HEADINGS[name])) == wanted


def test_tactics_by_what_the_record_amounts_to(opened: Opened) -> None:
    page, stored = compare_page(opened, TACTICS), summaries(opened.reader, iris(TACTICS))
    told = hrefs(at(page, "What the record amounts to"))
    assert told == [{href(stored[iri].status)} for iri in iris(TACTICS)]
    counts = [{entry.link.label for entry in cell} for cell in entries(at(page, "Counts behind that"))]
    for iri, told_counts in zip(iris(TACTICS), counts, strict=True):
        assert told_counts & {
            f"{stored[iri].supports} claim speaks for it",
            f"{stored[iri].supports} claims speak for it",
        }


def test_cautions_come_first_and_are_all_there(opened: Opened) -> None:
    page, found = compare_page(opened, TACTICS), warnings(opened.reader, iris(TACTICS))
    assert page.rows[0].heading == "Cautions and gaps"
    assert found
    assert hrefs(page.rows[0]) == [{href(w.claim) for w in found if w.thing == iri} for iri in iris(TACTICS)]


def test_causes_by_their_tactics_and_phases(opened: Opened) -> None:
    page, both = compare_page(opened, CAUSES), [thing("failure-cause", slug) for slug in CAUSES]
    wanted = [{href(r.tactic) for r in addressing(opened.reader, iri)} for iri in both]
    assert hrefs(at(page, "Tactics held to address it")) == wanted
    edges = neighbours(opened.reader, both)
    phases = [{href(e.other) for e in edges if (e.thing, short(e.relation)) == (iri, "respondsTo")} for iri in both]
    assert hrefs(at(page, "Has set against it")) == phases


def test_sources_by_what_they_bear_on(opened: Opened) -> None:
    page, born = compare_page(opened, SOURCES), things_by_source(opened.reader, iris(SOURCES))
    found = at(page, "Cited, or speaking from experience, in support of")
    supported = [b for b in born if short(b.relation) == "supportedBy"]
    assert hrefs(found) == [{href(b.thing) for b in supported if b.source == iri} for iri in iris(SOURCES)]
    assert at(page, "Kind of evidence").verdict == "partly"


def test_sources_of_one_group_are_told(opened: Opened) -> None:
    page = compare_page(opened, SOURCES[:2])
    assert at(page, "Counts as one with others of").verdict == "same"
    assert "Counts as one with others of" in page.shared


def test_same_and_different_are_said_in_words(client: FlaskClient) -> None:
    text = client.get("/compare?thing=two-way-communication&thing=intermediary-bodies").text
    assert "<strong>The same for all:</strong> What the record amounts to, Phase of policy support" in text
    assert "None recorded, which is no proof that there is none" in text
    assert '<span class="verdict">The same</span>' in text


def test_names_as_people_type_them(opened: Opened) -> None:
    page = compare_page(opened, ["Intermediary bodies", "two-way-communication", "", "tactic/intermediary-bodies"])
    assert [column.value for column in page.columns] == ["tactic/intermediary-bodies", "tactic/two-way-communication"]
    assert page.rows


def test_a_thing_can_be_taken_out(client: FlaskClient) -> None:
    text = client.get("/compare?thing=source/gold-2017&thing=source/gold-2014").text
    assert 'class="putback" href="/compare?thing=source/gold-2014"' in text
    assert '<input type="hidden" name="thing" value="source/gold-2017">' in text


def test_one_alone_asks_for_another_of_its_kind(client: FlaskClient) -> None:
    answer = client.get("/compare?thing=gold-2017")
    assert answer.status_code == 200
    assert "Choose another source to hold beside “Gold 2017”." in answer.text
    assert '<option value="Gold 2014">' in answer.text
    assert '<option value="Intermediary bodies">' not in answer.text


def test_none_shows_where_to_begin(client: FlaskClient) -> None:
    text = client.get("/compare").text
    assert "The first one decides whether tactics, causes or sources are compared" in text
    assert "The four causes" in text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("thing=gold-2017&thing=intermediary-bodies", "These are sources and tactics."),
        ("thing=gold-2017&thing=intermediary-bodies", "Only things of one kind can be compared"),
        ("&".join(f"thing={n}" for n in (*SOURCES, "source/weaver-2009")), "These are 5; up to 4 fit side by side"),
        ("thing=gold-2017&thing=gold-2071", "Nothing here is called “gold-2071”"),
        ("thing=gold-2017&thing=policy/care-act-2014", "is neither a tactic nor a cause nor a source"),
    ],
)
def test_what_cannot_be_compared_is_told(client: FlaskClient, asked: str, told: str) -> None:
    answer = client.get(f"/compare?{asked}")
    assert answer.status_code == 422
    assert told in answer.text
    assert "Take out" in answer.text
    assert '<table class="compare">' not in answer.text


def test_a_slip_offers_what_comes_near(client: FlaskClient) -> None:
    text = client.get("/compare?thing=gold-2017&thing=gold-2071").text
    assert 'href="/id/source/gold-2014"' in text
    assert 'value="gold-2071"' in text


CELLS = st.lists(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8), min_size=2, max_size=4)


def made(cells: list[list[str]]) -> list[list[Entry]]:
    return [[Entry(Link(name, f"/{name}")) for name in cell] for cell in cells]


@given(cells=CELLS)
def test_a_row_never_calls_the_same_what_differs(cells: list[list[str]]) -> None:
    found = row("x", list("abcd")[: len(cells)], made(cells))
    sets = [set(cell) for cell in cells]
    has_common = any(a & b for n, a in enumerate(sets) for b in sets[n + 1 :])
    assert (found.verdict == "same") == (any(sets) and all(one == sets[0] for one in sets))
    assert (found.verdict == "differs") == (any(sets) and not has_common)
    assert (found.verdict == "") == (not any(sets))


@given(cells=CELLS)
def test_marking_loses_nothing_and_counts_right(cells: list[list[str]]) -> None:
    for names, marked in zip(cells, mark_shared(made(cells)), strict=True):
        assert sorted(names) == sorted(entry.link.label for entry in marked)
        for entry in marked:
            times = sum(entry.link.label in cell for cell in cells)
            assert (entry.shared == "only here") == (times == 1)
            assert (entry.shared in ("in both", f"in all {len(cells)}")) == (times == len(cells))
