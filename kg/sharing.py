"""A base that several machines share: how its SPARQL server stands, tried, filled and compared."""

from __future__ import annotations

from kg.contributing import FOLLOW_SECONDS, follow
from kg.errors import EngineProblem
from kg.settings import Settings
from kg.store.remote.keeping import Differing
from kg.store.remote.opening import shared_home, sharing
from kg.store.remote.probing import Trait, probe

__all__ = ["Differing", "Trait", "compared", "fill_server", "standing", "tried"]


def tried(settings: Settings) -> list[Trait]:
    """What the server does of what a base needs.

    Raises:
        EngineUnreachable: it does not answer.
    """
    return probe(sharing(settings).client)


def standing(settings: Settings) -> dict[str, object]:
    """The revision of the journal, of this machine's copy and of the server, or why that one does not tell."""
    place, shared = shared_home(settings), sharing(settings)
    try:
        there: object = shared.keeper.head().revision
    except EngineProblem as error:
        there = str(error)
    return {"journal": shared.record.head, "copy": place.journal.head, "engine": there}


def fill_server(settings: Settings) -> int:
    """Fill the server anew from this machine's copy, brought up to date first; gives the revision.

    Raises:
        EngineProblem, StoreHeld, StoreMissing, DatabaseUnavailable: as the words say.
    """
    follow(settings)
    place = shared_home(settings)
    lock = place.lock()
    lock.acquire(FOLLOW_SECONDS)
    try:
        return place.fill()
    finally:
        lock.release()


def compared(settings: Settings) -> list[Differing]:
    """The graphs in which the server differs from this machine's copy."""
    return sharing(settings).keeper.compare(shared_home(settings).reader(0))
