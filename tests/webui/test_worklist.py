"""The page of the work lists: every list with its rows, empty ones too."""

from __future__ import annotations

from dataclasses import replace

import html5rdf
import pytest
from flask.testing import FlaskClient

from kg.queries import WORKLISTS, worklist
from tests.webui.page_support import Visited
from webui.addresses import href
from webui.base import Opened
from webui.contexts import lists
from webui.contexts.lists import worklist_page


def test_page_holds_the_rows_of_the_query(opened: Opened) -> None:
    page = worklist_page(opened)
    shown = [(g.anchor, line.link.href, line.link.label, line.why) for g in page.groups for line in g.lines]
    assert shown == [(row.kind, href(row.thing), row.label, row.why) for row in worklist(opened.reader)]
    assert [group.anchor for group in page.groups] == list(WORKLISTS)


def test_page_shows_every_list_and_links_what_is_on_it(client: FlaskClient, opened: Opened) -> None:
    answer = client.get("/worklist")
    assert answer.status_code == 200
    page = Visited("/worklist", 200, answer.text)
    assert page.faults == []
    assert set(page.ids) >= set(WORKLISTS)
    assert set(page.links) >= {href(row.thing) for row in worklist(opened.reader)}
    assert [heading for heading in WORKLISTS.values() if heading not in answer.text] == []
    parser = html5rdf.HTMLParser()
    parser.parse(answer.text)
    assert parser.errors == []


def test_what_it_lists_has_a_page(client: FlaskClient, opened: Opened) -> None:
    addresses = {href(row.thing) for row in worklist(opened.reader)}
    assert {address for address in addresses if client.get(address).status_code != 200} == set()


def test_an_empty_list_is_said(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "WORK", replace(lists.WORK, name="nothing", ask=lambda whole, only: []))
    assert client.get("/worklist?again").text.count("Nothing is to be done here.") == len(WORKLISTS)


def test_every_page_links_to_it(client: FlaskClient) -> None:
    assert '<a href="/worklist">' in client.get("/gaps").text.partition("<footer>")[2]
