"""The sources of the newest revision to compare with, and the imports of the application at hand."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from flask import current_app

from webui.base import Base, Opened, base
from webui.desk import me
from webui.stored import database, settings

if TYPE_CHECKING:
    from kg.batches import Batches
    from kg.importing import Match, Reference, Sources
    from kg.importing.looking_up import Registrar

_SOURCES, _BATCHES, _REGISTRAR = "gapbridge.sources", "gapbridge.batches", "gapbridge.registrar"
_WAITING = "gapbridge.waiting"


class Newest:
    """The sources of the newest revision, made once for each."""

    def __init__(self, known: Base) -> None:
        self._base, self._lock = known, threading.Lock()
        self._made: WeakKeyDictionary[Opened, Sources] = (
            WeakKeyDictionary()
        )  # they hold a reader, as long as it is open

    def __call__(self) -> Sources:
        from kg.importing import Sources

        opened = self._base.current()
        with self._lock:
            found = self._made.get(opened)
            if found is None:
                found = self._made[opened] = Sources(opened.reader)
            return found


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


def alike(reference: Reference, draft: str = "") -> list[Match]:
    """Sources that may be the same work: of the base, and of what waits for a review; `draft`: the one this is."""
    from kg.batches.waiting import Waiting

    waiting: Waiting = current_app.extensions.setdefault(_WAITING, Waiting(database()))
    waiting.refresh()
    return [*sources().matches(reference), *waiting.matches(reference, me(), draft=draft)]


def registrar() -> Registrar:
    """Who tells what a DOI stands for."""
    from kg.importing.looking_up import Registrar

    found: Registrar = current_app.extensions.setdefault(_REGISTRAR, Registrar(settings()))
    return found
