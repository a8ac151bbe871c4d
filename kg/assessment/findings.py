"""What follows from an assessment, by the rules the texts give, each with the claims it rests on.

Source of the rules: ontology-model.md §6.1 and the claims named at each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from kg.assessment.matrix import AXES
from kg.assessment.records import Assessment, elements
from kg.namespaces import gap, slug_of, thing
from kg.queries import Card, Member, cards, members, neighbours, on_links
from kg.store import Reader

_MET, _PARTLY, _NOT_MET = (thing("answer", slug) for slug in ("met", "partly-met", "not-met"))
_AGAINST = {thing("stance", slug) for slug in ("disputes", "gap")}
_CAUTION = thing("stance", "cautions")
_CRITERIA, _DOMAINS = thing("scheme", "australian-criterion"), thing("scheme", "australian-plan-domain")
_GUIDELINES, _PLAN = thing("policy", "australian-guidelines"), thing("notion", "implementation-plan")


ANSWERS = ("met", "partly-met", "not-met", "unknown", "low", "high")
"""The kinds of finding that repeat what somebody answered; all others follow from the answers."""


@dataclass(frozen=True)
class Finding:
    """One thing that follows.

    Attributes:
        kind: what sort of thing: an answer (`met`, `partly-met`, `not-met`, `unknown`, `low`, `high`) or
            `unanswered`; or what follows: `plan-required`, `plan-not-required`, `plan-open`, `plan-domain`, `type`,
            `hypothesis`, `step-reached`, `response`, `tension`, `not-applied`.
        thing: address of what it is about.
        label: its name.
        sentence: what follows, in words for a page.
        claims: the claims it rests on; none for what the person answered.
        words: what those claims say.
        standing: slug of the weakest link basis among the claims; empty without claims.
    """

    kind: str
    thing: str
    label: str
    sentence: str
    claims: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    standing: str = ""


def findings(reader: Reader, assessment: Assessment) -> list[Finding]:
    """What was answered and what is still unanswered, in the framework's order; then what follows."""
    if assessment.kind == "argument":
        words = "An argument is read, with its claims; it is not applied to a policy."
        return [Finding("not-applied", assessment.framework, "", words)]
    return [*_answered(reader, assessment), *follows(reader, assessment)]


def follows(reader: Reader, assessment: Assessment) -> list[Finding]:
    """What follows by the texts' rules, without what was answered."""
    rules = {"matrix": _type, "ordered": _step}
    found = rules.get(assessment.kind, _ticked)(reader, assessment)
    if assessment.framework == _CRITERIA:
        found += _plan(reader, assessment)
    return found


def _answered(reader: Reader, assessment: Assessment) -> Iterator[Finding]:
    given = assessment.by_element
    for element, label in elements(reader, assessment.framework, assessment.kind).items():
        if element in given:
            yield Finding(slug_of(given[element].value), element, label, given[element].rationale)
        else:
            yield Finding("unanswered", element, label, f"“{label}” is still unanswered.")


def _plan(reader: Reader, assessment: Assessment) -> list[Finding]:
    """One or more criteria met → full plan over the seven domains (Hudson et al. 2019, §3.1).

    The text speaks of criteria that are met; what is only partly met, unknown or unanswered leaves it open.
    """
    domains = members(reader, _DOMAINS)
    stated = _told(
        reader,
        [
            *_stating(reader, [_GUIDELINES], "requires", [_PLAN]),
            *_about(reader, _CRITERIA, "bearsOn"),
            *_stating(reader, [_PLAN], "requires", [m.member for m in domains]),
        ],
    )
    rests = [card for card in stated if card.subject != _PLAN]
    rule = partial(_claimed, thing=_PLAN, label="Full implementation plan", rests=rests)
    values = [a.value for a in assessment.answers]
    if _MET in values:
        met = values.count(_MET)
        told = f"{met} criteri{'on is' if met == 1 else 'a are'} met, and one is enough"
        plan = rule("plan-required", sentence=f"{told}: the guidelines call for a full plan.")
        return [plan, *(_domain(m, stated) for m in domains)]
    if len(values) == len(members(reader, _CRITERIA)) and set(values) == {_NOT_MET}:
        return [rule("plan-not-required", sentence="No criterion is met: this rule calls for no full plan.")]
    return [rule("plan-open", sentence="No criterion is met so far, and not all are ruled out: the rule is open.")]


def _domain(domain: Member, stated: Sequence[Card]) -> Finding:
    """A domain that a full plan has to cover, with its claim (§3.1)."""
    rests = [card for card in stated if card.object == domain.member]
    told = f"The plan is to cover: {domain.label}."
    return _claimed("plan-domain", thing=domain.member, label=domain.label, sentence=told, rests=rests)


