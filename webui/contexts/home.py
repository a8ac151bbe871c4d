"""The first page."""

from __future__ import annotations

from dataclasses import dataclass

from kg.exporting import cite_data
from kg.queries import causes, counts, revisions
from webui import structured
from webui.addresses import href
from webui.base import Opened
from webui.contexts.page import SITE, Link, Page, frame, shown
from webui.words import LISTS, many


@dataclass(frozen=True)
class CauseCard:
    """A cause to choose."""

    link: Link
    definition: str
    claims: str


@dataclass(frozen=True)
class Count:
    """How many there are of something."""

    number: int
    noun: str
    href: str


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """Where a person comes in with a worry."""

    causes: tuple[CauseCard, ...]
    counts: tuple[Count, ...]
    lists: tuple[Link, ...]
    changed: str


def home_page(opened: Opened) -> HomePage:
    """The first page."""
    newest = next(iter(revisions(opened.reader)), None)
    changed = newest.at[:10] if newest else ""
    return HomePage(
        **frame(
            opened,
            "What is going wrong with your policy?",
            title=SITE,
            at="/",
            lead="Four broad causes of policy failure, the support tactics set against them, and what stands behind "
            "each. Start from the one that sounds like yours.",
            queries=(shown("causes"), shown("counts")),
            description=_ABOUT,
            canonical="/",
            structured=structured.script(
                structured.site(_ABOUT),
                structured.dataset(_ABOUT, opened.revision, changed, cite_data(opened.reader)),
            ),
        ),
        causes=tuple(
            CauseCard(Link(row.label, href(row.cause)), row.definition, many(row.claims, "claim"))
            for row in causes(opened.reader)
        ),
        counts=_counts(opened),
        lists=tuple(Link(kind.many, kind.list_href) for kind in LISTS.values()),
        changed=changed,
    )


_ABOUT = (
    "A record of what sources claim about the gap between policy and its implementation: why it opens, which support "
    "could help, and what stands behind each answer."
)


def _counts(opened: Opened) -> tuple[Count, ...]:
    found = counts(opened.reader)
    shown_ones = (
        ("Claim", "claims", "/sources"),
        ("Source", "sources", "/sources"),
        ("Tactic", "tactics", "/tactics"),
        ("Gap", "gaps in the evidence", "/gaps"),
    )
    return tuple(Count(found.get(cls, 0), noun, where) for cls, noun, where in shown_ones)
