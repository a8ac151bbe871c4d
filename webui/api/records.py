"""What the JSON interface answers: a frozen class for each object, of which the OpenAPI file is made.

Names are written in camelCase in JSON (`webui.api.form`).
"""

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
class Hit:
    """A thing in a list.

    Attributes:
        kind: the kind in its address.
        label: its name; of a claim its gist.
        text: its definition, or the title of a source.
        href: where it is answered with all that is recorded.
        stance, standing: of a claim.
        status: of a tactic.
    """

    iri: Iri
    kind: str
    label: str
    text: str
    href: Href
    stance: Iri | None
    standing: StandingMark | None
    status: Ref | None


@dataclass(frozen=True, kw_only=True)
class SearchAnswer(Paged):
    """What words were found in, best first.

    Attributes:
        complete: false where more was found than is counted.
    """

    complete: bool
    items: tuple[Hit, ...]


@dataclass(frozen=True, kw_only=True)
class ThingsAnswer(Paged):
    """The things of a kind, by name.

    Attributes:
        kinds: the kinds there are, with how many things of each.
    """

    kinds: tuple[Kind, ...]
    items: tuple[Hit, ...]


@dataclass(frozen=True)
class Kind:
    """A kind of thing."""

    kind: str
    count: int
    href: Href


@dataclass(frozen=True, kw_only=True)
class ClaimsAnswer(Paged):
    """Claims, by address."""

    items: tuple[Claim, ...]


@dataclass(frozen=True)
class Fact:
    """A property of a thing and one of its values; the label is a name where the value has one."""

    property: Ref
    value: str
    value_label: str


@dataclass(frozen=True)
class SourceLink:
    """How a source bears on a thing.

    Attributes:
        relation: the kind of link.
        meaning: what that kind of link means, and no more.
        source: the source.
        title: its title.
        evidence_type: what sort of work it is.
        reading_status: whether the project has read it.
    """

    relation: Ref
    meaning: str
    source: Ref
    title: str
    evidence_type: str
    reading_status: str


@dataclass(frozen=True, kw_only=True)
class ThingAnswer(Answer):
    """A thing with all that is recorded about it.

    Attributes:
        page: its page for people.
        definition: what it is; empty where no source says.
        classes: its classes in the ontology.
        frameworks: the frameworks or vocabularies it belongs to.
        facts: what is said of it itself.
        status: of a tactic, else null.
        sources: the sources behind or against it, by kind of link.
        claims: a part of the claims about it; of a source, those read in it or citing it; of a claim, itself.
    """

    iri: Iri
    kind: str
    label: str
    page: Href
    definition: str
    classes: tuple[Ref, ...]
    frameworks: tuple[Ref, ...]
    facts: tuple[Fact, ...]
    status: Status | None
    sources: tuple[SourceLink, ...]
    claims: ClaimPart


@dataclass(frozen=True)
class ClaimPart:
    """A part of the claims about a thing, by address."""

    total: int
    offset: int
    limit: int
    next: Href | None
    items: tuple[Claim, ...]


@dataclass(frozen=True)
class HopStep:
    """One step of a path.

    Attributes:
        relation: the relation, with how it reads in the direction of walking where a claim states it.
        forward: whether the relation points the way the path goes.
        standing: how the link came about: the best of its claims.
        sentence: the step in a plain sentence, with its place.
        claims: the claims behind it, best first.
    """

    start: Ref
    end: Ref
    relation: Iri
    forward: bool
    standing: StandingMark
    sentence: str
    claims: tuple[Iri, ...]


@dataclass(frozen=True)
class PathFound:
    """A way from one thing to another.

    Attributes:
        things: what it passes, from start to end.
        standing: the weakest standing on the way.
        sentence: the path in a sentence.
        hops: its steps.
        cautions, gaps: how many claims about the things on it caution or dispute, or report missing evidence.
    """

    things: tuple[Ref, ...]
    standing: StandingMark
    sentence: str
    hops: tuple[HopStep, ...]
    cautions: int
    gaps: int


@dataclass(frozen=True, kw_only=True)
class PathsAnswer(Answer):
    """Paths, best standing first; from a cause alone, in the order of phases and tactics.

    Attributes:
        start: where they start.
        end: where they end; null for all sources that a cause leads to by phase and tactic.
        through: what they all pass; null where nothing was asked.
        length: the most steps a path may have.
        found: how many were found, of which `paths` holds as many as asked for.
        complete: false where the search stopped at its limit, so that there may be more.
        explanation: what was found, or why nothing was.
    """

    start: Ref
    end: Ref | None
    through: Ref | None
    length: int
    found: int
    complete: bool
    explanation: str
    paths: tuple[PathFound, ...]


@dataclass(frozen=True)
class StanceCounts:
    """How many stated claims there are of each stance."""

    supports: int = 0
    conditional: int = 0
    describes: int = 0
    cautions: int = 0
    disputes: int = 0
    gap: int = 0


@dataclass(frozen=True)
class MapCell:
    """Where a row and a column meet.

    Attributes:
        column: address of the column's thing.
        missing: what is missing: nothing is recorded, a document reports a gap, or (empty) neither.
        independent: how many independent sources stand behind the stated claims; same authors on the same material
            count once, reports of a gap not at all.
        sources: how many sources these are.
        stances: the stated claims by stance; of a source, without those it is cited against.
        inferred: claims that belong here by inference alone; they are no support.
        by_phase: claims that belong here only because a tactic stands in a phase; they are no support.
        cited_against: of a source, the claims it is cited against.
        standing: the best standing by which anything belongs here; null where nothing does.
        claims: all the claims.
    """

    column: Iri
    missing: Literal["", "nothing-recorded", "gap-reported"]
    independent: int
    sources: int
    stances: StanceCounts
    inferred: int
    by_phase: int
    cited_against: int
    standing: StandingMark | None
    claims: tuple[Iri, ...]


