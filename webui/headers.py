"""What every answer carries: the content policy and its like, and the tag by which a browser asks “still the same?”."""

from __future__ import annotations

import hashlib

from flask import Flask, Response, g, make_response, request

from webui.assets import build
from webui.base import opened

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",  # data and drawings may stand in pages elsewhere
}
_APART = ("sparql", "graph_store", "api", "diagnose", "account", "saved", "contribute", "handing", "contribute_more")
"""Parts that mark their answers themselves."""
OWN_TAGS = ("things", "reference", "named_graphs", "catalog", "crawlers")
"""Parts whose answers depend on more than the address; they ask “still the same?” themselves."""


def init_app(app: Flask) -> None:
    app.before_request(_unchanged)
    app.after_request(_add)


def _is_page() -> bool:
    other = request.blueprint in _APART or request.path.startswith("/static/")  # these keep tags of their own
    return request.endpoint is not None and not other


def tag() -> str:
    """Changes with the data, the program, the address and the form: an answer is made of nothing else.

    What depends on more yet puts that in `g.state`.

    It is a weak one, since the same answer may be packed or not.
    """
    made_of = f"{opened().revision} {build()} {request.full_path} {g.get('media', '')} {g.get('state', '')}"
    return hashlib.sha256(made_of.encode()).hexdigest()[:20]


def _stricter(response: Response) -> dict[str, str]:
    """What stands on an answer for who it is for."""
    private = response.mimetype == "text/html" or "private" in response.headers.get("Cache-Control", "")
    return {"Cross-Origin-Resource-Policy": "same-origin"} if private else {}


def _unchanged() -> Response | None:
    """An empty 304 where the browser holds this very page: nothing is read or written then."""
    if not _is_page() or request.blueprint in OWN_TAGS or request.if_none_match.star_tag:
        return None
    return _still_the_same() if request.if_none_match.contains_weak(tag()) else None


def _still_the_same() -> Response:
    response = make_response("", 304)
    response.set_etag(tag(), weak=True)
    return response


def _add(response: Response) -> Response:
    response.headers.extend(_stricter(response))
    if _is_page() and response.status_code == 200 and request.if_none_match.star_tag:  # “any”: there must be one
        response = _still_the_same()
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)  # a page may have a content policy of its own
    if g.get("passing"):  # what it counts is behind the data, so that the same address gives another page soon
        response.headers["Cache-Control"] = "no-store"
    elif _is_page() and response.status_code == 200 and "ETag" not in response.headers:
        response.set_etag(tag(), weak=True)
        response.headers["Cache-Control"] = "no-cache"
    return response
