"""The news of what is followed: which later revisions touched it, read from the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.followers.following import ALL, RELEASES, SEARCH, THING, Follow
from kg.history import Index, related
from kg.namespaces import kind_of, slug_of, thing
from kg.queries import names, revision_records
from kg.queries.releases import releases
from kg.search import Search
from kg.store import Reader

MOST = 50
"""So many of the newest revisions are told for one thing that is followed."""
_HITS = 50


@dataclass(frozen=True)
class Told:
    """A revision that touched something."""

    number: int
    at: str
    by: str
    message: str


@dataclass(frozen=True)
class News:
    """The news of one thing that is followed.

    Attributes:
        follow: what is followed.
        title: how it is called.
        revisions: those that touched it, newest first.
    """

    follow: Follow
    title: str
    revisions: tuple[Told, ...]


def news_of(reader: Reader, search: Search, index: Index, follow: Follow, since: int) -> News:
    """What touched something that is followed after a revision.

    Args:
        reader, search, index: the base, what finds words in it, and which change touched what.
        follow: what is followed.
        since: the revision that was told of last.
    """
    numbers = [number for number in _touching(reader, search, index, follow, since) if number > since][:MOST]
    rows = revision_records(reader, [thing("revision", str(number)) for number in numbers])
    told = tuple(Told(row.number, row.at, row.agentName or slug_of(row.agent), row.message) for row in rows)
    return News(follow, _title(reader, follow), told)


def _touching(reader: Reader, search: Search, index: Index, follow: Follow, since: int) -> Iterable[int]:
    """The revisions that touched it, newest first."""
    if follow.kind == ALL:
        return range(reader.revision, since, -1)
    if follow.kind == RELEASES:
        return [row.revision for row in releases(reader)]
    if follow.kind == THING:
        return index.touching(related(reader, index, follow.what), reader.revision)
    return index.touching([hit.thing for hit in search.find(follow.what, limit=_HITS)], reader.revision)


def _title(reader: Reader, follow: Follow) -> str:
    if follow.kind == THING:
        kind = (kind_of(follow.what) or "").replace("-", " ")
        return names(reader, [follow.what]).get(follow.what) or f"{kind} {slug_of(follow.what)}".strip()
    if follow.kind == SEARCH:
        return f"the search for “{follow.what}”"
    return "all changes" if follow.kind == ALL else "releases"
