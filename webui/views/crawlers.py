"""What tells crawlers where to go: `robots.txt` (RFC 9309) and the sitemap (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

from flask import Blueprint, Response, g, make_response, request

from kg.answering import graph_names
from kg.errors import NotFound
from webui.addresses import href
from webui.base import opened
from webui.headers import tag
from webui.hosts import public_root
from webui.stored import settings
from webui.views.catalog import shelf
from webui.words import LISTS

blueprint = Blueprint("crawlers", __name__)
_PAGES = (
    "/", "/tactics", "/sources", *(f"/{name}" for name in LISTS), "/gaps", "/worklist", "/path", "/map", "/coverage",
    "/compare", "/what-if", "/about", "/about/evidence", "/about/reading", "/about/words", "/about/changes",
    "/revisions", "/releases", "/ns", "/shapes", "/data", "/dataset", "/dumps/", "/sparql", "/sparql/examples",
)  # fmt: skip
_BIG = (
    "/sparql?", "/search?", "/search/", "/path?", "/path/", "/graph/*?", "/map/cell?", "/compare?", "/what-if?",
    "/compare/revisions?", "/undo?", "/withdraw/", "/mark/", "/sign-in",
    "/sources?", "/references", "/data/", "/dumps/gapbridge-", "/api/",
)  # fmt: skip
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Pages for all; no queries, and no files that only programs have a use for."""
    prefix = settings().prefix
    graphs = [f"{href(graph)}." for graph in graph_names()]
    lines = ["User-agent: *", *(f"Disallow: {prefix}{path}" for path in (*_BIG, *graphs)), f"Allow: {prefix}/", ""]
    return _told("\n".join([*lines, f"Sitemap: {public_root()}/sitemap.xml", ""]), "text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """All pages, or the list of the files that list them where they are many."""
    files = shelf().pages(opened().revision)
    if len(files) == 1:
        return _urls(files[0], _PAGES)
    return _xml("sitemapindex", "sitemap", (f"/sitemap-{number}.xml" for number in range(1, len(files) + 1)))


@blueprint.get("/sitemap-<int:number>.xml")
def part(number: int) -> Response:
    files = shelf().pages(opened().revision)
    if not 1 <= number <= len(files) or len(files) == 1:
        raise NotFound(f"sitemap-{number}.xml")
    return _urls(files[number - 1], _PAGES if number == 1 else ())


def _urls(file: Path, before: Iterable[str]) -> Response:
    return _xml("urlset", "url", [*before, *file.read_text(encoding="utf-8").split()])


def _xml(outer: str, inner: str, paths: Iterable[str]) -> Response:
    root, changed = public_root(), opened().changed_at.isoformat(timespec="seconds")
    lines = (
        f"<{inner}><loc>{escape(root + quote(path))}</loc><lastmod>{changed}</lastmod></{inner}>\n" for path in paths
    )
    text = f'{_HEAD}<{outer} xmlns="{_NAMESPACE}">\n{"".join(lines)}</{outer}>\n'
    return _told(text, "application/xml")


def _told(text: str, media: str) -> Response:
    g.state = public_root()
    response = make_response(text)
    response.content_type = media
    response.set_etag(tag(), weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response
