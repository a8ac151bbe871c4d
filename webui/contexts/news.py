"""What the feeds tell: revisions, those that touched one thing, releases."""

from __future__ import annotations

from kg.history import Episode, Fate, Index, history
from kg.namespaces import BASE, local_of, thing
from kg.queries import RevisionRecord, revision_records
from kg.queries.releases import changed_answers, releases
from kg.settings import Settings
from webui.addresses import short
from webui.base import Opened
from webui.contexts.about_changes import answers, did, told_of
from webui.contexts.things import Thing
from webui.feeds import Entry, Feed
from webui.words import many

NEWEST = 30
"""So many pieces of news a feed tells."""
_LARGEST_TOLD = 100_000


def changes_feed(opened: Opened, settings: Settings, root: str) -> Feed:
    """All revisions."""
    numbers = range(opened.revision, max(0, opened.revision - NEWEST), -1)
    rows = _records(opened, list(numbers))
    entries = [_entry(row, root, _did(settings, row.number)) for row in rows.values()]
    return Feed(
        f"{BASE}feeds/changes", "Gapbridge: all changes", f"{root}/feeds/changes.atom", f"{root}/revisions", entries
    )


def thing_feed(opened: Opened, index: Index, item: Thing, root: str) -> Feed:
    """The revisions that touched a thing or the claims about it."""
    local = local_of(item.iri)
    episodes = {episode.revision: episode for episode in history(opened.reader, index, item.iri, NEWEST).episodes}
    rows = _records(opened, list(episodes))
    entries = [_entry(row, root, _told(item.label, episodes[row.number]), local) for row in rows.values()]
    return Feed(
        f"{BASE}feeds/of/{local}",
        f"Gapbridge: {item.label}",
        f"{root}/feeds/of/{local}.atom",
        f"{root}/history/{local}",
        entries,
    )


def releases_feed(opened: Opened, root: str) -> Feed:
    """All releases."""
    found = releases(opened.reader)[:NEWEST]
    rows = _records(opened, [row.revision for row in found])
    entries = []
    for release in found:
        row = rows.get(release.revision)
        told = changed_answers(opened.reader, release.release)
        text = "\n".join(filter(None, (release.notes, f"{many(len(told), 'answer')} changed.", *told[:20])))
        at, by = (row.at, row.agentName) if row else (f"{release.issued}T00:00:00Z", "")
        address = f"{root}/releases/{short(release.release)}"
        entries.append(Entry(release.release, f"Release {release.name}", at, by, address, text))
    return Feed(
        f"{BASE}feeds/releases", "Gapbridge: releases", f"{root}/feeds/releases.atom", f"{root}/releases", entries
    )


def _records(opened: Opened, numbers: list[int]) -> dict[int, RevisionRecord]:
    rows = revision_records(opened.reader, [thing("revision", str(number)) for number in numbers])
    return {row.number: row for row in rows}


def _entry(row: RevisionRecord, root: str, text: str, local: str = "") -> Entry:
    me = thing("revision", str(row.number)) + (f"#{local}" if local else "")
    title = f"Revision {row.number}" + (f": {row.message}" if row.message else "")
    return Entry(me, title, row.at, row.agentName or short(row.agent), f"{root}/revision/{row.number}", text)


def _did(settings: Settings, number: int) -> str:
    found, unread = told_of(settings, number, _LARGEST_TOLD)
    return unread or "; ".join((*did(found), *answers(found))) if found or unread else ""


_ITSELF = {
    Fate.ADDED: "It was added.",
    Fate.CHANGED: "What is said of it was changed.",
    Fate.WITHDRAWN: "It was withdrawn or given up.",
    Fate.REMOVED: "It was taken out.",
}


def _told(label: str, episode: Episode) -> str:
    told = [label, _ITSELF[episode.fate] if episode.fate else ""]
    for kind, fates in (("claim", episode.claims), ("member", episode.members)):
        for fate in Fate:
            count = sum(found is fate for found in fates.values())
            told.append(f"{many(count, kind)} {fate.value}." if count else "")
    return " ".join(filter(None, told))
