"""In which form something is given: media types, the suffixes that name them, and what a client would like best.

Source: RFC 9110, §12. Knows no Flask; `representations` puts it to use for what the site gives in several forms.
"""

from __future__ import annotations

from collections.abc import Iterable

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

HTML = "text/html"
PROBLEM = "application/problem+json"
GRAPHS = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
    "application/n-quads": "nq",
    "application/trig": "trig",
    HTML: "html",
    "application/x-turtle": "ttl",
    "text/plain": "nt",
    "application/json": "jsonld",
    "application/xml": "rdf",
}
"""Media types of graphs with the suffix of each; of those a client likes equally well, the first is taken."""
PAGE_FIRST = (HTML, *(media for media in GRAPHS if media != HTML))
"""The same for what has a page: that is what a client gets that does not mind."""
SUFFIXES = {form: media for media, form in reversed(GRAPHS.items())}
"""The media type behind each suffix."""
NAMES = {
    "html": "page",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "rdf": "RDF/XML",
    "jsonld": "JSON-LD",
    "trig": "TriG",
    "nq": "N-Quads",
}
"""How each form is called, in the order in which they are offered."""
_WITH_CHARSET = frozenset({HTML, "text/csv", "text/tab-separated-values", "text/turtle", "text/plain", "text/xml"})


def read_accept(header: str) -> MIMEAccept:
    """An Accept header without the parameters of its types, which make no difference here."""
    told = parse_accept_header(header, MIMEAccept)
    return MIMEAccept([(value.partition(";")[0].strip(), quality) for value, quality in told])


_KEEP_GRAPHS = ("application/n-quads", "application/trig")
_LESS_GOOD = 0.5


def triples_rather(accept: MIMEAccept) -> MIMEAccept:
    """What a client likes, with less liking for forms that keep graphs apart: what is said of one thing stands in
    several, and a client that looks into the default graph alone would find nothing. (RFC 9110, §12.1: server-driven.)
    """
    return MIMEAccept([(media, q * _LESS_GOOD if media in _KEEP_GRAPHS else q) for media, q in accept])


def best(accept: MIMEAccept, offered: Iterable[str]) -> str:
    """The media type a client would like best; the first of several, the first of all where it says nothing.

    Returns:
        The media type; empty where the client takes none of them.
    """
    media = list(offered)
    if not accept:
        return media[0]
    found = max(media, key=accept.quality)  # the first of the best
    return found if accept.quality(found) > 0 else ""


def content_type(media: str) -> str:
    """The header's value for a media type."""
    return f"{media}; charset=utf-8" if media in _WITH_CHARSET else media


def cut(name: str) -> tuple[str, str]:
    """A name without the suffix of a form, and the media type of that; empty where it has none."""
    stem, _, suffix = name.rpartition(".")
    return (stem, SUFFIXES[suffix]) if stem and suffix in SUFFIXES else (name, "")
