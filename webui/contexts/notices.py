"""What somebody follows, with what is new of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from kg.followers import ALL, RELEASES, SEARCH, Follow, News
from webui.addresses import href
from webui.base import Opened
from webui.contexts.fields import Fault
from webui.contexts.page import Link, Page, crumbs, frame
from webui.words import many, moment


@dataclass(frozen=True)
class NewsLine:
    """A revision that touched what is followed."""

    link: Link
    at: str
    by: str
    message: str


@dataclass(frozen=True)
class Followed:
    """Something that is followed."""

    link: Link
    news: tuple[NewsLine, ...]
    count: str
    end: str


@dataclass(frozen=True, kw_only=True)
class NoticesPage(Page):
    """What somebody follows.

    Attributes:
        faults: what is wrong in what was asked for.
        followed: what is followed, what has news first.
        all_too, releases_too: whether these are not followed yet and can be.
        words_typed: the words of a search that could not be followed.
        mailed: where news are sent; empty where no mail is sent here.
        upto: the revision up to which all is shown.
        has_news: whether there is any.
    """

    faults: tuple[Fault, ...]
    followed: tuple[Followed, ...]
    all_too: bool
    releases_too: bool
    words_typed: str
    mailed: str
    upto: int
    has_news: bool


def notices_page(
    opened: Opened, news: Iterable[News], mailed: str, typed: str = "", faults: tuple[Fault, ...] = ()
) -> NoticesPage:
    """The page.

    Args:
        opened: the base.
        news: of each thing that is followed.
        mailed: where mail goes; empty where none is sent.
        typed: the words of a search that could not be followed.
        faults: what was wrong with them.
    """
    found = sorted(news, key=lambda row: not row.revisions)
    kinds = {row.follow.kind for row in found}
    return NoticesPage(
        **frame(
            opened,
            "What you follow",
            lead="Changes of the things you follow, since you last marked them as read.",
            crumbs=crumbs(Link("Your account", "/account"), Link("What you follow", "", True)),
        ),
        faults=faults,
        followed=tuple(_followed(row) for row in found),
        all_too=ALL not in kinds,
        releases_too=RELEASES not in kinds,
        words_typed=typed,
        mailed=mailed,
        upto=opened.revision,
        has_news=any(row.revisions for row in found),
    )


def _followed(row: News) -> Followed:
    title = row.title[:1].upper() + row.title[1:]
    lines = tuple(
        NewsLine(Link(f"Revision {t.number}", f"/revision/{t.number}"), moment(t.at), t.by, t.message)
        for t in row.revisions
    )
    return Followed(Link(title, _where(row.follow)), lines, many(len(lines), "change"), f"/unfollow/{row.follow.id}")


def _where(follow: Follow) -> str:
    if follow.kind == SEARCH:
        return f"/search?q={quote(follow.what)}"
    return {ALL: "/revisions", RELEASES: "/releases"}.get(follow.kind) or href(follow.what)
