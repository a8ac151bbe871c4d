"""The pages of revisions: all of them in a list, one with all it did, and what lies between two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.changelog import Changes, StatusChange, compare, tactics_by_summary
from kg.errors import NotFound, StoreDamaged
from kg.history import (
    FIRST,
    Difference,
    Index,
    Net,
    as_patch,
    between,
    by_people,
    check_revision,
    difference,
    size_between,
    thing_at,
    told_apart,
)
from kg.namespaces import ID, thing
from kg.queries import RevisionRecord, names, revision_records
from webui.addresses import href, is_ours, short
from webui.base import Opened
from webui.contexts.differences import ChangedThing, changed_things
from webui.contexts.page import Link, Page, crumbs, frame, shown
from webui.words import many, moment

LARGEST = 2_000_000
"""Records of more bytes are not told entry by entry: that would keep people waiting."""
_LONGEST_PATCH = 60_000
_ON_A_PAGE, _THINGS = 25, 40
_ADDRESS = re.compile(r"[a-z0-9-]+/[A-Za-z0-9._-]+")
_MOST_ANSWERS = 40
_BEGUN, _ENDED = "is now held to address", "is no longer held to address"


@dataclass(frozen=True)
class RevisionLine:
    """A revision in a list."""

    link: Link
    at: str
    by: Link
    message: str


@dataclass(frozen=True)
class Moved:
    """A tactic whose evidence status changed; `before` is empty where the tactic was new."""

    tactic: Link
    before: str
    after: str


@dataclass(frozen=True)
class Tied:
    """A link between a tactic and what it is held to address that came or went."""

    tactic: Link
    how: str
    other: Link


@dataclass(frozen=True)
class Told:
    """What lies between two states of the base.

    Attributes:
        unread: why it is not told; empty where it is.
        moved, tied: answers that changed.
        left: how many of these are not shown.
        things: what was changed by people, thing by thing.
        count: how many things these are.
        patch: the same as RDF; empty where it is too long for a page.
        parts: the other parts of a long list.
    """

    unread: str
    moved: tuple[Moved, ...] = ()
    tied: tuple[Tied, ...] = ()
    left: str = ""
    things: tuple[ChangedThing, ...] = ()
    count: str = ""
    patch: str = ""
    parts: tuple[Link, ...] = ()


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


def pager(address: str, part: int, last: int) -> tuple[Link, ...]:
    """The way to the parts before and after one, and to both ends."""
    wanted = (
        ("Newest", 1),
        ("Newer", part - 1),
        (f"Part {part} of {last}", part),
        ("Older", part + 1),
        ("First", last),
    )
    if last <= 1:
        return ()
    return tuple(
        Link(label, "" if number == part else address.format(number), number == part)
        for label, number in wanted
        if 1 <= number <= last and (number != part or label.startswith("Part"))
    )


def revision_page(opened: Opened, index: Index, number: int, part: int, undoes: bool = False) -> RevisionPage:
    """The page of a revision.

    Raises:
        NotFound: there is no such revision.
    """
    check_revision(opened.reader, number)
    iri = thing("revision", str(number))
    row = next(iter(revision_records(opened.reader, [iri])), None)
    told = _told(opened, index, number - 1, number, part)
    near = ((number - 1, "The one before"), (number + 1, "The one after"))
    others = [Link(words, f"/revision/{n}") for n, words in near if FIRST <= n <= opened.revision]
    if number > FIRST:
        others.append(Link("Everything since the one before, up to now", _compare_href(number - 1, opened.revision)))
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
        file="" if told.unread == _LOST else f"/revision/{number}.rdfp",
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
        told = _thing_told(opened, index, older, newer, wanted) if wanted else _told(opened, index, older, newer, part)
    name = f"Revision {older} beside revision {newer}" if told else "Compare two revisions"
    return ComparedPage(
        **frame(
            opened,
            name,
            lead="What came, changed and went between two revisions, all steps between them taken together.",
            at="/about",
            crumbs=crumbs(Link("Revisions", "/revisions"), Link("Compare", "", True)),
            canonical=_compare_href(older, newer, wanted) if told else "/compare/revisions",
        ),
        older=str(older or ""),
        newer=str(newer or opened.revision),
        newest=opened.revision,
        thing=wanted,
        told=told,
    )


def _compare_href(older: int, newer: int, wanted: str = "") -> str:
    return f"/compare/revisions?from={older}&to={newer}" + (f"&thing={wanted}" if wanted else "")


_LOST = "What it did in detail is not known here: its record is not in the journal of this copy."


def _told(opened: Opened, index: Index, older: int, newer: int, part: int) -> Told:
    """What lies between two revisions; or why that is not told."""
    try:
        size = size_between(index.journal, older, newer)
        if size > LARGEST:
            return Told(f"This was a load of {size // 1_000_000} MB: too large to be told entry by entry.")
        net = between(index.journal, older, newer)
    except StoreDamaged:
        return Told(_LOST)
    address = f"/revision/{newer}?part={{}}" if newer == older + 1 else f"{_compare_href(older, newer)}&part={{}}"
    return _of_net(opened, net, part, address)


def _of_net(opened: Opened, net: Net, part: int, address: str) -> Told:
    differences = _sorted(told_apart(net.removed, net.added))
    last = max(1, -(-len(differences) // _THINGS))
    if not 1 <= part <= last:
        raise NotFound(f"part {part}")
    changes = compare(tuple(net.removed), tuple(net.added))
    patch = as_patch(by_people(net.removed), by_people(net.added))
    return Told(
        "",
        moved=_moved(opened, changes.statuses[:_MOST_ANSWERS]),
        tied=_tied(opened, changes),
        left=_left(len(changes.statuses), len(changes.links)),
        things=changed_things(opened, differences[(part - 1) * _THINGS : part * _THINGS]),
        count=many(len(differences), "entry", "entries"),
        patch=patch if len(patch) <= _LONGEST_PATCH else "",
        parts=pager(address, part, last),
    )


def _sorted(differences: Iterable[Difference]) -> list[Difference]:
    """Things that readers know first, what stands behind them (passages, selectors) last."""
    behind = (f"{ID}passage/", f"{ID}selector/", f"{ID}activity/")
    return sorted(differences, key=lambda found: (found.iri.startswith(behind), not is_ours(found.iri), found.iri))


def _thing_told(opened: Opened, index: Index, older: int, newer: int, wanted: str) -> Told:
    iri = wanted if wanted.startswith(ID) else ID + wanted
    if not _ADDRESS.fullmatch(iri.removeprefix(ID)):
        raise NotFound(wanted)
    before, after = (by_people(thing_at(opened.reader, index, iri, number)) for number in (older, newer))
    if not before and not after and not index.touching([iri], opened.revision):
        raise NotFound(wanted)
    gone, came = before - after, after - before
    differences = [difference(iri, gone, came)] if gone or came else []
    return Told(
        "",
        things=changed_things(opened, differences),
        count=many(len(differences), "entry", "entries"),
        patch=as_patch(gone, came),
    )


def _left(*counts: int) -> str:
    more = sum(max(0, count - _MOST_ANSWERS) for count in counts)
    return f"{many(more, 'more line')} not shown." if more else ""


def _moved(opened: Opened, found: Sequence[StatusChange]) -> tuple[Moved, ...]:
    of = tactics_by_summary(opened.reader) if found else {}
    wanted = [(of[change.summary], change) for change in found if change.summary in of]
    called = names(opened.reader, [tactic for tactic, _ in wanted])
    return tuple(
        Moved(Link(called.get(iri) or short(iri), href(iri)), _status(change.before), _status(change.after))
        for iri, change in wanted
    )


def _status(slug: str) -> str:
    return slug.replace("-", " ")


def _tied(opened: Opened, changes: Changes) -> tuple[Tied, ...]:
    found = changes.links[:_MOST_ANSWERS]
    called = names(opened.reader, list(dict.fromkeys(iri for link in found for iri in (link.tactic, link.cause))))

    def link(iri: str) -> Link:
        return Link(called.get(iri) or short(iri), href(iri))

    return tuple(Tied(link(f.tactic), _BEGUN if f.gained else _ENDED, link(f.cause)) for f in found)
