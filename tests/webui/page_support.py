"""Reading pages in tests: their form, their links, what they load."""

from __future__ import annotations

import json
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient

from webui.contexts.page import Page

VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
LOADING = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "use": "href"}


class Visited(HTMLParser):
    """A page that was followed to.

    Attributes:
        links: the site's own addresses it links to, absolute, with their fragments.
        loaded: addresses of what it loads.
        ids: its anchors, with how often each stands there.
        faults: elements that are not closed, or closed elsewhere.
        tags: how often each element occurs.
        title: what the browser's tab says.
    """

    def __init__(self, url: str, status: int, html: str) -> None:
        super().__init__()
        self.url, self.status, self.html = url, status, html
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids, self.tags = Counter[str](), Counter[str]()
        self.faults: list[str] = []
        self.title, self._open = "", list[str]()
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> stays open" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        if "id" in found:
            self.ids[found["id"]] += 1
        if tag == "a" and "href" in found and not urlsplit(found["href"]).scheme:
            self.links.append(urljoin(self.url, found["href"]))
        if tag in LOADING:
            self.loaded.append(found.get(LOADING[tag], ""))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing, at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"]:
            self.title += data


def rows_over_endpoint(client: FlaskClient, page: Page, title: str) -> list[dict[str, str]]:
    """The rows that the SPARQL endpoint gives for the query that a page shows under a title that begins so."""
    query = next(query.text for query in page.queries if query.title.startswith(title))
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": "application/sparql-results+json"})
    assert answer.status_code == 200
    rows = json.loads(answer.data)["results"]["bindings"]
    return [{name: value["value"] for name, value in row.items()} for row in rows]
