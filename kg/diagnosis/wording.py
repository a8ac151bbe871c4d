"""What a diagnosis shows, and does not show, in sentences: the same on pages, in briefs and on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.diagnosis.covering import Cover
from kg.diagnosis.result import CauseFound, Result
from kg.diagnosis.steps import (
    BARRIERS,
    CAUSES,
    FACTORS,
    PURPOSES,
    QUESTIONS,
    RISKS,
    STEPS,
    TACTICS,
    TYPE,
)
from kg.model import Standing

TITLES = {
    TYPE: "Type of policy",
    RISKS: "Implementation risk",
    CAUSES: "Causes",
    FACTORS: "What feeds the causes",
    TACTICS: "Tactics in use and planned",
    BARRIERS: "Barriers to compliance",
    PURPOSES: "Purposes of the support",
    QUESTIONS: "Review questions",
}
"""The steps in words."""
LIMIT = (
    "This counts links on record. It says nothing about effect: that a tactic is held to address a cause is somebody’s "
    "claim, and it does not say that the tactic will help this policy."
)


def shows(result: Result) -> tuple[str, ...]:
    """What the answers show, by the documents' own rules and the links on record."""
    kinds = ("type", "plan-required", "plan-not-required", "plan-open")
    by_rule = [f.sentence for found in result.findings.values() for f in found if f.kind in kinds]
    return tuple([*by_rule, *_causes(result), *(_cover_of(result, cause) for cause in result.causes)])


def _causes(result: Result) -> Iterable[str]:
    if result.causes:
        told = [c.label + (" (in part)" if c.answer == "partly-met" else "") for c in result.causes]
        yield f"{_many(len(told), 'cause')} marked as yours: {'; '.join(told)}."
    elif result.diagnosis.answers(CAUSES):
        yield "None of the causes is marked as yours."


def _cover_of(result: Result, cause: CauseFound) -> str:
    if not cause.covered:
        return f"{cause.label}: no tactic in use or planned is on record for it."
    parts = [
        f"{words}: {_listed(result.labels[t] for t in tactics)}"
        for words, tactics in (("in use", cause.in_use), ("planned", cause.planned))
        if tactics
    ]
    return f"{cause.label}: a tactic on record for it is {'; one is '.join(parts)}."


def shows_not(result: Result) -> tuple[str, ...]:
    """What the answers leave open, and what no answer could show."""
    found = []
    if result.skipped:
        found.append(f"Not answered: {_listed(TITLES[name].lower() for name in result.skipped)}.")
    unknown = [iri for step in STEPS for iri, v in result.diagnosis.answers(step.name).items() if v == "unknown"]
    if unknown:
        found.append(f"Answered with “don’t know”: {_listed(result.labels[iri] for iri in unknown)}.")
    found += [
        f"{result.labels[t]} is {_USE[result.diagnosis.answers(TACTICS)[t]]}, "
        "but the record links it with none of the causes marked."
        for t in result.unlinked
    ]
    found += [
        f"“{result.labels[f]}” is marked as true of this policy, but every cause it is held to feed is marked as not."
        for f in result.contradictions
    ]
    return (*found, "Whether any tactic would help this policy: nothing on record says so of a policy like this one.")


_USE = {"in-use": "in use", "planned": "planned"}


def covering(result: Result, cover: Cover) -> str:
    """What a covering set is, in a sentence."""
    if not result.causes:
        return "No cause is marked, so there is nothing to cover."
    if not result.to_cover:
        return "For every cause marked, a tactic in use or planned is on record. Nothing is left to cover."
    if not cover.chosen:
        return f"No tactic is on record for {_listed(result.labels[c] for c in result.to_cover)}."
    how = "the smallest that does; all smaller ones were tried" if cover.exact else "put together step by step"
    left = f" No tactic is on record for {_listed(result.labels[c] for c in sorted(cover.left))}." if cover.left else ""
    many = _many(len(cover.chosen), "tactic")
    links = "is" if len(cover.chosen) == 1 else "are together"
    return f"{many} {links} linked with {_many(len(cover.covered), 'open cause')}: {how}.{left}"


def unknown_to_all(result: Result) -> tuple[str, ...]:
    """What the record does not hold on what is in question."""
    labels = result.labels
    found = [f"No tactic is on record for “{labels[c]}”." for c in result.to_cover if c in result.cover.left]
    stated = result.cover_stated.left - result.cover.left
    found += [f"“{labels[c]}” is linked with tactics by inference alone." for c in result.to_cover if c in stated]
    found += [f"No tactic is on record for “{f.label}”." for f in (*result.factors, *result.barriers) if not f.tactics]
    found += [f"No cited evidence is on record for the tactic “{labels[t]}”." for t in result.uncited]
    return tuple(found)


def standing_words(links: Mapping[str, Standing], causes: Sequence[str], labels: Mapping[str, str]) -> tuple[str, ...]:
    """How a tactic's link with each of these causes came about: “Dispersed governance (stated in the source)”."""
    return tuple(f"{labels[c]} ({links[c].words})" for c in causes if c in links)


def _listed(names: Iterable[str]) -> str:
    return "; ".join(names)


def _many(count: int, one: str) -> str:
    return f"{count} {one if count == 1 else one + 's'}"
