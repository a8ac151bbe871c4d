"""What a diagnosis shows and does not show: what follows from the answers, what is covered, what speaks against it.

Everything here is a link or a claim on record, with its standing. Nothing is scored, and nothing speaks of effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.assessment import Answer, Assessment, Finding, apply, follows
from kg.diagnosis.answers import Diagnosis
from kg.diagnosis.covering import Cover, smallest_cover
from kg.diagnosis.linked import Tactic, claims_behind, tactics_by_thing
from kg.diagnosis.steps import (
    BARRIERS,
    CAUSES,
    FACTORS,
    PURPOSES,
    STEPS,
    TACTICS,
    TYPE,
    Catalogue,
    Step,
    catalogue,
    held,
)
from kg.errors import NotFound
from kg.model import Standing
from kg.namespaces import gap, local_of, slug_of, thing
from kg.queries import at_odds, neighbours, on_links, warnings
from kg.store import Reader

_GAP = thing("stance", "gap")
_UNCITED = ("proposed", "no-claims")
UNNAMED = "A policy without a name"


@dataclass(frozen=True)
class CauseFound:
    """A cause that was said to hold, with what is on record for it.

    Attributes:
        iri, label: the cause.
        answer: `met` or `partly-met`.
        factors: what was said to hold of what contributes to it, by address.
        in_use, planned: tactics in use and planned that are linked with it.
        others: the other tactics linked with it.
        by_policy: the claims by which this policy itself is said to show it.
    """

    iri: str
    label: str
    answer: str
    factors: tuple[str, ...]
    in_use: tuple[str, ...]
    planned: tuple[str, ...]
    others: tuple[str, ...]
    by_policy: tuple[str, ...]

    @property
    def covered(self) -> bool:
        """Whether a tactic in use or planned is linked with it."""
        return bool(self.in_use or self.planned)


@dataclass(frozen=True)
class FactorFound:
    """A factor or barrier that was said to hold, with the tactics on record for it and the claims about it."""

    iri: str
    label: str
    tactics: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """What follows from a diagnosis. Things and claims stand by their addresses.

    Attributes:
        diagnosis: what it follows from.
        name, policy: the policy's name, and its address where it is one of the base's.
        level: the name of its level.
        labels: names of everything that was asked, by address.
        findings: what follows by the documents' own rules, by the name of the step.
        causes: the causes that hold.
        factors, barriers: likewise.
        tactics: all tactics on record for those, and those in use or planned, by address.
        unlinked: tactics in use or planned that are on record for none of the causes.
        cover: the smallest set that covers the causes no tactic in use or planned is linked with.
        cover_stated: the same by the documents' links alone, without what curators inferred or packs mapped.
        behind: the claims behind links of tactics with causes, by tactic and cause.
        type_claims: what the sources say of the type.
        at_odds: claims that limit or disagree with those behind the links.
        cautions: claims that caution about or dispute what is in question.
        tensions: claims that say that some of it pulls against something.
        needs: claims about what tactics in question are held to need.
        gaps: claims by which evidence on it is missing.
        uncited: tactics in question for which no cited evidence is on record.
        contradictions: factors said to hold though their only causes were said not to, by address.
        skipped: the names of the steps without an answer.
    """

    diagnosis: Diagnosis
    name: str
    policy: str
    level: str
    labels: Mapping[str, str]
    findings: Mapping[str, tuple[Finding, ...]]
    causes: tuple[CauseFound, ...]
    factors: tuple[FactorFound, ...]
    barriers: tuple[FactorFound, ...]
    tactics: Mapping[str, Tactic]
    unlinked: tuple[str, ...]
    cover: Cover
    cover_stated: Cover
    behind: Mapping[tuple[str, str], list[str]]
    type_claims: tuple[str, ...]
    at_odds: tuple[str, ...]
    cautions: tuple[str, ...]
    tensions: tuple[str, ...]
    needs: tuple[str, ...]
    gaps: tuple[str, ...]
    uncited: tuple[str, ...]
    contradictions: tuple[str, ...]
    skipped: tuple[str, ...]

    @property
    def in_question(self) -> tuple[str, ...]:
        """The tactics in use, planned and in either covering set."""
        chosen = (o.thing for cover in (self.cover, self.cover_stated) for o in cover.chosen)
        return tuple(dict.fromkeys([*self.diagnosis.answers(TACTICS), *chosen]))

    @property
    def to_cover(self) -> tuple[str, ...]:
        """The causes that no tactic in use or planned is linked with."""
        return tuple(cause.iri for cause in self.causes if not cause.covered)

    def claims(self) -> tuple[str, ...]:
        """Every claim that the result rests on or names, each once."""
        of_findings = (c for found in self.findings.values() for f in found for c in f.claims)
        of_causes = (c for cause in self.causes for c in cause.by_policy)
        of_factors = (c for f in (*self.factors, *self.barriers) for c in f.claims)
        warned = (*self.at_odds, *self.cautions, *self.tensions, *self.needs, *self.gaps)
        behind = (c for (tactic, _), found in self.behind.items() if tactic in self.in_question for c in found)
        return tuple(dict.fromkeys([*of_findings, *self.type_claims, *of_causes, *of_factors, *behind, *warned]))


def diagnose(reader: Reader, diagnosis: Diagnosis, known: Catalogue | None = None) -> Result:
    """What follows from a diagnosis.

    Args:
        reader: the base.
        diagnosis: the policy and the answers.
        known: what the steps ask, where it is at hand.

    Raises:
        NotFound: the base has no such policy.
    """
    return _Making(reader, diagnosis, known or catalogue(reader)).result()


class _Making:
    """One result in the making: each part reads those before it."""

    def __init__(self, reader: Reader, diagnosis: Diagnosis, known: Catalogue) -> None:
        self.reader, self.diagnosis, self.known = reader, diagnosis, known
        self.labels = known.labels
        self.held = {step.name: held(diagnosis.answers(step.name)) for step in STEPS}
        self.wanted = [iri for iri in known.asked[CAUSES] if iri in self.held[CAUSES]]
        self.use = diagnosis.answers(TACTICS)
        self.beside = [*self.held[FACTORS], *self.held[BARRIERS]]
        self.tactics = tactics_by_thing(reader, [*self.wanted, *self.beside])
        self.policy = thing("policy", diagnosis.policy.slug) if diagnosis.policy.slug else ""

    def result(self) -> Result:
        name, level = self._names()
        found = {step.name: tuple(self._follows(step)) for step in STEPS if step.scheme}
        of_causes = self._causes()
        to_cover = [cause.iri for cause in of_causes if not cause.covered]
        cover, stated = self._cover(to_cover, Standing.INFERRED), self._cover(to_cover, Standing.BY_PHASE)
        chosen = list(dict.fromkeys([*self.use, *(o.thing for c in (cover, stated) for o in c.chosen)]))
        behind = claims_behind(self.reader, [t for t in self.tactics.values() if t.iri in chosen], self.wanted)
        types = [f.thing for f in found[TYPE] if f.kind == "type"]
        about_them = self._about([*types, *self.held[BARRIERS]])
        warned = warnings(self.reader, [*chosen, *self.wanted, *types, *self.beside])
        tensions, needs = self._tensions(chosen, found)
        return Result(
            diagnosis=self.diagnosis, name=name, policy=self.policy, level=level, labels=self.labels, findings=found,
            causes=of_causes,
            factors=tuple(self._beside(iri, self._contributing(iri)) for iri in self.held[FACTORS]),
            barriers=tuple(self._beside(iri, about_them[iri]) for iri in self.held[BARRIERS]),
            tactics=self.tactics,
            unlinked=tuple(t for t in self.use if not self._linked(t)),
            cover=cover, cover_stated=stated, behind=behind,
            type_claims=_once(claim for iri in types for claim in about_them[iri]),
            at_odds=self._at_odds(behind),
            cautions=_once(w.claim for w in warned if w.stance != _GAP),
            tensions=tensions, needs=needs,
            gaps=_once(w.claim for w in warned if w.stance == _GAP),
            uncited=tuple(t for t in chosen if t in self.tactics and self.tactics[t].status in _UNCITED),
            contradictions=self._contradictions(),
            skipped=tuple(step.name for step in STEPS if not self.diagnosis.answers(step.name)),
        )  # fmt: skip

    def _names(self) -> tuple[str, str]:
        told = self.diagnosis.policy
        level = next((m.label for m in self.known.levels if slug_of(m.member) == told.level), "")
        if not self.policy:
            return told.name or UNNAMED, level
        name = next((row.label for row in self.known.policies if row.thing == self.policy), "")
        if not name:
            raise NotFound(local_of(self.policy))
        return name, level

    def _follows(self, step: Step) -> Sequence[Finding]:
        """What follows by the same rules as for an assessment that is kept."""
        given = self.diagnosis.answers(step.name)
        if not given:
            return ()
        if step.name == TYPE:
            levels = [Answer(i, thing("answer" if v == "unknown" else "level", v)) for i, v in given.items()]
            return follows(self.reader, apply(self.reader, step.scheme, levels))
        kind = self.known.instruments[step.scheme].kind
        answers = tuple(Answer(iri, thing("answer", value if step.values else "met")) for iri, value in given.items())
        return follows(self.reader, Assessment("", "", step.scheme, kind, answers, (), "", date.min))

    def _linked(self, tactic: str) -> bool:
        return tactic in self.tactics and any(cause in self.tactics[tactic].links for cause in self.wanted)

    def _causes(self) -> tuple[CauseFound, ...]:
        shown = on_links(self.reader, [self.policy] if self.policy else [], gap("exhibitsCause"), self.wanted)
        return tuple(self._cause(iri, shown.get((self.policy, iri), ())) for iri in self.wanted)

    def _cause(self, iri: str, by_policy: Sequence[str]) -> CauseFound:
        linked = [t.iri for t in self.tactics.values() if iri in t.links]
        return CauseFound(
            iri, self.labels[iri], self.diagnosis.answers(CAUSES)[iri],
            factors=tuple(f for f in self.held[FACTORS] if iri in self.known.asked[FACTORS][f].of),
            in_use=tuple(t for t in linked if self.use.get(t) == "in-use"),
            planned=tuple(t for t in linked if self.use.get(t) == "planned"),
            others=tuple(t for t in linked if t not in self.use),
            by_policy=tuple(by_policy),
        )  # fmt: skip

    def _beside(self, iri: str, claims: Sequence[str]) -> FactorFound:
        linked = tuple(t.iri for t in self.tactics.values() if iri in t.links)
        return FactorFound(iri, self.labels[iri], linked, tuple(claims))

    def _contributing(self, factor: str) -> tuple[str, ...]:
        return _once(row.claim for row in self.known.factors if row.factor == factor)

    def _about(self, things: Sequence[str]) -> dict[str, list[str]]:
        """The claims about each of these things."""
        found: dict[str, list[str]] = {iri: [] for iri in things}
        for edge in neighbours(self.reader, things):
            if edge.claim not in found[edge.thing]:
                found[edge.thing].append(edge.claim)
        return found

    def _cover(self, wanted: Sequence[str], weakest: Standing) -> Cover:
        return smallest_cover(wanted, [t.option(wanted, weakest) for t in self.tactics.values()])

    def _at_odds(self, behind: Mapping[tuple[str, str], list[str]]) -> tuple[str, ...]:
        stated = _once(claim for claims in behind.values() for claim in claims)
        return _once(row.other for row in at_odds(self.reader, stated) if row.other not in stated)

    def _tensions(
        self, chosen: Sequence[str], found: Mapping[str, tuple[Finding, ...]]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Claims by which a tactic in question pulls against something, and by which it needs something."""
        edges = [e for e in neighbours(self.reader, chosen) if e.stance != _GAP]
        by_rule = [c for f in found[PURPOSES] if f.kind == "tension" for c in f.claims]
        pulls = [e.claim for e in edges if e.relation == gap("inTensionWith")]
        needs = [e.claim for e in edges if e.relation == gap("requires") and e.direction == "to"]
        return _once([*by_rule, *pulls]), _once(needs)

    def _contradictions(self) -> tuple[str, ...]:
        ruled_out = {iri for iri, value in self.diagnosis.answers(CAUSES).items() if value == "not-met"}
        asked = self.known.asked[FACTORS]
        return tuple(iri for iri in self.held[FACTORS] if set(asked[iri].of) <= ruled_out)


def _once(claims: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claims))
