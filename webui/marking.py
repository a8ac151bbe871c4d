"""Retracted, corrected and doubted works are marked wherever a page names them.

Done once for all pages, after they are made, so that no page can name such a work and leave that out. Where no work has
a mark, which is nearly always, nothing is read.
"""

from __future__ import annotations

import re

from flask import Flask, Response
from markupsafe import Markup

from kg.queries.notices import Notice
from webui.addresses import href, short
from webui.base import opened

_SOURCE = re.compile(r'<nav\b.*?</nav>|<a [^>]*?href="(/id/source/[^"?#]+)"[^>]*>.*?</a>', re.DOTALL)
_MAIN = "<main"


def init_app(app: Flask) -> None:
    app.after_request(_mark)


def _mark(response: Response) -> Response:
    made = response.mimetype == "text/html" and not response.is_streamed and "Content-Encoding" not in response.headers
    if not made or response.status_code not in (200, 410, 422):
        return response
    marked = {href(iri): found for iri, found in opened().notices.items()}
    if marked:
        head, main, body = response.get_data(as_text=True).partition(_MAIN)
        response.set_data(head + main + _SOURCE.sub(lambda found: _with_mark(found, marked), body))
    return response


def _with_mark(found: re.Match[str], marked: dict[str, Notice]) -> str:
    notice = marked.get(found[1] or "")
    if notice is None or f"({notice.statusLabel.lower()})" in found[0]:  # many names come with it already
        return found[0]
    mark = Markup(' <span class="tag became-{}">{}</span>').format(short(notice.status), notice.statusLabel)
    return found[0] + str(mark)
