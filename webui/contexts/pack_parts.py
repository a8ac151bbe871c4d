"""What the pages of packs share: things under a heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.namespaces import local_of
from kg.queries import names
from webui.addresses import href
from webui.base import Opened
from webui.contexts.page import Link


@dataclass(frozen=True)
class Group:
    """Things under a heading, and how many more there are; those that the base does not hold have no address."""

    heading: str
    things: tuple[Link, ...]
    more: str


def named(opened: Opened, things: Sequence[str], held: bool = False) -> tuple[Link, ...]:
    """Things by their names; by their addresses where the base has no name for them.

    Args:
        opened: the base.
        things: their addresses.
        held: whether the base is known to hold all of them; otherwise only those lead somewhere that have a name.
    """
    called = names(opened.reader, things)
    return tuple(
        Link(called.get(thing) or local_of(thing), href(thing) if held or thing in called else "") for thing in things
    )
