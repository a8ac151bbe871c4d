"""Hops in plain sentences: what is said, where, how firmly, and how the link came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.model import Hop, Path
from kg.namespaces import gap, slug_of
from kg.queries import HopWords, hop_words, names, phrases
from kg.store import Reader


@dataclass(frozen=True)
class _Words:
    labels: dict[str, str]
    places: dict[str, HopWords]
    verbs: dict[str, tuple[str, str]]


_TO_SOURCES = {
    gap("supportedBy"): "has claims for it that rest on",
    gap("recommendedIn"): "is put forward in",
    gap("cautionedBy"): "has a caution that rests on",
    gap("disputedBy"): "has a claim against it that rests on",
    gap("gapReportedIn"): "lacks evidence, as is said in",
    gap("relatedWork"): "is related, through a curator’s inference alone, to",
    gap("contextualWork"): "is put forward for a phase whose part of the text cites",
}
"""How links from things to sources read; no claim states them, so the ontology has no words for them."""


_SIDES = {
    "conditional": "under conditions",
    "cautions": "with a caution",
    "disputes": "which is disputed",
    "gap": "for which evidence is missing",
}
"""What is added to a step in the sentence of a path where its best claim does not simply speak for it."""


def tell(reader: Reader, paths: Sequence[Path]) -> tuple[Path, ...]:
    """The paths with names, a sentence for each hop and one for each whole path."""
    hops = [hop for path in paths for hop in path.hops]
    claims = sorted({claim for hop in hops for claim in hop.claims})
    things = sorted({thing for hop in hops for thing in (hop.start, hop.end)})
    verbs = {relation: (verb, verb) for relation, verb in _TO_SOURCES.items()} | phrases(reader)
    words = _Words(names(reader, things), hop_words(reader, claims), verbs)
    told = {hop: _told(hop, words) for hop in dict.fromkeys(hops)}
    return tuple(_whole(Path(tuple(told[hop] for hop in path.hops))) for path in paths)


def _told(hop: Hop, words: _Words) -> Hop:
    start, end = (words.labels.get(t, slug_of(t)) for t in (hop.start, hop.end))
    verb = words.verbs.get(hop.relation, ("is linked with",) * 2)[0 if hop.forward else 1]
    place = words.places.get(hop.claims[0]) if hop.claims else None
    said = f"“{start}” {verb} “{end}”"
    if place:
        more = f" and {len(hop.claims) - 1} more" if len(hop.claims) > 1 else ""
        said += f" ({place.documentLabel}, {place.locator}{more}: {place.stance.lower()}, {place.force.lower()})"
    sentence = f"{said}; this step is {hop.standing.words}."
    stance = slug_of(place.side).rpartition("/")[2] if place else ""
    return replace(hop, start_label=start, end_label=end, phrase=verb, sentence=sentence, stance=stance)


def _whole(path: Path) -> Path:
    """“A” leads to “B”, which comes of “C”; …: a step that is not plainly claimed says so."""
    steps = ", which ".join(f"{hop.phrase} “{hop.end_label}”{_aside(hop)}" for hop in path.hops)
    told = f"As recorded, “{path.hops[0].start_label}” {steps}; the weakest step is {path.standing.words}."
    return replace(path, sentence=told)


def _aside(hop: Hop) -> str:
    return f" ({_SIDES[hop.stance]})" if hop.stance in _SIDES else ""
