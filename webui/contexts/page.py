"""What all pages share: the frame around the content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from textwrap import shorten
from typing import Any
from urllib.parse import urlencode

from flask import g

from kg.errors import DatabaseUnavailable
from kg.overview import Overview
from kg.queries import query
from kg.tables import FORMS, MOST_VALUES, Definition, definitions, query_string
from webui.base import Opened
from webui.signed_in import who

SITE = "Gapbridge"
_NAV = (
    ("Causes", "/"),
    ("Tactics", "/tactics"),
    ("Evidence map", "/map"),
    ("Diagnose", "/diagnose"),
    ("Paths", "/path"),
    ("Sources", "/sources"),
    ("Frameworks", "/frameworks"),
    ("Query", "/sparql"),
    ("About", "/about"),
)
_OWN = (
    ("Make a claim", "/contribute/claim", "contributor"),
    ("Add sources", "/contribute/source", "contributor"),
    ("Your contributions", "/contributions", "contributor"),
    ("Review", "/review", "reviewer"),
    ("What you follow", "/account/notices", "contributor"),
    ("Saved diagnoses", "/account/diagnoses", "contributor"),
    ("Your account", "/account", "contributor"),
    ("Accounts", "/people/accounts", "administrator"),
)
"""What stands under the name of somebody who is signed in, and for which role."""


@dataclass(frozen=True)
class Link:
    """A name with where it leads; `current` marks the page one is on."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class FormLink:
    """The same as data: how the form is called, where it stands, its media type."""

    label: str
    href: str
    media: str


@dataclass(frozen=True)
class Shown:
    """A query as it was asked, or a table put together from several, with its rows as data.

    Attributes:
        text: the query; empty for a table that takes more than one.
        href: where it runs; empty where it has no text.
        twins: the same rows as data, a link for each form.
    """

    title: str
    text: str
    href: str
    twins: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Meta:
    """A tag of the page's head."""

    name: str
    content: str


@dataclass(frozen=True)
class Person:
    """Who is signed in, as the header shows them, with what is theirs."""

    name: str
    role: str
    links: tuple[Link, ...]

    @property
    def short(self) -> str:
        """As much of the name as fits into the header."""
        return self.name.split()[0]


@dataclass(frozen=True, kw_only=True)
class Page:
    """The frame of every page.

    Attributes:
        title: what the browser's tab says.
        heading: the page's own heading.
        nav: the entries of the header bar.
        revision: which revision the page was made from; 0 where none could be read.
        eyebrow: the kind of thing, above the heading.
        lead: what it is, below the heading.
        crumbs: the way here from home.
        views: the same thing as a page and as a graph.
        queries: the queries that made the page.
        words: what stands in the search box.
        as_data: the same as data, in each form.
        description: what it is, for those who list pages.
        canonical: its one address, without what only chooses how it is shown.
        meta: tags that say which work the page is about.
        structured: the same in JSON-LD.
        person: who is signed in; None where nobody is.
        as_of: of which older revision the counts are, where that is so.
    """

    title: str
    heading: str
    nav: tuple[Link, ...]
    revision: int = 0
    eyebrow: str = ""
    lead: str = ""
    crumbs: tuple[Link, ...] = ()
    views: tuple[Link, ...] = ()
    queries: tuple[Shown, ...] = ()
    words: str = ""
    as_data: tuple[FormLink, ...] = ()
    description: str = ""
    canonical: str = ""
    meta: tuple[Meta, ...] = ()
    structured: str = ""
    person: Person | None = None
    as_of: str = ""


def as_of(opened: Opened, whole: Overview) -> str:
    """Of which older revision a page's lists and counts are, in words; empty where they are of the newest.

    Such a page is kept by nobody: the same address gives another one as soon as the counts are made.
    """
    if whole.revision == opened.revision:
        return ""
    g.passing = True
    return f"Lists and counts are as of revision {whole.revision}; those of revision {opened.revision} are being made."


def frame(opened: Opened | None, heading: str, *, at: str = "", title: str = "", **more: Any) -> dict[str, Any]:
    """The frame's fields for a page.

    Args:
        opened: the base; None where it cannot be read.
        heading: the page's heading, and the title where none is given.
        at: the entry of the header bar the page belongs under.
        more: further fields of `Page`.
    """
    nav = tuple(Link(label, href, href == at) for label, href in _NAV)
    name = title or heading
    return {
        "title": name if name == SITE else f"{name} – {SITE}",
        "heading": heading,
        "nav": nav,
        "revision": opened.revision if opened else 0,
        "person": _person(),
        "description": shorten(more.get("lead") or heading, 300, placeholder=" …"),
        **more,
    }


def _person() -> Person | None:
    """Who is signed in; nobody where that cannot be told just now, since a page for readers needs no accounts."""
    with suppress(DatabaseUnavailable):
        if account := who():
            links = tuple(Link(label, href) for label, href, role in _OWN if account.may(role))
            return Person(account.name, account.role, links)
    return None


def crumbs(*links: Link | None) -> tuple[Link, ...]:
    """The way from home, without what is None."""
    return (Link("Home", "/"), *(link for link in links if link))


def shown(name: str, **values: Any) -> Shown:
    """The library's query of this name with these values."""
    asked = query(name)
    text = asked.bind(**values).strip()
    is_table = any(table.name == name for table in definitions())  # others make graphs
    fits = all(isinstance(value, str) or 0 < len(value) <= MOST_VALUES for value in values.values())
    twins = _twins(name, values) if is_table and fits else ()
    return Shown(asked.title, text, f"/sparql?{urlencode({'query': text, 'format': 'html'})}", twins)


def tabled(table: Definition, **values: str) -> Shown:
    """A table that takes more than one query, for these values."""
    return Shown(table.title, "", "", _twins(table.name, values))


_OFFERED = ("csv", "json", "ttl")


def _twins(name: str, values: Mapping[str, str | Sequence[str]]) -> tuple[Link, ...]:
    asked = query_string({key: [value] if isinstance(value, str) else value for key, value in values.items()})
    return tuple(Link(form.label, f"/data/{name}.{form.suffix}{asked}") for form in FORMS if form.suffix in _OFFERED)
