"""What a batch is: a file of references on its way into the base, and what becomes of each of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kg.contributions import Person
from kg.importing import Reference

WAITING, ADDED, THERE, UNSURE, REFUSED, LEFT = "", "added", "already there", "needs a decision", "refused", "left out"
OUTCOMES = (ADDED, THERE, UNSURE, REFUSED, LEFT)
"""What becomes of a row; before, it waits."""
RUNNING, STOPPED, DONE, FAILED = "running", "stopped", "done", "failed"


@dataclass(frozen=True)
class Batch:
    """A file of references.

    Attributes:
        name: how the file was called.
        form: a key of `kg.importing.FORMS`.
        remark: what one should know of how it was read.
        state: `running`, `stopped`, `done` or `failed`.
        problem: why it failed.
        at_once: whether it goes into the base as one revision, not to the reviewers.
        total: how many rows it has.
        counts: how many rows have come to which outcome.
        author: who handed it in.
        alive: whether somebody is at it just now.
        revision: the one it made, where it went in at once.
    """

    id: str
    name: str
    form: str
    remark: str
    state: str
    problem: str
    at_once: bool
    total: int
    counts: Mapping[str, int]
    author: Person
    alive: bool
    revision: int
    created: datetime

    @property
    def done(self) -> int:
        """How many rows have come to an outcome."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Imported:
    """A row of a batch.

    Attributes:
        number: from 1 on.
        line: where it begins in the file; 0 where the form has no lines.
        outcome: one of `OUTCOMES`; empty while it waits.
        why: in words.
        reference: what it says; None where it could not be read.
        matches: sources or other rows that may be the same: `address`, `label`, `certain`, `reasons`.
        slug, label: how the new source is called.
        contribution: the contribution by which it goes to the reviewers.
    """

    number: int
    line: int
    outcome: str
    why: str
    reference: Reference | None
    matches: tuple[Mapping[str, Any], ...]
    slug: str
    label: str
    contribution: str
