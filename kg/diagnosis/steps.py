"""The steps of a diagnosis in their order, and what each one asks.

Source: ontology-model.md §6.1, last paragraph (the applied set). What a step asks is read from the graph: the members
of its framework; for factors, what is held to contribute to a cause; for tactics, all there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.assessment import Instrument, choices, instruments
from kg.diagnosis.answers import LONGEST_ANSWER, Diagnosis, clean
from kg.errors import BadInput, NotFound
from kg.namespaces import gap, local_of, thing
from kg.queries import Factor, Listed, Member, factors_of, list_of, members, tactics
from kg.store import Reader

POLICY, TYPE, RISKS, CAUSES, FACTORS, TACTICS, BARRIERS, PURPOSES, QUESTIONS = (
    "policy", "type", "risks", "causes", "factors", "tactics", "barriers", "purposes", "questions",
)  # fmt: skip

LEVELS = ("low", "high", "unknown")
HOLDS = ("met", "partly-met", "not-met", "unknown")
USE = ("in-use", "planned")


@dataclass(frozen=True)
class Step:
    """A step.

    Attributes:
        name: as in addresses.
        framework: slug of the framework it applies; empty where it asks for more than one holds.
        values: what may be answered; nothing where the answer is in words.
    """

    name: str
    framework: str
    values: tuple[str, ...]

    @property
    def scheme(self) -> str:
        """Address of its framework; empty for none."""
        return thing("scheme", self.framework) if self.framework else ""


STEPS = (
    Step(TYPE, "matland-type", LEVELS),
    Step(RISKS, "australian-criterion", HOLDS),
    Step(CAUSES, "failure-cause", HOLDS),
    Step(FACTORS, "", HOLDS),
    Step(TACTICS, "", USE),
    Step(BARRIERS, "compliance-barrier", HOLDS),
    Step(PURPOSES, "support-purpose", HOLDS),
    Step(QUESTIONS, "review-question", ()),
)
"""After the policy itself, in order of use."""
BY_NAME = {step.name: step for step in STEPS}


@dataclass(frozen=True)
class Asked:
    """Something that a step asks about.

    Attributes:
        iri, label, definition: its address and name, and what it is.
        of: what it belongs under: the causes a factor is held to contribute to, the phases of a tactic.
    """

    iri: str
    label: str
    definition: str = ""
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """All that the steps ask, as one revision of the base has it.

    Attributes:
        asked: by the name of the step and by address, in order.
        instruments: the frameworks by address.
        factors: the claims by which things contribute to causes.
        types: the types of policy, by address.
        policies: the policies of the base.
        levels: the levels a policy may have.
    """

    asked: Mapping[str, Mapping[str, Asked]]
    instruments: Mapping[str, Instrument]
    factors: tuple[Factor, ...]
    types: Mapping[str, Asked]
    policies: tuple[Listed, ...]
    levels: tuple[Member, ...]

    @property
    def labels(self) -> dict[str, str]:
        """Names by address."""
        return {iri: found.label for step in self.asked.values() for iri, found in step.items()}


def catalogue(reader: Reader) -> Catalogue:
    """What the steps ask. It is the same for a whole revision, so it may be kept that long."""
    of_schemes = {step.scheme: members(reader, step.scheme) for step in STEPS if step.scheme}
    factors = tuple(factors_of(reader, [row.member for row in of_schemes[BY_NAME[CAUSES].scheme]]))
    found: dict[str, Mapping[str, Asked]] = {
        step.name: {row.member: Asked(row.member, row.label, row.definition) for row in of_schemes.get(step.scheme, ())}
        for step in STEPS
    }
    axes = choices(reader, BY_NAME[TYPE].scheme).items
    types, found[TYPE] = found[TYPE], {item.iri: Asked(item.iri, item.label) for item in axes}
    found[FACTORS] = _factors(factors)
    found[TACTICS] = _tactics(reader)
    return Catalogue(
        found,
        {i.framework: i for i in instruments(reader)},
        factors,
        types,
        tuple(list_of(reader, "Policy")),
        tuple(members(reader, thing("scheme", "policy-level"))),
    )


def _factors(rows: Sequence[Factor]) -> dict[str, Asked]:
    of: dict[str, dict[str, None]] = {}
    for row in rows:
        of.setdefault(row.factor, {})[row.thing] = None
    return {row.factor: Asked(row.factor, row.label, row.definition, tuple(of[row.factor])) for row in rows}


def _tactics(reader: Reader) -> dict[str, Asked]:
    rows, meant = tactics(reader), {row.thing: row.definition for row in list_of(reader, "Tactic")}
    of: dict[str, dict[str, None]] = {}
    for row in rows:
        of.setdefault(row.tactic, {})[row.phase] = None
    return {r.tactic: Asked(r.tactic, r.label, meant.get(r.tactic, ""), tuple(of[r.tactic])) for r in rows}


def step_asking(known: Catalogue, iri: str) -> Step:
    """The first step that asks about something.

    Raises:
        BadInput: none does.
    """
    for step in STEPS:
        if iri in known.asked[step.name]:
            return step
    raise BadInput(f"No step asks about “{local_of(iri)}”.")


def held(answers: Mapping[str, str]) -> list[str]:
    """What was said to hold, wholly or in part."""
    return [item for item, value in answers.items() if value in ("met", "partly-met")]


def answered_by_name(known: Catalogue, made: Diagnosis, text: str) -> Diagnosis:
    """A diagnosis with one answer more, as it is typed: `failure-cause/dispersed-governance=met`.

    Raises:
        BadInput: it has no such form, or no step asks that or takes such a value.
    """
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not value:
        raise BadInput(f"“{text}” is no answer: write ITEM=VALUE.")
    iri = gap(name) if name in ("ambiguity", "conflict") else thing(*name.partition("/")[::2])
    step = step_asking(known, iri)
    if step.values and value not in step.values:
        raise BadInput(f"“{value}” is no answer for “{name}”: choose {', '.join(step.values)}.")
    words = value if step.values else clean(value, LONGEST_ANSWER, "An answer")
    return made.answered(step.name, {**made.answers(step.name), iri: words})


def step_of(name: str) -> Step:
    """The step of a name.

    Raises:
        NotFound: there is none.
    """
    if name not in BY_NAME:
        raise NotFound(name)
    return BY_NAME[name]
