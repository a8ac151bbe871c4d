"""References as files, the choice of sources, and the part of a page that cites."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from kg.exporting import STYLES
from tests.exporting.readers import read_bibtex, read_ris
from webui.base import Opened

MEDIA = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl.json": "application/vnd.citationstyles.csl+json",
}


@pytest.mark.parametrize("suffix", MEDIA)
@pytest.mark.parametrize("name", ["references", "references/gold-2017"])
def test_files_for_reference_managers(client: FlaskClient, name: str, suffix: str) -> None:
    answer = client.get(f"/{name}.{suffix}")
    assert (answer.status_code, answer.mimetype) == (200, MEDIA[suffix])
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    filename = f"gold-2017.{suffix}" if "gold" in name else f"gapbridge-r1.{suffix}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{filename}"'
    again = client.get(f"/{name}.{suffix}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_choice_is_the_same_in_all_forms_and_on_the_page(client: FlaskClient) -> None:
    asked = "?evidence=think-tank-report&from=2014"
    slugs = {"gold-2014", "gold-2017", "ifg-cipfa-2017"}
    assert set(read_bibtex(client.get(f"/references.bib{asked}").text)) == slugs
    assert {dict(tags)["ID"] for tags in read_ris(client.get(f"/references.ris{asked}").text)} == slugs
    assert {record["id"] for record in json.loads(client.get(f"/references.csl.json{asked}").text)} == slugs
    page = client.get(f"/sources{asked}").text
    assert set(re.findall(r'<th scope="row"><a href="/id/source/([^"]+)"', page)) == slugs
    assert 'href="/references.bib?evidence=think-tank-report&amp;from=2014"' in page
    assert "3 sources of 61" in page
    assert "10 sources without a year left out" in page


def test_the_form_shows_what_was_chosen(client: FlaskClient) -> None:
    page = client.get("/sources?reading=read-in-full&cited-in=&from=&to=2019&q=hudson").text
    assert '<option value="read-in-full" selected>' in page
    assert 'name="to" value="2019"' in page
    assert 'name="q" value="hudson"' in page
    assert page.count('<th scope="row">') == 1


def test_the_query_shown_gives_the_sources_chosen(client: FlaskClient, opened: Opened) -> None:
    page = client.get("/sources?q=lipsky").text
    (query,) = re.findall(r"<pre[^>]*><code>(.*?)</code>", page, re.DOTALL)
    text = query.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'").replace("&#34;", '"')
    found = {row["thing"].value.rpartition("/")[2] for row in opened.reader.select(text)}
    assert found == set(re.findall(r'<th scope="row"><a href="/id/source/([^"]+)"', page)) != set()


def test_nothing_chosen_is_said(client: FlaskClient) -> None:
    page = client.get("/sources?q=zzzzz")
    assert (page.status_code, "No source fits" in page.text) == (200, True)
    assert client.get("/references.bib?q=zzzzz").data == b""
    assert json.loads(client.get("/references.csl.json?q=zzzzz").data) == []


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/references.bib?evidence=rumour", 400),
        ("/sources?from=soon", 400),
        ("/references.ris?from=2019&to=2001", 400),
        ("/references/no-such.bib", 404),
        ("/references.docx", 404),
        ("/references/gold-2017.docx", 404),
        ("/id/source/gold-2017?style=turabian", 400),
    ],
)
def test_what_cannot_be_had_is_told(client: FlaskClient, url: str, status: int) -> None:
    assert client.get(url).status_code == status


@pytest.mark.parametrize(("style", "told"), [
    ("", "Gold, J. (2017). <i>Tracking Delivery Global Trends and Warning Signs in Delivery Units</i>."),
    ("vancouver", "Gold J. Tracking Delivery Global Trends and Warning Signs in Delivery Units. London: Institute"),
])  # fmt: skip
def test_a_source_is_cited_in_the_style_one_chooses(client: FlaskClient, style: str, told: str) -> None:
    page = client.get(f"/id/source/gold-2017?style={style}").text
    assert told in page
    assert f'<option value="{style or "apa"}" selected>' in page
    assert all(f'<option value="{name}"' in page for name in STYLES)
    assert all(f'href="/references/gold-2017.{suffix}"' in page for suffix in MEDIA)
    assert "Recorded in Gapbridge, revision 1, " in page


def test_a_claim_says_how_to_cite_it(client: FlaskClient) -> None:
    page = client.get("/id/claim/gold-weak-units-d3e57c69").text
    assert "read in Hudson et al. 2019, §3.2. Recorded in Gapbridge, revision 1, " in page
