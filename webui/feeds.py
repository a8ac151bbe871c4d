"""News as Atom feeds (RFC 4287): each revision, each that touched one thing, each release."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "application/atom+xml"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOBODY = "Gapbridge"
_LONG_AGO = "1970-01-01T00:00:00Z"

register_namespace("", ATOM)


@dataclass(frozen=True)
class Entry:
    """One piece of news.

    Attributes:
        id: its address for good; never changes.
        title: what it is, in a line.
        at: when, as `2026-11-22T10:00:00Z`.
        by: who did it.
        href: where it is told, in full.
        text: what it did.
    """

    id: str
    title: str
    at: str
    by: str
    href: str
    text: str


@dataclass(frozen=True)
class Feed:
    """A feed.

    Attributes:
        id: its address for good.
        title: what it tells of.
        href: where it stands, in full.
        page: the page that tells the same.
        entries: the newest first.
    """

    id: str
    title: str
    href: str
    page: str
    entries: Sequence[Entry]


def write(feed: Feed) -> bytes:
    """A feed as Atom; whatever stands in it, it is well-formed."""
    root = Element(_name("feed"))
    newest = max((entry.at for entry in feed.entries if entry.at), default=_LONG_AGO)
    _texts(root, (("id", feed.id), ("title", feed.title), ("updated", newest)))
    SubElement(SubElement(root, _name("author")), _name("name")).text = _NOBODY
    SubElement(root, _name("link"), rel="self", type=MEDIA, href=feed.href)
    SubElement(root, _name("link"), rel="alternate", type="text/html", href=feed.page)
    for entry in feed.entries:
        _entry(SubElement(root, _name("entry")), entry)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(at: Element, entry: Entry) -> None:
    _texts(at, (("id", entry.id), ("title", entry.title), ("updated", entry.at or _LONG_AGO)))
    SubElement(SubElement(at, _name("author")), _name("name")).text = _clean(entry.by) or _NOBODY
    SubElement(at, _name("link"), rel="alternate", type="text/html", href=entry.href)
    SubElement(at, _name("content"), type="text").text = _clean(entry.text)


def _texts(at: Element, texts: Iterable[tuple[str, str]]) -> None:
    for name, text in texts:
        SubElement(at, _name(name)).text = _clean(text)


def _clean(text: str) -> str:
    """Without the characters that XML has no room for."""
    return _FORBIDDEN.sub("\ufffd", text)


def _name(name: str) -> str:
    return f"{{{ATOM}}}{name}"
