"""A base that several machines share: how its SPARQL server stands, tried, filled and compared."""

from __future__ import annotations

import io
from dataclasses import replace

from kg.contributing import FOLLOW_SECONDS, follow
from kg.errors import EngineProblem, QueryProblem
from kg.settings import EngineAddress, Settings
from kg.store.remote.client import Client
from kg.store.remote.keeping import Differing, Told
from kg.store.remote.opening import shared_home, sharing
from kg.store.remote.probing import Trait, probe
from kg.store.remote.reader import RemoteReader

__all__ = ["Differing", "Trait", "compared", "fill_server", "standing", "tried", "tried_alone", "unreached"]


def tried(settings: Settings) -> list[Trait]:
    """What the server does of what a base needs.

    Raises:
        EngineUnreachable: it does not answer.
    """
    shared = sharing(settings)
    return [trait for place in shared.heads() for trait in probe(shared.clients[place])]


def tried_alone(address: EngineAddress) -> list[Trait]:
    """The same of one server, whatever it holds and whether or not there is a journal yet.

    Raises:
        EngineProblem: it does not answer, or does not let us in.
    """
    client = Client(address)
    try:
        RemoteReader(client, 0).rows("SELECT ?s WHERE { ?s ?p ?o } LIMIT 1")  # who is not let in lacks nothing else
        return probe(client)
    finally:
        client.close()


def standing(settings: Settings) -> dict[str, object]:
    """The revision of the journal, of this machine's copy and of each replica, or why that one does not tell."""
    place, shared = shared_home(settings), sharing(settings)
    there: list[object] = []
    for keeper in shared.keepers:
        try:
            there.append(keeper.head().revision)
        except EngineProblem as error:
            there.append(str(error))
    engines = {"engine": there[0]} if len(there) == 1 else {f"engine {n}": told for n, told in enumerate(there, 1)}
    return {"journal": shared.record.head, "copy": place.journal.head, **engines}


def unreached(settings: Settings, seconds: int = 5) -> dict[str, str]:
    """Of each replica that does not answer an empty question within some seconds: its address, and why."""
    found = {}
    for one in settings.engine.replicas if settings.engine else ():
        client = Client(replace(one, seconds=min(seconds, one.seconds)))
        try:
            client.query("ASK { }", (), "application/sparql-results+json", io.BytesIO())
        except (EngineProblem, QueryProblem) as error:
            found[one.query[0]] = str(error)
        finally:
            client.close()
    return found


def fill_server(settings: Settings, told: Told) -> int:
    """Fill the server anew from this machine's copy, brought up to date first; gives the revision.

    Args:
        settings: the server, and where the copy lies.
        told: is told how many statements were sent to a replica, and how many it is to hold.

    Raises:
        EngineProblem, StoreHeld, StoreMissing, DatabaseUnavailable: as the words say.
    """
    follow(settings)
    place = shared_home(settings)
    lock = place.lock()
    lock.acquire(FOLLOW_SECONDS)
    try:
        return place.fill(told)
    finally:
        lock.release()


def compared(settings: Settings, told: Told) -> list[Differing]:
    """The graphs in which the server differs from this machine's copy; it is told how far that has come."""
    reader = shared_home(settings).reader(0)
    return [found for keeper in sharing(settings).keepers for found in keeper.compare(reader, told)]
