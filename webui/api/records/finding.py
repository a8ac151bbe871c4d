"""Search, lists and single things."""

from __future__ import annotations

from dataclasses import dataclass

from webui.api.records.common import Answer, Claim, Href, Iri, Paged, Ref, StandingMark, Status
from webui.api.records.paths import ClaimPart


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
