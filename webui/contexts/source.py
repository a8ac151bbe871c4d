"""The page of a source: what it is, how far it carries, what was read in it, what it is cited for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.errors import BadInput
from kg.exporting import Reference, coins, read_references
from kg.namespaces import slug_of
from kg.queries import citations_of, claims_read_in, disagreements, of_source, resting_on
from kg.queries import thing as thing_rows
from kg.tables import definition
from webui import structured
from webui.addresses import href, kind, short
from webui.base import Opened
from webui.contexts.citing import CiteBlock, CiteThis, cite_block, cite_this, meta_tags
from webui.contexts.facts import Facts
from webui.contexts.page import Link, Page, crumbs, frame, shown, tabled
from webui.contexts.parts import ClaimCard, Deck, Detail, detail, details
from webui.contexts.reach import Arguing, CitedGroup, RestingGroup, arguing, citing, resting
from webui.contexts.term import onward
from webui.contexts.things import Thing, views_of
from webui.words import KINDS, SOURCE_ROLES, many

PAGE_SIZE = 20


@dataclass(frozen=True)
class RoleGroup:
    """The claims to which the source is the same things."""

    heading: str
    count: str
    claims: tuple[ClaimCard, ...]


@dataclass(frozen=True)
class Trait:
    """One thing that tells how far a source carries, in plain words."""

    name: str
    value: Link
    meaning: str
    note: str


@dataclass(frozen=True, kw_only=True)
class SourcePage(Page):
    """A source; its claims come in parts where they are many.

    Attributes:
        traits: what kind of work it is, whether it was read, what stake it has.
        cite, coins: the work as a reference.
        bibliography, citation, notes: what is known of the work.
        roles: claims of other documents in which it is cited or whose view it is.
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
    resting: tuple[RestingGroup, ...]
    arguing: Arguing | None
    citing: tuple[CitedGroup, ...]
    recorded: CiteThis


@dataclass(frozen=True)
class Wanted:
    """What of a source's page is wanted.

    Attributes:
        part: which part of the claims read in it, from 1 on.
        style: in which style to cite it.
        about: claims on which kind of thing alone; empty for all.
    """

    part: int = 1
    style: str = ""
    about: str = ""


