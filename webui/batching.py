"""The sources of the newest revision to compare with, and the imports of the application at hand."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from flask import current_app

from webui.base import Base, base
from webui.stored import database, settings

if TYPE_CHECKING:
    from kg.batches import Batches
    from kg.importing import Sources
    from kg.importing.looking_up import Registrar

_SOURCES, _BATCHES, _REGISTRAR = "gapbridge.sources", "gapbridge.batches", "gapbridge.registrar"


class Newest:
    """The sources of the newest revision, made once for each."""

    def __init__(self, known: Base) -> None:
        self._base, self._lock = known, threading.Lock()
        self._sources: Sources | None = None

    def __call__(self) -> Sources:
        from kg.importing import Sources

        opened = self._base.current()
        with self._lock:
            if self._sources is None or self._sources.revision != opened.revision:
                self._sources = Sources(opened.reader)
            return self._sources


def sources() -> Sources:
    """What the base has of works, people and bodies."""
    newest: Newest = current_app.extensions.setdefault(_SOURCES, Newest(base()))
    return newest()


def batches() -> Batches:
    """The imports; made by the first request that needs them."""
    from kg.batches import Batches

    newest = current_app.extensions.setdefault(_SOURCES, Newest(base()))
    found: Batches = current_app.extensions.setdefault(_BATCHES, Batches(database(), settings(), newest))
    return found


def registrar() -> Registrar:
    """Who tells what a DOI stands for."""
    from kg.importing.looking_up import Registrar

    found: Registrar = current_app.extensions.setdefault(_REGISTRAR, Registrar(settings()))
    return found
