"""What pages say of themselves to reference managers and crawlers, read as those read it."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.exporting import read_references
from kg.namespaces import BASE, gap, thing
from webui import structured
from webui.base import Opened

SOURCE = "/id/source/hudson-2019"
OTHERS = (
    "/", "/about", "/sources", "/tactics", "/policies", "/id/failure-cause/dispersed-governance",
    "/id/tactic/action-research", "/id/claim/gold-weak-units-d3e57c69", "/id/scheme/matland-type",
    "/id/policy/care-act-2014", "/search?q=targets",
)  # fmt: skip


class Head(HTMLParser):
    """A page as a translator reads it: its tags, its context objects, its blocks of data."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: list[tuple[str, str]] = []
        self.coins: list[str] = []
        self.canonical: list[str] = []
        self.blocks: list[str] = []
        self._in_block = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta" and "name" in found:
            self.meta.append((found["name"], found["content"]))
        if tag == "link" and found.get("rel") == "canonical":
            self.canonical.append(found["href"])
        if tag == "span" and found.get("class") == "Z3988":
            self.coins.append(found["title"])
        self._in_block = tag == "script" and found.get("type") == "application/ld+json"
        if self._in_block:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self._in_block:
            self.blocks[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._in_block = False

    def all(self, name: str) -> list[str]:
        return [content for found, content in self.meta if found == name]

    @property
    def told(self) -> dict[str, Any]:
        (block,) = self.blocks
        found: dict[str, Any] = json.loads(block)
        assert found.pop("@context") == "https://schema.org"
        return found


def head(client: FlaskClient, url: str) -> Head:
    return Head(client.get(url).text)


def test_zotero_finds_the_article_in_the_embedded_metadata(client: FlaskClient) -> None:
    """`citation_*` tags give a journal article with every field that the record holds."""
    page = head(client, SOURCE)
    item = {
        "itemType": "journalArticle" if page.all("citation_journal_title") else "",
        "title": page.all("citation_title"),
        "creators": [tuple(name.split(", ")) for name in page.all("citation_author")],
        "date": page.all("citation_publication_date"),
        "publicationTitle": page.all("citation_journal_title"),
        "DOI": page.all("citation_doi"),
    }
    assert item == {
        "itemType": "journalArticle",
        "title": ["Policy failure and the policy-implementation gap: can policy support programs help?"],
        "creators": [("Hudson", "Bob"), ("Hunter", "David"), ("Peckham", "Stephen")],
        "date": ["2019"],
        "publicationTitle": ["Policy Design and Practice"],
        "DOI": ["10.1080/25741292.2018.1540378"],
    }
    assert page.all("DC.title") == page.all("citation_title")


def test_zotero_finds_a_report_in_the_context_object(client: FlaskClient) -> None:
    (title,) = head(client, "/id/source/gold-2017").coins
    found = parse_qs(title, strict_parsing=True)
    assert found["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:book"]
    assert (found["rft.genre"], found["rft.au"], found["rft.date"]) == (["report"], ["Gold, J."], ["2017"])
    assert found["rft.btitle"] == ["Tracking Delivery Global Trends and Warning Signs in Delivery Units"]


@pytest.mark.parametrize("url", OTHERS)
def test_only_a_source_offers_itself_as_a_reference(client: FlaskClient, url: str) -> None:
    page = head(client, url)
    assert page.coins == []
    assert [name for name, _ in page.meta if name.startswith(("citation_", "DC."))] == []


@pytest.mark.parametrize("url", [SOURCE, *OTHERS])
def test_every_page_describes_itself_once(client: FlaskClient, url: str) -> None:
    (told,) = head(client, url).all("description")
    assert 10 < len(told) <= 300


@pytest.mark.parametrize("url", ["/", SOURCE, "/id/tactic/action-research", "/sources", "/id/scheme/matland-type"])
def test_one_address_for_all_ways_to_show_it(client: FlaskClient, url: str) -> None:
    assert head(client, url).canonical == [url]


def test_a_part_of_a_page_names_the_whole(client: FlaskClient) -> None:
    assert head(client, SOURCE + "?part=2&style=mla").canonical == [SOURCE]
    assert head(client, "/sources?from=2015").canonical == ["/sources"]


def test_home_tells_of_site_and_data(client: FlaskClient) -> None:
    site, data = head(client, "/").told["@graph"]
    assert (site["@type"], data["@type"]) == ("WebSite", "Dataset")
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["version"] == "1"
    assert "revision 1" in data["creditText"]


def test_a_source_is_a_work(client: FlaskClient) -> None:
    told = head(client, SOURCE).told
    assert (told["@type"], told["@id"]) == ("ScholarlyArticle", thing("source", "hudson-2019"))
    assert [author["name"] for author in told["author"]] == ["Bob Hudson", "David Hunter", "Stephen Peckham"]
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert told["isPartOf"] == {"@type": "Periodical", "name": "Policy Design and Practice"}


def test_volume_and_issue_stand_between_work_and_journal(client: FlaskClient) -> None:
    issue = head(client, "/id/source/ansell-2017").told["isPartOf"]
    assert (issue["issueNumber"], issue["isPartOf"]["volumeNumber"]) == ("3", "45")
    assert issue["isPartOf"]["isPartOf"] == {"@type": "Periodical", "name": "Policy & Politics"}


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("/id/source/lipsky-1980", "Book"),
        ("/id/source/gold-2017", "Report"),
        ("/id/source/hudson-1993", "Chapter"),
        ("/id/source/implementation-unit", "BlogPosting"),
        ("/id/tactic/action-research", "DefinedTerm"),
        ("/id/failure-cause/dispersed-governance", "DefinedTerm"),
        ("/id/scheme/matland-type", "DefinedTermSet"),
        ("/id/policy/care-act-2014", "Legislation"),
        ("/id/policy/right-to-buy", "CreativeWork"),
        ("/id/body/oecd", "Organization"),
        ("/tactics", "ItemList"),
        ("/policies", "ItemList"),
    ],
)
def test_types(client: FlaskClient, url: str, kind: str) -> None:
    assert head(client, url).told["@type"] == kind


