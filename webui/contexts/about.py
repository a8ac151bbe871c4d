"""The pages about the base itself: the frame they share, and the page on method and limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.exporting import cite_data
from kg.queries import packs
from webui.addresses import href
from webui.base import Opened
from webui.contexts.page import Link, Page, crumbs, frame, shown

_MENU = (
    ("Method and limits", "/about"),
    ("How far the evidence carries", "/about/evidence"),
    ("How to read a claim", "/about/reading"),
    ("Our words", "/about/words"),
    ("What changed", "/about/changes"),
)


@dataclass(frozen=True)
class PackLine:
    """A pack of data."""

    link: Link
    version: str
    licence: Link


@dataclass(frozen=True, kw_only=True)
class AboutPage(Page):
    """Method, limits, licence, contact, accessibility."""

    menu: tuple[Link, ...]
    packs: tuple[PackLine, ...]
    cite_as: str
    contact: Link | None


def about_frame(opened: Opened, at: str, heading: str, **more: Any) -> dict[str, Any]:
    """The frame of a page about the base, with the menu of them all.

    Args:
        opened: the base.
        at: where the page stands in the menu; a page below one of them gives that one.
        heading: the page's heading.
        more: further fields of the page.
    """
    first = Link("About", "/about", at == "/about")
    here = None if at == "/about" else Link(heading, "", True)
    return {
        **frame(opened, heading, at="/about", crumbs=crumbs(first, *more.pop("way", ()), here), **more),
        "menu": tuple(Link(name, address, address == at) for name, address in _MENU),
    }


def about_page(opened: Opened, contact: str) -> AboutPage:
    """The page on method and limits.

    Args:
        opened: the base.
        contact: mail or web address of who answers for this copy; empty where none was given.
    """
    return AboutPage(
        **about_frame(
            opened,
            "/about",
            "About this evidence base",
            lead="How it is made, what it can tell you, and where it stops.",
            queries=(shown("packs"),),
            canonical="/about",
        ),
        packs=tuple(
            PackLine(Link(row.title, href(row.pack)), row.version, Link(row.licence, row.licence))
            for row in packs(opened.reader)
        ),
        cite_as=cite_data(opened.reader),
        contact=Link(contact, f"mailto:{contact}" if "@" in contact else contact) if contact else None,
    )
