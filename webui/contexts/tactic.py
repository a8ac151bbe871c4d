"""The page of a support tactic: every claim about it stands once, what warns before what speaks for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.queries import Addressed, OutcomeOf, addressed, outcomes_of_users, sources_of, summary
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.cards import ClaimCard, claim_cards, claims_about
from webui.contexts.facts import Facts
from webui.contexts.page import Link, shown
from webui.contexts.parts import MOST_SOURCES, STANCE_WORDS, Mark, SourceGroup, source_groups, standing_mark
from webui.contexts.status import Status, status
from webui.contexts.term import TermPage, term_fields
from webui.contexts.things import Thing, claims_table
from webui.words import ADDRESSING, many


@dataclass(frozen=True)
class AddressedCause:
    """Something the tactic is held to address, with one way in which that link came about."""

    link: Link
    standing: Mark
    meaning: str
    claims: tuple[ClaimCard, ...]


@dataclass(frozen=True)
class Recommender:
    """Who recommends the tactic, and in which claims; `document` is where a voice is read, empty for its own text."""

    who: Link
    document: Link
    claims: tuple[ClaimCard, ...]


@dataclass(frozen=True)
class OutcomeLine:
    """What a policy is said to have come to, in the words of the claim, its figures as printed."""

    link: Link
    gist: Link
    stance: Mark
    standing: Mark


@dataclass(frozen=True)
class Use:
    """Who used the tactic, the claims that say so, and what is told to have come of that policy as a whole."""

    link: Link
    claims: tuple[ClaimCard, ...]
    outcomes: tuple[OutcomeLine, ...]


@dataclass(frozen=True, kw_only=True)
class TacticPage(TermPage):
    """A support tactic.

    Attributes:
        status, independent, rule: what its claims amount to, and by which rules.
        phases, frameworks, related: where it stands, and what comes close to it.
        position: its number in its list; empty where it has none.
        warnings: the claims that caution, dispute or report a gap.
        recommended: who recommends it.
        addressed: the causes and difficulties it is held to address.
        uses: where it was used, and what came of it.
        aims: what it is meant to bring or held to bring about.
        needs: what it needs, what it pulls against, on what it depends.
        backed: whether any source is recorded as supporting it.
        sources: the works behind or against it.
        others, others_count: the claims that stand in none of these parts.
        beyond: that there are more claims than the page shows; empty where there are none.
    """

    status: Status | None
    independent: str
    rule: str
    phases: tuple[Link, ...]
    frameworks: tuple[Link, ...]
    related: tuple[Link, ...]
    position: str
    warnings: tuple[ClaimCard, ...]
    recommended: tuple[Recommender, ...]
    addressed: tuple[AddressedCause, ...]
    uses: tuple[Use, ...]
    aims: tuple[ClaimCard, ...]
    needs: tuple[ClaimCard, ...]
    backed: bool
    sources: tuple[SourceGroup, ...]
    others: tuple[ClaimCard, ...]
    others_count: str
    beyond: str


_MOST_CAUSES = 60
_ASKED = ("summary", "addressed", "sources_of", "claims_about")
_WARNING = {"cautions", "disputes", "gap"}
_AIMS = {"aimsAt", "leadsTo"}
_NEEDS = {"requires", "inTensionWith", "variesWith"}


def tactic_page(opened: Opened, item: Thing) -> TacticPage:
    """The page of a tactic."""
    reader, facts = opened.reader, Facts(opened, item.iri)
    groups = source_groups(sources_of(reader, item.iri, part=opened.part(MOST_SOURCES)))
    told = claims_about(opened, item.iri)
    rows, cards = addressed(reader, item.iri, opened.part(_MOST_CAUSES)), claim_cards(opened, told.claims)
    sorted_out = _sorted_out(href(item.iri), {href(row.cause) for row in rows}, cards)
    uses = sorted_out["uses"]
    outcomes = outcomes_of_users(reader, item.iri) if uses else []
    asked = (*(shown(name, thing=item.iri) for name in _ASKED), shown("outcomes_of_users", tactic=item.iri))
    return TacticPage(
        **term_fields(opened, item, facts, (*asked, claims_table(item.iri))),
        **_standing(opened, item.iri),
        **_places(facts),
        jumps=_jumps(sorted_out["warnings"], told.count, groups),
        beyond=told.beyond,
        sections=_SECTIONS,
        warnings=sorted_out["warnings"],
        recommended=_recommended(sorted_out["recommended"]),
        addressed=_addressed(rows, sorted_out["addressed"]),
        uses=_uses(uses, outcomes),
        aims=sorted_out["aims"],
        needs=sorted_out["needs"],
        backed=any(group.slug == "supportedBy" for group in groups),
        sources=groups,
        others=sorted_out["others"],
        others_count=many(len(sorted_out["others"]), "further claim"),
    )


_SECTIONS = tuple(
    Link(label, where)
    for label, where in (
        ("What the record amounts to", "#status"),
        ("Cautions and gaps", "#warnings"),
        ("Who recommends it", "#recommended"),
        ("Causes it is held to address", "#addressed"),
        ("Where it was used", "#uses"),
        ("What it is meant to bring", "#aims"),
        ("What it needs and meets", "#needs"),
        ("Where it is listed", "#frameworks"),
        ("Sources", "#sources"),
        ("Other claims", "#claims"),
        ("Cite this page", "#cite-this"),
    )
)


def _sorted_out(me: str, causes: set[str], cards: Iterable[ClaimCard]) -> dict[str, tuple[ClaimCard, ...]]:
    """Each claim in the first part of the page that it belongs to."""
    belongs: dict[str, Callable[[ClaimCard], bool]] = {
        "warnings": lambda card: card.stance.slug in _WARNING,
        "addressed": lambda card: card.relation == "addresses" and card.object.href in causes,
        "uses": lambda card: card.relation == "usesTactic" and card.object.href == me,
        "aims": lambda card: card.relation in _AIMS,
        "needs": lambda card: card.relation in _NEEDS,
        "recommended": lambda card: card.recommends and card.subject.href == me,
        "others": lambda card: True,
    }
    found: dict[str, list[ClaimCard]] = {part: [] for part in belongs}
    for card in cards:
        found[next(part for part, fits in belongs.items() if fits(card))].append(card)
    return {part: tuple(claims) for part, claims in found.items()}


def _standing(opened: Opened, tactic: str) -> dict[str, object]:
    found = summary(opened.reader, tactic)
    if found is None:
        return {"status": None, "independent": "", "rule": ""}
    return {
        "status": status(found.status, found.statusLabel, found.supports, found.cautions, found.gaps),
        "independent": many(found.independent, "independent group of works", "independent groups of works"),
        "rule": found.ruleVersion,
    }


def _places(facts: Facts) -> dict[str, object]:
    return {
        "phases": facts.links("gap:inPhase"),
        "frameworks": facts.links("skos:inScheme"),
        "related": (*facts.links("skos:related"), *facts.links("skos:closeMatch")),
        "position": facts.text("gap:position"),
    }


def _jumps(warnings: Sequence[ClaimCard], count: str, groups: Sequence[SourceGroup]) -> tuple[Link, ...]:
    works = {line.link.href for group in groups for line in group.sources}
    return (
        Link(many(len(warnings), "caution or gap", "cautions and gaps").capitalize(), "#warnings"),
        Link(count.capitalize(), "#status"),
        Link(many(len(works), "source").capitalize(), "#sources"),
    )


def _recommended(cards: Iterable[ClaimCard]) -> tuple[Recommender, ...]:
    """By whose voice it is and where that is read; where nobody is named, it is the document that speaks."""
    by_voice: dict[tuple[Link, Link], list[ClaimCard]] = defaultdict(list)
    for card in cards:
        read_in = card.document if card.voice.label else Link("", "")
        by_voice[card.voice if card.voice.label else card.document, read_in].append(card)
    return tuple(Recommender(who, document, tuple(found)) for (who, document), found in by_voice.items())


def _addressed(rows: Iterable[Addressed], cards: Sequence[ClaimCard]) -> tuple[AddressedCause, ...]:
    """The claims stand under the first way that a cause is reached by: what is stated comes before what is inferred."""
    by_cause: dict[str, tuple[ClaimCard, ...]] = {}
    for row in rows:
        by_cause.setdefault(row.cause, tuple(card for card in cards if card.object.href == href(row.cause)))
    return tuple(
        AddressedCause(
            link=Link(row.label, href(row.cause)),
            standing=standing_mark(ADDRESSING[short(row.how)]),
            meaning=_HOW[short(row.how)],
            claims=by_cause.pop(row.cause, ()) if short(row.how) != "addressesByPhase" else (),
        )
        for row in rows
    )


_HOW = {
    "addressesAsStated": "A document says so itself.",
    "addressesByPhase": "No document says so in words: the tactic’s phase is set against this cause in a table.",
    "addressesByInference": "A curator sees the link; the document does not make it in words.",
    "addressesByMapping": "A pack of data maps the one to the other by its own rule.",
}


def _uses(cards: Iterable[ClaimCard], outcomes: Iterable[OutcomeOf]) -> tuple[Use, ...]:
    by_user: dict[Link, list[ClaimCard]] = defaultdict(list)
    for card in cards:
        by_user[card.subject].append(card)
    came: dict[str, list[OutcomeLine]] = defaultdict(list)
    for row in outcomes:
        came[href(row.policy)].append(_outcome(row))
    return tuple(Use(user, tuple(found), tuple(came[user.href])) for user, found in by_user.items())


def _outcome(row: OutcomeOf) -> OutcomeLine:
    stance = short(row.stance)
    return OutcomeLine(
        link=Link(row.outcomeLabel, href(row.outcome)),
        gist=Link(row.gist, href(row.claim)),
        stance=Mark(stance, STANCE_WORDS.get(stance, stance)),
        standing=standing_mark(row.standing),
    )
