"""Mail to those who follow something, from a thread of the server's own: no request and no acceptance waits for it."""

from __future__ import annotations

import atexit
import logging
import threading

from kg.contributing import home
from kg.errors import GapbridgeError
from kg.settings import Settings

_log = logging.getLogger("gapbridge.mailing")
_SECONDS = 30
"""How often it is looked whether there is a new revision; that takes reading a file of a few bytes."""


class Mailing:
    """Sends news as they come, until it is stopped.

    Args:
        settings: whose mail server takes them.
        seconds: how often it is looked whether there are any.
    """

    def __init__(self, settings: Settings, seconds: float = _SECONDS) -> None:
        self._settings, self._seconds, self._stopped = settings, seconds, threading.Event()
        self._thread = threading.Thread(target=self._watch, name="mailing", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, seconds: float | None = None) -> bool:
        """End after the mail at hand, waiting so long for that; whether it has ended."""
        self._stopped.set()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _watch(self) -> None:
        told, snapshots = 0, home(self._settings).snapshots
        while not self._stopped.is_set():
            try:
                newest = snapshots.newest()
                if newest != told and self._deliver():
                    told = newest
            except GapbridgeError as error:  # told to whoever runs the server; the next round tries again
                _log.warning("News could not be mailed", extra={"problem": str(error)})
            self._stopped.wait(self._seconds)

    def _deliver(self) -> bool:
        """Whether all went out."""
        from kg.database import open_database
        from kg.followers import deliver

        database = open_database(self._settings)
        try:
            found = deliver(self._settings, database, go_on=lambda: not self._stopped.is_set())
        finally:
            database.close()
        if found.failed:  # whose address it was is nothing for a log
            _log.warning("News could not be mailed to some people", extra={"people": len(found.failed)})
        return found.whole and not found.failed


def begin(settings: Settings) -> Mailing | None:
    """Begin to send news as they come; None where no mail server is set up."""
    if not settings.mail_host or not settings.mail_from:
        return None
    mailing = Mailing(settings)
    mailing.start()
    atexit.register(mailing.stop, settings.stop_seconds)
    return mailing
