"""The base opened, for readers and for its one writer; made, filled or mended first where that is needed.

This module knows which rules and checks a writer works under.
"""

from __future__ import annotations

import logging
import multiprocessing
from multiprocessing.connection import Connection

from kg.contributing.seeding import fill
from kg.derivation import Keeping, steps
from kg.errors import GapbridgeError, StoreDamaged, StoreMissing
from kg.history import Index
from kg.settings import Settings
from kg.store import (
    Engine,
    Home,
    Warm,
    Writer,
)
from kg.store.failures import heard, told
from kg.validation import check

FOLLOW_SECONDS = 30.0
"""So long it is waited for others who write to this machine's copy of a shared base."""


def home(settings: Settings) -> Home:
    """The store's folder under these settings; a mirror where the base stands on a SPARQL server."""
    if settings.engine is None:
        return Home(settings.data, settings.keep_snapshots)
    from kg.store.remote.opening import shared_home

    return shared_home(settings)


def writer(settings: Settings, wait: float = 0, warm: Warm | None = None) -> Writer:
    """The store's one writer, under the rules and checks in force.

    Args:
        settings: where the store lies.
        wait: so many seconds to wait for others who write.
        warm: what holds the base in memory between two writers of this process.
    """
    limit = settings.memory_limit_quads
    return Writer(home(settings), check, steps(), memory_limit=limit, wait=wait, warm=warm, upkeep=Keeping())


def index(settings: Settings) -> Index:
    """Which change touched what."""
    place = home(settings)
    return Index(place.journal, place.folder)


def open_base(settings: Settings) -> Engine:
    """A reader over the newest revision; makes, fills or mends the store first where that is needed.

    Raises:
        StoreHeld: it must be made or mended, and another process is writing.
        StoreTooNew, StoreDamaged: as the words say; nothing is overwritten.
    """
    place = home(settings)
    try:
        if place.exists and (place.replica_of or place.journal.head == place.snapshots.newest()):
            return place.reader(settings.memory_limit_quads)
    except (StoreMissing, StoreDamaged):
        pass  # the writer rebuilds what the journal can give back, and says so where it cannot
    _make(settings)
    return place.reader(settings.memory_limit_quads)


def make_sure(settings: Settings) -> None:
    """Find out that the base can be opened, for a process that hands the reading to others; makes it where it is new.

    Raises:
        StoreHeld, StoreTooNew, StoreDamaged: as `open_base`.
    """
    if home(settings).exists:
        open_base(settings)
    else:
        _make(settings)


def follow(settings: Settings) -> None:
    """Take over what other machines did to a shared base, where they did something; nothing of the base's server.

    Raises:
        StoreHeld, StoreTooNew, StoreDamaged: as the words say.
        DatabaseUnavailable: the database that holds the journal does not answer.
    """
    from kg.store.remote.opening import shared_home

    place = shared_home(settings, is_reading=True)
    if place.is_behind():
        with Writer(place, check, steps(), wait=FOLLOW_SECONDS):
            pass


def bring_server(settings: Settings) -> None:
    """Bring the server of a shared base to the newest revision, where it lacks one.

    Raises:
        EngineProblem: it does not answer, or does not follow.
        StoreHeld, StoreTooNew, StoreDamaged, DatabaseUnavailable: as the words say.
    """
    from kg.store.remote.opening import shared_home

    if shared_home(settings).server_lacks():
        with writer(settings, FOLLOW_SECONDS):
            pass


def _make(settings: Settings) -> None:
    if settings.engine is not None:
        follow(settings)  # what there is can be read without the base's server
        if home(settings).journal.head:
            return
    with writer(settings) as open_writer:
        if open_writer.reader.revision == 0:
            fill(open_writer)


def prepare_base(settings: Settings) -> None:
    """Make, fill or mend the base where that is needed, in a process of its own.

    For whoever forks processes that write: the engine starts threads, which a fork leaves behind, and a fork would wait
    for them for ever when it writes (RocksDB flushes in the background).

    Raises:
        StoreHeld, StoreTooNew, StoreDamaged: as for `make_sure`.
    """
    near, far = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_open_and_tell, args=(settings, far))
    child.start()
    far.close()
    with near:
        try:
            answer = near.recv()
        except EOFError:
            answer = told(StoreDamaged("The process that tried to open the base was ended."))
    child.join()
    if answer:
        raise heard(answer)


def _open_and_tell(settings: Settings, answer: Connection) -> None:
    try:
        if settings.engine is not None:
            _try_server(settings)
        make_sure(settings)
    except GapbridgeError as error:
        answer.send(told(error))
    else:
        answer.send({})


def _try_server(settings: Settings) -> None:
    """Find out whether the SPARQL server can hold the base; what is to be known of it is said to whoever starts us."""
    from kg.store.remote.opening import make_sure_of_server

    if told_of_it := make_sure_of_server(settings):
        logging.getLogger("gapbridge.sharing").warning(told_of_it)
