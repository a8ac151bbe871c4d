"""What one process shares with other machines, opened once; whether the server is fit for it."""

from __future__ import annotations

import atexit
import os
from dataclasses import replace
from functools import lru_cache

from kg.database import open_database
from kg.errors import BadInput, EngineProblem, EngineRefused
from kg.settings import Settings
from kg.store.remote.home import SharedHome
from kg.store.remote.probing import probe
from kg.store.remote.record import Record
from kg.store.remote.replicas import Sharing


def shared_home(settings: Settings, *, is_reading: bool = False) -> SharedHome:
    """The folder that mirrors a shared base; `is_reading` as `SharedHome` says.

    Raises:
        BadInput: no server is named.
        DatabaseUnavailable: the database that holds the journal does not answer.
    """
    return SharedHome(settings.data, settings.keep_snapshots, sharing(settings), is_reading)


def sharing(settings: Settings) -> Sharing:
    """What this process shares under these settings; connections do not survive a fork, so each process has its own."""
    return _opened(replace(settings, providers=()), os.getpid())  # who signs in where makes no difference here


def make_sure_of_server(settings: Settings) -> str:
    """What whoever starts a program should know of the server; empty where all is well.

    Raises:
        EngineRefused: it cannot hold a base, or holds another one.
    """
    try:
        shared = sharing(settings)
        traits = [trait for place in shared.heads() for trait in probe(shared.clients[place])]
    except EngineRefused:
        raise
    except EngineProblem as error:
        return f"{error} Until it does, nothing can be changed; reading goes on."
    lacking = [f"{trait.name} ({trait.note})" for trait in traits if trait.needed and not trait.holds]
    if lacking:
        raise EngineRefused(f"The SPARQL server cannot hold a base. It should do this: {'; '.join(lacking)}.")
    return " ".join(f"The SPARQL server does not do this: {t.name}. {t.note}." for t in traits if not t.holds)


@lru_cache(maxsize=8)
def _opened(settings: Settings, _process: int) -> Sharing:
    if settings.engine is None:
        raise BadInput("No SPARQL server is named: GAPBRIDGE_ENGINE holds its address.")
    shared = Sharing(Record(open_database(settings)), settings.engine)
    atexit.register(shared.close)
    return shared
