"""Mail to those who follow something, from a thread of the server's own: no request and no acceptance waits for it."""

from __future__ import annotations

import sys
import threading

from kg.contributing import home
from kg.errors import GapbridgeError
from kg.settings import Settings

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
            print(f"News could not be mailed: {error}", file=sys.stderr, flush=True)
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
    for line in found.failed:
        print(f"News could not be mailed: {line}", file=sys.stderr, flush=True)
    return not found.failed
