"""The server: granian, in one process or a few for the pages beside the one that watches over them."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import logging
import os
import shutil
import socket
import tempfile
from dataclasses import replace
from functools import partial

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.errors import ConfigurationError

from kg.contributing import prepare_base
from kg.errors import BadInput, SearchBeingMade
from kg.newest import give_back_memory
from kg.settings import Settings, refuse_unsafe
from webui import create_app, logs, mailing, mirroring
from webui.base import Base
from webui.gate import PLACES

_log = logging.getLogger("gapbridge.serving")
THREADS = 16
"""For pages, beside those in which queries wait for a reader or bodies are awaited."""
_M_ARENA_MAX, _ARENAS = -8, 2
"""Source: glibc, malloc.h."""


def serve(settings: Settings) -> None:
    """Serve the pages until somebody stops it.

    Raises:
        BadInput: the address cannot be listened on.
        StoreHeld, StoreTooNew, StoreDamaged: the base cannot be opened.
    """
    logs.configure(settings)
    _check_address(settings)
    refuse_unsafe(settings)
    prepare_base(settings)  # here, so that what is wrong is said before anything is served
    share = _share(settings)
    _tell_where(settings)
    folder = _numbers_folder(settings)
    server = Granian(
        "webui",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_processes,
        blocking_threads=share.query_processes + share.query_waiting + THREADS + PLACES,
        websockets=False,
        log_enabled=False,
        workers_kill_timeout=settings.stop_seconds,
    )
    try:
        server.serve(target_loader=partial(_load, share), wrap_loader=False)
    except ConfigurationError as error:
        raise BadInput(f"The server cannot start: {error}") from error
    finally:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


def _numbers_folder(settings: Settings) -> str:
    """Where processes that serve write their numbers; known to them by the environment, which they inherit."""
    if settings.metrics == "off":
        return ""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="gapbridge-numbers-")
    return os.environ["PROMETHEUS_MULTIPROC_DIR"]


def address(settings: Settings) -> str:
    """Where a browser finds the pages."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}/"


def _share(settings: Settings) -> Settings:
    """What one of the serving processes may have of what all of them may."""
    each = {
        name: max(1, getattr(settings, name) // settings.web_processes)
        for name in ("query_processes", "query_waiting", "query_rate")
    }
    return replace(settings, **each)


def _load(settings: Settings) -> Flask:
    """The application, in the process that serves it, with the base open before the first visitor comes.

    Only the search index of a large base is not waited for, where it must be made first.
    """
    _share_arenas()
    app = create_app(settings)
    base: Base = app.extensions["gapbridge"]
    with contextlib.suppress(SearchBeingMade):  # visitors are told so
        base.current()
    mailing.begin(settings)
    mirroring.begin(settings)
    gc.collect()
    gc.freeze()  # what is here by now stays; nobody need look through it for garbage while others wait
    give_back_memory()
    return app


def _share_arenas() -> None:
    """Have all threads take memory from two places where the C library can.

    Else each short-lived thread of the text index's writer gets one of its own, and what it leaves there lies idle: one
    megabyte a revision.
    """
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)


def _tell_where(settings: Settings) -> None:
    if settings.log == "json":  # whoever reads such lines wants nothing else between them
        _log.info("Serving", extra={"address": address(settings)})
    else:
        print(f"Serving the evidence base at {address(settings)} (Ctrl-C stops it)", flush=True)


def _check_address(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise BadInput(
                f"The server cannot listen on {settings.host}, port {settings.port}: {error.strerror}. "
                "Another program may be using it; choose another port with --port or GAPBRIDGE_PORT."
            ) from error
