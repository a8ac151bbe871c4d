"""The pages of what changed: the newest revisions, and one of them with all it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.changelog import Changes, StatusChange, changes_of, size_of, tactics_by_summary
from kg.contributing import home
from kg.errors import NotFound, StoreDamaged
from kg.namespaces import kind_of
from kg.queries import RevisionRow, names, revisions
from kg.settings import Settings
from webui.addresses import href, is_ours, short
from webui.base import Opened
from webui.contexts.about import about_frame
from webui.contexts.page import Link, Page, shown
from webui.words import kind_words, many

LARGEST_LISTED, LARGEST = 100_000, 2_000_000
"""Records of more bytes are not read, for the list or for a page: that would keep people waiting."""
MOST = 40
"""So many things of a kind are named on the page of a revision."""


@dataclass(frozen=True)
class Moved:
    """A tactic whose evidence status changed; `before` is empty where the tactic was new."""

    tactic: Link
    before: str
    after: str


@dataclass(frozen=True)
class Named:
    """Things that a revision brought, changed or withdrew; `left` tells how many more there are."""

    heading: str
    things: tuple[Link, ...]
    left: str


@dataclass(frozen=True)
class Tied:
    """A link between a tactic and what it is held to address that came or went."""

    tactic: Link
    other: Link
    how: str


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


@dataclass(frozen=True, kw_only=True)
class RevisionPage(Page):
    """One revision with all it did."""

    menu: tuple[Link, ...]
    at: str
    who: Link
    moved: tuple[Moved, ...]
    tied: tuple[Tied, ...]
    groups: tuple[Named, ...]
    left: str
    unread: str


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
    found, unread = _told(settings, row.number, LARGEST_LISTED)
    return Revision(
        link=Link(f"Revision {row.number}", f"/about/changes/{row.number}"),
        at=row.at[:10],
        who=Link(people.get(row.agent) or short(row.agent), href(row.agent)),
        message=row.message,
        did=_did(found) if found else (),
        answers=_answers(found) if found else (),
        unread=unread,
    )


def _told(settings: Settings, number: int, largest: int) -> tuple[Changes | None, str]:
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


def _did(found: Changes) -> tuple[str, ...]:
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


def _answers(found: Changes) -> tuple[str, ...]:
    moved = [change for change in found.statuses if change.before]
    gained = sum(link.gained for link in found.links)
    told = (
        (len(moved), many(len(moved), "tactic has", "tactics have") + " another evidence status"),
        (gained, many(gained, "link") + " from a tactic to what it is held to address came"),
        (len(found.links) - gained, many(len(found.links) - gained, "such link") + " went"),
    )
    return tuple(words for count, words in told if count) or ("No status and no link to a cause changed.",)


def revision_page(opened: Opened, settings: Settings, number: int) -> RevisionPage:
    """The page of a revision.

    Raises:
        NotFound: there is no such revision, or it is too old to be listed.
    """
    row = next((row for row in revisions(opened.reader) if row.number == number), None)
    if row is None:
        raise NotFound(f"revision {number}")
    found, unread = _told(settings, number, LARGEST)
    found = found or Changes((), (), (), (), (), ())
    labels = _labels(opened, found, row.agent)
    return RevisionPage(
        **about_frame(
            opened,
            "/about/changes",
            f"Revision {number}",
            lead=row.message,
            way=(Link("What changed", "/about/changes"),),
            queries=(shown("revisions"),),
            canonical=f"/about/changes/{number}",
        ),
        at=row.at.replace("T", ", ").replace("Z", " UTC"),
        who=_link(row.agent, labels),
        moved=_moved(opened, found.statuses, labels)[:MOST],
        tied=tuple(
            Tied(_link(link.tactic, labels), _link(link.cause, labels), _BEGUN if link.gained else _ENDED)
            for link in found.links[:MOST]
        ),
        groups=tuple(_groups(found, labels)),
        left=_left(len(found.statuses), len(found.links)),
        unread=unread,
    )


_BEGUN, _ENDED = "now held to address", "no longer held to address"


def _left(*counts: int) -> str:
    more = sum(max(0, count - MOST) for count in counts)
    return f"{many(more, 'more line')} not shown." if more else ""


def _labels(opened: Opened, found: Changes, agent: str) -> dict[str, str]:
    shown_ones = [iri for things in (found.added, found.changed, found.withdrawn, found.removed) for iri in things]
    ends = [iri for link in found.links[:MOST] for iri in (link.tactic, link.cause)]
    known = {iri: hit.label for iri in shown_ones if (hit := opened.search.get(iri))}
    return {**names(opened.reader, [agent, *dict.fromkeys(ends)]), **known}


def _link(iri: str, labels: dict[str, str]) -> Link:
    return Link(labels.get(iri) or short(iri), href(iri) if is_ours(iri) else "")


def _moved(opened: Opened, found: Iterable[StatusChange], labels: dict[str, str]) -> tuple[Moved, ...]:
    of = tactics_by_summary(opened.reader)
    wanted = [(of[change.summary], change) for change in found if change.summary in of]
    known = {**names(opened.reader, [tactic for tactic, _ in wanted]), **labels}
    return tuple(Moved(_link(iri, known), _status(change.before), _status(change.after)) for iri, change in wanted)


def _status(slug: str) -> str:
    return slug.replace("-", " ")


def _groups(found: Changes, labels: dict[str, str]) -> Iterable[Named]:
    told = (
        ("Withdrawn", found.withdrawn),
        ("New", found.added),
        ("Changed", found.changed),
        ("Taken out", found.removed),
    )
    for heading, things in told:
        kinds: dict[str, list[str]] = {}
        for iri in things:
            if iri in labels:
                kinds.setdefault(_kind(iri), []).append(iri)
        for kind, members in sorted(kinds.items(), key=lambda item: (item[0] == "", item[0])):
            words = kind_words(kind)
            name = words.many.lower() if words else "other entries"
            rest = len(members) - MOST
            links = tuple(_link(iri, labels) for iri in members[:MOST])
            yield Named(f"{heading}: {name} ({len(members):,})", links, f"and {rest:,} more" if rest > 0 else "")
