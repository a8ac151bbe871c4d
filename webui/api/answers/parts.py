"""Parts of several answers: names, standings, claims, and how far an answer carries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.appraisal import sentence
from kg.model import Standing
from kg.namespaces import gap, local_of, slug_of, thing
from kg.queries import Card, Summary, cards, names, works
from kg.queries import Work as WorkRow
from webui.api.operations import ROOT
from webui.api.records import Claim, Honesty, Href, Iri, Ref, StandingMark, Status, Work

if TYPE_CHECKING:
    from kg.store import Reader

NOTE = "A claim tells what a document says, not what is so. Nothing inferred counts as support."
NOTHING = "No claim or link is shown here. " + NOTE
CAUTIONS = {thing("stance", "cautions"), thing("stance", "disputes")}
GAP = thing("stance", "gap")


def api_href(iri: str) -> Href:
    """Where a thing is answered."""
    return Href(f"{ROOT}/things/{quote(local_of(iri))}")


def ref(iri: str, label: str = "") -> Ref:
    """Something with its name; its own last part where it has none."""
    return Ref(Iri(iri), label or slug_of(iri))


def refs(reader: Reader, iris: Iterable[str]) -> dict[str, Ref]:
    """Things with their names, by address."""
    found = list(dict.fromkeys(iris))
    labels = names(reader, found)
    return {iri: ref(iri, labels.get(iri, "")) for iri in found}


def mark(standing: Standing) -> StandingMark:
    """A standing."""
    return StandingMark(
        Iri(thing("link-basis", standing.slug)),
        standing.words,
        stated=standing <= Standing.BY_TABLE,
        inferred=standing >= Standing.MAPPED,
    )


def weakest(marks: Iterable[StandingMark]) -> StandingMark | None:
    """The weakest of several standings."""
    return max(marks, key=lambda m: Standing.of(m.iri), default=None)


def claim_records(reader: Reader, claims: Sequence[str]) -> tuple[Claim, ...]:
    """Claims, in the order given."""
    found = {card.claim: card for card in cards(reader, claims)}
    cited: dict[str, list[WorkRow]] = defaultdict(list)
    for work in works(reader, claims):
        cited[work.claim].append(work)
    return tuple(_claim(found[claim], cited[claim]) for claim in claims if claim in found)


def _claim(card: Card, cited: Sequence[WorkRow]) -> Claim:
    return Claim(
        iri=Iri(card.claim),
        href=api_href(card.claim),
        gist=card.gist,
        subject=ref(card.subject, card.subjectLabel),
        relation=ref(card.relation, card.phrase),
        object=ref(card.object, card.objectLabel),
        stance=ref(card.stance, card.stanceLabel),
        force=ref(card.force, card.forceLabel),
        basis=ref(card.basis, card.basisLabel),
        standing=mark(Standing.of(card.standing)),
        informs=card.informs,
        voice=ref(card.voice, card.voiceLabel) if card.voice else None,
        document=ref(card.document, card.documentLabel),
        locator=card.locator,
        review=card.status,
        works=tuple(Work(_role(w), ref(w.work, w.workLabel)) for w in cited),
    )


def _role(work: WorkRow) -> str:  # one of the three of `Work`
    return work.role.removeprefix(gap(""))


def honesty(claims: Sequence[Claim], *, cautions: int = 0, gaps: int = 0) -> Honesty:
    """How far an answer made of claims carries.

    Args:
        claims: the claims it shows.
        cautions, gaps: how many there are besides, about what it shows.
    """
    return Honesty(
        weakest=weakest(claim.standing for claim in claims),
        inferred=sum(claim.standing.inferred for claim in claims),
        cautions=cautions + sum(claim.stance.iri in CAUTIONS for claim in claims),
        gaps=gaps + sum(claim.stance.iri == GAP for claim in claims),
        note=NOTE if claims else NOTHING,
    )


def no_claims() -> Honesty:
    """Of an answer that shows no claim."""
    return honesty(())


def status_record(summary: Summary) -> Status:
    """The stored status of a tactic."""
    return Status(
        Iri(summary.summary),
        ref(summary.status, summary.statusLabel),
        sentence(slug_of(summary.status)),
        summary.meaning,
        summary.supports,
        summary.cautions,
        summary.gaps,
        summary.independent,
        summary.ruleVersion,
    )


def status_refs(summaries: Mapping[str, Summary]) -> dict[str, Ref]:
    """The statuses of tactics, by tactic."""
    return {tactic: ref(summary.status, summary.statusLabel) for tactic, summary in summaries.items()}
