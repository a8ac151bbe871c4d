"""Why there is no path, and the nearest alternatives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.namespaces import local_of
from kg.paths import Found, Nothing, Question, explain
from kg.queries import cards, names
from webui.addresses import graph_href, href, kind
from webui.base import Opened
from webui.contexts.page import Link
from webui.contexts.wayform import Typed
from webui.words import kind_words, many


@dataclass(frozen=True)
class Why:
    """Why there is no path: in a word or two, in a sentence, and the claims it rests on."""

    heading: str
    sentence: str
    claims: tuple[Link, ...]


@dataclass(frozen=True)
class Near:
    """What comes near, under a heading."""

    heading: str
    links: tuple[Link, ...]


# --- No path ---------------------------------------------------------------------------------------

_MOST_CLAIMS = 4
"""How many claims are named behind a reason."""
_WHY = {
    "same": "Both ends are the same",
    "unrecorded": "Nothing recorded",
    "uncited": "Recorded, but without citation",
    "missing": "Looked for and not found",
    "kept-out": "Kept out by what you chose",
    "stopped": "Too much to search",
    "unjoined": "Not joined",
}


def nothing_found(opened: Opened, asked: Question, found: Found, typed: Typed) -> dict[str, object]:
    """Why there is no path, and what comes near, for a question that found none."""
    if not asked.end:
        told = "Nothing recorded here leads on from it as you asked. Try fewer limits."
        return {"why": (Why(_WHY["unjoined"], told, ()),), "near": (_without_limits(typed),)}
    nothing = explain(opened.reader, asked, complete=found.complete)
    wanted = [claim for reason in nothing.reasons for claim in reason.claims[:_MOST_CLAIMS]]
    gists = {card.claim: card.gist for card in cards(opened.reader, wanted)}
    why = (
        Why(_WHY[r.why], r.sentence, tuple(Link(gists[c], href(c)) for c in r.claims[:_MOST_CLAIMS] if c in gists))
        for r in nothing.reasons
    )
    return {"why": tuple(why), "near": tuple(_nearest(opened, asked, nothing, typed))}


def _without_limits(typed: Typed) -> Near:
    return Near("The same asked more widely", (Link("Without limits", Typed(typed.start, typed.end).href()),))


def _nearest(opened: Opened, asked: Question, nothing: Nothing, typed: Typed) -> Iterable[Near]:
    """The same question with fewer limits, then things like either end that are joined with the other."""
    if nothing.easier:
        yield Near("The same asked more widely", tuple(_easier(asked, other, typed) for other in nothing.easier))
    labels = names(opened.reader, [asked.start, asked.end, *nothing.ends, *nothing.starts])
    plain = replace(typed, view="", most="")
    if nothing.ends:
        links = (Link(labels.get(e, e), replace(plain, end=local_of(e)).href()) for e in nothing.ends)
        yield Near(f"{_called(asked.end)} that “{labels.get(asked.start, '')}” is joined with", tuple(links))
    if nothing.starts:
        links = (Link(labels.get(s, s), replace(plain, start=local_of(s)).href()) for s in nothing.starts)
        yield Near(f"{_called(asked.start)} that are joined with “{labels.get(asked.end, '')}”", tuple(links))
    alone = (
        Link(f"All that is linked with “{labels.get(iri, '')}”", graph_href(iri)) for iri in (asked.start, asked.end)
    )
    yield Near("Each by itself", tuple(dict.fromkeys(alone)))


def _easier(asked: Question, other: Question, typed: Typed) -> Link:
    through = "" if other.through == asked.through and other.kinds == asked.kinds else "by way of anything"
    standing = "" if other.weakest is asked.weakest else "with steps of any standing"
    longer = "" if other.length == asked.length else f"in up to {many(other.length, 'step')}"
    told = ", ".join(part for part in (through, standing, longer) if part)
    changed = replace(
        typed,
        through=local_of(other.through) if other.through else "",
        kinds=other.kinds,
        standing="" if standing else typed.standing,
        length=str(other.length) if longer else typed.length,
        view="",
    )
    return Link(f"There are paths {told}", changed.href())


def _called(iri: str) -> str:
    words = kind_words(kind(iri))
    return words.many if words else "Things of its kind"
