"""Where a thing stands in frameworks: its number in each, and what comes before and after it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.queries import members, members_counted
from webui.addresses import href
from webui.base import Opened
from webui.contexts.page import Link
from webui.contexts.things import Thing

_MOST = 40
"""Longer lists are vocabularies in which no place tells anything."""


@dataclass(frozen=True)
class Place:
    """A thing's place in a framework; `before` and `after` only where the framework has an order."""

    framework: Link
    told: str
    before: Link | None
    after: Link | None


def places(opened: Opened, item: Thing) -> tuple[Place, ...]:
    """The places of a thing in the frameworks that hold it."""
    schemes = {row.scheme: row.schemeLabel for row in item.rows if row.scheme}
    found = (_place(opened, item.iri, scheme, label) for scheme, label in schemes.items())
    return tuple(place for place in found if place)


def _place(opened: Opened, iri: str, scheme: str, label: str) -> Place | None:
    if members_counted(opened.reader, scheme, _MOST + 1) > _MOST:
        return None
    rows = list({row.member: row for row in members(opened.reader, scheme)}.values())
    if len(rows) < 2:
        return None
    at = [row.member for row in rows].index(iri)
    links = [Link(row.label, href(row.member)) for row in rows]
    if not rows[at].position:
        return Place(Link(label, href(scheme)), f"one of {len(rows)}", None, None)
    before = links[at - 1] if at else None
    after = links[at + 1] if at + 1 < len(links) else None
    return Place(Link(label, href(scheme)), f"{at + 1} of {len(rows)}", before, after)
