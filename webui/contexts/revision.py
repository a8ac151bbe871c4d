"""The pages of revisions: all of them in a list, one with all it did, and what lies between two."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import NotFound
from kg.history import (
    FIRST,
    Index,
    check_revision,
)
from kg.namespaces import thing
from kg.queries import RevisionRecord, revision_records
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.between import LOST, Told, compare_href, told_between, told_of
from webui.contexts.page import Link, Page, crumbs, frame, shown
from webui.contexts.paging import pager
from webui.words import moment

_ON_A_PAGE = 25


@dataclass(frozen=True)
class RevisionLine:
    """A revision in a list."""

    link: Link
    at: str
    by: Link
    message: str


@dataclass(frozen=True, kw_only=True)
class RevisionsPage(Page):
    """All revisions, a part at a time."""

    revisions: tuple[RevisionLine, ...]
    parts: tuple[Link, ...]
    newest: int


@dataclass(frozen=True, kw_only=True)
class RevisionPage(Page):
    """One revision with all it did.

    Attributes:
        number: which.
        at, by: when, and who answers for it.
        others: the revisions beside it.
        undo: where a reviewer can undo it; empty for others, and for the first, on which all others stand.
        file: where its whole record stands as a patch; empty where it is not here.
    """

    number: int
    at: str
    by: Link
    told: Told
    others: tuple[Link, ...]
    file: str
    undo: str


@dataclass(frozen=True, kw_only=True)
class ComparedPage(Page):
    """What lies between two revisions, of the base or of one thing.

    Attributes:
        older, newer: the numbers for the fields of the form.
        newest: the largest there is.
        thing: the thing as it was typed.
        told: the answer; None where nothing was asked.
    """

    older: str
    newer: str
    newest: int
    thing: str
    told: Told | None


def revisions_page(opened: Opened, part: int) -> RevisionsPage:
    """A part of the list of revisions, the newest first.

    Raises:
        NotFound: there is no such part.
    """
    newest = opened.revision - (part - 1) * _ON_A_PAGE
    if part < 1 or (newest < FIRST and part > 1):
        raise NotFound(f"part {part} of the revisions")
    numbers = range(newest, max(newest - _ON_A_PAGE, 0), -1)
    records = revision_records(opened.reader, [thing("revision", str(number)) for number in numbers])
    last = -(-opened.revision // _ON_A_PAGE)
    return RevisionsPage(
        **frame(
            opened,
            "Revisions",
            lead="Every accepted change of the base has a number. Each can be looked at, compared with another, and "
            "undone by a later one; none is ever rewritten.",
            at="/about",
            crumbs=crumbs(Link("About", "/about"), Link("Revisions", "", True)),
            queries=(shown("revision_records", revision=[thing("revision", str(number)) for number in numbers][:20]),)
            if records
            else (),
            canonical="/revisions",
        ),
        revisions=tuple(_revision_line(row) for row in records),
        parts=pager("/revisions?part={}", part, last),
        newest=opened.revision,
    )


def _revision_line(row: RevisionRecord) -> RevisionLine:
    return RevisionLine(
        Link(f"Revision {row.number}", f"/revision/{row.number}"),
        moment(row.at),
        Link(row.agentName or short(row.agent), href(row.agent)),
        row.message,
    )


def revision_page(opened: Opened, index: Index, number: int, part: int, undoes: bool = False) -> RevisionPage:
    """The page of a revision.

    Raises:
        NotFound: there is no such revision.
    """
    check_revision(opened.reader, number)
    iri = thing("revision", str(number))
    row = next(iter(revision_records(opened.reader, [iri])), None)
    told = told_between(opened, index, number - 1, number, part)
    near = ((number - 1, "The one before"), (number + 1, "The one after"))
    others = [Link(words, f"/revision/{n}") for n, words in near if FIRST <= n <= opened.revision]
    if number > FIRST:
        others.append(Link("Everything since the one before, up to now", compare_href(number - 1, opened.revision)))
    return RevisionPage(
        **frame(
            opened,
            f"Revision {number}",
            lead=row.message if row else "",
            at="/about",
            crumbs=crumbs(Link("Revisions", "/revisions"), Link(f"Revision {number}", "", True)),
            queries=(shown("revision_records", revision=[iri]),),
            canonical=f"/revision/{number}",
        ),
        number=number,
        at=moment(row.at) if row else "",
        by=Link(row.agentName or short(row.agent), href(row.agent)) if row else Link("not recorded", ""),
        told=told,
        others=tuple(others),
        undo=f"/undo?revision={number}" if undoes and number > FIRST else "",
        file="" if told.unread == LOST else f"/revision/{number}.rdfp",
    )


def compared_page(opened: Opened, index: Index, older: int, newer: int, wanted: str, part: int) -> ComparedPage:
    """What lies between two revisions; the form alone where none are given.

    Args:
        opened: the base.
        index: which change touched what.
        older, newer: the revisions; 0 where none is given.
        wanted: the thing, as `kind/slug` or by its address; all where empty.
        part: of a long list.

    Raises:
        NotFound: there is no such revision, or nothing ever had this address.
    """
    told = None
    if older and newer:
        check_revision(opened.reader, older)
        check_revision(opened.reader, newer)
        told = (
            told_of(opened, index, older, newer, wanted) if wanted else told_between(opened, index, older, newer, part)
        )
    name = f"Revision {older} beside revision {newer}" if told else "Compare two revisions"
    return ComparedPage(
        **frame(
            opened,
            name,
            lead="What came, changed and went between two revisions, all steps between them taken together.",
            at="/about",
            crumbs=crumbs(Link("Revisions", "/revisions"), Link("Compare", "", True)),
            canonical=compare_href(older, newer, wanted) if told else "/compare/revisions",
        ),
        older=str(older or ""),
        newer=str(newer or opened.revision),
        newest=opened.revision,
        thing=wanted,
        told=told,
    )
