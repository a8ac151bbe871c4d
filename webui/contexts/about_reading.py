"""The page on how to read a claim, by a claim of the base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.namespaces import thing
from kg.queries import accepted_claims
from webui.base import Opened
from webui.contexts.about import about_frame
from webui.contexts.about_evidence import Meaning, meanings
from webui.contexts.cards import ClaimCard, claim_cards
from webui.contexts.page import Link, Page, shown

EXAMPLE = thing("claim", "overoptimism-underestimates-0e7d8021")


@dataclass(frozen=True)
class Part:
    """A part of the card, with what it says here and what such a part tells."""

    name: str
    here: str
    tells: str
    more: str


@dataclass(frozen=True, kw_only=True)
class ReadingPage(Page):
    """How to read a claim."""

    menu: tuple[Link, ...]
    card: ClaimCard | None
    parts: tuple[Part, ...]
    stances: tuple[Meaning, ...]
    forces: tuple[Meaning, ...]
    bases: tuple[Meaning, ...]


def reading_page(opened: Opened) -> ReadingPage:
    """The page on how to read a claim."""
    claim = _example(opened)
    card = next(iter(claim_cards(opened, [claim])), None)
    words = {name: meanings(opened, name) for name in _SCHEMES}
    return ReadingPage(
        **about_frame(
            opened,
            "/about/reading",
            "How to read a claim",
            lead="Everything on these pages rests on claims. This is one of them, part by part.",
            queries=(
                *([shown("claim_cards", claim=claim)] if card else []),
                *(shown("members", framework=thing("scheme", name)) for name in _SCHEMES),
            ),
            canonical="/about/reading",
        ),
        card=card,
        parts=_parts(card, words) if card else (),
        stances=words["stance"],
        forces=words["force"],
        bases=words["claim-basis"],
    )


_SCHEMES = ("stance", "force", "claim-basis", "link-basis")
Words = Mapping[str, Sequence[Meaning]]


def _example(opened: Opened) -> str:
    """The example where it is still held and accepted, else any accepted claim."""
    hit = opened.search.get(EXAMPLE)
    return EXAMPLE if hit and not hit.status else next(iter(accepted_claims(opened.reader, (0, 1))), EXAMPLE)


def _parts(card: ClaimCard, words: Words) -> tuple[Part, ...]:
    works = "; ".join(f"{group.role}: {', '.join(work.label for work in group.works)}" for group in card.works)
    standing = next((m.text for m in words["link-basis"] if m.mark.slug == card.standing.slug), "")
    return (
        Part("Stance", card.stance.label, _told(words["stance"], card.stance.label), "#stance"),
        Part("Standing", card.standing.label, standing, "/about/evidence#standing"),
        Part("Gist", card.gist, "What the document says here, in our own words. It leads to the full record.", ""),
        Part(
            "The statement",
            f"{card.subject.label} {card.phrase} {card.object.label}",
            "The same in three parts, so that it can be followed from thing to thing.",
            "",
        ),
        Part(
            "Where it was read",
            f"{card.document.label}, {card.locator}",
            "The document and the place. The full record has the place in characters.",
            "",
        ),
        Part("Force", card.force, _told(words["force"], card.force), "#force"),
        Part("Basis", card.basis, _told(words["claim-basis"], card.basis), "#basis"),
        Part(
            "Works",
            works or "None is cited at that place.",
            "What the document cites there. The project may not have read these works itself.",
            "",
        ),
    )


def _told(words: Sequence[Meaning], label: str) -> str:
    return next((word.text for word in words if word.mark.label == label), "")
