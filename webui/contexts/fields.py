"""Fields of forms that are sent: what stands in them, what helps, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What is wrong in a form, and where: the name of the field, empty where it is none of them."""

    field: str
    text: str


@dataclass(frozen=True)
class Option:
    """Something to choose, with what it means."""

    value: str
    label: str
    hint: str
    chosen: bool
    id: str


@dataclass(frozen=True)
class Field:
    """A field to fill in, with its name as its id.

    Attributes:
        kind: `text`, `email`, `password`, or `words` for one of several lines.
        fills: what a browser may fill it with, as HTML's `autocomplete` says it.
        fault: what is wrong with what stands in it.
    """

    name: str
    label: str
    value: str = ""
    kind: str = "text"
    hint: str = ""
    fills: str = "off"
    fault: str = ""
    required: bool = False
    most: int = 300

    @property
    def is_long(self) -> bool:
        return self.kind == "words"

    @property
    def described(self) -> str:
        """The ids of what is said about it."""
        parts = (("hint", self.hint), ("error", self.fault))
        return " ".join(f"{self.name}-{part}" for part, text in parts if text)


def fault_of(faults: Iterable[Fault], name: str) -> str:
    """What is wrong with a field; empty where nothing is."""
    return next((fault.text for fault in faults if fault.field == name), "")
