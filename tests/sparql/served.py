"""The site with its endpoint, served for the tests: `python served.py PORT`; everything else by environment."""

from __future__ import annotations

import sys

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from kg.settings import read_settings
from webui import create_app


def load(_target: str = "") -> Flask:
    return create_app(read_settings())


def main() -> None:
    settings = read_settings()
    Granian(
        "webui",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        blocking_threads=settings.query_processes + settings.query_waiting + 16,
        websockets=False,
        log_enabled=False,
        workers_kill_timeout=2,
    ).serve(target_loader=load, wrap_loader=False)


if __name__ == "__main__":
    main()
