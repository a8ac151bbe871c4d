"""The gallery of example queries as pages show it: by user, then by topic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby

from kg.queries import Query, Topic, topics

EXAMPLES = "/sparql/examples"
_USERS = {
    "practitioner": ("practitioners", "For practitioners"),
    "researcher": ("researchers", "For researchers"),
    "tool": ("tools", "For other tools"),
}


@dataclass(frozen=True)
class Example:
    """An example: what it asks, its text, and where it is run and read."""

    name: str
    title: str
    row: str
    empty: str
    text: str
    run: str
    file: str


@dataclass(frozen=True)
class Group:
    """Examples about one thing."""

    title: str
    anchor: str
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Shelf:
    """The examples for one kind of user."""

    title: str
    anchor: str
    groups: tuple[Group, ...]


@cache
def shelves() -> tuple[Shelf, ...]:
    """The whole gallery."""
    by_user = groupby(topics(), key=lambda topic: topic.audience)
    return tuple(_shelf(audience, tuple(found)) for audience, found in by_user)


def _shelf(audience: str, found: tuple[Topic, ...]) -> Shelf:
    anchor, title = _USERS[audience]
    return Shelf(title, anchor, tuple(_group(f"{anchor}-{n}", topic) for n, topic in enumerate(found, start=1)))


def _group(anchor: str, topic: Topic) -> Group:
    return Group(topic.title, anchor, tuple(_example(query) for query in topic.queries))


def _example(query: Query) -> Example:
    run = f"{EXAMPLES}/{query.name}"
    return Example(query.name, query.title, query.row, query.empty, query.text.strip(), run, f"{run}.rq")
