"""Long lists in parts: each entry in one of them, counted before they are fetched, the first of very many in one go."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from kg.queries import sources, tactics
from webui.addresses import href
from webui.base import Opened
from webui.contexts import home, lists
from webui.contexts import sources as listed
from webui.contexts.paging import Part


@pytest.mark.parametrize(
    ("count", "wanted", "now", "told"),
    [
        (5, 1, 1, ""),
        (0, 1, 1, ""),
        (25, 1, 1, "1 to 10 of 25"),
        (25, 3, 3, "21 to 25 of 25"),
        (25, 9, 3, "21 to 25 of 25"),
    ],
)
def test_a_part_says_which_entries_it_has_where_there_are_more(count: int, wanted: int, now: int, told: str) -> None:
    part = Part(count, 10, wanted)
    assert (part.now, part.told) == (now, told)
    assert part.of(range(count)) == list(range(part.start, min(part.start + 10, count)))


def test_of_very_many_parts_the_first_the_last_and_those_around_are_linked() -> None:
    links = Part(1000, 10, 50).links("/list?part=")
    assert [link.label for link in links] == ["1", *map(str, range(47, 54)), "100"]
    assert [link.label for link in links if link.current] == ["50"]
    assert Part(10, 10, 1).links("/list?part=") == ()


@pytest.mark.parametrize("address", ["/sources", "/tactics"])
def test_the_parts_of_a_list_hold_each_entry_once(
    opened: Opened, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(listed, "PAGE_SIZE", 25)
    monkeypatch.setattr(lists, "_TACTICS", 25)
    every = {
        "/sources": [row.source for row in sources(opened.reader)],
        "/tactics": [r.tactic for r in tactics(opened.reader)],
    }
    shown: list[str] = []
    for part in range(1, -(-len(every[address]) // 25) + 1):
        text = client.get(f"{address}?part={part}&small=1").text
        assert f"of {len(every[address])}" in text
        entry = r'<th scope="row"><a href="([^"]+)"' if address == "/sources" else r'<h3><a href="([^"]+)"'
        shown += re.findall(entry, text)
    assert shown == [href(iri) for iri in every[address]]


def test_home_counts_all_tactics_of_a_phase_though_it_lists_the_first(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = re.compile(r'<summary>[^<]+ <span class="quiet">\((\d+) tactics\)')
    whole = counted.findall(client.get("/").text)
    monkeypatch.setattr(home, "_TACTICS", 5)
    few = client.get("/?few").text
    assert counted.findall(few) == whole
    assert re.search(r">\d+ more</a>", few)
