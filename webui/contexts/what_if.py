"""The page that asks what would be left if sources were gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from kg.appraisal import RULE_VERSION, Appraised, sentence
from kg.errors import BadInput, NotFound, ResultTooLarge
from kg.namespaces import kind_of, slug_of, thing
from kg.overview import SOURCES
from kg.queries import names
from kg.queries.lists import SourceListed
from kg.what_if import MOST_STATEMENTS, Effect, Grounds, StatusChange, Triple, grounds, without
from webui.addresses import href
from webui.base import Opened
from webui.contexts.fallen import Fallen, claim_groups, label, link_groups, link_to, path_groups, told_links
from webui.contexts.page import Link, Page, crumbs, frame, tabled
from webui.contexts.parts import Mark
from webui.contexts.sources import Choice
from webui.without import MOST_SOURCES, WITHOUT
from webui.words import many

_TOO_LARGE = (
    f"What would be left without a source is worked out for bases of up to {MOST_STATEMENTS:,} statements, since "
    "everything that follows from the record is read for it; this one has more."
)
_MOST_CHOICES = 2000
"""So many sources can be chosen from; the page answers for no base with many more."""


@dataclass(frozen=True)
class Taken:
    """A source that is taken away, how it is put back, and what counts as one with it."""

    link: Link
    back: str
    group: str


@dataclass(frozen=True)
class Side:
    """A status before or after."""

    mark: Mark
    sentence: str


@dataclass(frozen=True)
class Changed:
    """A tactic whose status or counts change, with what is counted, before and after."""

    link: Link
    counts: tuple[str, ...]


@dataclass(frozen=True)
class Move:
    """The tactics that go from one status to another.

    Attributes:
        why: the rule that gives the new status.
    """

    heading: str
    before: Side
    after: Side
    why: str
    tactics: tuple[Changed, ...]


@dataclass(frozen=True, kw_only=True)
class WhatIfPage(Page):
    """What would be left without some sources.

    Attributes:
        taken: the sources that are taken away.
        kept: the same for the form.
        choices: those that could be.
        problem: why nothing can be said.
        summary: what changes, in numbers.
        nothing: why nothing changes, where it does not.
        reasons: what stays as it is, and why.
        moved: tactics whose status changes, by what it was and would be.
        counted: tactics of which only counts change.
    """

    taken: tuple[Taken, ...]
    kept: tuple[str, ...]
    choices: tuple[Choice, ...]
    problem: str = ""
    summary: tuple[Link, ...] = ()
    nothing: str = ""
    reasons: tuple[str, ...] = ()
    moved: tuple[Move, ...] = ()
    counted: tuple[Changed, ...] = ()
    paths: tuple[Fallen, ...] = ()
    links: tuple[Fallen, ...] = ()
    claims: tuple[Fallen, ...] = ()
    rule: str = RULE_VERSION


def what_if_page(opened: Opened, wanted: Sequence[str]) -> WhatIfPage:
    """The page.

    Args:
        opened: the base.
        wanted: sources to take away, as slug, `kind/slug` or name; empty ones count for nothing.

    Raises:
        BadInput: too many at once.
        NotFound, Ambiguous: no source, or several, are called so.
    """
    given = [name for name in dict.fromkeys(name.strip() for name in wanted) if name]
    if len(given) > MOST_SOURCES:
        raise BadInput(f"Up to {MOST_SOURCES} sources can be taken away at once, not {len(given)}.")
    taken = list(dict.fromkeys(_source(opened, name) for name in given))
    try:
        if opened.part(1):  # not even counted: on disk that alone takes seconds
            raise ResultTooLarge(_TOO_LARGE)
        found = grounds(opened.reader)
    except ResultTooLarge as error:
        return WhatIfPage(**_frame(opened, taken), taken=(), kept=(), choices=(), problem=str(error))
    top = {
        "taken": tuple(_taken(opened, found, iri, taken) for iri in taken),
        "kept": tuple(slug_of(iri) for iri in taken),
        "choices": _choices(opened, taken),
    }
    if not taken:
        return WhatIfPage(**_frame(opened, taken), **top)
    return WhatIfPage(**_frame(opened, taken), **top, **_told(opened, found, without(found, taken)))


def _source(opened: Opened, name: str) -> str:
    """The source that is meant; other things have no place here, not even by their full address."""
    iri = opened.search.resolve(name, ("source",))
    if kind_of(iri) != "source":
        raise NotFound(name, opened.search.nearest(name, ("source",)))
    return iri


def _frame(opened: Opened, taken: Sequence[str]) -> dict[str, object]:
    queries = (tabled(WITHOUT, without=taken),) if taken else ()
    return frame(
        opened,
        "What if a source were gone?",
        at="/map",
        lead="Take a source away and see what rests on it alone: claims, links, paths and the standing of tactics. "
        "Nothing is changed in the base.",
        crumbs=crumbs(Link("Evidence map", "/map"), Link("What if", "", True)),
        queries=queries,
        canonical=what_if_href(taken),
    )


def _about(row: SourceListed) -> str:
    """What a choice says beside the name: what became of the work, and how much rests on it."""
    became = f"{row.publicationStatus.lower()}, " if row.publicationStatus else ""
    return became + many(row.claims, "claim")


def what_if_href(taken: Iterable[str]) -> str:
    """Where the answer for these sources stands."""
    asked = urlencode([("without", slug_of(iri)) for iri in taken])
    return f"/what-if?{asked}" if asked else "/what-if"


def _taken(opened: Opened, found: Grounds, iri: str, taken: Sequence[str]) -> Taken:
    back = what_if_href(other for other in taken if other != iri)
    left = [other for other in found.same_group(iri) if other not in taken]
    named = ", ".join(label(opened, other) for other in left)
    group = f"Counts as one with {named}: same authors or body, same material." if left else ""
    return Taken(link_to(opened, iri), back, group)


def _choices(opened: Opened, taken: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(slug_of(row.source), f"{row.label} ({_about(row)})", False)
        for row in opened.overview.rows(SOURCES, (0, _MOST_CHOICES))
        if row.source not in taken
    )


def _told(opened: Opened, found: Grounds, effect: Effect) -> dict[str, object]:
    told = told_links(effect.fallen)
    moved = [change for change in effect.statuses if change.moves]
    counted = [change for change in effect.statuses if not change.moves]
    is_empty = not (effect.gone or told or effect.statuses or effect.paths)
    return {
        "summary": () if is_empty else _summary(effect, told, moved),
        "nothing": _nothing(effect) if is_empty else "",
        "reasons": tuple(_reasons(found, effect)),
        "moved": tuple(_moves(opened, moved)),
        "counted": tuple(_changed(opened, change) for change in counted),
        "paths": tuple(path_groups(opened, effect)),
        "links": tuple(link_groups(opened, told)),
        "claims": tuple(claim_groups(opened, effect)),
    }


def _summary(effect: Effect, told: Sequence[Triple], moved: Sequence[StatusChange]) -> tuple[Link, ...]:
    counts = (
        (f"{many(len(effect.gone), 'claim')} {_verb(len(effect.gone), 'goes', 'go')}", "#claims"),
        (f"{many(len(told), 'link')} {_verb(len(told), 'loses', 'lose')} all that stands behind", "#links"),
        (f"{len(effect.paths) + len(effect.own_paths)} of {effect.all_paths} paths break", "#paths"),
        (f"{many(len(moved), 'status', 'statuses')} {_verb(len(moved), 'changes', 'change')}", "#statuses"),
    )
    return tuple(Link(_capital(words), where) for words, where in counts)


def _verb(count: int, one: str, more: str) -> str:
    return one if count == 1 else more


def _nothing(effect: Effect) -> str:
    one = len(effect.sources) == 1
    if effect.thinner:
        return (
            f"No claim goes, no status changes and no link to anything else falls: every claim for which "
            f"{'this source is' if one else 'these sources are'} cited has another work cited for it too."
        )
    return f"Nothing changes: no accepted claim rests on {'this source' if one else 'these sources'}."


def _reasons(found: Grounds, effect: Effect) -> Iterable[str]:
    """What stays as it is, and why."""
    thinner, taken = effect.thinner, set(effect.sources)
    if thinner:
        yield f"{_capital(many(len(thinner), 'claim'))} {_verb(len(thinner), 'stays', 'stay')}, on fewer works."
    twins = {other for source in effect.sources for other in found.same_group(source)} - taken
    held = sum(bool(works & twins) for works in thinner.values())
    if held:
        yield (
            f"For {held} of {_verb(len(thinner), 'it', 'them')}, a source that counts as one with what is taken away "
            "is cited too. Sources of the same authors on the same material count once, so the number of independent "
            "sources behind these claims stays the same."
        )
    elif twins and not thinner:
        yield "A source that counts as one with it stays, but no claim cites both."
    if effect.own_paths:
        count = len(effect.own_paths)
        yield f"{_capital(many(count, 'path'))} {_verb(count, 'ends', 'end')} at what is taken away itself."


_RULES = {
    "no-claims": "No accepted claim about it is left.",
    "proposed": "Claims that put it forward are left, but none of those that documents state rests on a cited work, on "
    "experience or on opinion.",
    "informed": "Some stated claim for it still has a footing, but fewer than two independent groups of works with "
    "data, read by the project, are left.",
    "emerging": "Two independent groups of works with data, read by the project, speak for it; nothing disputes it, "
    "and no appraisal establishes it.",
    "contested": "A stated claim disputes it, and a stated claim with some footing speaks for it.",
    "counter-evidence": "Works with data, read by the project, speak against it, and none that is left for it.",
    "established": "By the appraisals on file, sound and relevant work is left for it, and nothing disputes it.",
}
"""The rule behind each status, as it applies to what is left."""


def _moves(opened: Opened, moved: Sequence[StatusChange]) -> Iterable[Move]:
    labels = names(opened.reader, [thing("evidence-status", slug) for slug in _RULES])
    groups: dict[tuple[str, str], list[StatusChange]] = defaultdict(list)
    for change in moved:
        groups[change.before.status, change.after.status].append(change)
    for (_, after), changes in groups.items():
        sides = _side(changes[0].before, labels), _side(changes[0].after, labels)
        heading = f"{_capital(many(len(changes), 'tactic'))}: {sides[0].mark.label} → {sides[1].mark.label}"
        yield Move(heading, *sides, _RULES[after], tuple(_changed(opened, change) for change in changes))


def _changed(opened: Opened, change: StatusChange) -> Changed:
    return Changed(link_to(opened, change.tactic), tuple(_counts(change.before, change.after)))


def _side(status: Appraised, labels: Mapping[str, str]) -> Side:
    iri = thing("evidence-status", status.status)
    return Side(Mark(status.status, labels.get(iri, status.status), href(iri)), sentence(status.status))


def _counts(before: Appraised, after: Appraised) -> Iterable[str]:
    counted = (
        ("Claims for it", before.supports, after.supports),
        ("Cautions and disputes", before.cautions, after.cautions),
        ("Gaps reported", before.gaps, after.gaps),
        ("Independent groups of works with data", before.independent, after.independent),
    )
    return (f"{name}: {was} → {now}" for name, was, now in counted if was != now)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
