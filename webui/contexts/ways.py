"""The page of the path explorer: ways from any thing to any other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.model import Hop, Path
from kg.namespaces import ID, kind_of
from kg.paths import MOST_PATHS, Found, Question, find
from kg.queries import Card, cards, names
from kg.tables import definition
from webui.addresses import graph_href, href
from webui.base import Opened
from webui.contexts.drawing import Drawing, drawing
from webui.contexts.no_way import Near, Why, nothing_found
from webui.contexts.page import Link, Page, Shown, crumbs, frame, shown, tabled
from webui.contexts.parts import STANCE_WORDS, Mark, standing_mark
from webui.contexts.wayform import SHOWN_FIRST, Form, Typed, Understood, understood
from webui.graphs.choice import Choice, Place
from webui.graphs.chosen import chosen
from webui.graphs.model import Graph
from webui.graphs.of_paths import graph_of_paths
from webui.words import many

_MOST_CLAIMS = 4
"""How many claims are named behind a step."""
_PLAIN = ("supports", "describes", "")
_EXAMPLES = (
    ("failure-cause/dispersed-governance", "tactic/intermediary-bodies"),
    ("failure-cause/overly-optimistic-expectations", "outcome/policy-failure"),
    ("policy/care-act-2014", "outcome/policy-failure"),
)


@dataclass(frozen=True)
class HopLine:
    """One step of a path: what is said, how the link came about, who says so and where.

    Attributes:
        stance: the side the claim takes; None where it plainly speaks for the step.
        voice: whose view it is; empty where nobody but the document is named.
        force: how firmly it is put.
        claims: the claims behind it, the best first.
        more: how many further claims there are, in words.
    """

    start: Link
    phrase: str
    end: Link
    standing: Mark
    stance: Mark | None
    voice: Link
    document: Link
    locator: str
    force: str
    claims: tuple[Link, ...]
    more: str


@dataclass(frozen=True)
class Way:
    """A path."""

    heading: str
    sentence: str
    standing: Mark
    steps: str
    hops: tuple[HopLine, ...]


@dataclass(frozen=True, kw_only=True)
class WaysPage(Page):
    """The path explorer.

    Attributes:
        form: what was asked, and what can be chosen.
        examples: questions to try, where nothing is asked yet.
        prompt: what is still missing from the question, with where to go instead.
        count: how many paths there are.
        ways: those that are shown, best first.
        more: the same with more paths.
        drawing: the same as a graph, where that was chosen.
        why: why there is no path.
        near: the nearest alternatives.
    """

    form: Form
    examples: tuple[Link, ...] = ()
    prompt: str = ""
    instead: tuple[Link, ...] = ()
    count: str = ""
    ways: tuple[Way, ...] = ()
    more: Link | None = None
    drawing: Drawing | None = None
    why: tuple[Why, ...] = ()
    near: tuple[Near, ...] = ()


def ways_page(opened: Opened, typed: Typed, choice: Choice) -> WaysPage:
    """The path explorer.

    Args:
        opened: the base.
        typed: what was asked, as it stands in the address.
        choice: what is shown of the graph of the answer.
    """
    known = understood(opened, typed)
    asked = known.question
    if not asked:
        examples = () if known.form.problems else tuple(_examples(opened))
        return WaysPage(**_frame(opened, known), form=known.form, examples=examples)
    if not asked.end and kind_of(asked.start) != "failure-cause":
        return WaysPage(**_frame(opened, known), form=known.form, **_prompt(opened, asked))
    found = find(opened.reader, asked, most=known.most)
    if not found.paths:
        return WaysPage(**_frame(opened, known), form=known.form, **nothing_found(opened, asked, found, known.typed))
    return WaysPage(**_frame(opened, known, found), form=known.form, **_some(opened, found, known, choice))


def _frame(opened: Opened, known: Understood, found: Found | None = None) -> dict[str, object]:
    typed, views = known.typed, ()
    if found:
        as_graph = typed.view == "graph"
        views = (
            Link("List", replace(typed, view="").href(), not as_graph),
            Link("Graph", replace(typed, view="graph").href(), as_graph),
        )
    lead = "Choose any two things and read how the record joins them, step by step, and how each step came about."
    way, queries = crumbs(Link("Paths", "", True)), _queries(known)
    return frame(opened, "Paths", at="/path", lead=lead, crumbs=way, queries=queries, views=views)


def _queries(known: Understood) -> tuple[Shown, ...]:
    asked = known.question
    if not asked:
        return ()
    if not asked.end:
        return (shown("path", cause=asked.start),)
    values = {"from": asked.start, "to": asked.end, "standing": asked.weakest.slug, "length": str(asked.length)}
    values |= {"through": asked.through} if asked.through else {}
    values |= {"kinds": ",".join(asked.kinds)} if asked.kinds else {}
    around = shown("neighbours", thing=[asked.start, asked.end])
    return tabled(definition("paths"), **values, most=str(known.most)), around


def _examples(opened: Opened) -> Iterable[Link]:
    labels = names(opened.reader, [_iri(local) for pair in _EXAMPLES for local in pair])
    for start, end in _EXAMPLES:
        if _iri(start) in labels and _iri(end) in labels:
            told = f"From “{labels[_iri(start)]}” to “{labels[_iri(end)]}”"
            yield Link(told, Typed(start, end).href())


def _iri(local: str) -> str:
    return ID + local


def _prompt(opened: Opened, asked: Question) -> dict[str, object]:
    label = names(opened.reader, [asked.start]).get(asked.start, "it")
    instead = Link(f"“{label}” itself", href(asked.start)), Link("All that is linked with it", graph_href(asked.start))
    return {"prompt": f"Now say where the paths from “{label}” should lead to.", "instead": instead}


# --- Paths -----------------------------------------------------------------------------------------


def _some(opened: Opened, found: Found, known: Understood, choice: Choice) -> dict[str, object]:
    fields = {"count": _counted(found), "more": _more(found, known)}
    if known.typed.view == "graph":
        return {**fields, "drawing": _drawing(opened, found.paths, known.typed, choice)}
    best = [hop.claims[0] for path in found.paths for hop in path.hops if hop.claims]
    by_claim = {card.claim: card for card in cards(opened.reader, list(dict.fromkeys(best)))}
    return {**fields, "ways": tuple(_way(path, by_claim) for path in found.paths)}


def _counted(found: Found) -> str:
    told = many(found.count, "path") + " found"
    if len(found.paths) < found.count:
        told = f"The best {len(found.paths)} of {told}"
    return told + ("" if found.complete else "; the search stopped at its limit, so there are more")


def _more(found: Found, known: Understood) -> Link | None:
    if len(found.paths) >= found.count:
        return None
    most = min(found.count, known.most + 2 * SHOWN_FIRST, MOST_PATHS)
    return Link(f"Show {most - len(found.paths)} more", replace(known.typed, most=str(most)).href())


def _way(path: Path, by_claim: dict[str, Card]) -> Way:
    heading = " → ".join([path.hops[0].start_label, *(hop.end_label for hop in path.hops)])
    hops = tuple(_hop(hop, by_claim) for hop in path.hops)
    return Way(heading, path.sentence, standing_mark(path.standing.slug), many(len(hops), "step"), hops)


def _hop(hop: Hop, by_claim: dict[str, Card]) -> HopLine:
    card = by_claim.get(hop.claims[0]) if hop.claims else None
    links = [Link(f"Claim {number}", href(claim)) for number, claim in enumerate(hop.claims, 1)]
    rest = len(links) - _MOST_CLAIMS
    return HopLine(
        start=Link(hop.start_label, href(hop.start)),
        phrase=hop.phrase,
        end=Link(hop.end_label, href(hop.end)),
        standing=standing_mark(hop.standing.slug),
        stance=None if hop.stance in _PLAIN else Mark(hop.stance, STANCE_WORDS[hop.stance]),
        voice=Link(card.voiceLabel, href(card.voice) if card.voice else "") if card else Link("", ""),
        document=Link(card.documentLabel, href(card.document)) if card else Link("", ""),
        locator=card.locator if card else "",
        force=card.forceLabel if card else "",
        claims=tuple(links[:_MOST_CLAIMS]),
        more=f"and {many(rest, 'more claim')}" if rest > 0 else "",
    )


def _drawing(opened: Opened, paths: Sequence[Path], typed: Typed, choice: Choice) -> Drawing:
    whole = graph_of_paths(opened, paths)
    start, ends = paths[0].hops[0].start_label, {path.hops[-1].end_label for path in paths}
    label = f"Paths from {start}" + (f" to {ends.pop()}" if len(ends) == 1 else " to sources")
    drawn = chosen(opened, whole, choice)
    return drawing(whole, drawn, choice, paths_place(typed), label=label, file="paths")


def paths_place(typed: Typed) -> Place:
    """Where the graph of an answer stands."""
    return Place("/path", "/path/graph", tuple(replace(typed, view="").pairs()), (("view", "graph"),))


def paths_graph(opened: Opened, typed: Typed, choice: Choice) -> tuple[Graph, Place, str] | None:
    """The graph of an answer with where it stands and what it shows; None where there is no path."""
    known = understood(opened, typed)
    asked = known.question
    if not asked or (not asked.end and kind_of(asked.start) != "failure-cause"):
        return None
    found = find(opened.reader, asked, most=known.most)
    if not found.paths:
        return None
    title = f"Paths from {found.paths[0].hops[0].start_label}"
    return chosen(opened, graph_of_paths(opened, found.paths), choice), paths_place(known.typed), title
