"""What somebody has proposed themselves and waits for its review: their next claims may speak of it already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from flask import g

from kg.namespaces import kind_of, local_of
from webui.base import opened
from webui.desk import desk, person
from webui.signed_in import who

if TYPE_CHECKING:
    from kg.contributions import Proposed
    from kg.store import Quad

_OF_CLAIMS = ("claim", "passage", "selector")


def waiting() -> Mapping[str, Proposed]:
    """It, by what forms call it; nothing for who is not signed in."""
    if "waiting" not in g:
        account = who()
        found = desk().proposed(person(account)) if account else []
        g.waiting = {local_of(one.iri): one for one in reversed(found)}  # of several the one that changed last
    told: Mapping[str, Proposed] = g.waiting
    return told


def beside(added: Iterable[Quad]) -> frozenset[Quad]:
    """What is said of the waiting things that some statements speak of; other claims are left out."""
    from kg.contributions.needing import missing

    told, reader = waiting(), opened().reader
    found: frozenset[Quad] = frozenset()
    front = missing(added, reader)
    while front:
        new = frozenset(q for iri in front if (one := told.get(local_of(iri))) for q in one.added) - found
        found |= new
        front = missing(new, reader) - {str(getattr(quad.subject, "value", "")) for quad in found}
    return frozenset(q for q in found if kind_of(str(getattr(q.subject, "value", ""))) not in _OF_CLAIMS)
