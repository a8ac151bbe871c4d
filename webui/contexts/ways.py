"""The page of the path explorer: ways from any thing to any other."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import Ambiguous, NotFound
from kg.model import Hop, Path
from kg.namespaces import local_of
from kg.paths import DEFAULT_LENGTH, Found, between
from kg.queries import about, cards, list_of, names, tactics
from kg.tables import definition
from webui.addresses import href, kind
from webui.base import Opened
from webui.contexts.page import Link, Page, crumbs, frame, shown, tabled
from webui.contexts.parts import Mark, near_links, standing_mark
from webui.words import many

LONGEST = 6
_OFFERED = ("FailureCause", "SupportPhase", "Tactic", "Outcome", "Policy", "Notion")


@dataclass(frozen=True)
class HopLine:
    """One step of a path, told in a sentence."""

    start: Link
    end: Link
    sentence: str
    standing: Mark
    claims: tuple[Link, ...]


@dataclass(frozen=True)
class Way:
    """A path."""

    heading: str
    standing: Mark
    hops: tuple[HopLine, ...]


@dataclass(frozen=True)
class End:
    """A field of the form: what was typed, and what is wrong with it."""

    name: str
    label: str
    value: str
    problem: str = ""
    nearest: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Choice:
    """A length to choose."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class WaysPage(Page):
    """The path explorer.

    Attributes:
        problems: the fields that cannot be used; nothing is searched then.
        none: why there is no path, in sentences.
        longer: the same question with longer paths, where that may help.
    """

    start: End
    end: End
    lengths: tuple[Choice, ...]
    offered: tuple[str, ...]
    problems: tuple[End, ...] = ()
    count: str = ""
    ways: tuple[Way, ...] = ()
    none: tuple[str, ...] = ()
    longer: Link | None = None


def ways_page(opened: Opened, start: str, end: str, length: int = DEFAULT_LENGTH) -> WaysPage:
    """The path explorer.

    Args:
        opened: the base.
        start, end: what was typed: a name, a slug or `kind/slug`.
        length: the most steps a path may have.
    """
    length = min(max(length, 1), LONGEST)
    first, second = _end(opened, "from", "From", start), _end(opened, "to", "To", end)
    problems = tuple(field for field in (first[0], second[0]) if field.problem)
    top = _frame(opened, (first[1], second[1]), length)
    form = {
        "start": first[0],
        "end": second[0],
        "lengths": tuple(Choice(str(n), many(n, "step"), n == length) for n in range(1, LONGEST + 1)),
        "offered": _offered(opened),
        "problems": problems,
    }
    if not (first[1] and second[1]):
        return WaysPage(**top, **form)
    found = between(opened.reader, first[1], second[1], length=length)
    return WaysPage(**top, **form, **_outcome(opened, (first[1], second[1]), found, length))


def _frame(opened: Opened, ends: tuple[str, str], length: int) -> dict[str, object]:
    queries = (shown("neighbours", thing=[end for end in ends if end]),) if any(ends) else ()
    if all(ends):
        asked = {"from": ends[0], "to": ends[1], "length": str(length)}
        queries = (tabled(definition("paths"), **asked), *queries)
    lead = "Choose any two things and read how the record joins them, step by step, with how each step came about."
    return frame(opened, "Paths", at="/path", lead=lead, crumbs=crumbs(Link("Paths", "", True)), queries=queries)


def _end(opened: Opened, name: str, label: str, typed: str) -> tuple[End, str]:
    """A field and the thing it names, empty where none."""
    if not typed:
        return End(name, label, ""), ""
    try:
        iri = opened.search.resolve(typed)
    except NotFound as error:
        return End(name, label, typed, f"Nothing here is called “{typed}”.", near_links(opened, error.nearest)), ""
    except Ambiguous as error:
        return End(name, label, typed, f"“{typed}” may be any of these.", near_links(opened, error.candidates)), ""
    return End(name, label, _unmistakable(opened, iri)), iri


def _unmistakable(opened: Opened, iri: str) -> str:
    """The thing's name where that leads back to it alone, else its kind and slug."""
    label = names(opened.reader, [iri]).get(iri, "")
    try:
        return label if label and opened.search.resolve(label) == iri else local_of(iri)
    except (NotFound, Ambiguous):
        return local_of(iri)


def _offered(opened: Opened) -> tuple[str, ...]:
    """Names to choose from: what a person is likely to start from or to aim at."""
    labels = [row.label for cls in _OFFERED if cls not in ("Tactic", "Notion") for row in list_of(opened.reader, cls)]
    return tuple(dict.fromkeys([*labels, *(row.label for row in tactics(opened.reader))]))


def _outcome(opened: Opened, ends: tuple[str, str], found: Found, length: int) -> dict[str, object]:
    if found.paths:
        more = "" if found.complete else "; there may be more, the search stopped at its limit"
        return {"count": many(len(found.paths), "path") + " found" + more, "ways": tuple(map(_way, found.paths))}
    longer = f"/path?from={local_of(ends[0])}&to={local_of(ends[1])}&length={LONGEST}"
    return {
        "none": tuple(_why_none(opened, ends, length)),
        "longer": Link(f"Look for paths of up to {LONGEST} steps", longer) if length < LONGEST else None,
    }


def _why_none(opened: Opened, ends: tuple[str, str], length: int) -> list[str]:
    """Three kinds of nothing: nothing recorded; recorded, but not joined; looked for and not found."""
    if ends[0] == ends[1]:
        return ["Both ends are the same thing."]
    labels, told = names(opened.reader, list(ends)), []
    for end in ends:
        claims, label = about(opened.reader, end), labels.get(end, end)
        if not claims and kind(end) != "source":
            told.append(f"Nothing is recorded about “{label}”.")
        gaps = sum(card.stance.endswith("/gap") for card in cards(opened.reader, claims))
        if gaps:
            told.append(f"For “{label}”, {many(gaps, 'claim')} in the record says that evidence is missing.")
    return told or [f"Both are recorded, but no claims join them in {many(length, 'step')} or fewer."]


def _way(path: Path) -> Way:
    things = [path.hops[0].start_label, *(hop.end_label for hop in path.hops)]
    return Way(" → ".join(things), standing_mark(path.standing.slug), tuple(map(_hop, path.hops)))


def _hop(hop: Hop) -> HopLine:
    claims = tuple(Link(f"Claim {n}", href(claim)) for n, claim in enumerate(hop.claims, 1))
    ends = Link(hop.start_label, href(hop.start)), Link(hop.end_label, href(hop.end))
    return HopLine(*ends, hop.sentence, standing_mark(hop.standing.slug), claims)
