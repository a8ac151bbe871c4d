"""What came with a pack that was added is marked wherever a page names it, and at the head of its own page.

Done once for all pages, after they are made, so that no page can leave it out. Without such a pack nothing is read.
"""

from __future__ import annotations

import re

from flask import Flask, Response, request
from markupsafe import Markup

from kg.namespaces import ID, slug_of
from webui.addresses import href
from webui.base import opened

_THING = re.compile(r'<nav\b.*?</nav>|<h1\b.*?</h1>|<a [^>]*?href="(/id/[^"?#]+)"[^>]*>.*?</a>', re.DOTALL)
_MAIN, _HEAD = "<main", "</h1>"
_OWN = "/packs"
_NOTE = Markup(
    '<p class="prose from-pack"><span class="tag">Pack</span> From the pack <a href="/packs/{0}">{0}</a>, which was '
    "added to this base. {1}</p>"
)
_MAPPED = "What it says stands as mapped, apart from what documents state, and lifts no status."
_COUNTS = "Whoever keeps this base chose that its claims count like readings of documents."


def init_app(app: Flask) -> None:
    app.after_request(_mark)


def _mark(response: Response) -> Response:
    made = response.mimetype == "text/html" and not response.is_streamed and "Content-Encoding" not in response.headers
    if not made or response.status_code not in (200, 422) or request.path.startswith(_OWN):
        return response
    packs = {href(thing): pack for thing, pack in opened().from_packs.items()}
    if packs:
        head, main, body = response.get_data(as_text=True).partition(_MAIN)
        body = _THING.sub(lambda found: _with_mark(found, packs), body)
        if pack := packs.get(_shown()):
            head, body = _headed(head, body, pack)
        response.set_data(head + main + body)
    return response


def _shown() -> str:
    """The path of the thing that a page is about."""
    return href(ID + request.path.partition("/id/")[2]) if request.path.startswith("/id/") else ""


def _with_mark(found: re.Match[str], packs: dict[str, str]) -> str:
    pack = packs.get(found[1] or "")
    if pack is None:
        return found[0]
    return found[0] + str(Markup(' <span class="tag from-pack">pack {}</span>').format(slug_of(pack)))


def _headed(head: str, body: str, pack: str) -> tuple[str, str]:
    """The page with a word on the pack below its heading."""
    told = _COUNTS if pack in opened().counting_packs else _MAPPED
    note = f"{_HEAD}\n{_NOTE.format(slug_of(pack), told)}"
    if _HEAD in body:
        return head, body.replace(_HEAD, note, 1)
    return head.replace(_HEAD, note, 1), body
