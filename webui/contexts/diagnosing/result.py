"""What follows from a diagnosis: what is shown and not shown, covered and uncovered, warned of and unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.diagnosis import LONGEST_NAME, RULE, Cover, Diagnosis, Result, diagnose
from kg.diagnosis.steps import QUESTIONS, TYPE
from kg.diagnosis.wording import LIMIT, covering, shows, shows_not, unknown_to_all
from kg.exporting import DEFAULT_STYLE, STYLES
from kg.model import Standing
from kg.queries import summaries
from webui.addresses import href
from webui.base import Opened
from webui.contexts.cards import ClaimCard, Deck
from webui.contexts.diagnosing.asking import Meaning
from webui.contexts.diagnosing.common import StepMark, at, diagnosis_frame, known, marks
from webui.contexts.diagnosing.parts import (
    CauseBlock,
    ChosenTactic,
    CoverBlock,
    Marked,
    Ruled,
    RuleGroup,
    TacticLine,
    Warning,
)
from webui.contexts.page import Link, Page, Shown, shown
from webui.contexts.parts import standing_mark
from webui.contexts.sources import Choice
from webui.contexts.status import status
from webui.words import many


@dataclass(frozen=True, kw_only=True)
class ResultPage(Page):
    """What follows.

    Attributes:
        code: all answers.
        whole_address: where this page stands, to be copied.
        steps: the steps, to go back to.
        answered: whether anything was answered.
        sentence: what the policy is, in the words given.
        level: its level.
        base_policy: the policy where it is one of the base's.
        shows, shows_not: what the answers show and do not.
        types: the type with what it is.
        type_claims: what the sources say of it.
        hypotheses: what the sources think may suit the type.
        rules: what else follows by the documents' rules.
        causes: the causes marked.
        covers: the covering sets.
        rule, limit: how they were found, and what they do not say.
        marked: factors and barriers.
        warnings: claims that warn.
        gaps: claims that report a gap.
        unknown: what the record does not hold.
        questions: what was answered to review questions.
        styles: citation styles for the brief.
        files: the brief to take away.
        name_most: how long a name may be under which somebody keeps it.
        lost: how many answers the address holds that are not asked any more; empty for none.
    """

    code: str
    whole_address: str
    steps: tuple[StepMark, ...]
    answered: bool
    sentence: str
    level: str
    base_policy: Link | None
    shows: tuple[str, ...]
    shows_not: tuple[str, ...]
    types: tuple[Meaning, ...]
    type_claims: tuple[ClaimCard, ...]
    hypotheses: tuple[Ruled, ...]
    rules: tuple[RuleGroup, ...]
    causes: tuple[CauseBlock, ...]
    covers: tuple[CoverBlock, ...]
    rule: str
    limit: str
    marked: tuple[Marked, ...]
    warnings: tuple[Warning, ...]
    gaps: tuple[ClaimCard, ...]
    unknown: tuple[str, ...]
    questions: tuple[Meaning, ...]
    styles: tuple[Choice, ...]
    files: tuple[Link, ...]
    name_most: int
    lost: str


def result_page(opened: Opened, diagnosis: Diagnosis, code: str, root: str, *, lost: int = 0) -> ResultPage:
    """The page of what follows.

    Args:
        opened: the base.
        diagnosis: the policy and the answers.
        code: the same as a code.
        root: this server's address.
        lost: how many answers the code holds that are not asked any more.

    Raises:
        NotFound: the base has no such policy.
    """
    found = diagnose(opened.reader, diagnosis, known(opened))
    return ResultPage(**_frame(opened, found, code), **_Shown(opened, found).fields(), **_saved(code, root, lost))


def _frame(opened: Opened, found: Result, code: str) -> dict[str, object]:
    told = found.diagnosis
    return diagnosis_frame(
        opened, "What follows", code, eyebrow=found.name, title=f"{found.name}: what follows",
        lead="Links and claims on record for what you answered, with how each came about. It is no finding about "
             "your policy, and no advice.",
        queries=tuple(_queries(found)),
    ) | {
        "code": code, "steps": marks(told, ""), "answered": bool(told.given), "sentence": told.policy.sentence,
        "level": found.level, "base_policy": Link(found.name, href(found.policy)) if found.policy else None,
    }  # fmt: skip


def _saved(code: str, root: str, lost: int) -> dict[str, object]:
    return {
        "whole_address": root + at("result", code),
        "styles": tuple(Choice(s.name, s.label, s.name == DEFAULT_STYLE) for s in STYLES.values()),
        "files": (
            Link("Page to print", at("brief", code)),
            Link("Word (.docx)", at("brief.docx", code)),
            Link("Markdown (.md)", at("brief.md", code)),
        ),
        "name_most": LONGEST_NAME,
        "lost": f"{many(lost, 'answer')} in this address could not be used: the base no longer asks for it."
        if lost
        else "",
    }


def _queries(found: Result) -> Sequence[Shown]:
    """What the page shows, as queries: the tactics on record, the warnings and gaps, the claims in words."""
    things = [c.iri for c in found.causes] + [f.iri for f in (*found.factors, *found.barriers)]
    types = [f.thing for f in found.findings[TYPE] if f.kind == "type"]
    asked = []
    if things:
        asked.append(shown("tactics_for", thing=things))
    if warned := [*found.in_question, *things, *types]:
        asked.append(shown("warnings_about", thing=list(dict.fromkeys(warned))))
    if claims := found.claims():
        asked.append(shown("claim_cards", claim=list(claims)))
    return asked


_PLAN = ("plan-domain",)
_RULES = (
    ("From the signs of risk", ("plan-required", "plan-not-required", "plan-open")),
    ("What a full plan is to cover", _PLAN),
    ("From the causes", ("response",)),
    ("From the purposes", ("tension",)),
)
"""Headings for what follows, by the kinds of finding under them."""


class _Shown:
    """The parts of the page."""

    def __init__(self, opened: Opened, found: Result) -> None:
        self.opened, self.found, self.labels = opened, found, found.labels
        self.deck = Deck(opened, found.claims())
        self.words = {card.href: card.gist for card in self.deck.all()}
        self.summaries = summaries(opened.reader, [t for t in found.in_question if t in found.tactics])

    def fields(self) -> dict[str, object]:
        found = self.found
        return {
            "shows": shows(found), "shows_not": shows_not(found), "types": self._types(),
            "type_claims": self.deck.take(found.type_claims),
            "hypotheses": self._ruled("hypothesis"), "rules": self._rules(),
            "causes": tuple(self._cause(n) for n in range(len(found.causes))), "covers": tuple(self._covers()),
            "rule": RULE, "limit": LIMIT, "marked": self._marked(), "warnings": self._warnings(),
            "gaps": self.deck.take(found.gaps), "unknown": unknown_to_all(found), "questions": self._questions(),
        }  # fmt: skip

    def _link(self, iri: str) -> Link:
        return Link(self.labels[iri], href(iri))

    def _claim_links(self, claims: Sequence[str]) -> tuple[Link, ...]:
        return tuple(Link(self.words[href(claim)], href(claim)) for claim in claims)

    def _types(self) -> tuple[Meaning, ...]:
        found = [f for f in self.found.findings[TYPE] if f.kind == "type"]
        types = known(self.opened).types
        return tuple(Meaning(Link(f.label, href(f.thing)), types[f.thing].definition) for f in found)

    def _rules(self) -> tuple[RuleGroup, ...]:
        groups = (RuleGroup(heading, self._ruled(*kinds), kinds == _PLAN) for heading, kinds in _RULES)
        return tuple(group for group in groups if group.rules)

    def _ruled(self, *kinds: str) -> tuple[Ruled, ...]:
        found = [f for step in self.found.findings.values() for f in step if f.kind in kinds and f.claims]
        return tuple(Ruled(f.sentence, standing_mark(f.standing), self._claim_links(f.claims)) for f in found)

    def _cause(self, number: int) -> CauseBlock:
        cause = self.found.causes[number]
        others = sorted(cause.others, key=lambda t: (self.found.tactics[t].links[cause.iri], self.labels[t]))
        return CauseBlock(
            link=self._link(cause.iri),
            answer="Yes" if cause.answer == "met" else "In part",
            covered=cause.covered,
            said=self._claim_links(cause.by_policy),
            factors=tuple(self._link(f) for f in cause.factors),
            own=tuple(self._line(t, cause.iri, use="In use") for t in cause.in_use)
            + tuple(self._line(t, cause.iri, use="Planned") for t in cause.planned),
            others=tuple(self._line(t, cause.iri) for t in others),
            count=many(len(others), "more tactic" if cause.covered else "tactic"),
        )

    def _line(self, tactic: str, cause: str, use: str = "") -> TacticLine:
        row = self.found.tactics[tactic]
        return TacticLine(self._link(tactic), standing_mark(row.links[cause].slug), use or row.status_label)

    def _covers(self) -> Sequence[CoverBlock]:
        found = self.found
        blocks = [self._cover("By every link on record", found.cover, Standing.INFERRED)]
        if found.cover.chosen != found.cover_stated.chosen:
            heading = "By the documents’ links alone, without what curators inferred"
            blocks.append(self._cover(heading, found.cover_stated, Standing.BY_PHASE))
        return blocks

    def _cover(self, heading: str, cover: Cover, weakest: Standing) -> CoverBlock:
        return CoverBlock(
            heading, covering(self.found, cover), tuple(self._chosen(o.thing, weakest) for o in cover.chosen)
        )

    def _chosen(self, tactic: str, weakest: Standing) -> ChosenTactic:
        row, found = self.found.tactics[tactic], self.summaries[tactic]
        causes = [c for c in self.found.to_cover if row.links.get(c, weakest + 1) <= weakest]
        lines = [TacticLine(self._link(c), standing_mark(row.links[c].slug), "") for c in causes]
        claims = dict.fromkeys(claim for c in causes for claim in self.found.behind.get((tactic, c), ()))
        return ChosenTactic(
            self._link(tactic),
            row.phase_label,
            status(found.status, found.statusLabel, found.supports, found.cautions, found.gaps),
            tuple(lines),
            self.deck.take(claims),
        )

    def _marked(self) -> tuple[Marked, ...]:
        both = (*self.found.factors, *self.found.barriers)
        return tuple(Marked(self._link(f.iri), tuple(self._link(t) for t in f.tactics)) for f in both)

    def _warnings(self) -> tuple[Warning, ...]:
        found = (
            ("Cautions and disputes", self.found.cautions),
            ("Claims that limit or disagree with those behind the links", self.found.at_odds),
            ("Tensions: what pulls against what", self.found.tensions),
            ("What these tactics are held to need", self.found.needs),
            ("Barriers you marked", tuple(c for b in self.found.barriers for c in b.claims)),
        )
        return tuple(Warning(heading, self.deck.take(dict.fromkeys(claims))) for heading, claims in found if claims)

    def _questions(self) -> tuple[Meaning, ...]:
        return tuple(Meaning(self._link(iri), words) for iri, words in self.found.diagnosis.answers(QUESTIONS).items())