def test_a_claim_is_a_claim_and_rated_by_nobody(client: FlaskClient) -> None:
    text = client.get("/id/claim/gold-weak-units-d3e57c69").text
    told = Head(text).told
    assert told["@type"] == "Claim"
    assert told["appearance"]["@id"] == thing("source", "hudson-2019")
    assert [author["name"] for author in told["author"]] == ["Bob Hudson", "David Hunter", "Stephen Peckham"]
    assert told["description"].startswith("Stance: Cautions. Force: Reports. Basis: Cites empirical work. Standing:")
    assert "Rating" not in text
    assert "ClaimReview" not in text


def test_an_inference_is_the_curators_own(client: FlaskClient, opened: Opened) -> None:
    rows = opened.reader.select(
        f"SELECT ?claim WHERE {{ ?claim <{gap('linkBasis')}> <{thing('link-basis', 'curator-inference')}> }}"
        " ORDER BY ?claim LIMIT 1"
    )
    claim = next(iter(rows))["claim"].value
    told = head(client, "/" + claim.removeprefix(BASE)).told
    assert [author["name"] for author in told["author"]] == ["Gapbridge"]


def test_lists_name_their_entries_and_count_them_all(client: FlaskClient) -> None:
    told = head(client, "/sources?reading=read-in-full").told
    assert told["numberOfItems"] == len(told["itemListElement"]) == 7
    assert told["itemListElement"][0]["url"].startswith(BASE + "id/source/")


def test_data_cannot_leave_their_element() -> None:
    nasty = "</script><script>alert(1)</script><!-- & \u2028"
    written = structured.script(structured.term("urn:x", nasty, "", [])).unescape()
    assert written.count("<") == 2
    assert json.loads(Head(str(structured.script(structured.term("urn:x", nasty, "", [])))).blocks[0])["name"] == nasty


def test_titles_with_markup_stay_text(app: Flask, opened: Opened) -> None:
    (reference,) = read_references(opened.reader, [thing("source", "gold-2017")])
    node = structured.source(reference.source, {**reference.csl, "title": "<b>x</b>", "publisher": "A & B"})
    assert "<b>" not in str(structured.script(node))
