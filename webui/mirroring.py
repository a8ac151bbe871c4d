"""A shared base's copy on this machine, kept in step by a thread of the server's own: no request waits for it."""

from __future__ import annotations

import logging
import threading

from kg.contributing import bring_server, follow
from kg.errors import GapbridgeError
from kg.settings import Settings

_log = logging.getLogger("gapbridge.sharing")
_SECONDS = 1.0
"""How often it is looked whether others changed the base; that takes a look at the database."""

_SERVER_ROUNDS = 5
"""In each so-manieth round it is asked whether the SPARQL server lacks something."""


def begin(settings: Settings) -> threading.Thread | None:
    """Begin to take over what other machines do; None where the base is not shared."""
    if settings.engine is None:
        return None
    thread = threading.Thread(target=_watch, args=(settings,), name="mirroring", daemon=True)
    thread.start()
    return thread


def _watch(settings: Settings) -> None:
    said, pause, rounds = "", threading.Event(), 0
    while True:
        try:
            follow(settings)
            if rounds % _SERVER_ROUNDS == 0:
                bring_server(settings)
            said, rounds = "", rounds + 1
        except GapbridgeError as error:  # told once to whoever runs the server; the next round tries again
            if str(error) != said:
                _log.warning("The base and its copy here are not in step just now: %s", str(error))
            said = str(error)
        pause.wait(_SECONDS)
