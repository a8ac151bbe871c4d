"""What is known of a source as a work: its bibliography, and what tells how far it carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.queries import thing as thing_rows
from webui.addresses import href, short, web
from webui.base import Opened
from webui.contexts.facts import Facts
from webui.contexts.page import Link
from webui.contexts.parts import Detail, detail, details
from webui.words import many


@dataclass(frozen=True)
class Trait:
    """One thing that tells how far a source carries, in plain words."""

    name: str
    value: Link
    meaning: str
    note: str


def work_of(opened: Opened, facts: Facts, reading: str) -> dict[str, Any]:
    """What is known of the work itself; `reading` says how far it was read."""
    return {
        "traits": _traits(opened, facts, reading),
        "citation": facts.text("dcterms:bibliographicCitation"),
        "short_label": facts.text("gap:shortLabel"),
        "bibliography": _bibliography(facts),
        "notes": facts.texts("skos:editorialNote"),
    }


def how_read(facts: Facts, read: int, cited: int, least: bool) -> str:
    """Read, only cited, or only named: three very different things.

    Args:
        facts: of the work.
        read: how many claims were read in it.
        cited: how many claims of other documents refer to it; `least` where there may be more.
    """
    if short(facts.iri("gap:readingStatus")) != "known-by-citation":
        return f"Taken from its text: {many(read, 'claim')}."
    if not cited:
        return "Only named: it stands in a list of references, and no claim here rests on it."
    told = many(cited, "claim of another document refers", "claims of other documents refer")
    return (
        f"Only cited: {'more than ' if least else ''}{told} to it, and what they make of it was not checked against it."
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


def _traits(opened: Opened, facts: Facts, reading: str) -> tuple[Trait, ...]:
    """How far the source carries: what kind it is, whether it was read, what stake it has."""
    asked = (
        ("What kind of work it is", "gap:evidenceType", facts.text("gap:evidenceTypeNote")),
        ("How far it was read here", "gap:readingStatus", reading),
        ("Its stake in what it says", "gap:interest", facts.text("gap:interestNote")),
    )
    known = tuple(
        Trait(name, link, meaning, note if at == 0 else "")
        for name, term, note in asked
        for at, (link, meaning) in enumerate(_meant(opened, facts, term))
    )
    return (*_became(opened, facts.subject), *known)


def _became(opened: Opened, iri: str) -> Iterable[Trait]:
    """What became of the work after it was published; nothing where nothing is known."""
    found = opened.notices.get(iri)
    if found:
        when = f"The notice is of {found.date}." if found.date else "The day of the notice is not recorded."
        yield Trait("What became of it", Link(found.statusLabel, href(found.status)), found.meaning, when)
        if found.notice:
            yield Trait("The notice", Link(found.notice, web(found.notice)), "", "")


def _meant(opened: Opened, facts: Facts, term: str) -> list[tuple[Link, str]]:
    return [
        (link, next((row.definition for row in thing_rows(opened.reader, iri)), ""))
        for link, iri in zip(facts.links(term), facts.iris(term), strict=True)
    ]
