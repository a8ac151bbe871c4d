"""Fields of the forms by which some of a list are chosen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One entry of a list to choose from."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Chooser:
    """A list to choose from; where something need not be chosen, the first entry says so."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Entry:
    """A field to fill in."""

    name: str
    label: str
    value: str
