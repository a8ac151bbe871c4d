"""What people contribute: drafts, the review queue, and the way of what is accepted into the base.

The desk itself is loaded when it is asked for: who only reads the base needs no database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.contributions.changing import as_text, statements
from kg.contributions.model import (
    KINDS,
    OPEN,
    PER_PAGE,
    STATES,
    Batch,
    Contribution,
    Draft,
    Event,
    Filters,
    Listed,
    Person,
    Proposed,
    Sampled,
    sample_size,
)
from kg.contributions.trying import Trial
from kg.contributions.wording import Line, Said, Wording, as_turtle, in_words

if TYPE_CHECKING:
    from kg.contributions.desk import Desk

__all__ = [
    "KINDS",
    "OPEN",
    "PER_PAGE",
    "STATES",
    "Batch",
    "Contribution",
    "Desk",
    "Draft",
    "Event",
    "Filters",
    "Line",
    "Listed",
    "Person",
    "Proposed",
    "Said",
    "Sampled",
    "Trial",
    "Wording",
    "as_text",
    "as_turtle",
    "in_words",
    "sample_size",
    "statements",
]


def __getattr__(name: str) -> Any:
    if name == "Desk":
        from kg.contributions.desk import Desk

        return Desk
    raise AttributeError(name)
