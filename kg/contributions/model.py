"""What a contribution is: something a person wants changed in the base, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kg.namespaces import thing
from kg.store import Quad

KINDS = ("source", "claim", "thing", "edit", "withdrawal", "merge", "undo", "batch", "update")
DRAFT, SUBMITTED, CHANGES_ASKED = "draft", "submitted", "changes-asked"
ACCEPTED, REJECTED, GIVEN_UP = "accepted", "rejected", "given-up"
STATES = (DRAFT, SUBMITTED, CHANGES_ASKED, ACCEPTED, REJECTED, GIVEN_UP)
OPEN = (DRAFT, CHANGES_ASKED, SUBMITTED)
"""What its author may still write in."""
_REVIEWING = ("reviewer", "administrator")
PER_PAGE = 25
_FEWEST, _ONE_IN = 5, 10


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
class Proposed:
    """Something new that somebody has proposed and that waits.

    Attributes:
        iri: its address.
        label: its name.
        classes: what it is.
        added: the statements of the contribution that it comes with.
        contribution: that contribution's id.
    """

    iri: str
    label: str
    classes: frozenset[str]
    added: frozenset[Quad]
    contribution: str


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


@dataclass(frozen=True)
class Filters:
    """What to look for; what is empty leaves all in.

    Attributes:
        state, kind, author, source, batch: as in `Contribution`; the author by account.
        contested: only what a reviewer disputes.
        older: at least so many days since it was handed in.
    """

    state: str = ""
    kind: str = ""
    author: str = ""
    source: str = ""
    batch: str = ""
    contested: bool = False
    older: int = 0


@dataclass(frozen=True)
class Listed:
    """A page of contributions.

    Attributes:
        rows: them, those that wait longest first; without forms and statements.
        total: how many there are on all pages.
        page: which page this is, from 1 on.
        states, kinds: how many there are of each, whatever state or kind was asked for.
        contested: how many of those that wait are disputed.
        authors, sources, batches: of whom, on which sources and in which batches something was ever handed in.
    """

    rows: tuple[Contribution, ...]
    total: int
    page: int
    states: Mapping[str, int]
    kinds: Mapping[str, int]
    contested: int
    authors: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    batches: tuple[str, ...]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PER_PAGE))


@dataclass(frozen=True)
class Sampled:
    """A contribution of the sample.

    Attributes:
        id, title, version: the contribution's.
        looked: whether this reviewer has found it right, as it stands.
    """

    id: str
    title: str
    version: int
    looked: bool


@dataclass(frozen=True)
class Batch:
    """How far a batch has come, for one reviewer.

    Attributes:
        id: the batch.
        author: whose it is.
        total: how many contributions came with it.
        waiting: how many of them wait to be decided, those in dispute left out.
        needed: how many must be looked at before all are accepted at once.
        sample: those that were drawn for this reviewer.
        refused: ids of those that some reviewer refused out of a sample.
        own: whether this person wrote it.
    """

    id: str
    author: Person
    total: int
    waiting: int
    needed: int
    sample: tuple[Sampled, ...]
    refused: tuple[str, ...]
    own: bool

    @property
    def looked(self) -> int:
        """How many of the sample were found right."""
        return sum(one.looked for one in self.sample)

    @property
    def ready(self) -> bool:
        """Whether all that wait may be accepted at once."""
        enough = bool(self.sample) and self.looked == len(self.sample) >= self.needed
        return enough and not self.refused and not self.own and self.waiting > 0


def sample_size(waiting: int) -> int:
    """How many of so many must be looked at: a tenth, and never fewer than five; a convention of ours.

    Where a tenth of 50 was found right, a share of wrong ones above about 45 % is unlikely (0.55 to the power of 5 is
    0.05); the larger the batch, the sharper: of 500, above about 6 % (0.94 to the power of 50 is 0.05).
    """
    return min(waiting, max(_FEWEST, -(-waiting // _ONE_IN)))
