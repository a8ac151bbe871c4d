"""Mail to those who follow something, from a thread of the server's own: no request and no acceptance waits for it."""

from __future__ import annotations

import logging
import threading

from kg.contributing import home
from kg.errors import GapbridgeError
from kg.settings import Settings

_log = logging.getLogger("gapbridge.mailing")
_SECONDS = 30
"""How often it is looked whether there is a new revision; that takes reading a file of a few bytes."""


def begin(settings: Settings) -> threading.Thread | None:
    """Begin to send news as they come; None where no mail server is set up."""
    if not settings.mail_host or not settings.mail_from:
        return None
    thread = threading.Thread(target=_watch, args=(settings,), name="mailing", daemon=True)
    thread.start()
    return thread


def _watch(settings: Settings) -> None:
    told, pause, snapshots = 0, threading.Event(), home(settings).snapshots
    while True:
        try:
            newest = snapshots.newest()
            if newest != told and _deliver(settings):
                told = newest
        except GapbridgeError as error:  # told to whoever runs the server; the next round tries again
            _log.warning("News could not be mailed", extra={"problem": str(error)})
        pause.wait(_SECONDS)


def _deliver(settings: Settings) -> bool:
    """Whether all went out."""
    from kg.database import open_database
    from kg.followers import deliver

    database = open_database(settings)
    try:
        found = deliver(settings, database)
    finally:
        database.close()
    if found.failed:  # whose address it was is nothing for a log
        _log.warning("News could not be mailed to some people", extra={"people": len(found.failed)})
    return not found.failed
