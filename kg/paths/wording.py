"""Hops in plain sentences: what is said, where, how firmly, and how the link came about."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.model import Hop, Path
from kg.namespaces import slug_of
from kg.queries import HopWords, hop_words, names, phrases
from kg.store import Reader


@dataclass(frozen=True)
class _Words:
    labels: dict[str, str]
    places: dict[str, HopWords]
    verbs: dict[str, tuple[str, str]]


def tell(reader: Reader, path: Path) -> Path:
    """The path with names and a sentence for each hop."""
    claims = sorted({claim for hop in path.hops for claim in hop.claims})
    words = _Words(names(reader, path.things), hop_words(reader, claims), phrases(reader))
    return Path(tuple(_told(hop, words) for hop in path.hops))


def _told(hop: Hop, words: _Words) -> Hop:
    start, end = (words.labels.get(t, slug_of(t)) for t in (hop.start, hop.end))
    verb = words.verbs.get(hop.relation, ("is linked with",) * 2)[0 if hop.forward else 1]
    place = words.places.get(hop.claims[0]) if hop.claims else None
    said = f"“{start}” {verb} “{end}”"
    if place:
        more = f" and {len(hop.claims) - 1} more" if len(hop.claims) > 1 else ""
        said += f" ({place.documentLabel}, {place.locator}{more}: {place.stance.lower()}, {place.force.lower()})"
    sentence = f"{said}; this step is {hop.standing.words}."
    return replace(hop, start_label=start, end_label=end, sentence=sentence)
