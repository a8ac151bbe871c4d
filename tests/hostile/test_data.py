"""Data that somebody wrote with ill intent: each page and each file of it stays what it is."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import urldefrag

import pytest
from flask import Flask
from rdflib import Graph

from tests.webui.page_support import Visited

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
START = (
    "/", "/tactics", "/gaps", "/worklist", "/sources", "/frameworks", "/policies", "/outcomes", "/notions", "/bodies",
    "/about", "/data", "/api", "/ns", "/shapes", "/search?q=targets", "/sparql/examples",
    "/path?from=tactic/intermediary-bodies&to=failure-cause/dispersed-governance",
    "/path?from=<img>&to=%22onclick", "/search?q=%3C/script%3E%3Cimg%20src=x%3E", "/nothing%22%3E%3Cimg%20src=x%3E",
    "/graph/failure-cause/dispersed-governance",
)  # fmt: skip
EACH_KIND = 3


@pytest.fixture(scope="module")
def pages(hostile: Flask) -> dict[str, Visited]:
    """The pages that START names, and of those they link to a few of each kind."""
    client, found, kinds = hostile.test_client(), dict[str, Visited](), dict[str, int]()
    left = list(START)
    while left:
        url = left.pop(0)
        answer = client.get(url, headers={"Accept": "text/html"})
        assert answer.status_code in (200, 302, 404, 410, 422), (url, answer.text[:500])
        if answer.mimetype != "text/html":
            continue
        found[url] = Visited(url, answer.status_code, answer.text)
        for link in map(lambda link: urldefrag(link)[0], found[url].links):
            kind = "/".join(link.split("?")[0].split("/")[:3])
            if link.startswith(("/id/", "/graph/")) and link not in found and kinds.get(kind, 0) < EACH_KIND:
                kinds[kind] = kinds.get(kind, 0) + 1
                left.append(link)
    return found


IMAGE = re.compile(r"<img\b[^>]*>")
OWN_IMAGE = re.compile(r'<img src="/(path/)?graph[^"]*" width="[0-9]+" height="[0-9]+" alt="[^"]*">$')
"""The drawing of a graph, for those without scripts."""


def test_many_pages_are_looked_at(pages: dict[str, Visited]) -> None:
    assert len(pages) > 50
    assert sum("onerror=alert" in page.html for page in pages.values()) > 40


def test_no_text_becomes_an_element(pages: dict[str, Visited]) -> None:
    for url, page in pages.items():
        assert page.faults == [], url
        assert [image for image in IMAGE.findall(page.html) if not OWN_IMAGE.match(image)] == [], url
        assert "49" not in page.title, url


def test_what_crawlers_read_is_whole(pages: dict[str, Visited]) -> None:
    for page in pages.values():
        for text in SCRIPT.findall(page.html):
            json.loads(text)


@pytest.mark.parametrize("form", ["csv", "tsv", "json"])
def test_tables(hostile: Flask, form: str) -> None:
    client = hostile.test_client()
    for name in ("causes", "tactics", "sources", "worklist", "gaps"):
        answer = client.get(f"/data/{name}.{form}")
        if answer.status_code == 404:
            continue
        assert answer.status_code == 200, answer.text
        if form == "json":
            answer.get_json()
        elif form == "csv":
            lines = list(csv.reader(io.StringIO(answer.get_data().decode(), newline="")))
            assert len(lines) > 1
            assert {len(line) for line in lines} == {len(lines[0])}
        else:
            lines = answer.get_data().decode().rstrip("\n").split("\n")
            assert {line.count("\t") for line in lines} == {lines[0].count("\t")}


@pytest.mark.parametrize(("form", "parser"), [("ttl", "turtle"), ("rdf", "xml"), ("jsonld", "json-ld"), ("nt", "nt")])
def test_descriptions(hostile: Flask, form: str, parser: str) -> None:
    answer = hostile.test_client().get(f"/id/failure-cause/dispersed-governance.{form}")
    assert answer.status_code == 200
    texts = [str(value) for _, _, value in Graph().parse(data=answer.data, format=parser)]
    assert any("onerror" in text for text in texts)


def test_references(hostile: Flask) -> None:
    client = hostile.test_client()
    count = len(json.loads(client.get("/references.csl.json").data))
    bib = client.get("/references.bib").get_data(as_text=True)
    ris = client.get("/references.ris").get_data(as_text=True)
    assert len(re.findall(r"^@\w+\{", bib, re.MULTILINE)) == count
    assert bib.count("{") - bib.count("\\{") == bib.count("}") - bib.count("\\}")
    assert len(re.findall(r"^TY  - ", ris, re.MULTILINE)) == len(re.findall(r"^ER  - ", ris, re.MULTILINE)) == count
    assert all(re.match(r"[A-Z][A-Z0-9]  - |$", line) for line in ris.split("\n")), ris[:2000]


def test_the_json_interface(hostile: Flask) -> None:
    client = hostile.test_client()
    for path in ("search?q=targets", "things/failure-cause/dispersed-governance", "claims", "frameworks", "map"):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 200, (path, answer.text)
        assert answer.get_json()