def _type(reader: Reader, assessment: Assessment) -> list[Finding]:
    """Low or high twice → type (Table 1) → features that may suit it, each a hypothesis (§3.5)."""
    types = [r.element for r in assessment.ratings if r.value == _MET]
    labels = {m.member: m.label for m in members(reader, assessment.framework)}
    levels = ", ".join(f"{AXES[a.element]} {slug_of(a.value)}" for a in assessment.answers)
    found = [Finding("type", t, labels[t], f"{levels}: {labels[t]}.") for t in types]
    return found + [_hypothesis(card) for t in types for card in _of(reader, t, "suitsPolicyType")]


def _hypothesis(card: Card) -> Finding:
    told = f"Hypothesis: {card.subjectLabel} may suit {card.objectLabel}."
    return _claimed("hypothesis", thing=card.subject, label=card.subjectLabel, sentence=told, rests=[card])


def _step(reader: Reader, assessment: Assessment) -> list[Finding]:
    """The step reached: the furthest that is met, or met in part."""
    given = assessment.by_element
    order = [m for m in members(reader, assessment.framework) if m.member in given]
    reached = [m for m in order if given[m.member].value in (_MET, _PARTLY)][-1:]
    return [Finding("step-reached", m.member, m.label, f"Step {m.position} is reached: {m.label}.") for m in reached]


def _ticked(reader: Reader, assessment: Assessment) -> list[Finding]:
    """What the documents say of the members that hold: responses to them, tensions between them.

    Responses: Table 2, which has no framework of its own (§6.1, last row). Tensions: §6.1, applied set, support
    purposes; any other list whose members are said to be in tension is treated the same.
    """
    held = [a.element for a in assessment.answers if a.value in (_MET, _PARTLY)]
    return [
        *(_response(card) for card in _responses(reader, held)),
        *(_tension(card) for card in _on(reader, held, "inTensionWith", held)),
    ]


def _responses(reader: Reader, held: Sequence[str]) -> list[Card]:
    """The claims by which something responds to a member that holds, or the other way round, in the members' order."""
    claims = [edge.claim for edge in neighbours(reader, held) if edge.relation == gap("respondsTo")]
    found = [card for card in _told(reader, claims) if card.stance != _CAUTION]
    return [card for element in held for card in found if element in (card.subject, card.object)]


def _response(card: Card) -> Finding:
    told = f"{card.subjectLabel} {card.phrase} {card.objectLabel}."
    return _claimed("response", thing=card.subject, label=card.subjectLabel, sentence=told, rests=[card])


def _tension(card: Card) -> Finding:
    told = f"{card.subjectLabel} and {card.objectLabel} are said to be in tension: take care where one body does both."
    return _claimed("tension", thing=card.subject, label=card.subjectLabel, sentence=told, rests=[card])


def _claimed(kind: str, *, thing: str, label: str, sentence: str, rests: Sequence[Card]) -> Finding:
    order = ["as-stated", "by-table", "by-phase", "pack-mapping", "curator-inference"]
    weakest = max((slug_of(c.standing) for c in rests), key=order.index, default="")
    return Finding(kind, thing, label, sentence, tuple(c.claim for c in rests), tuple(c.gist for c in rests), weakest)


def _on(reader: Reader, subjects: Sequence[str], relation: str, targets: Sequence[str]) -> list[Card]:
    """The claims for these links, cautions among them: a tension is often told as one."""
    return _told(reader, _stating(reader, subjects, relation, targets))


def _stating(reader: Reader, subjects: Sequence[str], relation: str, targets: Sequence[str]) -> list[str]:
    found = on_links(reader, subjects, gap(relation), targets)
    return [claim for claims in found.values() for claim in claims]


def _of(reader: Reader, thing: str, relation: str) -> list[Card]:
    """The claims of this relation about a thing; no cautions, which speak of when it does not hold."""
    return _told(reader, _about(reader, thing, relation))


def _about(reader: Reader, thing: str, relation: str) -> list[str]:
    edges = neighbours(reader, [thing])
    return [edge.claim for edge in edges if edge.relation == gap(relation) and edge.stance != _CAUTION]


def _told(reader: Reader, claims: Sequence[str]) -> list[Card]:
    """Claims in words, without those that dispute their statement or report a gap."""
    found = {card.claim: card for card in cards(reader, claims) if card.stance not in _AGAINST}
    return list(found.values())
