"""The page of a source: what it is, how far it carries, what was read in it, what it is cited for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from kg.errors import BadInput, DatabaseUnavailable
from kg.exporting import Reference, coins, read_references
from kg.namespaces import slug_of
from kg.queries import citations_of, claims_read_in, disagreements, kinds_read_in, referring, resting_on
from kg.tables import definition
from webui import structured
from webui.addresses import href, kind
from webui.base import Opened
from webui.contexts.cards import ClaimCard, Deck
from webui.contexts.citing import CiteBlock, CiteThis, cite_block, cite_this, meta_tags
from webui.contexts.facts import Facts
from webui.contexts.page import Link, Page, crumbs, frame, shown, tabled
from webui.contexts.paging import Part
from webui.contexts.parts import Detail
from webui.contexts.reach import Arguing, CitedGroup, RestingGroup, arguing, citing, resting
from webui.contexts.term import onward
from webui.contexts.things import Thing, views_of
from webui.contexts.work import Trait, how_read, work_of
from webui.signed_in import who
from webui.words import KINDS, SOURCE_ROLES, many

PAGE_SIZE = 20
MOST_REFERRING = 80
"""So many claims of other documents are shown at once."""
_MOST_COUNTED, _MOST_RESTING = 300, 60
"""In a large base: so many of them are counted, and so many things that rest on a source are named."""


@dataclass(frozen=True)
class RoleGroup:
    """The claims to which the source is the same things."""

    heading: str
    count: str
    claims: tuple[ClaimCard, ...]


@dataclass(frozen=True, kw_only=True)
class SourcePage(Page):
    """A source; its claims come in parts where they are many.

    Attributes:
        traits: what kind of work it is, whether it was read, what stake it has.
        cite, coins: the work as a reference.
        bibliography, citation, notes: what is known of the work.
        roles, roles_from, roles_parts: claims of other documents in which it is cited or whose view it is.
        subjects: what the claims read in it are about; each chooses those claims.
        read, read_count, read_from, parts: the claims read in it.
        resting, arguing, citing: what follows from it in the base.
        recorded: how to cite this page.
    """

    toc: tuple[Link, ...]
    onward: tuple[Link, ...]
    traits: tuple[Trait, ...]
    cite: CiteBlock
    coins: str
    citation: str
    short_label: str
    bibliography: tuple[Detail, ...]
    notes: tuple[str, ...]
    read_count: str
    read_from: str
    read: tuple[ClaimCard, ...]
    subjects: tuple[Link, ...]
    parts: tuple[Link, ...]
    roles: tuple[RoleGroup, ...]
    roles_from: str
    roles_parts: tuple[Link, ...]
    resting: tuple[RestingGroup, ...]
    arguing: Arguing | None
    citing: tuple[CitedGroup, ...]
    recorded: CiteThis


@dataclass(frozen=True)
class Wanted:
    """What of a source's page is wanted.

    Attributes:
        part: which part of the claims read in it, from 1 on.
        cited: which part of the claims of other documents, from 1 on.
        style: in which style to cite it.
        about: claims on which kind of thing alone; empty for all.
    """

    part: int = 1
    cited: int = 1
    style: str = ""
    about: str = ""


def source_page(opened: Opened, item: Thing, wanted: Wanted) -> SourcePage:
    """The page of a source.

    Raises:
        BadInput: there is no such style, or no claim about such things.
    """
    reference, facts = read_references(opened.reader, [item.iri])[0], Facts(opened, item.iri)
    kinds = kinds_read_in(opened.reader, item.iri)
    cited = _cited(referring(opened.reader, item.iri, opened.part(_MOST_COUNTED)))
    read, roles = _read(opened, item.iri, kinds, wanted), Part(len(cited), MOST_REFERRING, wanted.cited)
    told = roles.of(list(cited))
    deck = Deck(opened, [*read.claims, *told])
    todo = _to_do(item.iri)
    follows, recorded = _follows(opened, item.iri, reference.label), cite_this(opened, item.iri, _HINT)
    return SourcePage(
        **_frame(opened, item, reference, facts.iri("dcterms:license")),
        **follows,
        **work_of(opened, facts, how_read(facts, sum(kinds.values()), len(cited), len(cited) == _MOST_COUNTED)),
        toc=_toc(follows),
        onward=(*onward(item.iri), Link("What if it were gone", f"/what-if?without={slug_of(item.iri)}"), *todo),
        cite=cite_block(reference, wanted.style, recorded.text),
        coins=coins(reference.csl),
        read_count=many(read.part.count, "claim"),
        read_from=read.part.told,
        read=deck.take(read.claims),
        subjects=_subjects(item.iri, _by_kind(kinds), wanted.about),
        parts=read.part.links(f"{href(item.iri)}?{f'about={wanted.about}&' if wanted.about else ''}part=", "#read"),
        roles=tuple(_roles(deck, cited, told)),
        roles_from=roles.told,
        roles_parts=roles.links(f"{href(item.iri)}?cited=", "#roles"),
        recorded=recorded,
    )


def _to_do(source: str) -> tuple[Link, ...]:
    """What a contributor can do about a source; nothing for readers."""
    with suppress(DatabaseUnavailable):
        account = who()
        if account and account.may("contributor"):
            base = f"/contribute/source/{slug_of(source)}"
            return Link("Mark as retracted or corrected", f"{base}/mark"), Link("Same work as another", f"{base}/merge")
    return ()


def _follows(opened: Opened, source: str, label: str) -> dict[str, Any]:
    reader = opened.reader
    return {
        "resting": resting(resting_on(reader, source, opened.part(_MOST_RESTING))),
        "arguing": arguing(disagreements(reader, source), source, label),
        "citing": citing(citations_of(reader, source)),
    }


@dataclass(frozen=True)
class _Read:
    """Some claims read in a source, and which part of them all they are."""

    claims: list[str]
    part: Part


def _read(opened: Opened, source: str, kinds: Mapping[str, int], wanted: Wanted) -> _Read:
    """The claims read in a source that are wanted, in the order of the text.

    Raises:
        BadInput: none is about such things.
    """
    if not wanted.about:
        part = Part(sum(kinds.values()), PAGE_SIZE, wanted.part)
        return _Read([row.claim for row in claims_read_in(opened.reader, source, part.rows)], part)
    known = _by_kind(kinds)
    if wanted.about not in known:
        named = ", ".join(sorted(known)) or "none, as it was not read"
        raise BadInput(f"No claim read in this source is about “{wanted.about[:40]}”. Choose one of: {named}.")
    found = [row.claim for row in claims_read_in(opened.reader, source) if _kind(kind(row.subject)) == wanted.about]
    part = Part(len(found), PAGE_SIZE, wanted.part)
    return _Read(part.of(found), part)


_HINT = "This cites what the base records of the work, not the work itself; above stands how to cite that."
_OF_SOURCE = ("kinds_read_in", "claims_read_in", "claims_referring", "resting_on", "disagreements", "citations_of")


def _frame(opened: Opened, item: Thing, reference: Reference, licence: str) -> dict[str, object]:
    label, became = reference.label, opened.notices.get(item.iri)
    return frame(
        opened,
        item.label,
        title=label,
        at="/sources",
        eyebrow=f"Source: {became.statusLabel.lower()}" if became else "Source",
        crumbs=crumbs(Link("Sources", "/sources"), Link(label, "", True)),
        views=views_of(item.iri),
        queries=(
            shown("facts", thing=item.iri),
            *(shown(name, source=item.iri) for name in _OF_SOURCE),
            tabled(definition("cards_of_source"), thing=item.iri),
        ),
        description=f"{label}: {item.label} ({reference.evidence.label}; {reference.reading.label.lower()})",
        canonical=href(item.iri),
        meta=meta_tags(reference),
        structured=structured.script(structured.source(item.iri, reference.csl, licence)),
    )


def _by_kind(kinds: Mapping[str, int]) -> dict[str, int]:
    """How many claims there are about each kind with a name of its own; members of frameworks count together."""
    found: Counter[str] = Counter()
    for slug, count in kinds.items():
        found[_kind(slug)] += count
    return dict(found.most_common())


def _kind(slug: str) -> str:
    return slug if slug in KINDS else _MEMBER


_MEMBER = "member"


def _subjects(iri: str, counted: Mapping[str, int], now: str) -> tuple[Link, ...]:
    if len(counted) < 2:
        return ()
    every = Link(f"Everything ({sum(counted.values())})", f"{href(iri)}#read", not now)
    named = {name: KINDS[name].many if name in KINDS else "Members of frameworks" for name in counted}
    some = (
        Link(f"{named[name]} ({count})", f"{href(iri)}?about={name}#read", name == now)
        for name, count in counted.items()
    )
    return (every, *some)


def _toc(follows: dict[str, Any]) -> tuple[Link, ...]:
    found = (
        ("How far it carries", "carries", True),
        ("The work", "work", True),
        ("Cite the work", "cite", True),
        ("What rests on it", "rests", follows["resting"]),
        ("What it argues with", "argues", follows["arguing"]),
        ("Who cites it, and whom it cites", "cites", follows["citing"]),
        ("What is said with it", "roles", True),
        ("What it says here", "read", True),
        ("Cite this page", "cite-this", True),
    )
    return tuple(Link(words, f"#{anchor}") for words, anchor, is_there in found if is_there)


def _cited(roles: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """The claims of other documents to which the source is something, with all that it is, by what it is."""
    found: dict[str, tuple[str, ...]] = {}
    for role in SOURCE_ROLES:
        for claim in roles.get(role, []):
            found[claim] = (*found.get(claim, ()), role)
    places = list(SOURCE_ROLES)
    return dict(sorted(found.items(), key=lambda item: [places.index(role) for role in item[1]]))


def _roles(deck: Deck, cited: dict[str, tuple[str, ...]], told: Sequence[str]) -> Iterator[RoleGroup]:
    """The claims shown now, under all that the source is to each; the counts are of all claims."""
    counts = Counter(cited.values())
    for what in dict.fromkeys(cited[claim] for claim in told):
        words = " and ".join(SOURCE_ROLES[role] for role in what)
        claims = [claim for claim in told if cited[claim] == what]
        yield RoleGroup(f"Claims that {words}", many(counts[what], "claim"), deck.sorted(claims))
