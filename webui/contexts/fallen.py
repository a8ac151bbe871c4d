"""What falls without a source, in groups: paths, links, claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from kg.namespaces import gap
from kg.queries import phrases
from kg.what_if import Effect, PathLost, Triple, Why
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.page import Link
from webui.words import many

MOST_SHOWN = 24
"""How many lines a group shows; the table holds all."""


@dataclass(frozen=True)
class Line:
    """One thing that falls: a name with a sentence."""

    link: Link
    text: str
    other: Link


@dataclass(frozen=True)
class Fallen:
    """Things that fall in one way; `more` says how many are not shown."""

    anchor: str
    heading: str
    count: str
    lines: tuple[Line, ...]
    more: str


def label(opened: Opened, iri: str) -> str:
    """What a thing is called; a claim goes by what it says."""
    hit = opened.search.get(iri)
    return hit.label if hit else short(iri)


def link_to(opened: Opened, iri: str) -> Link:
    """A thing with where it stands."""
    return Link(label(opened, iri), href(iri))


def told_links(fallen: Sequence[Triple]) -> list[Triple]:
    """The links worth telling of, without those that only sum up others."""
    known = set(fallen)
    return [link for link in fallen if _is_told(link, known)]


def _is_told(link: Triple, fallen: Set[Triple]) -> bool:
    """“Discussed in” only sums up others, and “addresses” has a link beside it that tells how it came about."""
    subject, relation, value = link
    if relation == gap("discussedIn"):
        return False
    narrower = ((subject, gap(f"addresses{way}"), value) for way in ("AsStated", "ByPhase", "ByInference", "ByMapping"))
    return relation != gap("addresses") or not any(other in fallen for other in narrower)


def path_groups(opened: Opened, effect: Effect) -> Iterable[Fallen]:
    """The paths that break, by the cause they start from."""
    by_cause: dict[str, list[PathLost]] = defaultdict(list)
    for path in effect.paths:
        by_cause[path.cause].append(path)
    for cause, lost in by_cause.items():
        yield _fallen(f"paths-{short(cause)}", f"From {label(opened, cause)}", [_path(opened, p) for p in lost], "path")
    if effect.own_paths:
        own = [_path(opened, path) for path in effect.own_paths]
        yield _fallen("paths-own", "Paths that end at what is taken away", own, "path")


def _path(opened: Opened, path: PathLost) -> Line:
    way = f"{label(opened, path.cause)} → {label(opened, path.phase)} → {label(opened, path.tactic)} →"
    hop = _HOPS.get(short(path.broken[1]), "the tactic and the source")
    return Line(
        Link("", ""), f"{way} {label(opened, path.source)}. What falls is the link between {hop}.", Link("", "")
    )


_HOPS = {"respondsTo": "the phase and the cause", "inPhase": "the tactic and its phase"}


def link_groups(opened: Opened, told: Sequence[Triple]) -> Iterable[Fallen]:
    """The links that fall, by kind, the most first."""
    verbs = phrases(opened.reader)
    by_relation: dict[str, list[Triple]] = defaultdict(list)
    for link in told:
        by_relation[link[1]].append(link)
    for relation, found in sorted(by_relation.items(), key=lambda item: (-len(item[1]), item[0])):
        words = verbs[relation][0] if relation in verbs else _RELATIONS.get(short(relation), short(relation))
        lines = [Line(link_to(opened, link[0]), words, link_to(opened, link[2])) for link in found]
        yield _fallen(f"links-{short(relation)}", _capital(words).removesuffix(","), lines, "link")


_RELATIONS = {
    "cautionedBy": "has a caution from",
    "gapReportedIn": "has a gap in the evidence reported in",
    "recommendedIn": "is put forward, without evidence cited, in",
    "supportedBy": "is supported by",
    "explainedBy": "is explained by",
    "disputedBy": "is disputed by",
    "relatedWork": "has as related work, through a curator’s inference,",
    "contextualWork": "has as a work of the context",
    "addressesAsStated": "is stated to address",
    "addressesByPhase": "addresses, by its phase,",
    "addressesByInference": "addresses, as a curator infers,",
    "addressesByMapping": "addresses, as a pack of data maps it,",
}


_CLAIMS = (
    (Why.READ, "read", "Read in what is taken away"),
    (Why.RESTS, "rests", "Read elsewhere, but every work cited for it is taken away"),
    (Why.DRAWN, "drawn", "Drawn by a curator from claims that all go"),
)


def claim_groups(opened: Opened, effect: Effect) -> Iterable[Fallen]:
    """The claims that go, by why, and those that stay on less."""
    for why, anchor, heading in _CLAIMS:
        claims = sorted(claim for claim, reason in effect.gone.items() if reason is why)
        if claims:
            yield _fallen(f"claims-{anchor}", heading, _gists(opened, claims), "claim")
    if effect.thinner:
        yield _fallen("claims-thinner", "Stay, on fewer works", _gists(opened, sorted(effect.thinner)), "claim")


def _gists(opened: Opened, claims: Iterable[str]) -> list[Line]:
    return [Line(link_to(opened, claim), "", Link("", "")) for claim in claims]


def _fallen(anchor: str, heading: str, lines: Sequence[Line], noun: str) -> Fallen:
    left = len(lines) - MOST_SHOWN
    more = f"and {left} more; the table below holds all of them" if left > 0 else ""
    return Fallen(anchor, heading, many(len(lines), noun), tuple(lines[:MOST_SHOWN]), more)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
