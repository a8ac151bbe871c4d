"""The data set for other programs: where it is described, where its dumps stand, and what crawlers are told."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.cataloguing import DUMPS, SUMS, Shelf
from kg.namespaces import BASE, PREFIXES
from kg.settings import Settings
from webui import create_app
from webui.base import Opened

CLAIM = "/id/claim/gold-weak-units-d3e57c69"
ABOUT = BASE + "dataset"
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def complete(app: Flask) -> FlaskClient:
    """A client of a site whose dumps are all made."""
    client, end = app.test_client(), time.monotonic() + 90
    while not client.get("/dumps/index.json").get_json()["complete"]:
        assert time.monotonic() < end
        time.sleep(0.2)
    return client


@pytest.fixture
def sited(seeded: Settings) -> Iterator[FlaskClient]:
    made = create_app(replace(seeded, public_url="https://data.example.org/gap"))
    made.testing = True
    yield made.test_client()
    made.extensions["gapbridge.shelf"].close()


def triples(client: FlaskClient, path: str, form: str = "ttl", **headers: str) -> set[ox.Triple]:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, path
    return {q.triple for q in ox.parse(answer.data, FORMATS[form])}


def values(found: set[ox.Triple], name: str) -> set[str]:
    return {getattr(t.object, "value", "") for t in found if t.predicate.value == name}


def test_every_form_tells_the_same(complete: FlaskClient) -> None:
    wanted = triples(complete, "/dataset.ttl")
    assert len(wanted) > 1000
    for form in FORMATS:
        assert triples(complete, f"/dataset.{form}", form) == wanted, form


def test_the_usual_place_gives_turtle_to_who_names_no_form_and_a_page_to_browsers(complete: FlaskClient) -> None:
    assert complete.get("/.well-known/void").mimetype == "text/turtle"
    assert complete.get("/.well-known/void", headers={"Accept": "*/*"}).mimetype == "text/turtle"
    assert complete.get("/.well-known/void", headers={"Accept": "text/html,*/*;q=0.8"}).mimetype == "text/html"
    assert complete.get("/dataset").mimetype == "text/html"
    asked = complete.get("/.well-known/void", headers={"Accept": "application/rdf+xml"})
    assert (asked.mimetype, asked.headers["Content-Location"]) == ("application/rdf+xml", "/dataset.rdf")
    assert complete.get("/dataset", headers={"Accept": "image/png"}).status_code == 406


def test_the_page_tells_numbers_and_how_to_cite(complete: FlaskClient, opened: Opened) -> None:
    page = complete.get("/dataset").text
    assert f"<dd>{len(opened.reader):,}</dd>" in page
    assert "Cite it as" in page
    assert 'href="/dumps/"' in page


def test_it_names_the_host_that_was_asked_and_things_by_their_own_addresses(complete: FlaskClient) -> None:
    found = triples(complete, "/dataset.ttl", Host="mirror.example:81")
    addresses = values(found, PREFIXES["dcat"] + "downloadURL")
    assert len(addresses) == len(DUMPS)
    assert {address.rpartition("/dumps/")[0] for address in addresses} == {"http://mirror.example:81"}
    assert ox.NamedNode(ABOUT) in {t.subject for t in found}
    tags = {complete.get("/dataset.ttl", headers={"Host": host}).headers["ETag"] for host in ("a.org", "b.org")}
    assert len(tags) == 2


def test_a_setting_counts_for_more_than_the_request(sited: FlaskClient, complete: FlaskClient) -> None:
    found = triples(sited, "/dataset.ttl", Host="evil.example")
    assert values(found, PREFIXES["void"] + "sparqlEndpoint") == {"https://data.example.org/gap/sparql"}
    assert "evil" not in sited.get("/robots.txt", headers={"Host": "evil.example"}).text


@pytest.mark.parametrize("host", ['x"><b>', "a b", "a.org/@evil", "[::1", "a.org:99999999", "\x7f"])
def test_a_host_that_is_none_is_refused(client: FlaskClient, host: str) -> None:
    for path in ("/robots.txt", "/sitemap.xml", "/dataset.ttl"):
        assert client.get(path, headers={"Host": host}).status_code == 400


def test_what_proxies_add_is_not_believed(client: FlaskClient) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example", "X-Forwarded-Proto": "gopher"}
    assert "Sitemap: http://localhost/sitemap.xml" in client.get("/robots.txt", headers=headers).text


def test_each_dump_is_there_with_the_checksum_that_is_told(complete: FlaskClient) -> None:
    told = complete.get("/dumps/index.json").get_json()
    assert (told["revision"], told["complete"], told["kept"]) == (1, True, [1])
    with complete.get(f"/dumps/gapbridge-1-{SUMS}") as answer:
        sums = dict(reversed(line.split("  ")) for line in answer.text.splitlines())
    described = values(triples(complete, "/dataset.ttl"), "http://spdx.org/rdf/terms#checksumValue")
    assert set(sums.values()) == described
    for file in told["files"]:
        with complete.get(file["url"]) as answer:
            digest = hashlib.sha256(answer.data).hexdigest()
            assert (len(answer.data), digest) == (file["bytes"], file["sha256"]), file["name"]
            assert answer.mimetype == file["packing"]
        assert sums[file["name"]] == digest


def test_a_dump_never_changes_and_can_be_asked_for_in_part(complete: FlaskClient) -> None:
    path = "/dumps/gapbridge-1.nq.gz"
    with complete.get(path) as answer:
        whole, tag = answer.data, answer.headers["ETag"]
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Content-Encoding" not in answer.headers
    with complete.get(path, headers={"If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")
    with complete.get(path, headers={"Range": "bytes=10-19"}) as part:
        assert (part.status_code, part.data) == (206, whole[10:20])
    with complete.head(path) as head:
        assert (head.status_code, head.data, head.content_length) == (200, b"", len(whole))


def test_latest_leads_to_the_newest(complete: FlaskClient) -> None:
    for name, wanted in (
        ("gapbridge-latest-claims.ttl.gz", "gapbridge-1-claims.ttl.gz"),
        (SUMS, f"gapbridge-1-{SUMS}"),
    ):
        answer = complete.get(f"/dumps/{name}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/dumps/{wanted}")


@pytest.mark.parametrize(
    "name",
    ["gapbridge-2.nq.gz", "gapbridge-1.nq", "files.json", "statistics.json", "..%2f..%2fformat.json", ".lock",
     f"gapbridge-latest-{SUMS}", f"x-{SUMS}", "gapbridge-999999999.nq.gz", "%00", "gapbridge-１.nq.gz"],
)  # fmt: skip
def test_no_other_file_is_handed_out(client: FlaskClient, name: str) -> None:
    assert client.get(f"/dumps/{name}").status_code == 404


def test_while_files_are_being_made_they_are_to_be_asked_for_later(
    seeded: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.cataloguing.shelf.WAIT_SECONDS", 0.0)
    monkeypatch.setattr(Shelf, "_name", lambda *_: "not-made")
    monkeypatch.setattr(Shelf, "_start", lambda *_: None)
    client = create_app(seeded).test_client()
    for path in ("/dumps/gapbridge-1.nq.gz", "/dataset.ttl"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "being made just now" in client.get("/dumps/").text


def test_robots_and_sitemap(complete: FlaskClient) -> None:
    robots = complete.get("/robots.txt")
    assert robots.mimetype == "text/plain"
    lines = robots.text.splitlines()
    assert "Sitemap: http://localhost/sitemap.xml" in lines
    assert {"Disallow: /sparql?", "Disallow: /graph/claims.", "Disallow: /dumps/gapbridge-"} <= set(lines)
    site = ElementTree.fromstring(complete.get("/sitemap.xml").data)
    found = [url.findtext(f"{SITEMAP}loc", "") for url in site]
    assert len(found) == len(set(found)) > 2500
    assert {f"http://localhost{path}" for path in ("/", "/tactics", "/dataset", CLAIM)} <= set(found)
    made = {url.findtext(f"{SITEMAP}lastmod", "") for url in site}
    assert [at for at in made if not date(2026, 1, 1) <= date.fromisoformat(at[:10]) <= datetime.now(UTC).date()] == []
    for address in found[:20] + found[20::200]:
        assert complete.get(address).status_code == 200, address


def test_a_large_sitemap_is_a_list_of_several(complete: FlaskClient, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    files = [tmp_path / f"pages-{number}.txt" for number in (1, 2)]
    for number, file in enumerate(files):
        file.write_text(f"/id/claim/c{number}\n/id/claim/d&{number}\n", encoding="utf-8")
    monkeypatch.setattr(Shelf, "pages", lambda *_: files)
    index = ElementTree.fromstring(complete.get("/sitemap.xml", headers={"Host": "big.org"}).data)
    parts = [part.findtext(f"{SITEMAP}loc", "") for part in index]
    assert parts == ["http://big.org/sitemap-1.xml", "http://big.org/sitemap-2.xml"]
    second = ElementTree.fromstring(complete.get("/sitemap-2.xml").data)
    assert [url.findtext(f"{SITEMAP}loc") for url in second] == [
        "http://localhost/id/claim/c1",
        "http://localhost/id/claim/d%261",
    ]
    assert complete.get("/sitemap-3.xml").status_code == 404


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/dataset.ttl", "/dumps/", "/dumps/index.json"])
def test_still_the_same(complete: FlaskClient, path: str) -> None:
    tag = complete.get(path).headers["ETag"]
    again = complete.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_claim_as_nanopublication_and_in_rdf_1_2(client: FlaskClient) -> None:
    nanopub = client.get(f"{CLAIM}.nanopub.trig")
    assert (nanopub.status_code, nanopub.mimetype) == (200, "application/trig")
    assert nanopub.data == client.get(f"{CLAIM}.nanopub").data
    assert client.get(f"{CLAIM}.nanopub", headers={"Accept": "application/n-quads"}).mimetype == "application/n-quads"
    graphs = {getattr(q.graph_name, "value", "") for q in ox.parse(nanopub.data, ox.RdfFormat.TRIG)}
    assert len(graphs) == 4
    for form in ("ttl", "nt", "trig", "nq"):
        answer = client.get(f"{CLAIM}.rdf12.{form}")
        assert answer.headers["Content-Type"].split("; ")[1] == "version=1.2"
        assert any(isinstance(q.object, ox.Triple) for q in ox.parse(answer.data, FORMATS[form]))
    page = client.get(CLAIM).text
    assert f'href="{CLAIM}.nanopub.trig"' in page
    assert f'href="{CLAIM}.rdf12.ttl"' in page


def test_no_claim_of_that_name(client: FlaskClient) -> None:
    for path in ("/id/claim/none.nanopub", "/id/claim/none.rdf12.ttl", f"{CLAIM}.rdf12.jsonld"):
        assert client.get(path).status_code == 404


def test_a_withdrawn_claim_is_handed_out_in_neither_form(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["webui.views.catalog"], "fate", lambda *_: ["its record"])
    for path in (f"{CLAIM}.nanopub.nq", f"{CLAIM}.rdf12.nt"):
        answer = client.get(path, headers={"Accept": "*/*"})
        assert answer.status_code == 410
        assert f"{CLAIM} tells why" in answer.text
