"""Pages as they were sent, for whoever asks for the same next.

A page is made of the data, the program and the request alone, so it is the same until a revision is published. Kept as
packed, of one revision, bounded by bytes, oldest out first. What is made for somebody who is signed in is never among
them.
"""

from __future__ import annotations

from flask import Flask, Response, g, request

from webui.assets import build
from webui.base import opened
from webui.packing import best
from webui.signed_in import has_cookie
from webui.sparql.cache import Cache, Kept

_MOST_BYTES = 8 << 20
_APART = (
    "sparql",
    "graph_store",
    "api",
    "catalog",
    "crawlers",
    "suggestions",
    "diagnose",
    "account",
    "saved",
    "contribute",
    "handing",
    "contribute_more",
)
"""Parts that keep answers of their own, or none: what dumps there are changes while a revision stays, nearly every
suggestion is asked for once, and what somebody typed is not ours to keep."""


def init_app(app: Flask) -> None:
    """Must come before all other parts: what runs after a request runs in reverse, and this wants to be last."""
    pages = app.extensions["gapbridge.pages"] = Cache(most=_MOST_BYTES)

    def give() -> Response | None:
        if not _is_page():
            return None
        g.asked = _asked()
        kept = pages.get(g.asked)
        if kept is None:
            return None
        g.remembered = True
        return _again(kept)

    def keep(response: Response) -> Response:
        if "asked" in g and not g.get("remembered") and not g.get("passing") and _lasts(response):
            headers = tuple((name, value) for name, value in response.headers if name != "Date")
            asked = sum(len(part) for part in g.asked if isinstance(part, str))
            kept = Kept(response.mimetype, response.get_data(), asked=asked, headers=headers)
            pages.put(g.asked, kept, opened().revision)
        return response

    app.before_request(give)
    app.after_request(keep)


def _is_page() -> bool:
    apart = request.blueprint in _APART or request.path.startswith("/static/")
    return request.endpoint is not None and request.method in ("GET", "HEAD") and not apart and not has_cookie()


def _asked() -> tuple[object, ...]:
    """All that an answer depends on."""
    packed = best(request.headers.get("Accept-Encoding", ""))
    return opened().revision, build(), request.host_url, request.full_path, request.headers.get("Accept", ""), packed


def _lasts(response: Response) -> bool:
    whole = response.status_code == 200 and request.method == "GET" and not response.is_streamed
    return whole and not response.direct_passthrough and "Set-Cookie" not in response.headers


def _again(kept: Kept) -> Response:
    response = Response(kept.body)
    response.headers.clear()
    response.headers.extend(kept.headers)
    return response.make_conditional(request)
