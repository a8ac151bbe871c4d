"""The database of people and drafts, opened by the first request that needs it: readers never do."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from flask import Flask, current_app

from kg.settings import Settings

if TYPE_CHECKING:
    from kg.database import Database

_NAME = "gapbridge.database"


class Stored:
    """Opens the database once.

    Args:
        settings: where it is.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._database: Database | None = None

    def open(self) -> Database:
        """The database in its newest form.

        Raises:
            DatabaseUnavailable: it does not answer; the next request asks again.
        """
        with self._lock:
            if self._database is None:
                from kg.database import open_database

                self._database = open_database(self.settings)
            return self._database

    def close(self) -> None:
        """Let its connections go."""
        with self._lock:
            if self._database is not None:
                self._database.close()
            self._database = None


def init_app(app: Flask, settings: Settings) -> Stored:
    made = app.extensions[_NAME] = Stored(settings)
    return made


def stored(app: Flask) -> Stored:
    """How an application opens its database."""
    found: Stored = app.extensions[_NAME]
    return found


def database() -> Database:
    """The database of the application at hand."""
    return stored(current_app).open()


def settings() -> Settings:
    """The settings in force."""
    stored: Stored = current_app.extensions[_NAME]
    return stored.settings
