"""Where things stand on this site: the path of a thing's address is the path of its page."""

from __future__ import annotations

import re
from urllib.parse import quote

from kg.namespaces import BASE, ID, kind_of, local_of, slug_of

_PLAIN = re.compile(r"[A-Za-z0-9_.~/#-]*")


def href(iri: str) -> str:
    """The link to a thing or term of ours; any other address stays what it is."""
    if not iri.startswith(BASE):
        return iri
    local = iri[len(BASE) :]
    return "/" + (local if _PLAIN.fullmatch(local) else quote(local, safe="/#"))


def web(iri: str) -> str:
    """An address of the web as links and headers take it; empty for any other, which might be a script."""
    return quote(iri, safe="%/:?#[]@!$&'()*+,;=~") if iri.startswith(("http://", "https://")) else ""


def graph_href(iri: str) -> str:
    """The page that draws a thing and what is linked with it."""
    return f"/graph/{quote(local_of(iri))}"


def short(iri: str) -> str:
    """The last part of an address, for naming styles and for what has no label."""
    return slug_of(iri).rpartition("/")[2].rpartition("#")[2]


def is_ours(iri: str) -> bool:
    """Whether a thing has a page here."""
    return iri.startswith(ID)


def kind(iri: str) -> str:
    """The kind in a thing's address, empty for others."""
    return kind_of(iri) or ""
