"""What is shown of people and bodies alone: who belongs to a body, and what stake their works have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.queries import AuthoredWork, BodyMember
from webui.addresses import href, short
from webui.contexts.page import Link
from webui.words import many


@dataclass(frozen=True)
class Person:
    """Somebody who belongs to a body, with what the document tells of the post."""

    link: Link
    role: str
    claims: str


@dataclass(frozen=True)
class Stake:
    """An interest that works of a person or body have in what they say."""

    link: Link
    works: tuple[Link, ...]


def people(rows: Sequence[BodyMember]) -> tuple[Person, ...]:
    """The people of a body."""
    return tuple(
        Person(Link(row.name, href(row.person)), row.role, f"voices {many(row.claims, 'claim')}") for row in rows
    )


def stakes(rows: Sequence[AuthoredWork]) -> tuple[Stake, ...]:
    """The interests of works, those that are none last."""
    found: dict[Link, list[Link]] = {}
    for row in sorted(rows, key=lambda row: short(row.interest) == "none-stated"):
        found.setdefault(Link(row.interestLabel, href(row.interest)), []).append(Link(row.label, href(row.source)))
    return tuple(Stake(link, tuple(works)) for link, works in found.items())
