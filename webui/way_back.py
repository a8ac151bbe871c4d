"""Where somebody goes on after signing in: always a page of this site."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from flask import request

from webui.stored import settings

_LONGEST = 2000


def local(address: str) -> str:
    """An address if it is a path on this site, else home.

    Browsers read `\\\\` as `/` and leave out control characters, so that `/\\\\host` and `/<tab>/host` lead elsewhere.
    """
    fits = address.startswith("/") and not address.startswith("//") and len(address) <= _LONGEST
    plain = address.isascii() and address.isprintable() and "\\" not in address and " " not in address
    return address if fits and plain and not urlsplit(address).netloc else "/"


def sign_in_address() -> str:
    """The page for signing in that leads back to the page at hand."""
    query = request.query_string.decode("ascii", "ignore")
    path = quote(request.path)
    return f"/sign-in?{urlencode({'next': f'{path}?{query}' if query else path})}"


def sign_in_again_address() -> str:
    """The page for signing in once more, which leads back to where a form was sent from."""
    return f"/sign-in?{urlencode({'again': 1, 'next': came_from()})}"


def came_from() -> str:
    """The page that led here, where it is one of ours and says so."""
    found = urlsplit(request.referrer or "")
    path = f"{found.path}?{found.query}" if found.query else found.path
    here = found.netloc in (request.host, urlsplit(settings().public_url).netloc)
    return local(path) if here and found.path != f"{request.script_root}/sign-in" else "/"
