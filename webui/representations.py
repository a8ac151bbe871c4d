"""What the site gives in several forms: one answer for a page and for data, with all headers that belong to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask, Response, g, request
from werkzeug.exceptions import NotAcceptable
from werkzeug.http import is_resource_modified

from kg.describing import LICENCE
from webui.base import opened
from webui.contexts.page import FormLink
from webui.headers import OWN_TAGS, tag
from webui.negotiation import (
    GRAPHS,
    HTML,
    NAMES,
    PAGE_FIRST,
    PROBLEM,
    SUFFIXES,
    best,
    content_type,
    cut,
    read_accept,
    triples_rather,
)

VOID = "/.well-known/void"
"""Where the data set as a whole is described."""
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Location, ETag, Last-Modified, Link",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True)
class Resource:
    """Something that is given in several forms.

    Attributes:
        path: where it stands; with the suffix of a form, where that form stands.
        iri: the address of what it is about.
        forms: the suffixes there are.
    """

    path: str
    iri: str
    forms: tuple[str, ...] = tuple(NAMES)

    def links(self) -> tuple[FormLink, ...]:
        """Its forms as data, for a page."""
        return tuple(
            FormLink(NAMES[form], f"{self.path}.{form}", SUFFIXES[form]) for form in self.forms if form != "html"
        )


def init_app(app: Flask) -> None:
    app.after_request(_mark)


def choose(resource: Resource, media: str = "") -> str:
    """The media type in which the client shall have something.

    Errors from here on are told in that form too, as far as an error can be.

    Args:
        resource: what is asked for.
        media: what the suffix in the address asks for; it counts for more than the Accept header.

    Raises:
        NotAcceptable: the client takes none of those there are.
    """
    g.resource = resource
    g.media = media or best(triples_rather(read_accept(request.headers.get("Accept", ""))), PAGE_FIRST)
    if not g.media:
        named = ", ".join(f"{SUFFIXES[form]} (.{form})" for form in resource.forms)
        raise NotAcceptable(f"This is given as {named}: ask for one in the Accept header, or by the suffix.")
    return str(g.media)


def answer(page: Callable[[], str | tuple[str, int]], data: Callable[[str], bytes], status: int = 200) -> Response:
    """The answer in the form that was chosen, or an empty 304 where the client holds this very one.

    Args:
        page: makes the page, and where it is not a full answer its status.
        data: makes the data in the form of a suffix.
        status: the status of a full answer.
    """
    if status == 200 and not is_resource_modified(request.environ, tag(), last_modified=opened().changed_at):
        response = Response(status=304)
        response.set_etag(tag(), weak=True)
    elif g.media == HTML:
        made = page()
        text, status = made if isinstance(made, tuple) else (made, status)
        response = Response(text, status, content_type=content_type(HTML))
    else:
        response = Response(data(GRAPHS[g.media]), status, content_type=content_type(g.media))
    response.last_modified = opened().changed_at
    return response


def wants_page() -> bool:
    """Whether an error is told on a page: by the form that was chosen, by the suffix, by what the client would like."""
    accept = read_accept(request.headers.get("Accept", ""))
    return (g.get("media") or cut(request.path)[1] or best(accept, (*PAGE_FIRST, PROBLEM))) == HTML


def _mark(response: Response) -> Response:
    if request.method == "OPTIONS" and request.blueprint in OWN_TAGS:
        response.headers.update(CORS | _PREFLIGHT)
    resource: Resource | None = g.get("resource")
    if resource is None:
        return response
    if g.get("media") != HTML:
        for name, value in CORS.items():
            response.headers.setdefault(name, value)
    response.vary.add("Accept")
    if response.status_code in (200, 304, 406, 410):
        response.headers["Link"] = ", ".join(_links(resource))
    if response.status_code in (200, 304) and g.get("media"):
        response.headers["Content-Location"] = _location(resource)
    return response


def _location(resource: Resource) -> str:
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    return f"{resource.path}.{GRAPHS[g.media]}{query}"


def _links(resource: Resource) -> list[str]:
    """Relations of RFC 8288; “about” from RFC 6903, “canonical” from RFC 6596."""
    forms = [f'<{resource.path}.{form}>; rel="alternate"; type="{SUFFIXES[form]}"' for form in resource.forms]
    about = "canonical" if g.get("media") == HTML else "about"
    others = ((quote(resource.iri, safe=":/#"), about), (VOID, "describedby"), (LICENCE, "license"))
    return [*forms, *(f'<{address}>; rel="{relation}"' for address, relation in others)]
