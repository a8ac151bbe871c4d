"""What lies between two states of the base, told by answers that changed and by things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.changelog import Changes, StatusChange, compare, tactics_by_summary
from kg.errors import NotFound, StoreDamaged
from kg.history import (
    Difference,
    Index,
    Net,
    as_patch,
    between,
    by_people,
    difference,
    size_between,
    thing_at,
    told_apart,
)
from kg.namespaces import ID
from kg.queries import names
from webui.addresses import href, is_ours, short
from webui.base import Opened
from webui.contexts.differences import ChangedThing, changed_things
from webui.contexts.page import Link
from webui.contexts.paging import pager
from webui.words import many

LARGEST = 2_000_000
"""Records of more bytes are not told entry by entry: that would keep people waiting."""
_LONGEST_PATCH = 60_000
_THINGS = 40
_MOST_ANSWERS = 40
_ADDRESS = re.compile(r"[a-z0-9-]+/[A-Za-z0-9._-]+")
LOST = "What it did in detail is not known here: its record is not in the journal of this copy."
_BEGUN, _ENDED = "is now held to address", "is no longer held to address"


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


def compare_href(older: int, newer: int, wanted: str = "") -> str:
    """The address of two revisions set beside each other, of the base or of one thing."""
    return f"/compare/revisions?from={older}&to={newer}" + (f"&thing={wanted}" if wanted else "")


def told_between(opened: Opened, index: Index, older: int, newer: int, part: int) -> Told:
    """What lies between two revisions; or why that is not told."""
    try:
        size = size_between(index.journal, older, newer)
        if size > LARGEST:
            return Told(f"This was a load of {size // 1_000_000} MB: too large to be told entry by entry.")
        net = between(index.journal, older, newer)
    except StoreDamaged:
        return Told(LOST)
    address = f"/revision/{newer}?part={{}}" if newer == older + 1 else f"{compare_href(older, newer)}&part={{}}"
    return _of_net(opened, net, part, address)


def told_of(opened: Opened, index: Index, older: int, newer: int, wanted: str) -> Told:
    """What lies between two states of one thing."""
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
