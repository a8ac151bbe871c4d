"""The base opened for a command that reads."""

from __future__ import annotations

from kg.cli.output import working
from kg.contributing import open_base
from kg.settings import Settings, read_settings
from kg.store import Engine


def opened() -> tuple[Settings, Engine]:
    """The settings in force, and a reader over the newest revision."""
    settings = read_settings()
    with working("Opening the evidence base"):
        return settings, open_base(settings)
