"""Evidence bases of any size in our own ontology, made up from a seed: the same seed gives the same statements.

Documents are read one after the other. Each brings a phase of support set against a cause, a framework of tactics for
that phase, and claims located in its text; some are drafts, some curators' inferences drawn from earlier ones. What is
cited, spoken of and answered is drawn log-uniformly, which is Zipf's law: a few works are cited by very many claims,
most by few. So a path, a map, a list or a property path has real work to do. The words say nothing.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Collection, Iterator, Sequence

from benchmarks.derived import EVIDENCE, derived
from benchmarks.made import Claim, Made, Phase
from benchmarks.nquads import A, concept, facts, passage, source
from kg.contributing import seed_files
from kg.settings import resource
from kg.store import placed, read_files

MADE = "made"
_AT_ONE_WORK, _AT_ONE_IDEA = 400, 4000
"""How many statements there are for each work that is cited, and for each outcome or notion."""
_RECORDED = 0.8
"""The part of the statements that is no derived one."""
_STANCES = (("supports", 50), ("describes", 20), ("conditional", 10), ("cautions", 10), ("disputes", 5), ("gap", 5))
_FORCES = (("asserts", 40), ("reports", 30), ("recommends", 20), ("hypothesises", 10))
_UNCITED = (("uncited-argument", 60), ("expert-opinion", 20), ("experience-report", 20))
_CITED = (("cites-empirical", 60), ("cites-non-empirical", 25), ("cites-official", 15))
_DIMENSIONS = ("effect", "mechanism", "implementation", "economics", "problem", "moderator")
_WORDS = (
    *("agreed", "aims", "across", "local", "bodies", "early", "staff", "review", "budget", "plan", "service", "delay"),
    *("trust", "care", "shared", "goal", "pilot", "regional", "board", "advice", "training", "contract", "audit"),
    *("target", "timing", "capacity", "network", "mandate", "feedback", "learning", "measure", "scope", "duty"),
)


class Generator:
    """Makes up an evidence base.

    Args:
        triples: how many statements there should be, roughly.
        seed: the same gives the same.
    """

    def __init__(self, triples: int, seed: int = 1) -> None:
        self.made = Made()
        self._triples, self._random = triples, random.Random(seed)
        self._cited: list[str] = []

    def lines(self) -> Iterator[str]:
        """The base as N-Quads: the ontology, what was made up, and the links that follow from it."""
        yield from self._counted(str(quad) for quad in _foundation())
        yield from self._counted(self._works())
        yield from self._counted(self._ideas())
        while not self.made.documents or self.made.statements < self._triples * _RECORDED:
            yield from self._counted(self._document())
        yield from self._counted(self._scheme("failure-cause", "Framework", self.made.causes))
        yield from self._counted(self._scheme("support-phase", "Framework", [p.name for p in self.made.phases]))
        yield from derived(self.made)

    def _counted(self, lines: Iterator[str]) -> Iterator[str]:
        for line in lines:
            self.made.statements += 1
            yield line + " .\n"

    def _works(self) -> Iterator[str]:
        groups: dict[str, None] = {}
        for number in range(max(5, self._triples // _AT_ONE_WORK)):
            name, kind = f"source/{MADE}-work-{number}", self._random.choice(list(EVIDENCE))
            group = f"independence-group/{MADE}-{number * 2 // 3}"
            self.made.works[name], groups[group] = (kind, group), None
            about = source(f"Author {number}", 1980 + number % 40, self._words(8), "known-by-citation")
            yield from facts(name, *about, ("gap:evidenceType", "evidence-type/" + kind))
            yield from facts(name, ("gap:independenceGroup", group))
        for name in groups:
            yield from concept(name, name, self._words(6), f"scheme/{MADE}-independence-group")
        yield from self._scheme("independence-group", "", groups)
        self._cited = list(self.made.works)

    def _ideas(self) -> Iterator[str]:
        """Outcomes, and notions in a tree."""
        for number in range(max(8, self._triples // _AT_ONE_IDEA)):
            outcome, notion = f"outcome/{MADE}-{number}", f"notion/{MADE}-{number}"
            scheme = f"scheme/{MADE}-outcome"
            yield from concept(outcome, f"Outcome {number}: {self._words(3)}", self._words(8), scheme, "gap:Outcome")
            yield from facts(outcome, ("gap:outcomeKind", "outcome-kind/process"))
            scheme = f"scheme/{MADE}-notion"
            yield from concept(notion, f"Notion {number}: {self._words(3)}", self._words(8), scheme, "gap:Notion")
            if number:
                yield from facts(notion, ("skos:broader", self._random.choice(self.made.notions)))
            self.made.outcomes.append(outcome)
            self.made.notions.append(notion)
        yield from self._scheme("outcome", "", self.made.outcomes)
        yield from self._scheme("notion", "", self.made.notions)

    def _document(self) -> Iterator[str]:
        """A document read twice, its phase with a framework of tactics, and its claims."""
        number = self.made.documents
        self.made.documents += 1
        document = f"source/{MADE}-{number}"
        yield from facts(
            document,
            *source(f"Reader {number}", 2000 + number % 25, self._words(8), "read-in-full"),
            ("gap:evidenceType", "evidence-type/" + self._random.choice(list(EVIDENCE))),
            ("gap:independenceGroup", f"independence-group/{MADE}-0"),
        )
        for reading, reader in (("first", "first-reader"), ("second", "second-reader")):
            activity = f"activity/{MADE}-{number}-{reading}"
            about = ("rdfs:label", f"The {reading} reading of document {number}"), ("prov:used", document)
            yield from facts(
                activity, (A, "gap:CurationActivity"), *about, ("prov:wasAssociatedWith", "agent/" + reader)
            )
        length = 1000 * self._random.randrange(20, 120)
        phase = Phase(f"support-phase/{MADE}-{number}", document, length // 4, length // 2)
        yield from self._phase(phase, number, length)
        yield from self._tactics(phase, number, length)
        for _ in range(self._random.randrange(5, 40)):
            yield from self._any_claim(document, length)

    def _phase(self, phase: Phase, number: int, length: int) -> Iterator[str]:
        self.made.phases.append(phase)
        section = f"passage/{MADE}-{number}-section"
        yield from passage(section, phase.document, phase.start, phase.end, "gap:Section")
        yield from concept(
            phase.name, f"Phase {number}", self._words(8), f"scheme/{MADE}-support-phase", "gap:SupportPhase"
        )
        yield from facts(phase.name, (A, "gap:FrameworkElement"), ("gap:describedAt", section))
        yield from facts(phase.name, ("gap:position", number + 1))
        if number % 2 == 0:
            cause = f"failure-cause/{MADE}-{number // 2}"
            self.made.causes.append(cause)
            yield from concept(
                cause,
                f"Cause {number // 2}: {self._words(2)}",
                self._words(9),
                f"scheme/{MADE}-failure-cause",
                "gap:FailureCause",
            )
            yield from facts(cause, (A, "gap:FrameworkElement"), ("gap:position", number // 2 + 1))
        cause = self.made.causes[-1] if number % 2 == 0 else self._early(self.made.causes)
        yield from self._claim(phase.document, length, phase.name, "respondsTo", cause, "supports", standing="by-table")

    def _tactics(self, phase: Phase, number: int, length: int) -> Iterator[str]:
        names = [f"tactic/{MADE}-{number}-{place}" for place in range(self._random.randrange(3, 12))]
        scheme = f"scheme/{MADE}-tactic-{number}"
        yield from self._scheme(f"tactic-{number}", "Framework", names, phase.document)
        for place, name in enumerate(names, start=1):
            label = f"Tactic {number}.{place}: {self._words(3)}"
            yield from concept(name, label, self._words(9), scheme, "gap:Tactic")
            yield from facts(name, (A, "gap:FrameworkElement"), ("gap:position", place))
            inferred = bool(self.made.claims) and self._random.random() < 0.3
            standing = "curator-inference" if inferred else "as-stated"
            yield from self._claim(phase.document, length, name, "inPhase", phase.name, "supports", standing=standing)
        self.made.tactics += names

    def _any_claim(self, document: str, length: int) -> Iterator[str]:
        """A claim about a tactic or a cause, most likely one that many documents speak of."""
        stance = self._weighted(_STANCES)
        if stance == "gap":
            subject, dimension = self._early(self.made.tactics), "dimension/" + self._random.choice(_DIMENSIONS)
            yield from self._claim(document, length, subject, "bearsOn", dimension, "gap")
            return
        outcome, notion = self._early(self.made.outcomes), self._early(self.made.notions)
        cause, tactic = self._early(self.made.causes), self._early(self.made.tactics)
        subject, relation, value = self._random.choice(
            (
                (tactic, "aimsAt", outcome),
                (tactic, "leadsTo", outcome),
                (tactic, "addresses", cause),
                (tactic, "requires", notion),
                (tactic, "bearsOn", notion),
                (cause, "leadsTo", outcome),
                (notion, "contributesTo", cause),
            )
        )
        inferred = relation == "addresses" and self._random.random() < 0.7
        standing = "curator-inference" if inferred else "as-stated"
        yield from self._claim(document, length, subject, relation, value, stance, standing=standing)

    def _claim(
        self,
        document: str,
        length: int,
        subject: str,
        relation: str,
        value: str,
        stance: str,
        standing: str = "as-stated",
    ) -> Iterator[str]:
        made, rng = self.made, self._random
        cited = relation not in ("respondsTo", "inPhase") and rng.random() < 0.6
        inferred = standing == "curator-inference"
        claim = Claim(
            name=f"claim/{MADE}-{len(made.claims)}",
            subject=subject,
            relation=relation,
            value=value,
            stance=stance,
            force=self._weighted(_FORCES),
            basis=self._weighted(_CITED if cited else _UNCITED),
            standing=standing,
            document=document,
            works=tuple({self._early(self._cited): 1 for _ in range(rng.randrange(1, 4))}) if cited else (),
            premises=tuple(rng.sample(made.claims[-400:], min(2, len(made.claims)))) if inferred else (),
            start=rng.randrange(length),
            accepted=relation in ("respondsTo", "inPhase") or rng.random() < 0.95,
        )
        made.claims.append(claim)
        yield from self._record(claim)

    def _record(self, claim: Claim) -> Iterator[str]:
        """A claim and its place, as they are written down."""
        place, activity = claim.name.replace("claim", "passage", 1), claim.document.replace("source", "activity", 1)
        yield from passage(place, claim.document, claim.start, claim.start + self._random.randrange(40, 400))
        yield from facts(
            claim.name,
            (A, "gap:Claim"),
            ("gap:claimSubject", claim.subject),
            ("gap:claimPredicate", "gap:" + claim.relation),
            ("gap:claimObject", claim.value),
            ("gap:gist", f"{self._words(12).capitalize()}."),
            ("gap:stance", "stance/" + claim.stance),
            ("gap:force", "force/" + claim.force),
            ("gap:claimBasis", "claim-basis/" + claim.basis),
            ("gap:linkBasis", "link-basis/" + claim.standing),
            ("gap:informs", "dimension/" + self._random.choice(_DIMENSIONS)),
            ("gap:assertedIn", claim.document),
            ("gap:originSource", claim.works[0] if claim.works else claim.document),
            ("gap:locatedAt", place),
            ("gap:reviewStatus", "review-status/" + ("accepted" if claim.accepted else "draft")),
            ("gap:reviewedBy", "agent/second-reader"),
            ("gap:checkedIn", activity + "-second"),
            ("dcterms:creator", "agent/first-reader"),
            ("dcterms:created", "2026-11-22"),
            ("prov:wasGeneratedBy", activity + "-first"),
            *(("gap:backedBy", work) for work in claim.works),
            *(("gap:inferredFrom", premise.name) for premise in claim.premises),
        )

    def _scheme(
        self, name: str, kind: str, members: Collection[str], document: str = f"source/{MADE}-0"
    ) -> Iterator[str]:
        scheme = f"scheme/{MADE}-{name}"
        yield from facts(scheme, (A, "skos:ConceptScheme"), ("skos:prefLabel", name), ("skos:definition", name))
        if kind:
            about = ("gap:describedIn", document), ("gap:frameworkKind", "framework-kind/list")
            counts = ("gap:listedCount", len(members)), ("gap:completeList", "false")
            yield from facts(scheme, (A, "gap:" + kind), *about, *counts)

    def _words(self, number: int) -> str:
        return " ".join(self._random.choices(_WORDS, k=number))

    def _early(self, names: Sequence[str]) -> str:
        """One of these, by Zipf's law: the first ones most often."""
        return names[int(math.exp(self._random.random() * math.log(len(names)))) - 1]

    def _weighted(self, choices: Sequence[tuple[str, int]]) -> str:
        names, weights = zip(*choices, strict=True)
        return str(self._random.choices(names, weights)[0])


def _foundation() -> list[object]:
    ontology = [*seed_files()[:-1], resource("seed_data") / "common" / "agents"]
    return sorted(placed(s for _, found in read_files(ontology) for s in found), key=str)


if __name__ == "__main__":
    sys.stdout.writelines(Generator(int(sys.argv[1])).lines())
