"""The history of a thing: what each revision of the base did to it, and by which readings its record came about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.errors import NotFound
from kg.history import FIRST, Episode, Fate, Index, history
from kg.namespaces import local_of, thing
from kg.queries import Reading, RevisionRecord, gists, names, readings_of, revision_records
from webui.addresses import href, kind, short
from webui.base import Opened
from webui.contexts.citing import CiteThis, cite_this
from webui.contexts.page import Link, Page, crumbs, frame, shown
from webui.contexts.things import Thing, views_of
from webui.words import DETAILS, kind_words, many, moment

_ON_A_PAGE = 50
_MOST = 100
"""So many of a kind are named; the count is that of all."""
_NAMED = 1000
"""Up to so many are looked up by name, to name the first of them."""
_MOST_READINGS = 50
"""Of the readings of a hub of a large base, those of so many of its claims are told."""


@dataclass(frozen=True)
class Touched:
    """Things that a revision treated alike."""

    told: str
    things: tuple[Link, ...]
    left_out: str


@dataclass(frozen=True)
class EpisodeLine:
    """What a revision did to a thing.

    Attributes:
        link: the revision.
        at, by, message: when, who answers for it, what they said of it.
        told: what it did, a sentence each.
        touched: the claims and members it touched.
        then: the thing as it stood then, where this changed it.
        undo: where a reviewer can undo it for this thing.
    """

    link: Link
    at: str
    by: Link
    message: str
    told: tuple[str, ...]
    touched: tuple[Touched, ...]
    then: Link | None
    undo: Link | None


@dataclass(frozen=True)
class ReadingLine:
    """A reading by which claims were entered, checked or withdrawn."""

    link: Link
    definition: str
    did: str
    by: Link
    at: str


@dataclass(frozen=True, kw_only=True)
class HistoryPage(Page):
    """The history of a thing.

    Attributes:
        episodes: what revisions did to it, newest first.
        only_first: whether all came with the first revision.
        readings: how the record came about, as told in the data.
        readings_of: of how many claims these are, where of a large base not all are looked at; else 0.
        parts: the way to what is newer and older.
        amend: what contributors can do with it, and its news.
        can_follow: what is sent to follow it; empty for who does already, and for readers.
        follows: whether whoever reads this follows it.
    """

    episodes: tuple[EpisodeLine, ...]
    only_first: bool
    readings: tuple[ReadingLine, ...]
    readings_of: int
    parts: tuple[Link, ...]
    amend: tuple[Link, ...]
    can_follow: str
    follows: bool
    cite: CiteThis


def history_page(
    opened: Opened, index: Index, item: Thing, part: int, follows: bool | None = None, undoes: bool = False
) -> HistoryPage:
    """The history of a thing.

    Args:
        opened: the base.
        index: which change touched what.
        item: the thing.
        part: of a long history.
        follows: whether whoever is signed in follows it; None where nobody is.
        undoes: whether they may undo what was done to it.

    Raises:
        NotFound: there is no such part.
    """
    told = history(opened.reader, index, item.iri, _ON_A_PAGE, max(part - 1, 0) * _ON_A_PAGE)
    if part < 1 or (part > 1 and not told.episodes):
        raise NotFound(f"part {part} of this history")
    found = told.episodes
    revisions = [thing("revision", str(episode.revision)) for episode in found]
    records = {row.number: row for row in revision_records(opened.reader, revisions)}
    called = _names(opened, item, found)
    first = opened.part(_MOST_READINGS)
    return HistoryPage(
        **_frame(opened, item, called[item.iri], revisions),
        episodes=tuple(_line(opened, item, episode, records, called, undoes) for episode in found),
        only_first=part == 1 and [episode.revision for episode in found] == [FIRST],
        parts=_parts(item, part, told.more),
        amend=_amend(item, follows is not None),
        can_follow=local_of(item.iri) if follows is False else "",
        follows=bool(follows),
        readings=tuple(map(_reading, readings_of(opened.reader, item.iri, first))),
        readings_of=_MOST_READINGS if first else 0,
        cite=cite_this(opened, item.iri),
    )


def _parts(item: Thing, part: int, more: bool) -> tuple[Link, ...]:
    address = f"/history/{local_of(item.iri)}?part="
    newer = [Link("Newer", f"{address}{part - 1}")] if part > 1 else []
    return (*newer, *([Link("Older", f"{address}{part + 1}")] if more else ()))


def _amend(item: Thing, signed_in: bool) -> tuple[Link, ...]:
    local = local_of(item.iri)
    news = Link("News of it (Atom)", f"/feeds/of/{local}.atom")
    if not signed_in or not item.rows or kind(item.iri) in ("revision", "release", "activity", "agent", "summary"):
        return (news,)
    marked = [Link("Retracted or corrected?", f"/contribute/{local}/mark")] if kind(item.iri) == "source" else []
    return (news, Link("Withdraw it", f"/withdraw/{local}"), *marked)


def _frame(opened: Opened, item: Thing, name: str, revisions: list[str]) -> dict[str, object]:
    words = kind_words(kind(item.iri))
    return frame(
        opened,
        name,
        title=f"History: {name}",
        eyebrow=f"History of {words.one.lower() if words else 'what is called'}",
        lead="When this was added, changed or withdrawn here, by whom, and by which readings it came about.",
        crumbs=crumbs(Link(name, href(item.iri)), Link("History", "", True)),
        views=views_of(item.iri, kind(item.iri) != "claim", "History"),
        queries=(shown("readings_of", thing=item.iri), shown("revision_records", revision=revisions)),
        canonical=f"/history/{local_of(item.iri)}",
    )


def _names(opened: Opened, item: Thing, found: Iterable[Episode]) -> dict[str, str]:
    """What everything touched is called: claims by their gist, what is gone for good by its address."""
    fates = [fates for episode in found for fates in (episode.claims, episode.members)]
    touched = {iri for some in fates for fate in Fate for iri in _some(some, fate)}
    claims = gists(opened.reader, sorted({*touched, item.iri}))
    labels = names(opened.reader, sorted(touched - claims.keys()))
    return {iri: short(iri) for iri in touched} | {item.iri: item.label} | labels | claims


def _line(
    opened: Opened,
    item: Thing,
    episode: Episode,
    records: Mapping[int, RevisionRecord],
    called: Mapping[str, str],
    undoes: bool,
) -> EpisodeLine:
    record = records.get(episode.revision)
    by = Link(record.agentName or short(record.agent), href(record.agent)) if record else Link("not recorded", "")
    undo = f"/undo?revision={episode.revision}&thing=" if undoes and episode.revision > FIRST else ""
    then = Link("As it stood then", f"/history/{local_of(item.iri)}?at={episode.revision}")
    return EpisodeLine(
        link=Link(f"Revision {episode.revision}", f"/revision/{episode.revision}"),
        at=moment(record.at) if record else "",
        by=by,
        message=record.message if record else "",
        told=tuple(_sentences(opened, episode)),
        touched=(*_touched(episode.claims, "claim", called), *_touched(episode.members, "member", called)),
        then=then if episode.fate else None,
        undo=Link("Undo it for this", f"{undo}{local_of(item.iri)}") if undo and episode.fate else None,
    )


_ITSELF = {
    Fate.ADDED: "It was added.",
    Fate.CHANGED: "What is said of it was changed: {properties}.",
    Fate.WITHDRAWN: "It was withdrawn or given up.",
    Fate.REMOVED: "It was taken out.",
}


def _sentences(opened: Opened, episode: Episode) -> Iterable[str]:
    if episode.fate:
        yield _ITSELF[episode.fate].format(properties=_properties(opened, episode))
    if episode.links:
        yield f"The rules wrote or took back {many(episode.links, 'link')} of it, as followed from the claims."


def _properties(opened: Opened, episode: Episode) -> str:
    labels = names(opened.reader, [p for p in episode.properties if p not in DETAILS])
    return ", ".join(DETAILS.get(p, labels.get(p, short(p))).lower() for p in episode.properties)


_DID = {
    Fate.ADDED: ("was added", "were added"),
    Fate.CHANGED: ("was changed", "were changed"),
    Fate.WITHDRAWN: ("was withdrawn", "were withdrawn"),
    Fate.REMOVED: ("was taken out", "were taken out"),
}


def _touched(fates: Mapping[str, Fate], noun: str, called: Mapping[str, str]) -> Iterable[Touched]:
    for fate, (one, more) in _DID.items():
        found = sorted(_some(fates, fate), key=lambda iri: called[iri].casefold())[:_MOST]
        count = sum(what is fate for what in fates.values())
        if found:
            links = tuple(Link(called[iri], "" if fate is Fate.REMOVED else href(iri)) for iri in found)
            left = f"and {count - _MOST} more" if count > _MOST else ""
            yield Touched(f"{many(count, noun)} {one if count == 1 else more}", links, left)


def _some(fates: Mapping[str, Fate], fate: Fate) -> list[str]:
    """What a revision treated like this; of very many those that are named, by their addresses and not by name."""
    found = [iri for iri, what in fates.items() if what is fate]
    return found if len(found) <= _NAMED else sorted(found)[:_MOST]


def _reading(row: Reading) -> ReadingLine:
    by = Link(row.agentName, href(row.agent))
    did = f"{many(row.claims, 'claim')} {row.how}"
    return ReadingLine(Link(row.label, href(row.activity)), row.definition, did, by, moment(row.ended or row.started))
