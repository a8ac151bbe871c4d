"""Who asks, where proxies stand before the server: they tell it in headers, which nobody else's word is taken for.

The nearest proxy adds from whom it got the request at the end of X-Forwarded-For, the one before it has done the same,
and so on: so many entries from the end as there are proxies stands the client, and before that whatever it wrote there
itself. Entries are counted by their commas alone: a quotation mark of a client's would swallow what follows it
(werkzeug's ProxyFix reads them as a list with quoted parts). The Host header is passed on by proxies as it came;
X-Forwarded-Host is believed from nobody, since not every proxy takes out what a client wrote into it.
Source: RFC 7239, section 8.1.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_WITH_PORT = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+")
_SCHEMES = ("http", "https")


class Behind:
    """Stands before all others: they see the client's address, and whether it asked by https.

    Args:
        proxies: how many there are.
        site: the application behind.
    """

    def __init__(self, proxies: int, site: WSGIApplication) -> None:
        self._proxies, self._site = proxies, site

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if client := _address(environ.get("HTTP_X_FORWARDED_FOR", ""), self._proxies):
            environ["REMOTE_ADDR"] = client
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower()
        if scheme in _SCHEMES:
            environ["wsgi.url_scheme"] = scheme
        return self._site(environ, start_response)


def _address(told: str, proxies: int) -> str:
    """The client's address; empty where not as many have told one as there are proxies, or it is none."""
    entries = told.rsplit(",", proxies)[-proxies:]
    text = entries[0].strip() if len(entries) == proxies else ""
    if found := _WITH_PORT.fullmatch(text):
        text = found[1] or found[2]
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""
