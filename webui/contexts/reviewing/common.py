"""What the pages of the desk share: its words, and how a contribution stands in a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from webui.contexts.page import Link
from webui.words import many

if TYPE_CHECKING:
    from kg.contributions import Contribution

REVIEW, OWN = "/review", "/contributions"
STATES = {
    "draft": "Draft",
    "submitted": "Waiting for review",
    "changes-asked": "Changes asked for",
    "accepted": "Accepted",
    "rejected": "Rejected",
    "given-up": "Given up",
}
KINDS = {
    "source": "Source",
    "claim": "Claim",
    "thing": "New thing",
    "edit": "Change",
    "withdrawal": "Withdrawal",
    "merge": "Merging",
    "undo": "Undoing",
    "batch": "Batch",
    "update": "Update",
}
EDITORS = {"claim": "/contribute/claim?draft={id}", "thing": "/contribute/thing?draft={id}"}
"""Where contributions of a kind are written in; those of other kinds have no form of their own."""


@dataclass(frozen=True)
class Listing:
    """A contribution in a list.

    Attributes:
        link: leads to it.
        kind, state: in words.
        mark: the state as a name for the style sheet.
        author: who made it.
        when: what happened when.
        contested: whether a reviewer disputes it.
    """

    link: Link
    kind: str
    state: str
    mark: str
    author: str
    when: str
    contested: bool


def listing(row: Contribution) -> Listing:
    """A contribution as a line of a list."""
    at = f"handed in {day(row.submitted)}" if row.submitted else f"saved {day(row.changed)}"
    link, mark = Link(row.title, href(row.id)), "accepting" if row.accepting else row.state
    return Listing(link, KINDS[row.kind], state_words(row), mark, row.author.name, at, row.contested)


def state_words(row: Contribution) -> str:
    """How a contribution stands."""
    if row.accepting:
        return "Being accepted"
    return f"Accepted in revision {row.revision}" if row.revision else STATES[row.state]


def href(id: str) -> str:
    """Where a contribution is looked at."""
    return f"{REVIEW}/{id}"


def batch_href(batch: str) -> str:
    """Where a batch is looked at."""
    return f"{REVIEW}/batch/{batch}"


def edit_href(row: Contribution) -> str:
    """Where a contribution is written in; empty where it has no form."""
    return EDITORS[row.kind].format(id=row.id) if row.kind in EDITORS else ""


def day(at: datetime | None) -> str:
    """“22 November 2026”."""
    return f"{at.day} {at:%B %Y}" if at else ""


def time_of(at: datetime) -> str:
    """“22 November 2026, 11:03 UTC”."""
    return f"{day(at)}, {at:%H:%M} UTC"


def counted(counts: Iterable[tuple[str, int]]) -> str:
    """“3 claims” and their like."""
    return ", ".join(many(number, word) for word, number in counts)