@dataclass(frozen=True)
class MapHead:
    """The head of a row or column; the status is a tactic's."""

    iri: Iri
    label: str
    status: Ref | None


@dataclass(frozen=True)
class MapLine:
    """A row of the map, with a cell for each column, in their order."""

    head: MapHead
    cells: tuple[MapCell, ...]


@dataclass(frozen=True, kw_only=True)
class MapAnswer(Answer):
    """An evidence map.

    Attributes:
        rule: what belongs into a cell.
        columns: the heads of the columns, in order.
        rows: the rows, in order.
        empty: how many cells hold nothing.
    """

    rule: str
    columns: tuple[MapHead, ...]
    rows: tuple[MapLine, ...]
    empty: int


@dataclass(frozen=True)
class FrameworkItem:
    """A framework.

    Attributes:
        kind: what sort of framework: slug in the scheme framework-kind.
        note: the curator's note, with the rule where the text has one.
        members: how many members it has.
        step: its place in the set applied to one policy; 0 where it has none.
        condition: when that step applies; empty for always.
    """

    iri: Iri
    label: str
    definition: str
    kind: str
    note: str
    members: int
    step: int
    condition: str
    href: Href


@dataclass(frozen=True, kw_only=True)
class FrameworksAnswer(Paged):
    """The frameworks: first those applied to one policy, in order of use, then the others by name."""

    items: tuple[FrameworkItem, ...]


@dataclass(frozen=True)
class MemberLine:
    """A member of a framework.

    Attributes:
        position: its place in the source's order, from 1; 0 where the source gives no order.
        claims: how many claims are about it.
    """

    iri: Iri
    label: str
    definition: str
    position: int
    claims: int


@dataclass(frozen=True)
class Place:
    """The place of a type in a matrix."""

    member: Iri
    ambiguity: str
    conflict: str


@dataclass(frozen=True, kw_only=True)
class FrameworkAnswer(Answer):
    """A framework with its members in order.

    Attributes:
        whose: where it comes from.
        described_in: the documents that describe it.
        stated_count: how many members the document says it has; empty where it does not.
        complete: whether every member the document names is listed: yes, no, or empty.
        matrix: the places of its types, where it is a matrix.
        questions: what to answer when it is applied to a policy.
    """

    framework: FrameworkItem
    whose: tuple[Ref, ...]
    described_in: tuple[Ref, ...]
    stated_count: str
    complete: str
    members: tuple[MemberLine, ...]
    matrix: tuple[Place, ...]
    questions: Href


@dataclass(frozen=True)
class Question:
    """Something to be answered; `item` is what to send as the answer's item."""

    iri: Iri
    label: str
    item: str


@dataclass(frozen=True)
class Value:
    """A value that may be given; `value` is what to send."""

    iri: Iri
    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class QuestionsAnswer(Answer):
    """What a framework asks of a policy.

    Attributes:
        applied: false for an argument, which is read and not applied.
        in_words: whether each answer needs a reason in words.
    """

    framework: Ref
    kind: str
    applied: bool
    in_words: bool
    items: tuple[Question, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Said:
    """A claim and what it says."""

    iri: Iri
    gist: str


@dataclass(frozen=True)
class Follows:
    """An answer as given, or something that follows from the answers.

    Attributes:
        kind: `met`, `partly-met`, `not-met`, `unknown`, `low`, `high`: an answer; `unanswered`; else what follows.
        answered: whether it only repeats what was answered.
        thing: what it is about.
        sentence: it in words.
        claims: the claims it rests on; none for an answer.
        standing: the weakest standing of these claims; null without claims.
    """

    kind: str
    answered: bool
    thing: Ref
    sentence: str
    claims: tuple[Said, ...]
    standing: StandingMark | None


@dataclass(frozen=True, kw_only=True)
class AssessmentAnswer(Answer):
    """A policy looked at through a framework. It is somebody's judgement and no finding about the policy.

    Attributes:
        stored: always false: nothing is kept.
        on: the day.
    """

    policy: Ref
    framework: Ref
    kind: str
    by: Ref
    on: str
    remarks: str
    stored: bool
    findings: tuple[Follows, ...]


@dataclass(frozen=True)
class Resource:
    """Something this interface offers.

    Attributes:
        address: where; what stands in braces is to be filled in.
    """

    name: str
    summary: str
    address: str


@dataclass(frozen=True)
class Pack:
    """A pack of data."""

    iri: Iri
    title: str
    version: str
    licence: str


@dataclass(frozen=True)
class IndexAnswer:
    """Where to begin.

    Attributes:
        version: the version of the program.
        ontology: the version of the ontology.
        revision: the revision of the data.
        changed: when that revision was made.
        licence: of the data.
        cite: how to cite the data.
        packs: the packs of data.
        resources: what there is.
    """

    title: str
    version: str
    ontology: str
    revision: int
    changed: str
    licence: Iri
    cite: str
    packs: tuple[Pack, ...]
    resources: tuple[Resource, ...]


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
