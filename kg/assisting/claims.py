"""Claims as an assistant is told of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.assisting.answers import CitedTold, ClaimTold, ThingTold
from kg.assisting.marks import claim_note, says
from kg.model import Standing
from kg.namespaces import gap, kind_of, slug_of, thing
from kg.queries import Card, cards, names, works
from kg.store import Reader

GAP = "gap"
WARNING = ("cautions", "disputes")
_ROLES = {
    gap("backedBy"): "cited for it",
    gap("challengedBy"): "cited against it",
    gap("originSource"): "whose view it tells",
}


def told(reader: Reader, claims: Sequence[str]) -> list[ClaimTold]:
    """Claims in words, in the library's order: those that speak for their statement first."""
    cited: dict[str, list[CitedTold]] = defaultdict(list)
    for work in works(reader, claims):
        cited[work.claim].append(CitedTold(_ROLES[work.role], work.work, work.workLabel))
    found = {card.claim: _told(card, cited[card.claim]) for card in cards(reader, claims)}
    return list(found.values())


def _told(card: Card, cited: Sequence[CitedTold]) -> ClaimTold:
    standing, force, basis = Standing.of(card.standing), slug_of(card.force), slug_of(card.basis)
    return ClaimTold(
        claim=card.claim,
        says=says(card.gist, standing, force),
        stance=card.stanceLabel,
        force=card.forceLabel,
        basis=card.basisLabel,
        standing=standing.words,
        note=claim_note(standing, force, basis),
        subject=ThingTold(card.subject, kind_of(card.subject) or "", card.subjectLabel),
        relation=card.phrase,
        object=ThingTold(card.object, kind_of(card.object) or "", card.objectLabel),
        read_in=ThingTold(card.document, "source", card.documentLabel),
        place=card.locator,
        voice=card.voiceLabel,
        cited=tuple(cited),
    )


def by_stance(reader: Reader, claims: Sequence[str]) -> tuple[list[ClaimTold], list[ClaimTold], list[ClaimTold]]:
    """Claims that warn or dispute, that report a gap, and all others."""
    labels = names(reader, [thing("stance", slug) for slug in (*WARNING, GAP)])
    lacking = labels[thing("stance", GAP)]
    warning = set(labels.values()) - {lacking}
    everything = told(reader, claims)
    return (
        [c for c in everything if c.stance in warning],
        [c for c in everything if c.stance == lacking],
        [c for c in everything if c.stance not in labels.values()],
    )
