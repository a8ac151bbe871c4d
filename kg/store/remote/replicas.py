"""The servers that hold a base: one, or several replicas, each of which is kept in step by itself.

Each replica says itself at which revision it stands, so that one which was away is brought up to date from the journal
when it is back, and nobody need know which changes it missed.
"""

from __future__ import annotations

import logging
import time
from functools import cached_property

from kg.errors import EngineProblem
from kg.settings import EngineAddress
from kg.store.remote.client import Client
from kg.store.remote.keeping import Head, Keeper
from kg.store.remote.record import Record

_log = logging.getLogger("gapbridge.sharing")
AWAY_SECONDS = 5.0
"""So long a replica that does not do its part is left alone, where another one does."""


class Sharing:
    """What a process shares with other machines: the journal, and the servers that are kept in step.

    Args:
        record: the shared journal.
        address: the servers.
    """

    def __init__(self, record: Record, address: EngineAddress) -> None:
        self.record = record
        self.clients = tuple(Client(one) for one in address.replicas)
        self._away_until = [0.0] * len(self.clients)

    @property
    def client(self) -> Client:
        """Speaks to the first replica."""
        return self.clients[0]

    @cached_property
    def keepers(self) -> tuple[Keeper, ...]:
        """Keep each replica in step."""
        return tuple(Keeper(client, self.record.line) for client in self.clients)

    @property
    def keeper(self) -> Keeper:
        """Keeps the first replica in step."""
        return self.keepers[0]

    def close(self) -> None:
        """Let the connections go."""
        for client in self.clients:
            client.close()

    def present(self) -> list[int]:
        """The replicas that are not known to be away, by their place; all where none is left."""
        places = range(len(self.clients))
        return [place for place in places if time.monotonic() >= self._away_until[place]] or list(places)

    def leave(self, place: int, error: EngineProblem) -> None:
        """Leave a replica alone for a while."""
        if time.monotonic() >= self._away_until[place] and len(self.clients) > 1:
            _log.warning("A replica is left alone for %g seconds: %s", AWAY_SECONDS, str(error))
        self._away_until[place] = time.monotonic() + AWAY_SECONDS

    def heads(self) -> dict[int, Head]:
        """What each replica says of itself, as far as they answer.

        Raises:
            EngineProblem: none does, or the only one holds something else.
        """
        found: dict[int, Head] = {}
        places = self.present()
        for place in places:
            try:
                found[place] = self.keepers[place].head()
            except EngineProblem as error:  # not to be kept: it holds on to whoever writes, and their files
                self.leave(place, error)
                if not found and place == places[-1]:
                    raise
        return found
