"""The page of what is no longer held: the record of why, since when, by whom, and what stands in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.history import Fate as Ended
from kg.history import Index, history
from kg.namespaces import local_of, thing
from kg.queries import Fate, revision_records
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.facts import Facts
from webui.contexts.page import Link, Page, crumbs, frame, shown
from webui.contexts.parts import Detail, detail, details
from webui.contexts.things import Thing, views_of
from webui.words import kind_words, moment

_LOOKED_BACK = 20
"""So many of the newest revisions that touched it are searched for the one that ended it."""


@dataclass(frozen=True, kw_only=True)
class GonePage(Page):
    """What is no longer held.

    Attributes:
        record: why, since when, by whom, and what stands in its place.
        details: what was said of it, as it stays on record.
    """

    record: tuple[Detail, ...]
    details: tuple[Detail, ...]


def gone_page(opened: Opened, index: Index, item: Thing, rows: Sequence[Fate]) -> GonePage:
    """The page of a withdrawn or deprecated thing.

    Args:
        opened: the base.
        index: which change touched what.
        item: the thing.
        rows: the record of its withdrawal; none where it was taken out altogether.
    """
    facts = Facts(opened, item.iri)
    name = facts.text("gap:gist") or item.label
    words = kind_words(item.iri.rpartition("/")[0].rpartition("/")[2])
    return GonePage(
        **frame(
            opened,
            f"Withdrawn: {name}",
            title=f"Withdrawn: {short(item.iri)}",
            eyebrow=words.one if words else "",
            lead="This is no longer held here. Its address stays, with the record of why; nothing rests on it.",
            crumbs=crumbs(Link("Withdrawn", "", True)),
            views=views_of(item.iri, graph=False),
            queries=(shown("fate", thing=item.iri), shown("facts", thing=item.iri)) if rows else (),
        ),
        record=(*(_record(rows) if rows else ()), *_ended(opened, index, item)),
        details=facts.others(),
    )


def _ended(opened: Opened, index: Index, item: Thing) -> tuple[Detail, ...]:
    """In which revision it ended, by whom, and where it can be read as it stood before."""
    ends = (Ended.WITHDRAWN, Ended.REMOVED)
    episodes = history(opened.reader, index, item.iri, _LOOKED_BACK).episodes
    number = next((episode.revision for episode in episodes if episode.fate in ends), 0)
    if not number:
        return ()
    record = next(iter(revision_records(opened.reader, [thing("revision", str(number))])), None)
    told = f"{moment(record.at)}, by {record.agentName or short(record.agent)}: {record.message}" if record else ""
    last = Link(f"As it stood at revision {number - 1}", f"/history/{local_of(item.iri)}?at={number - 1}")
    return details(
        detail("Ended in", Link(f"Revision {number}", f"/revision/{number}"), *((told,) if told else ())),
        detail("Last version", last),
    )


def _record(rows: Sequence[Fate]) -> tuple[Detail, ...]:
    by = {row.agent: Link(row.agentLabel or short(row.agent), href(row.agent)) for row in rows if row.agent}
    instead = {
        row.replacement: Link(row.replacementLabel or short(row.replacement), href(row.replacement))
        for row in rows
        if row.replacement
    }
    why = dict.fromkeys(row.why for row in rows if row.why)
    return details(
        detail("Why", *(why or ("No reason is recorded.",))),
        detail("Since", rows[0].at or "No moment is recorded."),
        detail("By", *(by.values() or ("Nobody is recorded.",))),
        detail("In its place", *(instead.values() or ("Nothing is recorded.",))),
    )
