"""What a contribution is: something a person wants changed in the base, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kg.namespaces import thing

KINDS = ("source", "claim", "thing", "edit", "withdrawal", "merge", "undo", "batch", "update")
DRAFT, SUBMITTED, CHANGES_ASKED = "draft", "submitted", "changes-asked"
ACCEPTED, REJECTED, GIVEN_UP = "accepted", "rejected", "given-up"
STATES = (DRAFT, SUBMITTED, CHANGES_ASKED, ACCEPTED, REJECTED, GIVEN_UP)
OPEN = (DRAFT, CHANGES_ASKED, SUBMITTED)
"""What its author may still write in."""
_REVIEWING = ("reviewer", "administrator")


@dataclass(frozen=True)
class Person:
    """Somebody as the desk knows them.

    Attributes:
        id: the account's.
        name: how the pages call them.
        agent: the address that stands for them in the record.
        role: `contributor`, `reviewer` or `administrator`.
        interest: what stake they say they have, as it stands today.
    """

    id: str
    name: str
    agent: str = ""
    role: str = "contributor"
    interest: str = ""

    @property
    def address(self) -> str:
        """Their address in the record, made from the account's where none was chosen."""
        return self.agent or thing("agent", f"account-{self.id}")

    @property
    def reviews(self) -> bool:
        """Whether they may decide about what others wrote."""
        return self.role in _REVIEWING


@dataclass(frozen=True)
class Draft:
    """What is typed, to be saved.

    Attributes:
        kind: one of `KINDS`.
        title: what it is, in a line.
        form: what was typed, so that the form comes back filled.
        added, removed: statements in and out, as N-Quads; graphs they name are not kept, the subject decides.
        base: the revision it was made against.
        source: address of the source it is about, where it is about one.
        batch: the batch it came with, where it came with one.
        id, version: the contribution that this is a new version of, and the version that was at hand; empty for a
            new one.
    """

    kind: str
    title: str
    form: Mapping[str, Any] = field(default_factory=dict)
    added: str = ""
    removed: str = ""
    base: int = 0
    source: str = ""
    batch: str = ""
    id: str = ""
    version: int = 0


@dataclass(frozen=True)
class Contribution:
    """A contribution as it is kept; the attributes of `Draft`, and what became of it.

    Attributes:
        state: one of `STATES`.
        author: who made it.
        interest: the author's interest statement as it was when this was handed in.
        contested: a reviewer disputes it; it is not accepted before that is settled.
        created, changed, submitted: when.
        revision: the one it was accepted in; 0 before.
        accepting: set while it goes into the base; what the revision carries.
    """

    id: str
    kind: str
    title: str
    state: str
    author: Person
    interest: str
    form: Mapping[str, Any]
    added: str
    removed: str
    base: int
    source: str
    batch: str
    contested: bool
    created: datetime
    changed: datetime
    submitted: datetime | None
    version: int
    revision: int
    accepting: str


@dataclass(frozen=True)
class Event:
    """Something that was done with a contribution.

    Attributes:
        what: such as `submitted` or `commented`.
        who: who did it.
        text: what they said to it.
        at: when.
        version: the contribution's version after it.
        added, removed: the statements as they were handed in, where this is a submission.
    """

    what: str
    who: Person
    text: str
    at: datetime
    version: int
    added: str = ""
    removed: str = ""