def source_page(opened: Opened, item: Thing, wanted: Wanted) -> SourcePage:
    """The page of a source.

    Raises:
        BadInput: there is no such style, or no claim about such things.
    """
    reference = read_references(opened.reader, [item.iri])[0]
    facts, roles = Facts(opened, item.iri), of_source(opened.reader, item.iri)
    found = sorted(claims_read_in(opened.reader, item.iri), key=lambda row: (_natural(row.locator), row.claim))
    kinds = {row.claim: _kind(row.subject) for row in found}
    read = _about(kinds, wanted.about)
    last = max(1, -(-len(read) // PAGE_SIZE))
    part = min(max(wanted.part, 1), last)
    start = (part - 1) * PAGE_SIZE
    shown_claims = read[start : start + PAGE_SIZE]
    cited = _cited(roles)
    deck = Deck(opened, [*shown_claims, *cited])
    follows = {
        "resting": resting(resting_on(opened.reader, item.iri)),
        "arguing": arguing(disagreements(opened.reader, item.iri), item.iri, reference.label),
        "citing": citing(citations_of(opened.reader, item.iri)),
    }
    return SourcePage(
        **_frame(opened, item, reference, facts.iri("dcterms:license")),
        **follows,
        toc=_toc(follows),
        onward=(*onward(item.iri), Link("What if it were gone", f"/what-if?without={slug_of(item.iri)}")),
        traits=_traits(opened, facts, roles),
        cite=cite_block(opened, reference, wanted.style),
        coins=coins(reference.csl),
        citation=facts.text("dcterms:bibliographicCitation"),
        short_label=facts.text("gap:shortLabel"),
        bibliography=_bibliography(facts),
        notes=facts.texts("skos:editorialNote"),
        read_count=many(len(read), "claim"),
        read_from=f"{start + 1} to {start + len(shown_claims)} of {len(read)}" if last > 1 else "",
        read=deck.take(shown_claims),
        subjects=_subjects(item.iri, kinds, wanted.about),
        parts=tuple(_part(item.iri, n, part, wanted.about) for n in range(1, last + 1)) if last > 1 else (),
        roles=tuple(_roles(deck, cited)),
        recorded=cite_this(opened, item.iri, _HINT),
    )


_HINT = "This cites what the base records of the work, not the work itself; above stands how to cite that."


_OF_THING = ("facts", "claims_of_source")
_OF_SOURCE = ("claims_read_in", "resting_on", "disagreements", "citations_of")


def _frame(opened: Opened, item: Thing, reference: Reference, licence: str) -> dict[str, object]:
    label = reference.label
    return frame(
        opened,
        item.label,
        title=label,
        at="/sources",
        eyebrow="Source",
        crumbs=crumbs(Link("Sources", "/sources"), Link(label, "", True)),
        views=views_of(item.iri),
        queries=(
            *(shown(name, thing=item.iri) for name in _OF_THING),
            *(shown(name, source=item.iri) for name in _OF_SOURCE),
            tabled(definition("cards_of_source"), thing=item.iri),
        ),
        description=f"{label}: {item.label} ({reference.evidence.label}; {reference.reading.label.lower()})",
        canonical=href(item.iri),
        meta=meta_tags(reference),
        structured=structured.script(structured.source(item.iri, reference.csl, licence)),
    )


def _bibliography(facts: Facts) -> tuple[Detail, ...]:
    places = (
        ("Authors", facts.text("gap:authorList")),
        ("Editors", facts.text("gap:editorList")),
        ("Year", facts.text("dcterms:issued")),
        ("Published in", facts.text("gap:containerTitle")),
        ("Publisher", ", ".join(filter(None, (facts.text("gap:publisherName"), facts.text("gap:publisherPlace"))))),
    )
    return details(
        *(detail(name, value) for name, value in places),
        detail("Address", *facts.links("dcterms:identifier")),
        detail("Licence", *facts.links("dcterms:license")),
        detail("People", *facts.links("dcterms:creator")),
        detail("Reference found in", *facts.links("dcterms:isReferencedBy")),
        detail("Counted once with", *facts.links("gap:independenceGroup")),
        detail("Retracted?", "Nothing of that kind is recorded here. The base does not look retractions up."),
    )


def _traits(opened: Opened, facts: Facts, roles: dict[str, list[str]]) -> tuple[Trait, ...]:
    """How far the source carries: what kind it is, whether it was read, what stake it has."""
    asked = (
        ("What kind of work it is", "gap:evidenceType", facts.text("gap:evidenceTypeNote")),
        ("How far it was read here", "gap:readingStatus", _reading(facts, roles)),
        ("Its stake in what it says", "gap:interest", facts.text("gap:interestNote")),
    )
    return tuple(
        Trait(name, link, meaning, note if at == 0 else "")
        for name, term, note in asked
        for at, (link, meaning) in enumerate(_meant(opened, facts, term))
    )


def _meant(opened: Opened, facts: Facts, term: str) -> list[tuple[Link, str]]:
    return [
        (link, next((row.definition for row in thing_rows(opened.reader, iri)), ""))
        for link, iri in zip(facts.links(term), facts.iris(term), strict=True)
    ]


def _reading(facts: Facts, roles: dict[str, list[str]]) -> str:
    """Read, only cited, or only named: three very different things."""
    if short(facts.iri("gap:readingStatus")) != "known-by-citation":
        return f"Taken from its text: {many(len(roles.get('assertedIn', [])), 'claim')}."
    cited = {claim for claims in roles.values() for claim in claims}
    if not cited:
        return "Only named: it stands in a list of references, and no claim here rests on it."
    referring = many(len(cited), "claim of another document refers", "claims of other documents refer")
    return f"Only cited: {referring} to it, and what they make of it was not checked against it."


def _kind(iri: str) -> str:
    return kind(iri) if kind(iri) in KINDS else _MEMBER


_MEMBER = "member"


def _about(kinds: dict[str, str], wanted: str) -> list[str]:
    """The claims about one kind of thing, or all of them, in the order of the text."""
    found = [claim for claim, kind in kinds.items() if not wanted or kind == wanted]
    if wanted and not found:
        raise BadInput(f"No claim read in this source is about “{wanted[:40]}”. Choose one of: {_named(kinds)}.")
    return found


def _named(kinds: dict[str, str]) -> str:
    return ", ".join(sorted(set(kinds.values()))) or "none, as it was not read"


def _subjects(iri: str, kinds: dict[str, str], now: str) -> tuple[Link, ...]:
    counted = Counter(kinds.values())
    if len(counted) < 2:
        return ()
    every = Link(f"Everything ({counted.total()})", f"{href(iri)}#read", not now)
    named = {name: KINDS[name].many if name in KINDS else "Members of frameworks" for name in counted}
    some = (
        Link(f"{named[name]} ({count})", f"{href(iri)}?about={name}#read", name == now)
        for name, count in counted.most_common()
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


def _natural(locator: str) -> list[tuple[int, int, str]]:
    """“§2.10” after “§2.9”; what stands outside the sections comes first."""
    parts = re.findall(r"\d+|\D+", locator)
    return [(0 if part.isdigit() else 1, int(part) if part.isdigit() else 0, part) for part in parts]


def _part(iri: str, number: int, current: int, about: str) -> Link:
    chosen = f"&about={about}" if about else ""
    return Link(str(number), f"{href(iri)}?part={number}{chosen}#read", number == current)


def _cited(roles: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """The claims to which the source is something else than the place where they were read, with all that it is."""
    read = set(roles.get("assertedIn", []))
    found: dict[str, tuple[str, ...]] = {}
    for role in SOURCE_ROLES:
        for claim in roles.get(role, []):
            if role != "originSource" or claim not in read:
                found[claim] = (*found.get(claim, ()), role)
    return found


def _roles(deck: Deck, cited: dict[str, tuple[str, ...]]) -> Iterator[RoleGroup]:
    """Each claim once, under all that the source is to it."""
    for what in sorted(set(cited.values()), key=lambda roles: [list(SOURCE_ROLES).index(role) for role in roles]):
        claims = [claim for claim, roles in cited.items() if roles == what]
        words = " and ".join(SOURCE_ROLES[role] for role in what)
        yield RoleGroup(f"Claims that {words}", many(len(claims), "claim"), deck.sorted(claims))
