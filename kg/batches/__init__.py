"""Imports of many references at once, row by row, that can be stopped and taken up again.

What works on them is loaded when it is asked for: who only reads the base needs no database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.batches.drafting import draft_of
from kg.batches.model import ADDED, LEFT, OUTCOMES, REFUSED, THERE, UNSURE, Batch, Imported

if TYPE_CHECKING:
    from kg.batches.batches import Batches

__all__ = [
    "ADDED",
    "LEFT",
    "OUTCOMES",
    "REFUSED",
    "THERE",
    "UNSURE",
    "Batch",
    "Batches",
    "Imported",
    "draft_of",
]


def __getattr__(name: str) -> Any:
    if name == "Batches":
        from kg.batches.batches import Batches

        return Batches
    raise AttributeError(name)
