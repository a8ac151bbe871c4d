"""The page of what changed: the newest revisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.changelog import Changes, changes_of, size_of
from kg.contributing import home
from kg.errors import StoreDamaged
from kg.namespaces import kind_of
from kg.queries import RevisionRow, names, revisions
from kg.settings import Settings
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.about import about_frame
from webui.contexts.between import LARGEST
from webui.contexts.page import Link, Page, shown
from webui.words import kind_words, many

LARGEST_LISTED = 100_000
"""Records of more bytes are not read for the list: that would keep people waiting."""


@dataclass(frozen=True)
class Revision:
    """A revision in the list.

    Attributes:
        link: its own page.
        did: what came, changed and went, in words.
        answers: what changed in the answers, in words.
        unread: why these are not told.
    """

    link: Link
    at: str
    who: Link
    message: str
    did: tuple[str, ...]
    answers: tuple[str, ...]
    unread: str


@dataclass(frozen=True, kw_only=True)
class ChangesPage(Page):
    """The newest revisions."""

    menu: tuple[Link, ...]
    changes: tuple[Revision, ...]


def changes_page(opened: Opened, settings: Settings) -> ChangesPage:
    """The newest revisions."""
    rows = revisions(opened.reader)
    people = names(opened.reader, sorted({row.agent for row in rows}))
    return ChangesPage(
        **about_frame(
            opened,
            "/about/changes",
            "What changed",
            lead="Each accepted change of the data, the newest first: who made it, what it brought or withdrew, and "
            "which answers it changed.",
            queries=(shown("revisions"),),
            canonical="/about/changes",
        ),
        changes=tuple(_revision(settings, row, people) for row in rows),
    )


def _revision(settings: Settings, row: RevisionRow, people: dict[str, str]) -> Revision:
    found, unread = told_of(settings, row.number, LARGEST_LISTED)
    return Revision(
        link=Link(f"Revision {row.number}", f"/revision/{row.number}"),
        at=row.at[:10],
        who=Link(people.get(row.agent) or short(row.agent), href(row.agent)),
        message=row.message,
        did=did(found) if found else (),
        answers=answers(found) if found else (),
        unread=unread,
    )


def told_of(settings: Settings, number: int, largest: int) -> tuple[Changes | None, str]:
    """What a revision did; or why that is not told."""
    place = home(settings)
    try:
        size = size_of(place, number)
        if size > LARGEST:
            return None, f"This was a load of {size // 1_000_000 or 1} MB: too large to be told entry by entry."
        if size > largest:
            return None, "This was a large change. Its own page tells what it did."
        return changes_of(place, number), ""
    except StoreDamaged:
        return None, "What it did in detail is not known here: its record is not in the journal of this copy."


def did(found: Changes) -> tuple[str, ...]:
    told = (
        ("new", found.added),
        ("changed", found.changed),
        ("withdrawn", found.withdrawn),
        ("taken out", found.removed),
    )
    return tuple(f"{words} {verb}" for verb, things in told for words in _by_kind(things))


def _by_kind(things: Sequence[str]) -> list[str]:
    """How many there are of each kind that readers know, and of all others together."""
    counts = Counter(_kind(iri) for iri in things)
    known = [(kind_words(kind), n) for kind, n in counts.items() if kind_words(kind)]
    told = [many(n, words.one.lower(), words.many.lower()) for words, n in known if words]
    return sorted(told) + ([many(counts[""], "other entry", "other entries")] if counts[""] else [])


def _kind(iri: str) -> str:
    kind = kind_of(iri) or ""
    return kind if kind_words(kind) else ""


def answers(found: Changes) -> tuple[str, ...]:
    moved = [change for change in found.statuses if change.before]
    gained = sum(link.gained for link in found.links)
    told = (
        (len(moved), many(len(moved), "tactic has", "tactics have") + " another evidence status"),
        (gained, many(gained, "link") + " from a tactic to what it is held to address came"),
        (len(found.links) - gained, many(len(found.links) - gained, "such link") + " went"),
    )
    return tuple(words for count, words in told if count) or ("No status and no link to a cause changed.",)
