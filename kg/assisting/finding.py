"""Finding things by words, and what the documents say is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from kg.assisting.answers import ClaimTold, GapsAnswer, HitTold, SearchAnswer, StatusTold
from kg.assisting.claims import told
from kg.assisting.desk import Opened, at_most
from kg.assisting.marks import FEW_DOCUMENTS, NOT_A_FINDING, claims_lines, status_line, status_told
from kg.errors import BadInput
from kg.exporting import read_references
from kg.queries import gaps as all_gaps
from kg.queries import summaries
from kg.search import Hit

MOST_HITS = 100
MOST_GAPS = 200
_KINDS = ("failure-cause", "support-phase", "tactic", "claim", "source", "policy", "outcome", "notion", "scheme")
_LONGEST = 500
_SOME = "No entry has all of these words; these have some of them."
_NONE = "Nothing was found. Try fewer or other words; that nothing is found here does not mean that nothing is known."


@dataclass(frozen=True)
class _Standings:
    """What is told beside hits: claims in full, the status of tactics, how far sources were read."""

    claims: dict[str, ClaimTold]
    statuses: dict[str, StatusTold | None]
    read: dict[str, str]


def search(opened: Opened, words: str, *, kind: str = "", limit: int = 15) -> SearchAnswer:
    """The things that words fit: all of them, or some where no thing has all.

    Args:
        opened: the base.
        words: what somebody typed.
        kind: the kind that is wanted (`tactic`, `claim`, `source`, …); empty: any.
        limit: how many at the most.

    Raises:
        BadInput: there are no words, no such kind, or the limit is out of bounds.
    """
    limit = at_most(limit, "limit", MOST_HITS)
    if not words.strip() or len(words) > _LONGEST:
        raise BadInput(f"“words” takes one or more words, and at most {_LONGEST} characters.")
    if kind and kind not in opened.kinds:
        near = get_close_matches(kind, opened.kinds, n=3, cutoff=0.5)
        raise BadInput(f"There is no kind “{kind}”. Kinds are, for instance: {', '.join(near or _KINDS)}.")
    looked = opened.search.look_up(words)
    hits = looked.hits(limit=limit, kinds=(kind,) if kind else ()) if looked.asked.words else []
    first = [] if hits else [_NONE]
    first += [_SOME] if hits and looked.some else []
    first += [NOT_A_FINDING] if any(hit.kind == "claim" for hit in hits) else []
    return SearchAnswer((*first, FEW_DOCUMENTS), told_of(opened, hits), opened.revision)


def told_of(opened: Opened, hits: Sequence[Hit]) -> tuple[HitTold, ...]:
    """Things with how far each carries: a claim’s marks, a tactic’s status, how far a source was read."""
    claims = told(opened.reader, [hit.thing for hit in hits if hit.kind == "claim"])
    rated = summaries(opened.reader, [hit.thing for hit in hits])  # tactics stand under several kinds of address
    statuses = {iri: status_told(found) for iri, found in rated.items()}
    works = read_references(opened.reader, [hit.thing for hit in hits if hit.kind == "source"])
    known = _Standings({c.claim: c for c in claims}, statuses, {work.source: work.reading.label for work in works})
    return tuple(_hit(hit, known) for hit in hits)


def _hit(hit: Hit, known: _Standings) -> HitTold:
    claim, status = known.claims.get(hit.thing), known.statuses.get(hit.thing)
    if claim:
        note = f"{claim.stance}; {claim.force}; {claim.basis}; {claim.standing}; {claim.read_in.label}, {claim.place}."
        return HitTold(hit.thing, hit.kind, claim.says, "", f"{note} {claim.note}".strip())
    note = status_line(status) if status else known.read.get(hit.thing, "")
    return HitTold(hit.thing, hit.kind, hit.label, hit.text, note)


def gaps(opened: Opened, about: str = "", *, limit: int = 50) -> GapsAnswer:
    """The claims in which documents say that evidence is missing, about one thing or all.

    Args:
        opened: the base.
        about: a thing; empty: all.
        limit: how many at the most.

    Raises:
        NotFound, Ambiguous, BadInput: as the words say.
    """
    limit = at_most(limit, "limit", MOST_GAPS)
    item = opened.thing(about) if about.strip() else None
    claims = all_gaps(opened.reader)
    found = told(opened.reader, claims)
    if item:
        found = [c for c in found if item.thing in (c.subject.thing, c.object.thing, c.read_in.thing)]
    first = claims_lines(found) if found else [_NO_GAP]
    return GapsAnswer(
        read_this_first=(*first, FEW_DOCUMENTS),
        about=item,
        gaps=tuple(found[:limit]),
        left_out=max(0, len(found) - limit),
        revision=opened.revision,
    )


_NO_GAP = "No document here reports a gap about this. That does not mean that there is evidence: see its status."
