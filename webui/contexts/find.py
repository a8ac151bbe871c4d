"""The page of a search."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.search import Hit
from kg.tables import definition
from webui.addresses import href
from webui.base import Opened
from webui.contexts.page import Link, Page, crumbs, frame, tabled
from webui.contexts.parts import near_links
from webui.words import kind_words, many

MOST = 80
_SHOWN_FIRST = ("failure-cause", "tactic", "support-phase", "policy", "outcome", "source", "scheme", "notion", "claim")


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `hit` where it fits the words asked for."""

    text: str
    hit: bool


@dataclass(frozen=True)
class Found:
    """A thing that was found."""

    href: str
    label: tuple[Piece, ...]
    text: tuple[Piece, ...]


@dataclass(frozen=True)
class FoundGroup:
    """What was found of one kind."""

    heading: str
    count: str
    found: tuple[Found, ...]


@dataclass(frozen=True, kw_only=True)
class SearchPage(Page):
    """What was found, by kind; the nearest names where nothing was."""

    asked: bool
    count: str
    cut: bool
    groups: tuple[FoundGroup, ...]
    nearest: tuple[Link, ...]


def search_page(opened: Opened, words: str) -> SearchPage:
    """The page of a search."""
    hits = opened.search.find(words, limit=MOST) if words else []
    heading = f"Search: {words}" if words else "Search"
    queries = (tabled(definition("search"), q=words),) if words else ()
    return SearchPage(
        **frame(opened, heading, words=words, crumbs=crumbs(Link("Search", "", True)), queries=queries),
        asked=bool(words),
        count=many(len(hits), "thing") + " found",
        cut=len(hits) == MOST,
        groups=_groups(hits, words),
        nearest=near_links(opened, opened.search.nearest(words)) if words and not hits else (),
    )


def _groups(hits: Sequence[Hit], words: str) -> tuple[FoundGroup, ...]:
    by_kind: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_kind[hit.kind if kind_words(hit.kind) else ""].append(hit)
    order = [*(kind for kind in _SHOWN_FIRST if kind in by_kind), *(k for k in by_kind if k not in _SHOWN_FIRST)]
    return tuple(_group(kind, by_kind[kind], words) for kind in order)


def _group(kind: str, hits: Sequence[Hit], words: str) -> FoundGroup:
    known = kind_words(kind)
    found = tuple(Found(href(hit.thing), _marked(hit.label, words), _marked(hit.text, words)) for hit in hits)
    return FoundGroup(known.many if known else "Members of frameworks and other terms", str(len(found)), found)


def _marked(text: str, words: str) -> tuple[Piece, ...]:
    """The text in pieces, so that what was asked for can be marked."""
    starts = "|".join(re.escape(word) for word in re.findall(r"\w+", words))
    pieces = re.split(rf"(\b(?:{starts})\w*)", text, flags=re.IGNORECASE) if starts else [text]
    return tuple(Piece(piece, index % 2 == 1) for index, piece in enumerate(pieces) if piece)
