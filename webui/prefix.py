"""The site below a path of a host that it shares, as `https://example.org/gap/` (GAPBRIDGE_PUBLIC_URL).

All parts speak of the site's own paths, `/tactics`; here, and nowhere else, they lose and get what stands before them:
what comes in loses it, unless a proxy took it off already, and every address of ours that goes out gets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, get_type_hints
from urllib.parse import urlsplit

from flask import Flask, Response

from kg.errors import BadInput
from webui.health import PATHS
from webui.stored import stored

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_ADDRESS = re.compile(r'(?<=[\s"])((?:href|src|action|formaction|poster|data-[a-z-]+)=")(/(?!/)[^"]*)')
"""In a tag. Text never matches: what is shown is written with its quotation marks as `&#34;`."""
_HEADERS = ("Location", "Content-Location")
_LINK = re.compile(r"<(/(?!/)[^>]*)>")
_HSTS = ("Strict-Transport-Security", "max-age=63072000")
"""Two years (RFC 6797). Whether hosts below this one are meant too is for their keeper to say, at the proxy."""
_MARKUP = ("text/html", "image/svg+xml")
_JSON = ("application/json", "application/problem+json")
_MEMBERS = ("address", "fold", "href", "instance", "page", "url")
"""Those of drawings, suggestions, problems and the OpenAPI file."""


class Reached:
    """Stands before an application that has a public address: requests come as if they had been sent to it.

    What they say of a host is not believed, so that no address made from it leads elsewhere. With https, on a host of
    its own, every answer asks browsers to stay with it.

    Args:
        site: the application behind.
        public_url: where it is reached.
    """

    def __init__(self, site: WSGIApplication, public_url: str) -> None:
        parts = urlsplit(public_url)
        self._site, self._scheme, self._host, self._prefix = site, parts.scheme, parts.netloc, parts.path.rstrip("/")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        environ["wsgi.url_scheme"], environ["HTTP_HOST"] = self._scheme, self._host
        environ["SCRIPT_NAME"] = self._prefix
        if f"{path}/".startswith(f"{self._prefix}/"):
            environ["PATH_INFO"] = path[len(self._prefix) :] or "/"
        if self._scheme != "https" or self._prefix:  # of a host that others share, its keeper decides
            return self._site(environ, start_response)

        def begin(status, headers, exc_info=None):  # type: ignore[no-untyped-def]
            return start_response(status, [*headers, _HSTS], exc_info)

        return self._site(environ, begin)


def init_app(app: Flask) -> None:
    """Let addresses go out with what stands before them.

    Must come before the parts that write pages, and after those that keep them or make them smaller.
    """
    prefix = stored(app).settings.prefix
    if prefix:
        app.after_request(lambda response: _prefixed(response, prefix))


def check(app: Flask, prefix: str) -> None:
    """Make sure that what stands before the site's paths cannot be taken for one of them.

    Raises:
        BadInput: it can.
    """
    first = prefix.split("/")[1] if prefix else ""
    taken = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()} | {path[1:] for path in PATHS}
    if first and first in taken:
        raise BadInput(
            f"GAPBRIDGE_PUBLIC_URL cannot end in “{prefix}”: pages of the site itself begin with “/{first}”. Choose "
            "another path, such as /gapbridge."
        )


def below(prefix: str, address: str) -> str:
    """An address of the site with what stands before it; one that has it stays what it is."""
    has_it = address == prefix or address.startswith((f"{prefix}/", f"{prefix}?", f"{prefix}#"))
    return address if has_it or not address.startswith("/") or address.startswith("//") else prefix + address


def _prefixed(response: Response, prefix: str) -> Response:
    for name in _HEADERS:
        if name in response.headers:
            response.headers[name] = below(prefix, response.headers[name])
    if "Link" in response.headers:
        response.headers["Link"] = _LINK.sub(lambda m: f"<{below(prefix, m[1])}>", response.headers["Link"])
    plain = not response.is_streamed and not response.direct_passthrough and "Content-Encoding" not in response.headers
    if plain and response.mimetype in _MARKUP:
        text = response.get_data(as_text=True)
        response.set_data(_ADDRESS.sub(lambda m: m[1] + below(prefix, m[2]), text))
    elif plain and response.mimetype in _JSON:
        text = response.get_data(as_text=True)
        response.set_data(_in_json().sub(lambda m: m[1] + below(prefix, m[2]), text))
    return response


@cache
def _in_json() -> re.Pattern[str]:
    """Members of JSON that hold addresses of ours. A string cannot match: its quotation marks have a backslash."""
    names = "|".join(sorted({*_MEMBERS, *_of_api()}))
    return re.compile(rf'("(?:{names})":\s?")(/(?!/)[^"]*)')


def _of_api() -> set[str]:
    """What the records of the JSON interface call them."""
    from webui.api import records
    from webui.api.form import camel
    from webui.api.records import Href

    kinds = [kind for kind in vars(records).values() if is_dataclass(kind)]
    return {
        camel(field.name)
        for kind in kinds
        for field in fields(kind)
        if Href in (hint := get_type_hints(kind)[field.name], *getattr(hint, "__args__", ()))
    }
