"""What several answers hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NewType

Iri = NewType("Iri", str)
Href = NewType("Href", str)
"""A path on this server."""

Stance = Literal["supports", "conditional", "describes", "cautions", "disputes", "gap"]
Force = Literal["asserts", "reports", "recommends", "hypothesises"]
Basis = Literal[
    "cites-empirical",
    "cites-non-empirical",
    "cites-official",
    "experience-report",
    "expert-opinion",
    "uncited-argument",
]
StandingSlug = Literal["as-stated", "by-table", "by-phase", "pack-mapping", "curator-inference"]


@dataclass(frozen=True)
class Ref:
    """Something with an address and a name."""

    iri: Iri
    label: str


@dataclass(frozen=True)
class StandingMark:
    """How a link or claim came about.

    Attributes:
        iri: its address in the scheme link-basis.
        words: the same in words.
        stated: whether a document states it, in its text or in a table.
        inferred: whether a curator inferred it or a pack of data mapped it; that is never support.
    """

    iri: Iri
    words: str
    stated: bool
    inferred: bool


@dataclass(frozen=True)
class Honesty:
    """How far this answer carries; to be shown with it.

    Attributes:
        weakest: the weakest standing in this answer; null where it holds no claim or link.
        inferred: how many of the claims or paths in it rest on inference.
        cautions: how many claims in it, or about what it shows, caution or dispute.
        gaps: how many report that evidence is missing.
        note: what to bear in mind, in a sentence.
    """

    weakest: StandingMark | None
    inferred: int
    cautions: int
    gaps: int
    note: str


@dataclass(frozen=True)
class Work:
    """A work, and what it is to a claim: cited for it, cited against it, or whose view it gives."""

    role: Literal["backedBy", "challengedBy", "originSource"]
    work: Ref


@dataclass(frozen=True)
class Claim:
    """What one document says at one place.

    Attributes:
        href: where this claim is answered alone.
        gist: the claim in the project's own words.
        subject, relation, object: the link that the claim speaks of.
        stance: which side the document takes on it.
        force: how it is put there.
        basis: what it rests on there.
        standing: how the link came about.
        informs: what kind of question it helps with.
        voice: who says it, where that is not the document's author.
        document: where it was read.
        locator: the place in the document.
        review: how far it was checked.
        works: works cited for it or against it, or whose view it is.
    """

    iri: Iri
    href: Href
    gist: str
    subject: Ref
    relation: Ref
    object: Ref
    stance: Ref
    force: Ref
    basis: Ref
    standing: StandingMark
    informs: str
    voice: Ref | None
    document: Ref
    locator: str
    review: str
    works: tuple[Work, ...]


@dataclass(frozen=True)
class Status:
    """What the recorded claims about a tactic amount to by published rules; never a score.

    Attributes:
        iri: the address of the stored summary.
        status: the status.
        sentence: the status in a sentence.
        meaning: what the status means.
        supports, cautions, gaps: how many stated claims speak for it, caution or dispute, report a gap.
        independent: how many independent sources with data stand behind those that speak for it.
        rule_version: by which version of the rules.
    """

    iri: Iri
    status: Ref
    sentence: str
    meaning: str
    supports: int
    cautions: int
    gaps: int
    independent: int
    rule_version: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What every answer tells.

    Attributes:
        revision: the revision of the data it was made from.
        honesty: how far it carries.
    """

    revision: int
    honesty: Honesty


@dataclass(frozen=True, kw_only=True)
class Paged(Answer):
    """A part of a list in an order that stays the same within a revision.

    Attributes:
        total: how many there are in all.
        offset: how many come before this part.
        limit: how many this part may hold.
        next: where the next part is; null at the end.
    """

    total: int
    offset: int
    limit: int
    next: Href | None


@dataclass(frozen=True)
class Problem:
    """What went wrong (RFC 9457).

    Attributes:
        type: which problem it is: an address that explains it.
        title: the same in a few words.
        status: the HTTP status.
        detail: what is wrong here and what to do.
        instance: the path that was asked.
        parameter: the parameter or field that is wrong.
        known: what would be taken instead.
        nearest: names that come near the one that is not here.
    """

    type: Href
    title: str
    status: int
    detail: str
    instance: str
    parameter: str = ""
    known: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
