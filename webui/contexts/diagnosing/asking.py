"""A step of a diagnosis: one thing asked on one page, with what it means and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.diagnosis import LONGEST_ANSWER, STEPS, Asked, Diagnosis, Step, held, key_of
from kg.diagnosis.steps import CAUSES, FACTORS, TACTICS, TYPE
from kg.model import Standing
from kg.namespaces import gap, thing
from kg.queries import members, names, on_links
from webui.addresses import href
from webui.base import Opened
from webui.contexts.diagnosing.common import RESULT, StepMark, diagnosis_frame, known, marks, policy_name
from webui.contexts.diagnosing.words import AXES, WORDING
from webui.contexts.facts import Facts
from webui.contexts.fields import Fault, Option
from webui.contexts.page import Link, Page, Shown, shown
from webui.words import many


@dataclass(frozen=True)
class AskedItem:
    """Something asked.

    Attributes:
        key: the name of its fields.
        label, href: what it is called, and its page; no page for the axes of the matrix.
        definition: what it is.
        hint: a line more: what the record says of it here.
        options: to choose from; empty where the answer is in words.
        words: the words so far.
        fault: what is wrong with them.
    """

    key: str
    label: str
    href: str
    definition: str
    hint: str
    options: tuple[Option, ...]
    words: str
    fault: str


@dataclass(frozen=True)
class AskedGroup:
    """Things asked under one heading; folded where they are many and less likely."""

    heading: str
    note: str
    items: tuple[AskedItem, ...]
    folded: bool


@dataclass(frozen=True)
class Meaning:
    """A thing with what it is, for the help beside a step."""

    link: Link
    text: str


@dataclass(frozen=True, kw_only=True)
class AskingPage(Page):
    """A step.

    Attributes:
        code: all answers so far.
        action: where the form is sent.
        place, last: the number of this step and of all.
        steps: all of them.
        groups: what is asked.
        nothing: what to say where nothing is asked.
        faults: what is wrong with what was typed.
        next_label: what the button that goes on says.
        help: what the types are, where the step is about them.
        framework: where what is asked comes from; None for more than one.
        described: the sources that describe it.
        notes: what curators noted about it.
        most: how long an answer in words may be.
        lost: how many answers the address holds that are not asked any more; empty for none.
    """

    code: str
    action: str
    place: int
    last: int
    steps: tuple[StepMark, ...]
    groups: tuple[AskedGroup, ...]
    nothing: str
    faults: tuple[Fault, ...]
    next_label: str
    help: tuple[Meaning, ...]
    framework: Link | None
    described: tuple[Link, ...]
    notes: tuple[str, ...]
    most: int
    lost: str


def asking_page(
    opened: Opened,
    step: Step,
    diagnosis: Diagnosis,
    code: str,
    *,
    lost: int = 0,
    typed: Mapping[str, str] | None = None,
    faults: tuple[Fault, ...] = (),
) -> AskingPage:
    """The page of a step.

    Args:
        opened: the base.
        step: which one.
        diagnosis: what was answered so far.
        code: the same as a code.
        lost: how many answers the code holds that are not asked any more.
        typed: words by key, where they could not be used.
        faults: what is wrong with them, by key.
    """
    words, place = WORDING[step.name], STEPS.index(step) + 1
    name = policy_name(opened, diagnosis)
    groups = tuple(_Groups(opened, step, diagnosis, typed or {}, faults).made())
    return AskingPage(
        **diagnosis_frame(
            opened, words.heading, code, lead=words.lead, queries=tuple(_queries(opened, step)),
            eyebrow=f"Step {place} of {len(STEPS)}{f', {name}' if name else ''}",
        ),
        code=code, action=f"/diagnose/{step.name}", place=place, last=len(STEPS), steps=marks(diagnosis, step.name),
        groups=groups, faults=faults,
        nothing="" if groups else "Nothing is on record that this step could ask about. Go on to the next.",
        next_label="See what follows" if step is STEPS[-1] else "Save and go on",
        help=_types(opened) if step.name == TYPE else (),
        **_instrument(opened, step),
        most=LONGEST_ANSWER,
        lost=_lost(lost),
    )  # fmt: skip


def _instrument(opened: Opened, step: Step) -> dict[str, Any]:
    """What the step is drawn from, where it is a list of the base."""
    listed = thing("scheme", "tactic") if step.name == TACTICS else step.scheme
    if not listed:
        return {"framework": None, "described": (), "notes": ()}
    facts = Facts(opened, listed)
    return {
        "framework": Link(known(opened).instruments[listed].label, href(listed)),
        "described": facts.links("gap:describedIn"),
        "notes": facts.texts("skos:editorialNote"),
    }


def _lost(count: int) -> str:
    if not count:
        return ""
    verb = "is" if count == 1 else "are"
    return f"{many(count, 'answer')} in this address {verb} for what is no longer asked. The others are here."


def following(step: Step, by: int) -> str:
    """The step before or after, by name; the result after the last, the policy before the first."""
    place = STEPS.index(step) + by
    return "" if place < 0 else STEPS[place].name if place < len(STEPS) else RESULT


def _queries(opened: Opened, step: Step) -> Iterable[Shown]:
    if step.scheme:
        yield shown("members", framework=step.scheme)
    if step.name == FACTORS:
        yield shown("factors_of", thing=list(known(opened).asked[CAUSES]))
    if step.name == TACTICS:
        yield shown("tactics")


def _types(opened: Opened) -> tuple[Meaning, ...]:
    return tuple(Meaning(Link(row.label, href(row.iri)), row.definition) for row in known(opened).types.values())


class _Groups:
    """What a step asks, in groups."""

    def __init__(
        self, opened: Opened, step: Step, diagnosis: Diagnosis, typed: Mapping[str, str], faults: tuple[Fault, ...]
    ) -> None:
        self.opened, self.step, self.diagnosis, self.typed = opened, step, diagnosis, typed
        self.faults = {fault.field: fault.text for fault in faults}
        self.given = diagnosis.answers(step.name)
        self.asked = known(opened).asked[step.name]
        self.words = WORDING[step.name]

    def made(self) -> Iterable[AskedGroup]:
        """The groups that hold something."""
        by_step = {FACTORS: self._factors, TACTICS: self._tactics}
        found = by_step.get(self.step.name, self._plain)()
        return [group for group in found if group.items]

    def _plain(self) -> Iterable[AskedGroup]:
        hints = self._shown_by_policy() if self.step.name == CAUSES else {}
        yield self._group("", "", self.asked.values(), hints)

    def _factors(self) -> Iterable[AskedGroup]:
        """By cause, those that hold first; a factor of two causes stands under the first."""
        causes, labels = held(self.diagnosis.answers(CAUSES)), known(self.opened).asked[CAUSES]
        left, hints = dict(self.asked), self._standings()
        for cause in sorted(labels, key=lambda iri: iri not in causes):
            of_it = [left.pop(iri) for iri, item in self.asked.items() if iri in left and cause in item.of]
            note = "Marked as yours" if cause in causes else ""
            folded = bool(causes) and cause not in causes
            yield self._group(f"Held to feed: {labels[cause].label}", note, of_it, hints, folded=folded)

    def _tactics(self) -> Iterable[AskedGroup]:
        """By phase: the article’s list first, all others folded."""
        own = {row.member for row in members(self.opened.reader, thing("scheme", "tactic"))}
        phases = list(dict.fromkeys(phase for item in self.asked.values() for phase in item.of))
        labels = names(self.opened.reader, [phase for phase in phases if phase])
        for listed in (True, False):
            for phase in phases:
                of_it = [a for a in self.asked.values() if (a.iri in own) == listed and a.of[:1] == (phase,)]
                label = labels.get(phase, "No phase")
                yield self._group(label if listed else f"More tactics: {label}", "", of_it, {}, folded=not listed)

    def _group(
        self,
        heading: str,
        note: str,
        asked: Iterable[Asked],
        hints: Mapping[str, str],
        *,
        folded: bool = False,
    ) -> AskedGroup:
        items = tuple(self._item(item, hints.get(item.iri, "")) for item in asked)
        answered = any(option.value and option.chosen for item in items for option in item.options)
        count = f" ({len(items)})" if folded else ""
        return AskedGroup(heading + count, note, items, folded and not answered)

    def _item(self, item: Asked, hint: str) -> AskedItem:
        key = key_of(item.iri)
        label, meaning = AXES.get(item.iri, (item.label, item.definition))
        return AskedItem(
            key, label, "" if item.iri in AXES else href(item.iri), meaning, hint,
            options=tuple(self._options(key, self.given.get(item.iri, ""))) if self.step.values else (),
            words=self.typed.get(key, self.given.get(item.iri, "")) if not self.step.values else "",
            fault=self.faults.get(key, ""),
        )  # fmt: skip

    def _options(self, key: str, now: str) -> Iterable[Option]:
        yield Option("", "Not answered", "", not now, f"{key}-none")
        for value, label in self.words.answers.items():
            yield Option(value, label, "", value == now, f"{key}-{value}")

    def _standings(self) -> dict[str, str]:
        """How the best link of each factor with a cause came about."""
        best: dict[str, Standing] = {}
        for row in known(self.opened).factors:
            standing = Standing.of(row.standing)
            best[row.factor] = min(standing, best.get(row.factor, standing))
        return {factor: f"Its link with the cause is {standing.words}." for factor, standing in best.items()}

    def _shown_by_policy(self) -> dict[str, str]:
        """What the record says of the policy, where it is one of the base's."""
        slug = self.diagnosis.policy.slug
        policies = [thing("policy", slug)] if slug else []
        links = on_links(self.opened.reader, policies, gap("exhibitsCause"), list(self.asked))
        return {
            cause: f"{many(len(claims), 'claim')} on record: this policy is said to show it."
            for (_, cause), claims in links.items()
        }
