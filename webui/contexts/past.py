"""A thing as it stood at a revision, and what has become different since."""

from __future__ import annotations

from dataclasses import dataclass

from kg.history import Index, as_patch, by_people, check_revision, difference, thing_at
from kg.namespaces import local_of, thing
from kg.queries import revision_records
from webui.base import Opened
from webui.contexts.differences import ChangedLine, changed_lines
from webui.contexts.page import Link, Page, crumbs, frame
from webui.contexts.things import Thing, views_of
from webui.words import moment


@dataclass(frozen=True, kw_only=True)
class PastPage(Page):
    """A thing as it stood.

    Attributes:
        at: the revision.
        made: when that was made.
        said: what was said of the thing then, by property; nothing where it was not there.
        since: what has become different since.
        patch: the same as RDF.
        compare: where this revision of it stands beside the newest.
    """

    at: int
    made: str
    said: tuple[ChangedLine, ...]
    since: tuple[ChangedLine, ...]
    patch: str
    compare: str


def past_page(opened: Opened, index: Index, item: Thing, at: int) -> PastPage:
    """A thing as it stood at a revision.

    Raises:
        NotFound: there is no such revision.
    """
    check_revision(opened.reader, at)
    then, now = (by_people(thing_at(opened.reader, index, item.iri, n)) for n in (at, opened.revision))
    rows = revision_records(opened.reader, [thing("revision", str(at))])
    local = local_of(item.iri)
    history = Link("History", f"/history/{local}")
    return PastPage(
        **frame(
            opened,
            f"{item.label}, as it stood at revision {at}",
            eyebrow="As it stood",
            lead="What people had said of it by then. What is said of it now stands on its own page.",
            crumbs=crumbs(Link(item.label, f"/id/{local}"), history, Link(f"Revision {at}", "", True)),
            views=views_of(item.iri, graph=False, now="History"),
            canonical=f"/history/{local}?at={at}",
        ),
        at=at,
        made=moment(rows[0].at) if rows else "",
        said=changed_lines(opened, difference(item.iri, (), then)),
        since=changed_lines(opened, difference(item.iri, then - now, now - then)),
        patch=as_patch((), then),
        compare=f"/compare/revisions?from={at}&to={opened.revision}&thing={local}",
    )
