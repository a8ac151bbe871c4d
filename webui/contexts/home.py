"""The first page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.exporting import cite_data
from kg.namespaces import gap, thing
from kg.overview import CAUSES, COUNTS, IN_PHASES, PHASES, SIGNS, TACTICS, Overview
from kg.queries import Sign, TacticListed, matrix_places, revisions
from webui import structured
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.framework import Matrix, matrix
from webui.contexts.page import SITE, Link, Page, as_of, frame, shown
from webui.contexts.parts import Mark, standing_mark
from webui.words import LISTS, many

MATLAND = thing("scheme", "matland-type")
_FACTORS, _CASES = 2, 1
_CAUSES, _TACTICS, _MOST_SIGNS, _PHASES = 24, 60, 60, 12
"""The first ones, of very many: who looks for others searches, or goes to the list."""
_LESS = 3
"""So much less of a large base, where each of these holds more."""
_SOUNDS = {
    "overly-optimistic-expectations": "It was going to be quicker, cheaper and better than this.",
    "dispersed-governance": "It is carried out differently in every place.",
    "inadequate-collaborative-policymaking": "Those who must make it work had no part in shaping it.",
    "vagaries-of-the-political-cycle": "Attention moved on before the results came in.",
}
"""How each cause may sound to somebody who meets it: our words, no source's."""


@dataclass(frozen=True)
class SignLine:
    """A factor or policy beside its cause, with how the link between them came about."""

    link: Link
    definition: str
    standing: Mark


@dataclass(frozen=True)
class CauseCard:
    """A cause to choose, as it may sound, with what may show it."""

    slug: str
    sounds: str
    link: Link
    definition: str
    factors: tuple[SignLine, ...]
    cases: tuple[SignLine, ...]
    claims: str
    more: str


@dataclass(frozen=True)
class Phase:
    """The tactics of a phase; `more` says how many are not named here, and is empty where all are."""

    name: str
    count: str
    tactics: tuple[Link, ...]
    more: str


@dataclass(frozen=True)
class Count:
    """How many there are of something."""

    number: str
    noun: str
    href: str


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """Where a person comes in with a worry."""

    causes: tuple[CauseCard, ...]
    matrix: Matrix | None
    matrix_href: str
    phases: tuple[Phase, ...]
    counts: tuple[Count, ...]
    lists: tuple[Link, ...]
    changed: str


def home_page(opened: Opened) -> HomePage:
    """The first page."""
    share = _LESS if opened.part(1) else 1
    newest, whole = next(iter(revisions(opened.reader)), None), opened.overview
    changed = newest.at[:10] if newest else ""
    asked = ("causes", "signs_of_causes", "tactics", "counts", "revisions")
    return HomePage(
        **frame(
            opened,
            "What is going wrong with your policy?",
            title=SITE,
            at="/",
            lead="Start from a worry. See which causes of failure it may point to, which support has been put "
            "forward against them, and how far the evidence for that carries.",
            queries=(*(shown(name) for name in asked), shown("matrix_places", framework=MATLAND)),
            description=_ABOUT,
            canonical="/",
            as_of=as_of(opened, whole),
            structured=structured.script(
                structured.site(_ABOUT),
                structured.dataset(_ABOUT, opened.revision, changed, cite_data(opened.reader)),
            ),
        ),
        causes=_causes(whole, _CAUSES // share, _MOST_SIGNS // share),
        matrix=matrix(matrix_places(opened.reader, MATLAND)),
        matrix_href=href(MATLAND),
        phases=_phases(whole, _TACTICS // share),
        counts=_counts(whole),
        lists=tuple(Link(kind.many, kind.list_href) for kind in LISTS.values()),
        changed=changed,
    )


_ABOUT = (
    "A record of what sources claim about the gap between policy and its implementation: why it opens, which support "
    "could help, and what stands behind each answer."
)


def _causes(whole: Overview, most: int, most_signs: int) -> tuple[CauseCard, ...]:
    found = whole.rows(CAUSES, (0, most))
    keys = [f"{row.cause} {gap(relation)}" for row in found for relation in ("contributesTo", "exhibitsCause")]
    signs = whole.of(SIGNS, keys, most_signs)
    return tuple(
        CauseCard(
            slug=short(row.cause),
            sounds=_SOUNDS.get(short(row.cause), ""),
            link=Link(row.label, href(row.cause)),
            definition=row.definition,
            factors=_lines(signs, row.cause, "contributesTo")[:_FACTORS],
            cases=_lines(signs, row.cause, "exhibitsCause")[:_CASES],
            claims=many(row.claims, "claim"),
            more=_more(signs, row.cause, most_signs),
        )
        for row in found
    )


def _lines(signs: Iterable[Sign], cause: str, relation: str) -> tuple[SignLine, ...]:
    """The signs of a cause; where a link came about in several ways, the best founded stands for it."""
    found: dict[str, SignLine] = {}
    for row in signs:
        if (row.cause, row.relation) == (cause, gap(relation)):
            line = SignLine(Link(row.label, href(row.sign)), row.definition, standing_mark(row.standing))
            found.setdefault(row.sign, line)
    return tuple(found.values())


def _more(signs: Iterable[Sign], cause: str, most: int) -> str:
    rows = [row for row in signs if (row.cause, row.relation) == (cause, gap("contributesTo"))]
    count = len({row.sign for row in rows}) - _FACTORS
    least = "more than " if len(rows) == most else ""
    return f"{least}{many(count, 'more factor')}, " if count > 0 else ""


def _phases(whole: Overview, most: int) -> tuple[Phase, ...]:
    held = {row.name: row.count for row in whole.rows(IN_PHASES)}
    phases = [*(phase.thing for phase in whole.rows(PHASES, (0, _PHASES))), ""]
    groups = groupby(whole.of(TACTICS, phases, most), key=lambda row: (row.phase, row.phaseLabel))
    return tuple(_phase(label, list(rows), held.get(phase, 0)) for (phase, label), rows in groups)


def _phase(label: str, rows: Sequence[TacticListed], count: int) -> Phase:
    links = tuple(Link(row.label, href(row.tactic)) for row in rows)
    more = f"{count - len(rows):,} more" if count > len(rows) else ""
    return Phase(label or "In no phase that is told or inferred", many(count, "tactic"), links, more)


def _counts(whole: Overview) -> tuple[Count, ...]:
    found = {row.name: row.count for row in whole.rows(COUNTS)}
    shown_ones = (
        ("Claim", "claims", "/sources"),
        ("Source", "sources", "/sources"),
        ("Tactic", "support tactics", "/tactics"),
        ("Policy", "policies", "/policies"),
        ("Gap", "gaps that sources report", "/gaps"),
    )
    return tuple(Count(f"{found.get(cls, 0):,}", noun, where) for cls, noun, where in shown_ones)
